"""Why there is no way: what is closed, too far or at the wrong time on the best way that there would be, or the rule in between."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ipf_talent.pathways.graph import HERE, Entry, Graph, Stop, climbs, may_end
from ipf_talent.pathways.planner.moves import UNKNOWN
from ipf_talent.pathways.planner.ways import Blocked, Goal, Reason, Station, Wish


@dataclass(frozen=True, order=True)
class _Way:
    """The way to a stop with the fewest obstacles; of equal ones the shortest, then the first by name."""

    count: int
    keys: tuple[str, ...]
    blocked: tuple[tuple[Reason, str, str], ...]


def obstacles(graph: Graph, stations: Mapping[str, Station], goal: Goal, wish: Wish) -> tuple[Blocked, ...]:
    """
    What stands in the way, in the order in which one meets it.

    Where rules lead to the goal, it is what has to change on the way with the fewest obstacles. Where none does, it is the surest
    of the rules that lead into the goal from elsewhere; without a rule nothing leads there at all.
    """
    found = _Obstacles(graph, stations, goal, wish).best()
    if found is not None:
        return tuple(Blocked(reason, stop, rule) for reason, stop, rule in found.blocked)
    into = (pair for entries in graph.entries.values() for pair in entries.items() if pair[0] in goal.ends)
    asked = sorted((entry.unsureness, end, entry.rule) for end, entry in into)
    _unsure, end, rule = asked[0] if asked else (0, min(goal.ends), None)
    return (Blocked(Reason.NO_RULE, end, rule),)


class _Obstacles:
    """One look at the graph as if nothing were closed, too far or at the wrong time."""

    def __init__(self, graph: Graph, stations: Mapping[str, Station], goal: Goal, wish: Wish) -> None:
        self.graph, self.stations, self.goal, self.wish = graph, stations, goal, wish

    def best(self) -> _Way | None:
        """The way to the goal with the fewest obstacles."""
        stops = self.graph.stops
        ways, ends = {HERE: _Way(0, (), ())}, list[_Way]()
        for key in (HERE, *sorted(stops, key=lambda key: (stops[key].rank, stops[key].bridge, key))):
            if key not in ways or (key == HERE and ends):
                continue
            for stop, entry in self._beyond(key):
                if stop.key in self.goal.ends and may_end(stops[key], stop, entry):
                    ends.append(self._further(ways[key], stop, entry, last=True))
                if climbs(stops[key], stop, entry):
                    further = self._further(ways[key], stop, entry, last=False)
                    ways[stop.key] = min(further, ways.get(stop.key, further), key=_order)
        return min(ends, key=_order, default=None)

    def _beyond(self, key: str) -> Iterator[tuple[Stop, Entry]]:
        for there, entry in sorted(self.graph.out_of(key).items()):
            if there != HERE:
                yield self.graph.stops[there], entry

    def _further(self, way: _Way, stop: Stop, entry: Entry, *, last: bool) -> _Way:
        reasons = self._reasons(stop, last=last)
        blocked = (*way.blocked, *((reason, stop.key, entry.rule) for reason in reasons))
        return _Way(way.count + len(reasons), (*way.keys, stop.key), blocked)

    def _reasons(self, stop: Stop, *, last: bool) -> list[Reason]:
        closed = [] if stop.passable or last else [Reason.CLOSED]
        station = self.stations.get(stop.key)
        options = (station.options if station else ()) or (UNKNOWN,)
        near = [option for option in options if self.wish.max_km is None or option.km is None or option.km <= self.wish.max_km]
        in_time = [option for option in options if self._in_time(option.mode, last=last)]
        if any(option in near for option in in_time):
            return closed
        if in_time:
            return [*closed, Reason.TOO_FAR]
        return [*closed, Reason.NO_MODE] if near else [*closed, Reason.TOO_FAR, Reason.NO_MODE]

    def _in_time(self, mode: str, *, last: bool) -> bool:
        return all(not modes or mode in modes for modes in (self.wish.modes, self.goal.modes if last else ()))


def _order(way: _Way) -> tuple[int, int, tuple[str, ...]]:
    return way.count, len(way.keys), way.keys
