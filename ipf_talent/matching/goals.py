"""What someone wants to come closer to, and which skills they lack for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from ipf_talent.matching import queries
from ipf_talent.matching.closing import lacking, most_asked
from ipf_talent.matching.queries import AnyRow
from ipf_talent.matching.reader import Reader

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


def chosen(me: Reader, *, vacancy: str, occupation: str, occupations: Sequence[AnyRow]) -> Goal:
    """
    The goal that an address names, as far as it is there; else the reader's best places, if there are any.

    Args:
        occupations: of `queries.occupations`, the named one with its skills.
    """
    had, relations = me.card.slugs, me.taxonomy.relations
    if vacancy in me.rows:
        asked = _asked_by(me, vacancy)
        return Goal("place", me.rows[vacancy], lacking(asked, had, relations), len(asked))
    if needs := [row for row in occupations if row.slug == occupation]:
        asked = [row.skill for row in needs if row.skill]
        return Goal("occupation", needs[0], lacking(asked, had, relations), len(asked))
    if me.search is None or not len(me.search.ranking):
        return Goal("none")
    best = me.search.ranking.rows[:TOP]
    missing = most_asked((me.search.matcher.documents_[int(row)].asked for row in best), had, relations)
    return Goal("top", missing=missing, places=len(best))


def _asked_by(me: Reader, slug: str) -> Sequence[str]:
    """From the index where it is there, which costs no statement."""
    if me.matcher and slug in me.matcher.ids_:
        return me.matcher.documents_[me.matcher.row_of(slug)].asked
    musts, wanted = queries.asked_by(me.rows[slug].id)
    return (*musts, *wanted)
