"""The values that go in: places and programmes as documents, a student as a query."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

Facts = Mapping[str, str | Collection[str]]


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
    facts : mapping
        Facts to filter on, one value or several by name. They never touch the score.
    """

    id: str
    text: str = ""
    musts: Collection[str] = ()
    wanted: Collection[str] = ()
    lang: str | None = None
    facts: Facts = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.id:
            raise ValueError("A document needs an id.")
        object.__setattr__(self, "musts", slugs(self.musts))
        object.__setattr__(self, "wanted", tuple(slug for slug in slugs(self.wanted) if slug not in self.musts))
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
    """

    text: str = ""
    concepts: Collection[str] = ()
    lang: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "concepts", slugs(self.concepts))

    def gaining(self, concept: str) -> "Query":
        """The same student with one skill more."""
        return Query(self.text, (*self.concepts, concept), self.lang)


def slugs(values: Collection[str]) -> tuple[str, ...]:
    """Sorted, each once; a bare string is refused, because its letters would count as slugs."""
    if isinstance(values, str):
        raise TypeError(f"Concepts come as a collection of slugs, not as one string: {values!r}.")
    return tuple(sorted(set(values)))


def _values(value: str | Collection[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(sorted(set(value)))
