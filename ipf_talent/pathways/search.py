"""
All sensible routes from where the reader stands to a goal.

A route is sensible if each step climbs: nobody goes through something at or below the level where they are, save for a bridge at
that level that a rule names, and for a goal that can be entered at once. Routes through the same sorts of stops by equally sure
entries are one route to a reader. Of each such kind the best is shown: nearest to the goal's subject, then quickest, then by
name. A kind that only adds stops to a quicker one, and makes no entry of it surer, is left out.

Method: kinds are walked depth first as a tree; at each node of it stands, for every stop where a route of that kind can be, the one
best way to get there. That is exact, since what counts adds up step by step and what may follow depends on the last stop alone.
Stops from which the goal cannot be reached are never entered, and of those that lead on in the same way only the best stays.

Cost on the region's 106 programmes and 104 rules, which give 120 stops and some 2,050 entries: 100 ms of processor time to build
them, once in a process as long as nothing changes; then 0.3 ms for a goal as the median over all starting points and goals,
10 ms at the 95th percentile, 50 ms at most.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ipf_talent.pathways.graph import HERE, Entry, Graph, Route, Step, Stop, may_end, may_pass

MOST = 8
"""Routes in an answer at most."""

Kind = tuple[str, int]
"""Sort of a stop and how unsure it is to enter."""
Cost = tuple[int, int, tuple[str, ...]]
"""Distance in subject, months, and keys: how the ways of one kind are compared."""


@dataclass(frozen=True)
class _Way:
    """A way to one stop; the best of its kind."""

    cost: Cost
    entries: tuple[Entry, ...]


_Layer = Mapping[str, _Way]
"""The best way of one kind to each stop that it can end in."""


def routes(graph: Graph, goal: str, most: int = MOST) -> list[Route]:
    """
    Find the best routes, one of each kind.

    Parameters
    ----------
    graph : Graph
    goal : str
        Key of the stop to reach.
    most : int, default=8
        Routes at most.

    Returns
    -------
    list of Route
        By `Route.order`; empty where there is none. The same graph and goal always give the same list.
    """
    found = _without_detours(_Search(graph, graph.stops[goal]).kinds())
    return [_with_others(graph, route) for route in sorted(found, key=lambda route: route.order)[:most]]


def distance(stop: Stop, goal: Stop) -> int:
    """How far a stop on the way lies from the goal's subject: 2 for each field that it lacks, 1 where no school is known for it."""
    if stop.bridge or stop.key == goal.key:
        return 0
    return 2 * len(goal.fields - stop.fields) + (not stop.offered)


class _Search:
    """One walk over the kinds of route to a goal."""

    def __init__(self, graph: Graph, goal: Stop) -> None:
        self.graph, self.goal = graph, goal
        self.useful = graph.leading_to(goal.key)

    def kinds(self) -> Iterator[Route]:
        """The best route of every kind."""
        start = {HERE: _Way((0, 0, ()), ())}
        return self._walk(start)

    def _walk(self, layer: _Layer) -> Iterator[Route]:
        for (sort, _unsure), beyond in self._beyond(layer).items():
            if sort == "":
                yield self._route(beyond[self.goal.key])
                continue
            yield from self._walk(self._thinned(beyond))

    def _beyond(self, layer: _Layer) -> dict[Kind, dict[str, _Way]]:
        """The next stops by kind; the goal is a sort of its own, without a name."""
        found: dict[Kind, dict[str, _Way]] = {}
        for key, way in layer.items():
            at = self.graph.stops[key]
            for there, entry in self.graph.out_of(key).items():
                stop = self.graph.stops[there]
                if there in self.useful and self._may_follow(at, stop, entry):
                    ways = found.setdefault(("" if stop == self.goal else stop.sort, entry.unsureness), {})
                    further = self._further(way, stop, entry)
                    if there not in ways or further.cost < ways[there].cost:
                        ways[there] = further
        return found

    def _thinned(self, layer: _Layer) -> _Layer:
        """Of stops that open the same doors in the same way, the best is enough."""
        best: dict[int, str] = {}
        for key, way in layer.items():
            doors = self.graph.doors[key]
            if doors not in best or way.cost < layer[best[doors]].cost:
                best[doors] = key
        return {key: layer[key] for key in best.values()}

    def _may_follow(self, at: Stop, stop: Stop, entry: Entry) -> bool:
        if stop == self.goal:
            return may_end(at, stop, entry)
        return may_pass(at, stop, entry) and stop.rank < self.goal.rank + self.goal.bridge

    def _further(self, way: _Way, stop: Stop, entry: Entry) -> _Way:
        far, months, keys = way.cost
        cost = far + distance(stop, self.goal), months + Step(stop, entry).length, (*keys, stop.key)
        return _Way(cost, (*way.entries, entry))

    def _route(self, way: _Way) -> Route:
        stops = [self.graph.stops[key] for key in way.cost[2]]
        return Route(tuple(Step(stop, entry) for stop, entry in zip(stops, way.entries, strict=True)))


def _without_detours(found: Iterable[Route]) -> list[Route]:
    """
    Those that no other makes needless: one with some of the same stops, each entered as surely, that is quicker even so.

    A needless route makes nothing needless that the other does not, so looking at those kept, quickest first, is enough.
    """
    kept: list[tuple[int, dict[str, int], Route]] = []
    for route in sorted(found, key=lambda route: (route.shortest, route.order)):
        entered = {sort: step.entry.unsureness for sort, step in zip((*route.sorts, ""), route.steps, strict=True)}
        if not any(shortest < route.shortest and _within(fewer, entered) for shortest, fewer, _route in kept):
            kept.append((route.shortest, entered, route))
    return [route for _shortest, _entered, route in kept]


def _within(fewer: Mapping[str, int], entered: Mapping[str, int]) -> bool:
    return len(fewer) < len(entered) and all(unsure <= entered.get(sort, -1) for sort, unsure in fewer.items())


def _with_others(graph: Graph, route: Route) -> Route:
    keys = (HERE, *route.keys)
    steps = [replace(step, others=_others(graph, *keys[at : at + 3])) for at, step in enumerate(route.steps[:-1])]
    return Route((*steps, route.steps[-1]))


def _others(graph: Graph, before: str, key: str, after: str) -> int:
    """How many other stops of the same sort could stand in the place of one, between the same two and equally sure."""
    stop, entry, onward = graph.stops[key], graph.out_of(before)[key], graph.out_of(key)[after]
    count = 0
    for there, other in graph.out_of(before).items():
        next_ = graph.out_of(there).get(after)
        alike = graph.stops[there].sort == stop.sort and may_pass(graph.stops[before], graph.stops[there], other)
        if there not in (key, after) and alike and next_ and other.unsureness == entry.unsureness:
            count += next_.unsureness == onward.unsureness and (next_.named or not stop.bridge)
    return count
