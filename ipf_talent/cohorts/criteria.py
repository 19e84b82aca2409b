"""
What a place may go by, and what forbids a pair: facts that anybody can check, and never a judgement of a person (R6).

No criterion rests on what a student writes in the round, or it would pay to write something else. A lower number goes before a
higher one; the first criterion that tells two students apart decides, and where none does they stand in one class.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Criterion(StrEnum):
    """A fact by which a company can let students go before others."""

    PROGRAMME = "programme"
    LEVEL = "level"
    YEAR = "year"
    NEAR = "near"
    AGREED = "agreed"


class Limit(StrEnum):
    """A hard limit: what it forbids, nothing else can allow."""

    RECOGNITION = "recognition"
    MINOR = "minor"
    WEEKS = "weeks"
    TRAVEL = "travel"
    ADJUSTMENTS = "adjustments"


USUAL = (Criterion.PROGRAMME, Criterion.LEVEL, Criterion.YEAR)
"""The order for a place whose company says nothing."""
BANDS_KM = (10, 25, 50)
"""Ends of the travel bands of `NEAR`, as the crow flies; whoever lives further, or of whom it is not known, is in the last one."""


@dataclass(frozen=True, slots=True)
class Facts:
    """
    What is known of one student and one place.

    Attributes:
        programme: the place is meant for the qualification that the student learns.
        level: the level of the place is that of the programme.
        year: the student is in the year that the place asks, or further.
        km: from home to the place, as the crow flies; None where one of them is not known.
        agreed: the company offered or confirmed this place to the student before the round, as the site recorded.
        recognised: the place is meant for the qualification and its workplace recognised for it, or needs no recognition (R1).
        weeks: whole weeks of the place that fall into the period.
        minor: under 18 on the first day.
        takes_minors: whether the place does.
        support: the school made arrangements for this student.
        supports: the place offers guidance for whoever needs more of it.
        own_km: how far this student can travel, as the school says.
    """

    programme: bool = True
    level: bool = True
    year: bool = True
    km: float | None = None
    agreed: bool = False
    recognised: bool = True
    weeks: int = 20
    minor: bool = False
    takes_minors: bool = True
    support: bool = False
    supports: bool = False
    own_km: int | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What a coordinator sets for a round; recognition and age hold always (R1, R8)."""

    least_weeks: int | None = None
    most_km: int | None = None
    adjustments: bool = True


def band(km: float | None) -> int:
    """The number of the travel band, the nearest is 0."""
    return sum(km is None or km > end for end in BANDS_KM)


def standing(criteria: Iterable[Criterion], facts: Facts) -> tuple[int, ...]:
    """Where a student stands at a place: one number for each of its criteria, lower goes before."""
    values = {
        Criterion.PROGRAMME: int(not facts.programme),
        Criterion.LEVEL: int(not facts.level),
        Criterion.YEAR: int(not facts.year),
        Criterion.NEAR: band(facts.km),
        Criterion.AGREED: int(not facts.agreed),
    }
    return tuple(values[one] for one in criteria)


def barrier(limits: Limits, facts: Facts) -> Limit | None:
    """The first hard limit that forbids the pair; a distance that is not known forbids nothing."""
    most = min((km for km in (limits.most_km, facts.own_km) if km is not None), default=None)
    broken = {
        Limit.RECOGNITION: not facts.recognised,
        Limit.MINOR: facts.minor and not facts.takes_minors,
        Limit.WEEKS: limits.least_weeks is not None and facts.weeks < limits.least_weeks,
        Limit.TRAVEL: most is not None and facts.km is not None and facts.km > most,
        Limit.ADJUSTMENTS: limits.adjustments and facts.support and not facts.supports,
    }
    return next((limit for limit, holds in broken.items() if holds), None)
