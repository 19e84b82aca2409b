"""When the three contact moments of a placement are due, and who is reminded of one that did not happen (R23)."""

from collections.abc import Mapping
from datetime import date, timedelta

from ipf_talent.applications import workdays
from ipf_talent.placements.guidance.kinds import MomentKind

SETTLED_IN, BEFORE_END = timedelta(days=14), timedelta(days=7)
"""How long after the start, and how long before the end, people talk; less where the placement is short."""
REMIND_SUPERVISOR, REMIND_COORDINATOR = 1, 6
"""Working days after the planned day: first the supervisor hears it, a week later the coordinator too."""


def planned(starts_on: date, ends_on: date) -> Mapping[MomentKind, date]:
    """The day of each moment, from the dates of the placement: never outside them, and in order."""
    length = ends_on - starts_on
    start = starts_on + min(SETTLED_IN, length // 4)
    end = ends_on - min(BEFORE_END, length // 4)
    mid = starts_on + length // 2
    return {kind: _workday(day, starts_on, ends_on) for kind, day in
            ((MomentKind.START, start), (MomentKind.MID, mid), (MomentKind.END, end))}  # fmt: skip


def _workday(day: date, first: date, last: date) -> date:
    """The next day on which people work, or the one before where that lies after the end; the day itself where neither fits."""
    later = day
    while not workdays.is_workday(later):
        later += timedelta(days=1)
    if later <= last:
        return later
    earlier = day
    while not workdays.is_workday(earlier):
        earlier -= timedelta(days=1)
    return earlier if earlier >= first else day


def days_overdue(planned_on: date, today: date) -> int:
    """Working days since the planned day; 0 as long as it has not passed."""
    return workdays.between(planned_on, today)
