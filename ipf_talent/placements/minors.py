"""Working times, and what somebody of 16 or 17 may work (R8): values in, values out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Any

from ipf_talent.i18n import _, lazy

MOST_A_DAY = 9 * 60
MOST_A_WEEK = 45 * 60
MOST_IN_FOUR_WEEKS = 160 * 60
LEAST_REST = 12 * 60
"""All in minutes; school hours count as work (Working Hours Act, Working Hours Decree)."""
NIGHT_FROM, NIGHT_UNTIL = 23 * 60, 6 * 60
DAY = 24 * 60
LONGEST_SHIFT = 12 * 60
"""What anybody may work on one day, breaks left out, in minutes (Working Hours Act)."""


class Limit(StrEnum):
    """A limit for somebody under 18."""

    DAY = "day"
    WEEK = "week"
    FOUR_WEEKS = "four_weeks"
    NIGHT = "night"
    REST = "rest"


LIMIT_LABELS = {
    Limit.DAY: lazy("Under 18: at most 9 hours a day, school hours included."),
    Limit.WEEK: lazy("Under 18: at most 45 hours a week, school hours included."),
    Limit.FOUR_WEEKS: lazy("Under 18: at most 160 hours in four weeks, school hours included."),
    Limit.NIGHT: lazy("Under 18: no work between 23:00 and 6:00."),
    Limit.REST: lazy("Under 18: at least 12 hours of rest between two days."),
}


@dataclass(frozen=True, order=True)
class Day:
    """
    What happens on one day of the week, in minutes.

    Attributes:
        number: 0 for Monday to 6 for Sunday.
        begins: start of work, counted from midnight; None where one does not work.
        ends: end of work; not later than midnight of that day, or past `DAY` where the work goes on after midnight.
        rest: breaks in it.
        school: lessons on that day.
    """

    number: int
    begins: int | None = None
    ends: int | None = None
    rest: int = 0
    school: int = 0

    @property
    def work(self) -> int:
        """Minutes at work, breaks left out."""
        return 0 if self.begins is None or self.ends is None else max(0, self.ends - self.begins - self.rest)

    @property
    def total(self) -> int:
        """Minutes at work and at school."""
        return self.work + self.school

    @property
    def is_too_long(self) -> bool:
        """Whether it has more work than anybody may do."""
        return self.work > LONGEST_SHIFT

    @property
    def is_all_breaks(self) -> bool:
        """Whether the breaks leave nothing of the work."""
        return self.begins is not None and self.ends is not None and self.rest >= self.ends - self.begins

    @property
    def goes_on(self) -> bool:
        """Whether it ends after midnight."""
        return self.ends is not None and self.ends > DAY


def minutes(moment: time) -> int:
    """Of a time on the clock, from midnight."""
    return moment.hour * 60 + moment.minute


def day_of(number: int, begins: time | None, ends: time | None, rest: int = 0, school: int = 0) -> Day:
    """A day from times on the clock; an end that is not later than the beginning lies after midnight."""
    if begins is None or ends is None:
        return Day(number, school=school)
    first, last = minutes(begins), minutes(ends)
    return Day(number, first, last if last > first else last + DAY, rest, school)


def week_of(rows: Iterable[Mapping[str, Any]]) -> tuple[Day, ...]:
    """The week that an agreement keeps as rows; the days in their order."""
    return tuple(sorted(Day(**row) for row in rows))


def rows_of(week: Iterable[Day]) -> list[dict[str, Any]]:
    """A week as an agreement keeps it; days on which nothing happens are left out."""
    fields = ("number", "begins", "ends", "rest", "school")
    return [{name: getattr(day, name) for name in fields} for day in sorted(week) if day.total]


def work_minutes(week: Iterable[Day]) -> int:
    """Minutes at work in a week."""
    return sum(day.work for day in week)


def work_days(week: Iterable[Day]) -> int:
    """Days on which one works."""
    return sum(1 for day in week if day.work)


def weekly_total(week: Iterable[Day], starts_on: date, ends_on: date) -> int:
    """Hours at work that such weeks come to over a period; holidays are not known here."""
    return round(work_minutes(week) / 60 * ((ends_on - starts_on).days + 1) / 7)


def impossible(week: Sequence[Day]) -> str:
    """Why nobody of any age works such a week; empty where one can."""
    if any(day.is_too_long for day in week):
        return str(_("At most 12 hours of work a day, breaks left out."))
    if overlap(week):
        return str(_("A night shift goes on into the next day, where work has begun already."))
    return ""


def overlap(week: Sequence[Day]) -> bool:
    """Whether a day goes on after midnight for so long that the next one has begun."""
    return any(rest < 0 for rest in _rests(week))


def exceeded(week: Sequence[Day]) -> list[Limit]:
    """The limits that such a week, one after another, would break; school hours count."""
    total = sum(day.total for day in week)
    broken = {
        Limit.DAY: any(day.total > MOST_A_DAY for day in week),
        Limit.WEEK: total > MOST_A_WEEK,
        Limit.FOUR_WEEKS: 4 * total > MOST_IN_FOUR_WEEKS,
        Limit.NIGHT: any(_at_night(day) for day in week),
        Limit.REST: any(rest < LEAST_REST for rest in _rests(week)),
    }
    return [limit for limit, hit in broken.items() if hit]


def _at_night(day: Day) -> bool:
    if day.begins is None or day.ends is None:
        return False
    return day.begins < NIGHT_UNTIL or day.ends > NIGHT_FROM


def _rests(week: Sequence[Day]) -> list[int]:
    """Minutes between the end of one day's work and the beginning of the next, around the week."""
    spans = sorted(
        (day.number * DAY + day.begins, day.number * DAY + day.ends) for day in week if day.begins is not None and day.ends
    )
    if not spans:
        return []
    again = (spans[0][0] + 7 * DAY, 0)
    return [later[0] - earlier[1] for earlier, later in zip(spans, [*spans[1:], again], strict=True)]


def clock_words(value: int) -> str:
    """Minutes from midnight as on the clock: 08:30."""
    return f"{value % DAY // 60:02}:{value % 60:02}"
