"""What a school lists as plain values: as it stands here, and as a file says it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from ipf_talent.exchange.wording import named
from ipf_talent.programmes.levels import Mode
from ipf_talent.programmes.listing import EDITABLE, ListingStatus

NAMESPACE = UUID("6d1f2f0c-7c53-5a4e-9b6e-2f5d2b8c7a10")
"""Ours, for identifiers made of names."""
Values = dict[str, Any]
Where = tuple[str, Mode]
"""Name of the place ("" where none is named) and mode: what parts the offerings of a programme (R18)."""


@dataclass(frozen=True)
class Names:
    """
    What names in a file mean here.

    Attributes:
        places: by `plain` name how a town is written.
        skills, electives: by `wording.named` name the slugs of those that are called so.
    """

    places: Mapping[str, str]
    skills: Mapping[str, frozenset[str]] = field(default_factory=dict)
    electives: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Spoken:
    """
    How things are called in a file.

    Attributes:
        skills: labels by slug.
        electives: codes by slug.
        names: what names mean when the file comes back; what would not mean the same is written as its slug.
    """

    language: str
    skills: Mapping[str, str] = field(default_factory=dict)
    electives: Mapping[str, str] = field(default_factory=dict)
    names: Names = field(default_factory=lambda: Names({}))

    def several(self, name: str, slugs: Iterable[str]) -> str:
        """Skills or modules with a semicolon between them."""
        known, meant = {"skills": (self.skills, self.names.skills), "electives": (self.electives, self.names.electives)}[name]
        called = ((slug, known.get(slug) or slug) for slug in slugs)
        whole = [words if ";" not in words and meant.get(named(words)) == frozenset((slug,)) else slug for slug, words in called]
        return ";".join(whole)


@dataclass(frozen=True)
class Start:
    """One moment at which one can start."""

    values: Values
    cancelled: bool = False


@dataclass(frozen=True)
class Offer:
    """A programme at one place in one mode."""

    values: Values
    status: ListingStatus = ListingStatus.PUBLISHED
    starts: Mapping[date | None, Start] = field(default_factory=dict)

    @property
    def open_to_change(self) -> bool:
        """Whether an import may touch it; what was archived or cancelled stays as it was decided."""
        return self.status in EDITABLE


@dataclass(frozen=True)
class Listed:
    """A programme of the school with all that hangs on it."""

    slug: str
    values: Values
    status: ListingStatus = ListingStatus.PUBLISHED
    offers: Mapping[Where, Offer] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()
    """Fields that a person edited last, by the names of `programmes.editing`."""

    @property
    def open_to_change(self) -> bool:
        """Whether an import may touch it."""
        return self.status in EDITABLE

    @property
    def title(self) -> str:
        """Its Dutch name."""
        return str(self.values.get("title_nl", ""))


@dataclass(frozen=True)
class Line:
    """One row of a file, read: only the values that it says something about."""

    row: int
    listing: str = ""
    """Our own name of the programme, where the file has it."""
    ident: str = ""
    """Its identifier in OOAPI, where the file has it."""
    programme: Values = field(default_factory=dict)
    place: str = ""
    mode: Mode | None = None
    offering: Values = field(default_factory=dict)
    has_start: bool = False
    starts_on: date | None = None
    """None with `has_start`: one can start at any time."""
    intake: Values = field(default_factory=dict)


def day(starts_on: date | None) -> str:
    """A start in the names of kept fields and keys."""
    return starts_on.isoformat() if starts_on else "any"


def at(where: Where) -> str:
    """An offering in the names of kept fields and keys."""
    return f"{where[0]}/{where[1].value}"


def keys(listed: Listed) -> frozenset[str]:
    """Every row that a programme makes in a file, by name."""
    found = {listed.slug} if not listed.offers else set()
    for where, offer in listed.offers.items():
        found |= {f"{listed.slug}/{at(where)}/{day(start)}" for start in offer.starts} or {f"{listed.slug}/{at(where)}"}
    return frozenset(found)


def ident_of(name: str) -> str:
    """The identifier of something in OOAPI: the same name has the same one, in version 5 and 6."""
    return str(uuid5(NAMESPACE, name))
