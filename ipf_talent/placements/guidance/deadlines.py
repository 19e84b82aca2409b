"""Keeping guidance going: moments planned and reminded of, hours that fall behind, outcomes asked. Twice does it once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import structlog

from ipf_talent import clock, db
from ipf_talent.placements.guidance import contacts, letters, moments, notices, outcomes, overview, queries, replacing, week_hours
from ipf_talent.placements.guidance.models import ContactMoment
from ipf_talent.placements.models import Placement

log = structlog.get_logger()
LONGEST_AGO = timedelta(days=500)
"""How long ago a placement may have ended that is still asked about."""


@dataclass
class Done:
    """What one round did."""

    planned: int = 0
    reminded: int = 0
    alerted: int = 0
    asked: int = 0
    closed: int = 0
    failed: int = 0


def keep(now: datetime) -> Done:
    """Look after all placements, each in a transaction of its own, so that one that fails holds up no other."""
    done, today = Done(), now.astimezone(clock.AMSTERDAM).date()
    with db.transaction():
        running = list(queries.running_ids())
        over = list(queries.completed_ids(today - LONGEST_AGO, today))
        done.closed = replacing.finish_resumed(now)
    for number in running:
        _one(number, now, done, _keep_running)
    for number in over:
        _one(number, now, done, _ask_outcomes)
    return done


def _one(number: int, now: datetime, done: Done, deed: Callable[[Placement, datetime, Done], None]) -> None:
    try:
        with db.transaction():
            deed(queries.one(number), now, done)
    except Exception as error:  # one that fails must not hold up the others; it is tried again in an hour
        done.failed += 1
        log.error("guidance_failed", placement=number, error=type(error).__name__)


def _keep_running(placement: Placement, now: datetime, done: Done) -> None:
    today = now.astimezone(clock.AMSTERDAM).date()
    done.planned += contacts.plan(placement)
    for moment in queries.moments_of(placement.id):
        if moment.held_on is None:
            done.reminded += _remind(placement, moment, today, now)
    done.alerted += _alert(placement, today, now)


def _remind(placement: Placement, moment: ContactMoment, today: date, now: datetime) -> int:
    """First the supervisor, a week later the coordinators too; once for each planned day."""
    days, subject = moments.days_overdue(moment.planned_on, today), f"{moment.id} {moment.planned_on.isoformat()}"
    values: dict[str, Any] = {"kind": moment.kind.value, "day": moment.planned_on}
    number = 0
    if days >= moments.REMIND_SUPERVISOR and notices.claim(placement.id, "moment_supervisor", subject, now=now):
        number += letters.tell_supervisor(placement, "moment_overdue", **values)
    if days >= moments.REMIND_COORDINATOR and notices.claim(placement.id, "moment_coordinator", subject, now=now):
        number += letters.tell_coordinators(placement, "moment_overdue", **values)
    return number


def _alert(placement: Placement, today: date, now: datetime) -> int:
    """Hours that fall behind at three quarters of the time: student, trainer and supervisor hear it, once (R24)."""
    found = overview.progress(placement, today)
    times = {"starts_on": placement.starts_on, "ends_on": placement.last_day}
    short = week_hours.shortfall(found, **times, today=today)
    subject = week_hours.check_day(**times).isoformat()
    if not short or not notices.claim(placement.id, "shortfall", subject, now=now):
        return 0
    values: dict[str, Any] = {"short": short, "waiting": found.waiting}
    return (
        letters.tell_student(placement, "shortfall", **values)
        + letters.tell_trainer(placement, "shortfall", **values)
        + letters.tell_supervisor(placement, "shortfall", **values)
    )


def _ask_outcomes(placement: Placement, now: datetime, done: Done) -> None:
    today = now.astimezone(clock.AMSTERDAM).date()
    for term in outcomes.due_terms(placement.last_day, today):
        done.asked += outcomes.ask(placement, term, now=now)
