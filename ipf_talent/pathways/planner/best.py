"""What each way of an answer is best at: only what sets it apart, and only what is known for sure."""

from collections.abc import Callable, Sequence
from enum import StrEnum

from ipf_talent.pathways.planner.ways import Way


class Best(StrEnum):
    """What a way can be best at."""

    QUICKEST = "quickest"
    CHEAPEST = "cheapest"
    CLOSES_MOST = "closes_most"
    NEAREST = "nearest"
    EARNS = "earns"


def bests(ways: Sequence[Way]) -> list[tuple[Best, ...]]:
    """For each way, in what it stands alone or with others above the rest; nothing where all are the same."""
    found: list[list[Best]] = [[] for _way in ways]
    for best, among in _AMONG.items() if ways else ():
        holds = among(ways)
        marks = [holds(way) for way in ways]
        for mine, marked in zip(found, marks, strict=True):
            if marked and not all(marks):
                mine.append(best)
    return [tuple(mine) for mine in found]


Holds = Callable[[Way], bool]


def _quickest(ways: Sequence[Way]) -> Holds:
    first = min(way.ready for way in ways)
    return lambda way: way.ready == first


def _cheapest(ways: Sequence[Way]) -> Holds:
    """Its cost is known in full, and no other costs less in what is known of it."""
    least = min(way.fee for way in ways)
    return lambda way: way.fee_unknown == 0 and way.fee == least


def _closes_most(ways: Sequence[Way]) -> Holds:
    most = max(len(way.closed) for way in ways)
    return lambda way: 0 < most == len(way.closed)


def _nearest(ways: Sequence[Way]) -> Holds:
    """How far it is must be known of all."""
    known = [way.km for way in ways if way.km is not None]
    least = min(known) if len(known) == len(ways) else None
    return lambda way: least is not None and way.km == least


def _earns(ways: Sequence[Way]) -> Holds:
    longest = max(way.earning for way in ways)
    return lambda way: 0 < longest == way.earning


_AMONG: dict[Best, Callable[[Sequence[Way]], Holds]] = {
    Best.QUICKEST: _quickest,
    Best.CHEAPEST: _cheapest,
    Best.CLOSES_MOST: _closes_most,
    Best.NEAREST: _nearest,
    Best.EARNS: _earns,
}
