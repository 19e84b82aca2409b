"""Placements start and change with time, arrive from responses, stop when a recognition is lost, and are forgotten."""

import structlog

from ipf_talent import clock, db, jobs
from ipf_talent.accounts import signals as accounts
from ipf_talent.accounts.models import User
from ipf_talent.applications import signals as responses
from ipf_talent.organisations import signals as organisations
from ipf_talent.placements import arrivals, keeping_time, losing, retention

log = structlog.get_logger()


@jobs.job(every="23")
def keep_placements() -> int:
    """Start what is due and bring changed sheets into force; gives how many placements were touched."""
    done = keeping_time.keep(clock.now())
    if done.started or done.in_force or done.failed:
        log.info("placements_kept", started=done.started, in_force=done.in_force, failed=done.failed)
    return done.started + done.in_force


@jobs.job(every="47")
def forget_placements() -> int:
    """Erase the personal data of what ended long enough ago, and scans that no row names; gives how many placements."""
    now = clock.now()
    with db.transaction():
        number = retention.sweep(now)
    with db.transaction():
        retention.sweep_files(now)
    return number


def _on_lost(establishment_id: int, *, crebo: str, **_values: object) -> None:
    losing.lose(establishment_id, crebo, now=clock.now())


def _on_leaving(user: User) -> None:
    retention.forget(user, now=clock.now())


responses.placed.connect(arrivals.arrive)
organisations.recognition_lost.connect(_on_lost)
accounts.closing.connect(_on_leaving)
