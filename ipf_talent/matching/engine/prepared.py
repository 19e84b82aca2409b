"""A query as vectors, made once: turning a text into a vector takes longer than searching with it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .asks import numbers
from .concepts import Relations, met, reach
from .documents import Query
from .space import Space, TextPoint
from .terms import SparseVector, Terms, as_terms


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """
    A query, ready to be searched with by the matcher that made it, and by those that it is changed into.

    Attributes
    ----------
    query : Query
    text : TextPoint
    concepts : SparseVector
        In the order in which they are added up: the rarest first. Only the background decides, so that it is the same for
        every document and stays when documents come and go.
    touching : ndarray of uint64
        Asked concepts by which a document is touched: those in reach of the student's, and those that have one in reach.
    had : ndarray of uint64
        Required concepts that are met.
    made_with : tuple of str
        Versions of what it was made with.
    """

    query: Query
    text: TextPoint
    concepts: SparseVector
    touching: Terms
    had: Terms
    made_with: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Towards:
    """Relations by where they lead to."""

    relations: Relations

    def __getitem__(self, slug: str) -> tuple[str, ...]:
        """The concepts that say something about this one."""
        return self._sources.get(slug, ())

    @cached_property
    def _sources(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for slug, others in self.relations.items():
            for other in others:
                found[other] = (*found.get(other, ()), slug)
        return found


def prepare(
    query: Query, space: Space, towards: Towards, covers: float, *, text: TextPoint | None = None, made_with: tuple[str, ...] = ()
) -> Prepared:
    """Make the vectors of a query; `text` where it is known already."""
    reached = reach(query.has, space.relations)
    counts = space.background.concepts
    rarest = sorted(reached, key=lambda slug: (counts.get(slug, 0), slug))
    weights = np.array([reached[slug] * space.background.rarity(slug) for slug in rarest])
    touching = set(reached).union(*(towards[slug] for slug in query.has))
    return Prepared(
        query=query,
        text=text or space.query(query),
        concepts=SparseVector(as_terms("concept", rarest), weights),
        touching=numbers(touching),
        had=numbers(met(query.concepts, space.relations, covers)),
        made_with=made_with,
    )
