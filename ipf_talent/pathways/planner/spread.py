"""A few of many ways, chosen so that they show what there is to choose between."""

from collections.abc import Callable, Sequence
from math import inf

from ipf_talent.pathways.planner.ways import Way

CRITERIA: tuple[Callable[[Way], float], ...] = (
    lambda way: way.months,
    lambda way: -len(way.closed),
    lambda way: way.fee_unknown,
    lambda way: way.fee,
    lambda way: inf if way.km is None else way.km,
    lambda way: -way.earning,
    lambda way: way.ects,
    lambda way: way.sbu,
    lambda way: way.load_unknown,
)
"""What ways are compared by, the most telling first; less is better."""


def spread(ways: Sequence[Way], most: int) -> tuple[Way, ...]:
    """
    Some of the ways, in their order.

    First the best of each criterion, in the order of `CRITERIA`; of the cheapest, one of which the cost is known best, and of equal
    ones the first. Then, again and again, the one that lies farthest from all chosen ones: in each criterion as a share of how far
    the ways lie apart in it, added up.
    """
    if len(ways) <= most:
        return tuple(ways)
    rows = _rows(ways)
    chosen: list[int] = []
    for criterion in range(len(CRITERIA)):
        best = min(range(len(ways)), key=lambda at: (rows[at][criterion], *(rows[at][2:4] if criterion == 3 else ()), at))
        if best not in chosen and len(chosen) < most:
            chosen.append(best)
    apart = [min((_apart(row, rows[at]) for at in chosen), default=inf) for row in rows]
    while len(chosen) < most:
        at = max((at for at in range(len(ways)) if at not in chosen), key=lambda at: (apart[at], -at))
        chosen.append(at)
        apart = [min(far, _apart(row, rows[at])) for far, row in zip(apart, rows, strict=True)]
    return tuple(ways[at] for at in sorted(chosen))


def _rows(ways: Sequence[Way]) -> list[tuple[float, ...]]:
    """Each criterion of each way, from 0 for the best to 1 for the worst; what nobody knows is the worst."""
    columns = []
    for criterion in CRITERIA:
        values = [criterion(way) for way in ways]
        known = [value for value in values if value != inf]
        low, high = min(known, default=0), max(known, default=0)
        columns.append([1.0 if value == inf else (value - low) / (high - low or 1) for value in values])
    return list(zip(*columns, strict=True))


def _apart(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(abs(a - b) for a, b in zip(one, other, strict=True))
