"""What someone says of themselves, as one value: the same for a guest (kept in the session) and for a person with an account."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Protocol, Self

from ipf_talent.programmes.levels import Level, StartingPoint
from ipf_talent.vacancies.kinds import Minors

MOST_SKILLS = 40
"""Skills in one profile; a guest's has to fit in a cookie."""

LONGEST_WISH = 600
"""Characters of a learning wish."""

_TOGETHER = (
    ("point", "programme", "year"),
    ("wish",),
    ("kinds",),
    ("languages",),
    ("available_from", "available_until"),
    ("hours_per_week",),
    ("place", "travel_km"),
    ("adult_on",),
)
"""Answers that belong together: half of one person's and half of another time's would say what nobody said."""


@dataclass(frozen=True, slots=True)
class KnownSkill:
    """A skill someone says they have, and the words they used for it (empty when chosen from the list)."""

    slug: str
    words: str = ""


class Place(Protocol):
    """What has to be known of a place to say whether somebody of an age may take it."""

    @property
    def minors(self) -> Minors: ...
    @property
    def starts_on(self) -> date: ...


@dataclass(frozen=True, slots=True)
class Card:
    """
    Where someone stands, what they can, and what they look for. None and empty mean: not said, and that is neutral.

    Attributes:
        programme: slug of the programme they follow or finished last.
        year: year of that programme, 1 to 8.
        kinds: kinds of place (`VacancyKind` values); empty means any that fits the level.
        languages: languages they can work in (nl, fy, en, de).
        hours_per_week: 4 to 40.
        place: name of the town they start from.
        travel_km: how far from there, as the crow flies; 1 to 500.
        adult_on: the first day on which they are 18; past for who only said to be 18 or older. Nobody asks the date of birth.
    """

    point: StartingPoint | None = None
    programme: str | None = None
    year: int | None = None
    skills: tuple[KnownSkill, ...] = ()
    wish: str = ""
    kinds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    available_from: date | None = None
    available_until: date | None = None
    hours_per_week: int | None = None
    place: str | None = None
    travel_km: int | None = None
    adult_on: date | None = None

    @property
    def slugs(self) -> tuple[str, ...]:
        """The skills' slugs, in the order in which they were said."""
        return tuple(skill.slug for skill in self.skills)

    @property
    def level(self) -> Level | None:
        """The level they are at; None when not said or without one."""
        return self.point.level if self.point and self.point.level is not Level.NONE else None

    def is_minor_on(self, day: date) -> bool | None:
        """Whether they are under 18 on a day; None where they did not say."""
        return None if self.adult_on is None else day < self.adult_on

    def may_take(self, place: Place) -> bool:
        """Whether their age leaves a place open to them (R8); who did not say may."""
        return place.minors is not Minors.NO or not self.is_minor_on(place.starts_on)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said yet."""
        return self == Card()

    def adding(self, *skills: KnownSkill) -> Self:
        """With more skills; one that is there already stays as it is, and beyond MOST_SKILLS none is added."""
        known = set(self.slugs)
        new = {skill.slug: skill for skill in reversed(skills) if skill.slug not in known}
        ordered = tuple(dict.fromkeys(new[skill.slug] for skill in skills if skill.slug in new))
        return replace(self, skills=(*self.skills, *ordered)[:MOST_SKILLS])

    def without(self, *slugs: str) -> Self:
        """With some skills taken out."""
        return replace(self, skills=tuple(skill for skill in self.skills if skill.slug not in slugs))

    def completed_by(self, other: Self) -> Self:
        """With what `other` says where this card says nothing, and its skills behind the own ones."""
        silent = (group for group in _TOGETHER if not any(getattr(self, name) for name in group))
        gaps = {name: getattr(other, name) for group in silent for name in group}
        return replace(self, **gaps).adding(*other.skills)

    def as_json(self) -> dict[str, Any]:
        """Plain values for the session; what was not said is left out."""
        values = asdict(self) | {"skills": [[skill.slug, skill.words] if skill.words else [skill.slug] for skill in self.skills]}
        dated = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in dated.items()
            if value not in (None, "", (), [])
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """What `as_json` gave; anything else in it counts as not said, since a session outlives a version of the code."""
        try:
            known = {name: value for name, value in values.items() if name in cls.__slots__}
            return cls(**known | _typed(known))
        except (TypeError, ValueError, AttributeError):
            return cls()


def _typed(values: Mapping[str, Any]) -> dict[str, Any]:
    typed: dict[str, Any] = {name: tuple(values.get(name, ())) for name in ("kinds", "languages")}
    typed["skills"] = tuple(KnownSkill(*skill) for skill in values.get("skills", ()))
    if values.get("point"):
        typed["point"] = StartingPoint(values["point"])
    for name in ("available_from", "available_until", "adult_on"):
        if values.get(name):
            typed[name] = date.fromisoformat(values[name])
    return typed
