"""Working times, and what somebody of 16 or 17 may work (R8): values in, values out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import Any

from ipf_talent.i18n import lazy

MOST_A_DAY = 9 * 60
MOST_A_WEEK = 45 * 60
MOST_IN_FOUR_WEEKS = 160 * 60
LEAST_REST = 12 * 60
"""All in minutes; school hours count as work (Working Hours Act, Working Hours Decree)."""
NIGHT_FROM, NIGHT_UNTIL = 23 * 60, 6 * 60
DAY = 24 * 60


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
