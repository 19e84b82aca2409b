"""What a reader can ask of the list of open places."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from dataclasses import field as attribute
from datetime import date
from enum import StrEnum
from typing import Any, Self

from ipf_talent.i18n import lazy
from ipf_talent.programmes.levels import Level
from ipf_talent.skills.fields import Field
from ipf_talent.vacancies.kinds import PlacingMode, VacancyKind

_POSTCODE = re.compile(r"([1-9][0-9]{3})(?: ?[A-Za-z]{2})?")
DISTANCES = (10, 25, 50, 100)
"""Kilometres that can be chosen."""
DAYS = (1, 2, 3, 4, 5)
"""Days a week that can be chosen."""


class Pay(StrEnum):
    """What a student gets, as a filter."""

    PAID = "paid"
    COVERED = "covered"


class Sort(StrEnum):
    """The order of the list."""

    BEST = "best"
    """How well a place answers the search; without a search there is no such order."""
    FIT = "fit"
    """How well a place fits the reader; for who said nothing yet there is no such order."""
    NEWEST = "newest"
    SOONEST = "soonest"
    NEAREST = "nearest"
    CLOSING = "closing"


class Alert(StrEnum):
    """How often the owner of a saved search hears of new places."""

    NONE = "none"
    DAILY = "daily"
    WEEKLY = "weekly"


ALERT_LABELS = {Alert.DAILY: lazy("Every day"), Alert.WEEKLY: lazy("Every week"), Alert.NONE: lazy("No mail")}
PAY_LABELS = {Pay.PAID: lazy("Wage or allowance"), Pay.COVERED: lazy("Costs are covered")}
SORT_LABELS = {
    Sort.BEST: lazy("Closest to your words"),
    Sort.FIT: lazy("Fits you best"),
    Sort.NEWEST: lazy("Newest"),
    Sort.SOONEST: lazy("Starts soonest"),
    Sort.NEAREST: lazy("Nearest"),
    Sort.CLOSING: lazy("Closes soonest"),
}


@dataclass(frozen=True)
class Asked:
    """The filters in use; None asks nothing."""

    q: str = ""
    kind: VacancyKind | None = None
    level: Level | None = None
    field: Field | None = None
    km: Mapping[int, float] = attribute(default_factory=dict)
    """How far each town is from the one that was chosen, by the town's id; empty where none was."""
    within: int | None = None
    """Kilometres from the chosen town; nothing without one."""
    company: str | None = None
    """Slug."""
    language: str | None = None
    skill: str | None = None
    """Slug."""
    crebo: str | None = None
    """A qualification for which a place is published and its address recognised."""
    recognised: bool = False
    """Only places of an address that is recognised for a qualification of theirs."""
    days: int | None = None
    """At most so many days a week."""
    starts_from: date | None = None
    starts_until: date | None = None
    pay: Pay | None = None
    minors: bool = False
    """Only what someone under 18 can take."""
    mode: PlacingMode | None = None
    adult_on: date | None = None
    """From which day on the reader is 18, where that is still to come; no choice, so it is no filter that is in use."""
    sort: Sort = Sort.NEWEST

    @property
    def reach(self) -> list[int] | None:
        """Ids of the towns that are near enough; None where any town is."""
        if self.within is None or not self.km:
            return None
        return [number for number, km in self.km.items() if km <= self.within]

    @property
    def usual_sort(self) -> Sort:
        """The order when none was asked."""
        return Sort.BEST if self.q else Sort.NEWEST

    @property
    def in_use(self) -> list[str]:
        """The names of the filters that ask something."""
        names = (one.name for one in fields(self) if one.name not in ("km", "sort", "adult_on"))
        return [name for name in names if getattr(self, name) != getattr(_NOTHING, name)]

    def without(self, name: str) -> Self:
        """The same without one filter."""
        changes: dict[str, Any] = {name: getattr(_NOTHING, name)}
        return replace(self, **changes)


def postcode_area(text: str) -> str | None:
    """The four digits where a text is a Dutch postcode and nothing else, with or without its letters."""
    found = _POSTCODE.fullmatch(text.strip())
    return found[1] if found else None


_NOTHING = Asked()
