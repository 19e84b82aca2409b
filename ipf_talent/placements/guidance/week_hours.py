"""Reckoning with hours: what one types, weeks, what counts, and whether enough was done at three quarters of the time (R24)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import Protocol

from ipf_talent.placements.guidance.kinds import COUNTING, HoursKind, HoursState

MOST, MOST_MINOR = 12 * 60, 9 * 60
"""Minutes that one day can hold, and for somebody under 18 (R8)."""
MOST_WEEK_MINOR = 45 * 60
"""Minutes of a week for somebody under 18, days at school included (R8)."""
CHECKED_AT = 0.75
"""The part of the time after which it is looked at whether the hours keep up (R24)."""
SEVEN = 7

_HOURS = re.compile(r"([0-9]{1,2})(?:[.,]([0-9]{1,2})|:([0-9]{2}))?")
_WEEK = re.compile(r"([0-9]{4})-w([0-9]{2})")


class Entry(Protocol):
    """The hours of one day."""

    minutes: int
    kind: HoursKind
    state: HoursState


class Typed(ValueError):
    """What was typed is no number of hours."""


def read(text: str) -> int | None:
    """
    Minutes from what people type: `8`, `7,5`, `7.5` or `7:30`; nothing gives None.

    Raises:
        Typed: it is something else.
    """
    text = text.strip().lower().removesuffix("uur").removesuffix("u").removesuffix("h").strip()
    if not text:
        return None
    found = _HOURS.fullmatch(text)
    if found is None or not text.isascii():
        raise Typed(text)
    whole, part, minutes = found.groups()
    if minutes is not None and int(minutes) > 59:
        raise Typed(text)
    rest = int(minutes) if minutes is not None else round(int(part.ljust(2, "0")) * 60 / 100) if part else 0
    return int(whole) * 60 + rest


def written(minutes: int) -> str:
    """Hours as one types them again: `7:30`, and `8` where no minutes are left."""
    hours, rest = divmod(minutes, 60)
    return f"{hours}:{rest:02}" if rest else str(hours)


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def week_name(day: date) -> str:
    """The week of a day as it stands in addresses: `2027-w05`."""
    year, week, _day = day.isocalendar()
    return f"{year}-w{week:02}"


def monday_of(name: str) -> date | None:
    """The Monday of a week by its name; None where there is no such week."""
    found = _WEEK.fullmatch(name)
    try:
        return date.fromisocalendar(int(found[1]), int(found[2]), 1) if found else None
    except ValueError:
        return None


def weeks(first: date, last: date) -> list[date]:
    """The Mondays of all weeks that hold a day from `first` to `last`."""
    begin = monday(first)
    return [begin + timedelta(days=SEVEN * n) for n in range((monday(last) - begin).days // SEVEN + 1)] if last >= first else []


def counted(entries: Iterable[Entry], state: HoursState = HoursState.APPROVED) -> int:
    """Minutes that count in this state; only approved ones make up the hours of a placement (R24)."""
    return sum(one.minutes for one in entries if one.state is state and one.kind in COUNTING)


@dataclass(frozen=True)
class Progress:
    """How far somebody is, in minutes; `expected` is what an even spread would have given by now."""

    approved: int
    waiting: int
    entered: int
    total: int
    expected: int

    @property
    def share(self) -> float:
        """Approved hours as a part of all, at most 1."""
        return min(1.0, self.approved / self.total) if self.total else 0.0

    @property
    def enough(self) -> bool:
        """Whether the hours are done."""
        return self.approved >= self.total


def progress(entries: Iterable[Entry], *, total: int, starts_on: date, ends_on: date, today: date) -> Progress:
    """The hours of a placement on a day; `total` in minutes."""
    rows = list(entries)
    sums = {state: counted(rows, state) for state in HoursState}
    waiting, entered = sums[HoursState.SUBMITTED], sums[HoursState.ENTERED] + sums[HoursState.DECLINED]
    return Progress(sums[HoursState.APPROVED], waiting, entered, total, round(total * elapsed(starts_on, ends_on, today)))


def elapsed(starts_on: date, ends_on: date, today: date) -> float:
    """The part of the time that lies behind on the evening of a day, 0 to 1."""
    length = (ends_on - starts_on).days + 1
    return min(1.0, max(0.0, ((today - starts_on).days + 1) / length)) if length > 0 else 1.0


def check_day(starts_on: date, ends_on: date) -> date:
    """The first day on whose evening three quarters of the time have passed."""
    length = (ends_on - starts_on).days + 1
    return starts_on + timedelta(days=max(0, ceil(length * CHECKED_AT) - 1))


def shortfall(found: Progress, *, starts_on: date, ends_on: date, today: date) -> int:
    """Minutes that are missing at three quarters of the time; 0 before that day, and where nothing is missing."""
    if today < check_day(starts_on, ends_on):
        return 0
    return max(0, ceil(found.total * CHECKED_AT) - found.approved)
