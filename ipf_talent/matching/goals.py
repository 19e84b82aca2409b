"""What someone wants to come closer to, and which skills they lack for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ipf_talent.matching import queries
from ipf_talent.matching.closing import lacking, most_asked
from ipf_talent.matching.engine import Relations
from ipf_talent.matching.queries import AnyRow
from ipf_talent.matching.ranking import Search

TOP = 10
"""How many of the best places speak for what someone wants, when they name no goal."""


@dataclass(frozen=True)
class Goal:
    """
    A place, an occupation, the best places together, or nothing.

    Attributes:
        kind: place, occupation, top or none.
        thing: titles of the place or labels of the occupation.
        missing: what is asked and not had, by slug.
        asked: how many skills are asked.
        places: how many places speak, for top.
    """

    kind: str
    thing: AnyRow | None = None
    missing: tuple[str, ...] = ()
    asked: int = 0
    places: int = 0

    @property
    def address(self) -> dict[str, str]:
        """The goal as values of an address."""
        name = {"place": "vacancy", "occupation": "occupation"}.get(self.kind)
        return {name: self.thing.slug} if name and self.thing else {}


def chosen(vacancy: str, occupation: str, had: Sequence[str], relations: Relations, *, search: Search | None, today: date) -> Goal:
    """The goal that an address names, as far as it is there; else the best places of the search, if there is one."""
    for kind, slug in (("place", vacancy), ("occupation", occupation)):
        if not slug:
            continue
        if found := queries.asked_of(slug, today) if kind == "place" else queries.essential_of(slug):
            thing, asked = found
            return Goal(kind, thing, lacking(asked, had, relations), len(asked))
    if search is None or not len(search.ranking):
        return Goal("none")
    best = search.ranking.rows[:TOP]
    missing = most_asked((search.matcher.documents_[int(row)].asked for row in best), had, relations)
    return Goal("top", missing=missing, places=len(best))
