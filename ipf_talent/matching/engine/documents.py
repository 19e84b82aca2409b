"""The values that go in: places and programmes as documents, a student as a query."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

Facts = Mapping[str, str | Collection[str]]
Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Document:
    """
    Something a student can be matched with.

    Parameters
    ----------
    id : str
        Unique among the documents of one index; not empty.
    text : str
        Title and description as people read them.
    musts, wanted : collection of str
        Concepts asked for, as slugs of the taxonomy: required, and nice to have. A slug in both counts as required.
    lang : {"nl", "en", "fy"} or None
        Language of `text`; None has it guessed.
    linked : mapping
        Concepts recognised in what is written, with how sure that is, above 0 to 1. They count as wanted, never as required.
    facts : mapping
        Facts to filter on, one value or several by name. They never touch the score.
    """

    id: str
    text: str = ""
    musts: Collection[str] = ()
    wanted: Collection[str] = ()
    lang: str | None = None
    facts: Facts = field(default_factory=dict)
    linked: Weights = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.id:
            raise ValueError("A document needs an id.")
        object.__setattr__(self, "musts", slugs(self.musts))
        object.__setattr__(self, "wanted", tuple(slug for slug in slugs(self.wanted) if slug not in self.musts))
        object.__setattr__(self, "linked", weighed(self.linked, self.asked))
        object.__setattr__(self, "facts", {name: _values(value) for name, value in sorted(self.facts.items())})

    @property
    def asked(self) -> tuple[str, ...]:
        """Required and wanted concepts, required ones first."""
        return (*self.musts, *self.wanted)

    def as_json(self) -> dict[str, Any]:
        """The document as plain JSON values; `Document(**value)` makes it again."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Query:
    """
    What a student brings.

    Parameters
    ----------
    text : str
        What the person wrote. Labels of the skills need not be in it: gaining a skill changes `concepts` alone.
    concepts : collection of str
        Slugs of the skills the student has.
    lang : {"nl", "en", "fy"} or None
        Language of `text`; None has it guessed.
    linked : mapping
        Concepts recognised in what the person wrote, with how sure that is, above 0 to 1. They speak for a place, but meet no must.
    also : mapping
        Stems of the words in another language, with how often each counts.
    """

    text: str = ""
    concepts: Collection[str] = ()
    lang: str | None = None
    linked: Weights = field(default_factory=dict)
    also: Weights = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "concepts", slugs(self.concepts))
        object.__setattr__(self, "linked", weighed(self.linked, self.concepts))
        object.__setattr__(self, "also", weighed(self.also, (), math.inf))

    @property
    def has(self) -> dict[str, float]:
        """All concepts with their weight: stated ones 1, recognised ones by how sure they are."""
        return {**self.linked, **dict.fromkeys(self.concepts, 1.0)}

    def gaining(self, concept: str) -> "Query":
        """The same student with one skill more."""
        return replace(self, concepts=(*self.concepts, concept))


def slugs(values: Collection[str]) -> tuple[str, ...]:
    """Sorted, each once; a bare string is refused, because its letters would count as slugs."""
    if isinstance(values, str):
        raise TypeError(f"Concepts come as a collection of slugs, not as one string: {values!r}.")
    return tuple(sorted(set(values)))


def weighed(weights: Weights, without: Collection[str], most: float = 1.0) -> dict[str, float]:
    """
    The weights by ascending key, those of `without` left out.

    Raises
    ------
    ValueError
        A weight is not above 0 and at most `most`.
    """
    for slug, weight in weights.items():
        if not 0 < weight <= most:
            raise ValueError(f"The weight {weight!r} of {slug!r} cannot be.")
    return {slug: float(weight) for slug, weight in sorted(weights.items()) if slug not in without}


def _values(value: str | Collection[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(sorted(set(value)))
