"""What a leg of a way takes, and in which steps that is compared."""

from math import ceil
from typing import NamedTuple

from ipf_talent.pathways.graph import YEAR, Step
from ipf_talent.pathways.planner.ways import Option, Station

FAR = 1_000_000
"""The band of a distance that nobody knows: farther than all that is known."""


class Costs(NamedTuple):
    """What a move adds; less is better, so a wage counts below zero. Of `band` the highest counts, and `skills` are bits."""

    ects: int
    sbu: int
    load_unknown: int
    fee: int
    fee_unknown: int
    wage: int
    band: int
    skills: int

    def within(self, other: "Costs") -> bool:
        """Whether it is nowhere worse than another."""
        return (
            all(mine <= its for mine, its in zip(self[:-1], other[:-1], strict=True)) and self.skills | other.skills == self.skills
        )


class Grain(NamedTuple):
    """
    In which steps costs are compared, each leg rounded up; 0 leaves one out.

    Of `load` it is the legs of unknown load. Of `skills` it is how many of those that are missing are compared, in order of weight;
    those that the same stops teach count as one.
    """

    ects: int = 1
    sbu: int = 1
    load: int = 1
    fee: int = 1
    wage: int = 1
    km: int = 5
    skills: int = 62

    def rounded(self, costs: Costs, km: float | None) -> Costs:
        """Costs in these steps."""
        return Costs(
            _steps(costs.ects, self.ects),
            _steps(costs.sbu, self.sbu),
            _steps(costs.load_unknown, self.load),
            _steps(costs.fee, self.fee),
            costs.fee_unknown,
            -_steps(-costs.wage, self.wage),
            FAR if km is None and self.km else _steps(km or 0, self.km),
            costs.skills,
        )


def _steps(amount: float, step: int) -> int:
    return ceil(amount / step) if step else 0


def taken(step: Step, station: Station, option: Option, until: int, skills: int) -> Costs:
    """
    What a leg takes until so many of its months are over, unrounded and without its distance.

    Args:
        skills: bits of those that it teaches.
    """
    whole = YEAR if step.stop.months is None else step.stop.months
    done = max(0, until - step.entry.added)
    return Costs(
        _part(station.ects, done, whole),
        _part(station.sbu, done, whole),
        int(done > 0 and station.ects is None and station.sbu is None),
        (option.fee or 0) * max(1, ceil(until / YEAR)),
        int(option.fee is None),
        -until if option.earns else 0,
        0,
        skills,
    )


def _part(load: int | None, months: int, whole: int) -> int:
    """Of a load, what falls in the first months, rounded half up."""
    if load is None or not whole:
        return load or 0
    return (2 * load * min(months, whole) + whole) // (2 * whole)
