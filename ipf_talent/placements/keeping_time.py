"""What time does to placements: a signed one starts on its first day, and a changed sheet comes into force."""

from dataclasses import dataclass
from datetime import datetime

import structlog

from ipf_talent import clock, db
from ipf_talent.errors import DomainError
from ipf_talent.placements import amending, queries, services
from ipf_talent.placements.kinds import Deed, Who

log = structlog.get_logger()


@dataclass
class Done:
    """What one round did."""

    started: int = 0
    held_up: int = 0
    """Signed, their first day has come, and something is missing."""
    in_force: int = 0
    failed: int = 0


def keep(now: datetime, *, only: str | None = None) -> Done:
    """
    Start and bring into force whatever is due, each in a transaction of its own; a second round finds nothing to do.

    Args:
        only: the key of the one placement to look at.
    """
    done, today = Done(), now.astimezone(clock.AMSTERDAM).date()
    with db.transaction():
        chosen = queries.by_key(only).id if only else None
        starting = [number for number in queries.due(today) if chosen in (None, number)]
        sheets = [pair for pair in amending.due(today) if chosen in (None, pair[0])]
    for number in starting:
        _start(number, now, done)
    for number, sheet_id in sheets:
        _bring_into_force(number, sheet_id, now, done)
    return done


def _start(number: int, now: datetime, done: Done) -> None:
    try:
        with db.transaction():
            done.started += services.move(queries.by_id(number), Deed.START, who=Who.SYSTEM, by=None, now=now)
    except DomainError:  # a contract or a recognition is missing: the school sees it on its page, and tomorrow is another day
        done.held_up += 1
    except Exception as error:  # one that fails must not hold up the others
        done.failed += 1
        log.error("start_failed", placement=number, error=type(error).__name__)


def _bring_into_force(number: int, sheet_id: int, now: datetime, done: Done) -> None:
    try:
        with db.transaction():
            placement = queries.by_id(number)
            agreement = placement.agreement
            sheet = agreement.pending if agreement else None
            if sheet is not None and sheet.id == sheet_id:
                amending.bring_into_force(placement, sheet, now=now)
                done.in_force += 1
    except Exception as error:  # one that fails must not hold up the others
        done.failed += 1
        log.error("sheet_failed", placement=number, error=type(error).__name__)
