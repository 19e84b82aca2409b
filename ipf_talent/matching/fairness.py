"""Whether a name, a gender, a place of birth or a school moves a score: made-up students ranked again with one of them swapped."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ipf_talent.matching.engine import Query, Ranking
from ipf_talent.matching.variants import THINGS, Student, students
from ipf_talent.profiles.card import Card
from ipf_talent.skills.taxonomy import Taxonomy

if TYPE_CHECKING:
    from ipf_talent.matching.engine import Matcher

STUDENTS = 500
TOP = 10

Way = Callable[[Student], Query]
"""How a student becomes a query."""

Find = Callable[[str], Collection[str]]
"""The skills that are recognised in a text, by slug."""


@dataclass(frozen=True, slots=True)
class Effect:
    """
    What swapping one thing does.

    Attributes:
        answered: share of the variants in which any document is found, before or after; without it a 0 below would say nothing.
        identical: no score of any document changed, not in the last digit, and neither did the order.
        greatest: the largest change of any score, 0 to 1.
        usual: the median over the variants of the largest change among the ten best of before and after.
        moved: mean share of the ten best that are others, 0 to 1.
        first: share of the variants in which another document comes first.
        skills: share of the variants from whose text other skills are recognised.
    """

    thing: str
    variants: int
    answered: float
    identical: bool
    greatest: float
    usual: float
    moved: float
    first: float
    skills: float


@dataclass(frozen=True, slots=True)
class Fairness:
    """
    What was found, thing by thing.

    Attributes:
        documents: what was ranked.
        fields: the things stand in the profile as fields.
        text: they stand in a pasted text, and the skills were chosen beside it.
        text_alone: they stand in a pasted text, and nothing else was said.
    """

    students: int
    documents: int
    fields: tuple[Effect, ...]
    text: tuple[Effect, ...]
    text_alone: tuple[Effect, ...]


class _Difference(NamedTuple):
    """One variant beside the student it was made of."""

    score: float
    near_top: float
    answered: bool
    identical: bool
    moved: float
    first: bool
    skills: bool


def check(
    matcher: "Matcher", taxonomy: Taxonomy, query_of: Callable[[Card], Query], find: Find, *, count: int = STUDENTS
) -> Fairness:
    """
    Rank made-up students and their variants against the documents of a matcher.

    Args:
        query_of: how the product makes a query from a profile.
        find: how it reads skills from a text.
        count: how many students, 1 at least.
    """
    everyone = students(taxonomy, count)
    ways: Mapping[str, Way] = {
        "fields": lambda one: query_of(one.card(taxonomy)),
        "text": lambda one: Query(one.text(taxonomy), one.skills, one.lang),
        "text_alone": lambda one: Query(one.text(taxonomy), (), one.lang),
    }
    found = {name: _effects(matcher, everyone, way, find) for name, way in ways.items()}
    return Fairness(count, len(matcher), **found)


def _effects(matcher: "Matcher", everyone: Sequence[Student], way: Way, find: Find) -> tuple[Effect, ...]:
    found: dict[str, list[_Difference]] = {thing: [] for thing in THINGS}
    for student in everyone:
        base = _Ranked.of(matcher, way(student), find)
        for thing, variant in student.variants():
            found[thing].append(base.difference(_Ranked.of(matcher, way(variant), find)))
    return tuple(_effect(thing, differences) for thing, differences in found.items())


def _effect(thing: str, found: Sequence[_Difference]) -> Effect:
    return Effect(
        thing,
        len(found),
        answered=fmean(one.answered for one in found),
        identical=all(one.identical for one in found),
        greatest=max(one.score for one in found),
        usual=median(one.near_top for one in found),
        moved=fmean(one.moved for one in found),
        first=fmean(one.first for one in found),
        skills=fmean(one.skills for one in found),
    )


class _Ranked(NamedTuple):
    scores: NDArray[np.float64]
    best: Ranking
    skills: frozenset[str]

    @classmethod
    def of(cls, matcher: "Matcher", query: Query, find: Find) -> "_Ranked":
        return cls(matcher.scores(query), matcher.rank([query], TOP)[0], frozenset(find(query.text)))

    def difference(self, other: "_Ranked") -> _Difference:
        change = np.abs(self.scores - other.scores)
        mine, theirs = self.best.ids, other.best.ids
        longest = max(len(mine), len(theirs), 1)
        return _Difference(
            score=float(change.max(initial=0.0)),
            near_top=float(change[np.union1d(self.best.rows, other.best.rows)].max(initial=0.0)),
            answered=bool(mine or theirs),
            identical=not change.any() and mine == theirs,
            moved=(longest - len(set(mine) & set(theirs))) / longest if mine or theirs else 0.0,
            first=mine[:1] != theirs[:1],
            skills=self.skills != other.skills,
        )
