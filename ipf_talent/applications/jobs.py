"""Keeping terms every hour, forgetting in time, and what responses do when a place closes or a person leaves."""

import structlog

from ipf_talent import clock, db, jobs
from ipf_talent.accounts import signals as accounts
from ipf_talent.accounts.models import User
from ipf_talent.applications import deadlines, retention
from ipf_talent.applications.kinds import Reason
from ipf_talent.vacancies import signals as vacancies
from ipf_talent.vacancies.models import Vacancy

log = structlog.get_logger()


@jobs.job(every="11")
def keep_terms() -> int:
    """Remind and end what is due; gives how many responses were touched."""
    done = deadlines.keep(clock.now())
    if done.reminded or done.expired or done.failed:
        log.info("terms_kept", reminded=done.reminded, expired=done.expired, failed=done.failed)
    return done.reminded + done.expired


@jobs.job(every="37")
def forget_responses() -> int:
    """Erase the personal data of what ended long enough ago, and files that no row names; gives how many responses."""
    now = clock.now()
    with db.transaction():
        number = retention.sweep(now)
    with db.transaction():
        retention.sweep_files(now)
    return number


def _on_closed(vacancy: Vacancy, reason: str) -> None:
    deadlines.end_with(vacancy, Reason(reason), clock.now())


def _on_leaving(user: User) -> None:
    retention.forget(user, now=clock.now())


vacancies.closed.connect(_on_closed)
accounts.closing.connect(_on_leaving)
