"""What changed in the world since a plan was saved, step by step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ipf_talent.pathways.graph import HERE, Graph
from ipf_talent.pathways.kept import KeptLeg
from ipf_talent.pathways.planner.ways import Station, Way


class Change(StrEnum):
    """What can have happened to a step."""

    GONE = "gone"
    """We know no such programme any more."""
    CLOSED = "closed"
    """It does not run any more."""
    NO_RULE = "no_rule"
    """No rule leads into it from any step before."""
    NOT_OFFERED = "not_offered"
    """It is not offered in this form or at this place any more."""
    NEW_DATE = "new_date"
    """It starts on another day."""


@dataclass(frozen=True)
class Changed:
    """A step that is not what it was; `now` is its new first day, where only that changed."""

    leg: KeptLeg
    change: Change
    now: date | None = None


def changes(saved: Sequence[KeptLeg], now: Way | None, graph: Graph, stations: Mapping[str, Station]) -> list[Changed]:
    """
    The steps that are not what they were when the plan was saved; nothing where all still holds.

    Args:
        now: the same way as the planner finds it today, if it does.
    """
    if now is not None:
        pairs = zip(saved, now.legs, strict=True)
        return [Changed(leg, Change.NEW_DATE, new.starts) for leg, new in pairs if leg.starts != new.starts]
    keys = (HERE, *(leg.stop for leg in saved))
    found = ((leg, _broken(keys[: at + 1], leg, graph, stations)) for at, leg in enumerate(saved))
    return [Changed(leg, change) for leg, change in found if change]


def _broken(befores: Sequence[str], leg: KeptLeg, graph: Graph, stations: Mapping[str, Station]) -> Change | None:
    stop = graph.stops.get(leg.stop)
    if stop is None:
        return Change.GONE
    if not stop.passable:
        return Change.CLOSED
    if befores[-1] in graph.stops and all(leg.stop not in graph.out_of(before) for before in befores):
        return Change.NO_RULE
    station = stations.get(leg.stop)
    if station is None or leg.option not in {option.key for option in station.options}:
        return Change.NOT_OFFERED
    return None
