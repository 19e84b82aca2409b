"""On which days something starts, until when one can apply for each, and which is the first that one can still take."""

from bisect import bisect_left
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import count

Day = tuple[int, int]
"""Month and day of any year."""


@dataclass(frozen=True)
class Start:
    """
    A day on which something starts.

    Attributes:
        apply_by: the last day to apply; None where nobody tells.
        told: the school itself tells this day.
    """

    on: date
    apply_by: date | None = None
    told: bool = False


@dataclass(frozen=True)
class Terms:
    """
    When something starts.

    Attributes:
        starts: days of each year; empty: any day.
        apply_by: the last day to apply, before each start.
        apply_days: the same as a number of days before it, where there is no `apply_by`.
        dates: starts and deadlines that the school itself tells; up to the last of them they take the place of the others.
        asked_on: a deadline before this day has passed.
    """

    asked_on: date
    starts: tuple[Day, ...] = ()
    apply_by: Day | None = None
    apply_days: int | None = None
    dates: tuple[tuple[date, date | None], ...] = ()

    def first(self, day: date) -> Start:
        """The first start, on or after a day, for which one can still apply; a later day never gives an earlier start."""
        at = bisect_left(self._told, day, key=lambda start: start.on)
        if at < len(self._told):
            return self._told[at]
        if self.dates:
            day = max(day, max(on for on, _apply_by in self.dates) + timedelta(days=1))
        return self._first_of_year(day) if self.starts else self._any_day(day)

    @cached_property
    def _told(self) -> list[Start]:
        open_ = {Start(on, by, told=True) for on, by in self.dates if by is None or by >= self.asked_on}
        latest: dict[date, Start] = {}
        for start in sorted(open_, key=lambda start: (start.on, start.apply_by or date.max)):
            latest[start.on] = start
        return list(latest.values())

    def _first_of_year(self, day: date) -> Start:
        each = (in_year(start, year) for year in count(day.year) for start in sorted(self.starts))
        starts = (Start(on, self._deadline(on)) for on in each if on >= day)
        return next(start for start in starts if start.apply_by is None or start.apply_by >= self.asked_on)

    def _any_day(self, day: date) -> Start:
        deadline = self._deadline(day)
        if deadline is not None and deadline < self.asked_on:
            day = max(day, self._opens)
        return Start(day, self._deadline(day))

    @property
    def _opens(self) -> date:
        """The first day that has a deadline which has not passed."""
        if self.apply_by:
            year = self.asked_on.year
            this = in_year(self.apply_by, year)
            return this if this >= self.asked_on else in_year(self.apply_by, year + 1)
        return self.asked_on + timedelta(days=self.apply_days or 0)

    def _deadline(self, start: date) -> date | None:
        if self.apply_by:
            this = in_year(self.apply_by, start.year)
            return this if this <= start else in_year(self.apply_by, start.year - 1)
        return start - timedelta(days=self.apply_days) if self.apply_days is not None else None


def in_year(day: Day, year: int) -> date:
    """That day; the last of its month where it has no such day."""
    month, number = day
    return date(year, month, min(number, monthrange(year, month)[1]))


def later(day: date, months: int) -> date:
    """So many months on: the same day of the month, or the last of it; a later day never gives an earlier one."""
    years, month = divmod(day.month - 1 + months, 12)
    return in_year((month + 1, day.day), day.year + years)


def months_between(day: date, end: date) -> int:
    """Whole months that hold the time from one day to another, a month begun counted in full."""
    months = 12 * (end.year - day.year) + end.month - day.month
    return months + (later(day, months) < end)
