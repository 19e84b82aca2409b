"""What the page of a week shows: its days, its sums, and the weeks that wait for approval."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from ipf_talent.placements.guidance import hours, queries, week_hours
from ipf_talent.placements.guidance.kinds import (
    COUNTING,
    OWN,
    HoursKind,
    HoursState,
)
from ipf_talent.placements.guidance.models import HoursEntry
from ipf_talent.placements.kinds import STARTED
from ipf_talent.placements.models import Placement
from ipf_talent.programmes.queries import AnyRow


@dataclass
class DayShown:
    """One day of the form of a week: what stands in it, and whether it can be changed."""

    day: date
    typed: str
    kind: HoursKind
    state: HoursState | None
    reason: str
    inside: bool
    """Whether the day belongs to the placement and is not in the future."""
    error: str = ""

    @property
    def can_change(self) -> bool:
        """Whether the student can still write here."""
        return self.inside and (self.state is None or self.state in OWN)


class WeekSum(NamedTuple):
    """One week in the list of all weeks."""

    monday: date
    name: str
    minutes: int
    """That count, in whatever state."""
    state: HoursState | None
    """The state that asks most: sent back, not sent, waiting, approved; None for an empty week."""


@dataclass(frozen=True)
class WeekPage:
    """A student's form for one week, with its neighbours and how far all the hours are."""

    monday: date
    days: Sequence[DayShown]
    weeks: Sequence[WeekSum]
    progress: week_hours.Progress
    previous: str | None
    next: str | None
    copied: bool
    ill: bool
    runs: bool
    here_today: bool
    """Whether the student is at the company in these days."""

    @property
    def name(self) -> str:
        """Of the week, as it stands in addresses."""
        return week_hours.week_name(self.monday)

    @property
    def can_change(self) -> bool:
        """Whether anything of this week can be written."""
        return self.runs and any(one.can_change for one in self.days)

    @property
    def can_copy(self) -> bool:
        """Whether the week is empty and an earlier one is not."""
        empty = not any(one.typed or one.state for one in self.days)
        return self.can_change and empty and any(one.minutes for one in self.weeks if one.monday < self.monday)

    @property
    def sent_back(self) -> int:
        """Weeks with something that the student has to mend."""
        return sum(one.state is HoursState.DECLINED for one in self.weeks)

    @property
    def unsent(self) -> int:
        """Weeks that were begun and not sent."""
        return sum(one.state is HoursState.ENTERED for one in self.weeks)

    @property
    def waits(self) -> bool:
        """Whether the company has to look at this week."""
        return any(one.state is HoursState.SUBMITTED for one in self.days)

    @property
    def total(self) -> int:
        """Minutes of this week that count."""
        return next((one.minutes for one in self.weeks if one.monday == self.monday), 0)


_ASKS = (HoursState.DECLINED, HoursState.ENTERED, HoursState.SUBMITTED, HoursState.APPROVED)


def week_page(
    placement: Placement, monday: date, today: date, *, copy: bool = False, typed: Sequence[DayShown] | None = None
) -> WeekPage:
    """
    The form of a week.

    Args:
        copy: fill empty days with what stands in the last week before it that has hours.
        typed: what was typed and refused, to show again.
    """
    entries = queries.hours_of(placement.id)
    by_day = {row.day: row for row in entries}
    days = typed or [_shown(placement, monday + timedelta(days=n), by_day, today) for n in range(7)]
    copied = copy and _copy(days, by_day, monday)
    all_weeks = sums_of(entries, week_hours.weeks(placement.starts_on, min(placement.last_day, today)))
    names = [one.name for one in all_weeks]
    here = week_hours.week_name(monday)
    place = names.index(here) if here in names else None
    total = placement.hours * 60
    return WeekPage(
        monday=monday,
        days=days,
        weeks=list(reversed(all_weeks)),
        progress=week_hours.progress(entries, total=total, starts_on=placement.starts_on, ends_on=placement.last_day, today=today),
        previous=names[place - 1] if place else None,
        next=names[place + 1] if place is not None and place + 1 < len(names) else None,
        copied=copied,
        ill=hours.is_ill(placement),
        runs=placement.status in STARTED,
        here_today=hours.runs_on(placement, today),
    )


def _shown(placement: Placement, day: date, by_day: Mapping[date, HoursEntry], today: date) -> DayShown:
    row = by_day.get(day)
    inside = placement.starts_on <= day <= placement.last_day and day <= today
    if row is None:
        return DayShown(day, "", HoursKind.WORK, None, "", inside)
    counts = row.minutes or row.kind in COUNTING
    return DayShown(day, week_hours.written(row.minutes) if counts else "", row.kind, row.state, row.reason, inside)


def _copy(days: Sequence[DayShown], by_day: Mapping[date, HoursEntry], monday: date) -> bool:
    """Fill days that are empty like the last week before that was worked; tells whether anything was filled."""
    before = [day for day, row in by_day.items() if day < monday and row.minutes]
    if not before:
        return False
    source = week_hours.monday(max(before))
    filled = False
    for number, shown in enumerate(days):
        row = by_day.get(source + timedelta(days=number))
        if row is not None and row.minutes and shown.can_change and not shown.typed and shown.state is None:
            shown.typed, shown.kind = week_hours.written(row.minutes), row.kind
            filled = True
    return filled


def sums_of(entries: Sequence[HoursEntry], mondays: Sequence[date]) -> list[WeekSum]:
    """A line for each week, in order."""
    by_week: dict[date, list[HoursEntry]] = {monday: [] for monday in mondays}
    for row in entries:
        by_week.setdefault(week_hours.monday(row.day), []).append(row)
    return [_sum(monday, by_week[monday]) for monday in sorted(by_week)]


def _sum(monday: date, entries: Sequence[HoursEntry]) -> WeekSum:
    states = {row.state for row in entries}
    minutes = sum(row.minutes for row in entries if row.kind in COUNTING)
    return WeekSum(monday, week_hours.week_name(monday), minutes, next((one for one in _ASKS if one in states), None))


@dataclass(frozen=True)
class WaitingWeek:
    """A week of one student that waits for the company."""

    key: str
    student: str
    monday: date
    entries: Sequence[Any]
    mark: str

    @property
    def name(self) -> str:
        """Of the week, as it stands in addresses."""
        return week_hours.week_name(self.monday)

    @property
    def code(self) -> str:
        """What the form sends back: placement, week, and what was seen of it."""
        return f"{self.key} {self.name} {self.mark}"

    @property
    def minutes(self) -> int:
        """That count once they are approved."""
        return sum(row.minutes for row in self.entries if row.kind in COUNTING)

    @property
    def too_much(self) -> bool:
        """Whether somebody under 18 worked and learnt more than the law allows in a week (R8)."""
        adult_on = self.entries[0].adult_on
        spent = sum(row.minutes for row in self.entries if row.kind in (HoursKind.WORK, HoursKind.SCHOOL))
        return adult_on is not None and self.monday < adult_on and spent > week_hours.MOST_WEEK_MINOR


def waiting_weeks(rows: Sequence[AnyRow]) -> list[WaitingWeek]:
    """Days that wait, gathered by student and week, the longest waiting first."""
    found: dict[tuple[str, date], list[AnyRow]] = {}
    for row in rows:
        found.setdefault((row.key, week_hours.monday(row.day)), []).append(row)
    return [
        WaitingWeek(key, days[0].student, monday, days, hours.mark_of(days)) for (key, monday), days in sorted(
            found.items(), key=lambda item: (item[0][1], item[1][0].student, item[0][0])
        )
    ]  # fmt: skip
