"""The hours of a matchmaking day: when each round begins and ends, breaks counted in."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from ipf_talent.clock import AMSTERDAM


class Slot(NamedTuple):
    """One round on the clock, in local time."""

    number: int
    begins: datetime
    ends: datetime
    pause: int
    """Minutes of break after it, beside the time to change tables; 0 for none."""


def slots(
    held_on: date, starts_at: time, *, rounds: int, talk_minutes: int, change_minutes: int, breaks: Mapping[str, int]
) -> list[Slot]:
    """
    Every round of the day.

    Args:
        change_minutes: between two rounds, to change tables.
        breaks: minutes of break after a round, by its number as text; one after the last round counts for nothing.
    """
    begins = datetime.combine(held_on, starts_at, AMSTERDAM)
    found = []
    for number in range(1, rounds + 1):
        ends = begins + timedelta(minutes=talk_minutes)
        pause = int(breaks.get(str(number), 0)) if number < rounds else 0
        found.append(Slot(number, begins, ends, pause))
        begins = ends + timedelta(minutes=pause or change_minutes)
    return found
