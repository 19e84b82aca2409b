"""What a reader can ask of the list of open places."""

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

DISTANCES = (10, 25, 50, 100)
"""Kilometres that can be chosen."""
MAX_LENGTH = 120
"""Characters of a search that are read; more is no search."""
_MAX_WORDS = 8


class Pay(StrEnum):
    """What a student gets, as a filter."""

    PAID = "paid"
    COVERED = "covered"


class Sort(StrEnum):
    """The order of the list."""

    NEWEST = "newest"
    SOONEST = "soonest"
    NEAREST = "nearest"


PAY_LABELS = {Pay.PAID: lazy("Wage or allowance"), Pay.COVERED: lazy("Costs are covered")}
SORT_LABELS = {Sort.NEWEST: lazy("Newest"), Sort.SOONEST: lazy("Starts soonest"), Sort.NEAREST: lazy("Nearest")}


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
    starts_from: date | None = None
    starts_until: date | None = None
    pay: Pay | None = None
    minors: bool = False
    """Only what someone under 18 can take."""
    mode: PlacingMode | None = None
    sort: Sort = Sort.NEWEST

    @property
    def reach(self) -> list[int] | None:
        """Ids of the towns that are near enough; None where any town is."""
        if self.within is None or not self.km:
            return None
        return [number for number, km in self.km.items() if km <= self.within]

    @property
    def in_use(self) -> list[str]:
        """The names of the filters that ask something."""
        names = (one.name for one in fields(self) if one.name not in ("km", "sort"))
        return [name for name in names if getattr(self, name) != getattr(_NOTHING, name)]

    def without(self, name: str) -> Self:
        """The same without one filter."""
        changes: dict[str, Any] = {name: getattr(_NOTHING, name)}
        return replace(self, **changes)


_NOTHING = Asked()


def words_of(search: str) -> list[str]:
    """The words of a search in lower case, each once; commas between them do not count."""
    words = (word.strip(",;") for word in search[:MAX_LENGTH].lower().split())
    return list(dict.fromkeys(word for word in words if word))[:_MAX_WORDS]
