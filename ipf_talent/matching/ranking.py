"""Places in the order of their fit, with the filters inside the search, and the reasons for each."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ipf_talent.matching.engine import Explanation, Query, Ranking, Step
from ipf_talent.matching.filters import Wanted
from ipf_talent.matching.queries import AnyRow
from ipf_talent.profiles.card import Card
from ipf_talent.skills.recognition import Recognised
from ipf_talent.skills.taxonomy import Taxonomy

if TYPE_CHECKING:
    from ipf_talent.matching.engine import Matcher

Find = Callable[[str], Sequence[Recognised]]
WORDS = 6
"""Shared words that a card names at most."""
WISHED = 0.7
"""What a skill in a wish counts beside one that a person has: as much as a wish of a place beside its must-have."""
VISIBLE = 0.01
"""A smaller gain in fit is none that a reader could see."""
FAINT = 0.045
"""
A lower fit, which shows as 4% or less, is not said to fit: among the example places it comes from one common skill of many that are
asked, from a kin of one, or from a word that stands everywhere.
"""


def query_of(card: Card, find: Find) -> Query:
    """
    What a person brings to a search: their skills, and their wish in their own words; nothing else is read.

    Args:
        find: reads skills from a text. Those of the wish speak for a place, and meet no must-have.
    """
    wished = {one.slug: WISHED * one.certainty for one in find(card.wish)} if card.wish else {}
    return Query(card.wish, card.slugs, linked=wished)


@dataclass(frozen=True, eq=False)
class Search:
    """
    One person among the open places.

    Attributes:
        rows: every open place by slug, as `queries.open_places` gives them; what is in the index and not here is closed.
        seed: settles the order among equal fits; the day's number, so that places take turns.
    """

    matcher: "Matcher"
    query: Query
    rows: Mapping[str, AnyRow]
    wanted: Wanted
    seed: int = 0

    @cached_property
    def mask(self) -> NDArray[np.bool_]:
        """What may be found: places that are open and that no filter hides."""
        return self._mask(self.wanted)

    @cached_property
    def ranking(self) -> Ranking:
        """Everything that is found, best first."""
        return self.matcher.rank([self.query], max(1, len(self.matcher)), mask=self.mask, seed=self.seed)[0]

    def count(self, wanted: Wanted) -> int:
        """How many places would be found with other filters."""
        return int(np.count_nonzero(self._mask(wanted) & (self._scores > 0)))

    def count_fitting(self, wanted: Wanted) -> int:
        """How many of these fit, and not only faintly."""
        return int(np.count_nonzero(self._mask(wanted) & (self._scores >= FAINT)))

    def gaining(self, concepts: Collection[str]) -> "Search":
        """The same search for the same person with more skills."""
        return replace(self, query=replace(self.query, concepts=(*self.query.concepts, *concepts)))

    def explain(self, slug: str) -> Explanation | None:
        """The fit of one place taken apart, whether or not a filter hides it; None where it is not in the index."""
        row = self._row(slug)
        return None if row is None else self.matcher.explain(self.query, row)

    def steps(self, slug: str) -> list[Step]:
        """What each skill that is missing would do to the rank of a place, best first."""
        row = self._row(slug)
        return [] if row is None else self.matcher.learn(self.query, row, mask=self.mask, seed=self.seed)

    def rank_of(self, slug: str) -> int | None:
        """The rank of a place among all that are found, from 1; None where it is not found."""
        ids = self.ranking.ids
        return ids.index(slug) + 1 if slug in ids else None

    @property
    def waiting(self) -> int:
        """Open places that are so new that they are not in the index yet."""
        return len(self.rows.keys() - set(self.matcher.ids_))

    @cached_property
    def _scores(self) -> NDArray[np.float64]:
        return self.matcher.scores(self.query)

    def fits(self) -> dict[str, float]:
        """How well each open place fits, by slug, whatever filters hide it; what fits not at all is left out."""
        scores = zip(self.matcher.ids_, self._scores.tolist(), strict=True)
        return {slug: score for slug, score in scores if score > 0 and slug in self.rows}

    def _row(self, slug: str) -> int | None:
        try:
            return self.matcher.row_of(slug)
        except KeyError:
            return None

    def _mask(self, wanted: Wanted) -> NDArray[np.bool_]:
        shown = {slug for slug, row in self.rows.items() if wanted.lets_through(row)}
        return np.fromiter((slug in shown for slug in self.matcher.ids_), np.bool_, len(self.matcher))


@dataclass(frozen=True)
class Fitting:
    """
    A place as a card shows it.

    Attributes:
        step: the skill that would move it up most; None where none would.
    """

    row: AnyRow
    why: Explanation
    km: float | None
    step: Step | None

    @property
    def missing(self) -> tuple[str, ...]:
        """What the place would like and is not had, what is near first; must-haves are said apart."""
        return tuple(slug for slug in self.why.partly + self.why.missing if slug not in self.why.musts_open)

    @property
    def words(self) -> list[str]:
        """Single words that stand in both texts, the weightiest first."""
        return shared_words(self.why)


def shared_words(why: Explanation) -> list[str]:
    """Single words that stand in both texts, the weightiest first."""
    lines = (line.document for line in why.contributions if line.kind == "word" and " " not in line.key)
    return list(dict.fromkeys(lines))[:WORDS]


def fitting(search: Search, slug: str, taxonomy: Taxonomy) -> Fitting:
    """A place that was found, with its reasons and the best next step."""
    row, why = search.rows[slug], search.explain(slug)
    if why is None:
        raise LookupError(slug)
    home = search.wanted.home
    return Fitting(row, why, home.km(row) if home else None, best_step(advisable(search.steps(slug), taxonomy)))


def advisable(steps: list[Step], taxonomy: Taxonomy) -> list[Step]:
    """The steps that one can take a course in: attitudes and ways of working are no advice."""
    concepts = taxonomy.concepts
    return [step for step in steps if step.concept not in concepts or concepts[step.concept].type != "transversal"]


def best_step(steps: list[Step]) -> Step | None:
    """The first step that moves a place up; None where every one leaves it where it is."""
    return next((step for step in steps if step.rank is not None and (step.before is None or step.rank < step.before)), None)


@dataclass(frozen=True)
class Mover:
    """A place that would fit better: its rank and fit now (None: not found now) and then."""

    row: AnyRow
    before: int | None
    rank: int
    fit_before: float
    fit: float


def movers(search: Search, concepts: Collection[str], most: int = 5) -> list[Mover]:
    """
    The places that would fit better if the person had all these skills, by ranking everything again; the first then first.

    One that others overtake, since they gain more, is left out.
    """
    before = {slug: (rank, score) for rank, (slug, score) in enumerate(_scored(search), start=1)}
    found = []
    for rank, (slug, score) in enumerate(_scored(search.gaining(concepts)), start=1):
        was, fit = before.get(slug, (None, 0.0))
        if score - fit >= VISIBLE and (was is None or rank <= was):
            found.append(Mover(search.rows[slug], was, rank, fit, score))
    return found[:most]


def _scored(search: Search) -> list[tuple[str, float]]:
    return list(zip(search.ranking.ids, search.ranking.scores.tolist(), strict=True))
