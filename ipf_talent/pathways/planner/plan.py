"""
Every way from where the reader stands to a goal that no other way beats in all respects.

A way is a row of stops, each with one of its options and a day on which it starts. One goes from stop to stop by the rules of the
graph, and climbs. Beside that, at any stop, one can take a side step: something that gives no diploma and teaches a skill that is
still missing, entered by a rule from there; after it one stands where one stood. What can be done beside work or another study
delays nothing but the day on which one is ready. It can begin when the first year of the stop is over, and one is done at a time.

Ways are compared by months until ready, study load in EC, study load in hours, legs of unknown load, known fees, legs of unknown
fee, months with a wage (more is better), the farthest leg in bands of 5 km, and the set of missing skills that are learnt (more is
better). These are never added up or weighed. What is unknown is never better than what is known. Of ways that are equal in all this
one is shown: the one with the surest entries, the fewest legs, the first by name.

What counts is what it takes until one is ready; what a stop teaches counts as learnt also where the goal is reached before its end.
A start is possible from the day on which the leg before ends, if its deadline had not passed on the day of the question.

The front can grow with every criterion and every set of skills, so the search keeps `MOST_LABELS` labels at most and then looks
again more coarsely; `Plans.grain` says so. On the region's data every place at a company is answered exactly, from wherever one
stands: in 7 ms of processor time as the median, 80 ms at the 95th percentile and 0.4 s at most, with up to 677 ways. Occupations
that ask twenty missing skills and more can need the coarser look, and a second.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import MAXYEAR, date

from ipf_talent.pathways.graph import HERE, Graph, Step
from ipf_talent.pathways.planner.costs import Costs, Grain
from ipf_talent.pathways.planner.fronts import TooManyError
from ipf_talent.pathways.planner.labels import Path, Search
from ipf_talent.pathways.planner.moves import Field, Move
from ipf_talent.pathways.planner.obstacles import obstacles
from ipf_talent.pathways.planner.spread import spread
from ipf_talent.pathways.planner.terms import Start, later, months_between
from ipf_talent.pathways.planner.ways import Blocked, Goal, Leg, Plans, Reason, Station, Way, Wish

GRAINS = (
    Grain(),
    Grain(ects=0, sbu=0, load=0, fee=1000, wage=0, km=25),
    Grain(ects=0, sbu=0, load=0, fee=3000, wage=0, km=0, skills=3),
)
"""
How finely ways are compared: first exactly; where that takes too long, without load and wage, in thousands of euros and 25 km; in
the end by time, cost and the three missing skills of most weight. The figures of a way are exact in any case.
"""
MOST_LABELS = 2_500
"""Partial and whole ways that a search may keep, save for the last grain."""
AHEAD = 1000
"""Years that must be left in the calendar."""


def plan(graph: Graph, stations: Mapping[str, Station], goal: Goal, wish: Wish, most: int | None = None) -> Plans:
    """
    Find all ways to a goal that no other way beats.

    Parameters
    ----------
    graph : Graph
        With a stop `HERE`.
    stations : mapping of str to Station
        By key of the stop; of a stop without one nothing is known but its place in the graph.
    goal : Goal
    wish : Wish
    most : int, optional
        Ways at most. A larger front is thinned so that the best of each criterion stays, and ways that lie far apart.

    Returns
    -------
    Plans
        The ways by time, then what teaches most, what costs least, and what is nearest; the same question always gives the same
        ways. Without a way, what stands in its way.

    Raises
    ------
    ValueError
        The goal is no stop of the graph, or the day lies beyond the calendar.
    """
    _check(graph, goal, wish, most)
    if not goal.ends:
        return Plans((), (Blocked(Reason.NOTHING_ASKED),))
    grain = 0
    while (found := _found(Field(graph, stations, goal, wish, GRAINS[grain]), wish, last=grain == len(GRAINS) - 1)) is None:
        grain += 1
    paths, field = found
    ways = sorted((_way(path, field, wish) for path in paths), key=_order)
    if not ways:
        return Plans((), obstacles(graph, stations, goal, wish))
    shown = ways if most is None else spread(ways, most)
    return Plans(tuple(shown), _beside(ways, field), len(ways), grain)


def _found(field: Field, wish: Wish, *, last: bool) -> tuple[list[Path], Field] | None:
    """The paths; None where there are too many labels."""
    try:
        return Search(field, wish.earliest, None if last else MOST_LABELS).paths(), field
    except TooManyError:
        return None


def _beside(ways: Sequence[Way], field: Field) -> tuple[Blocked, ...]:
    """What has to be said beside the ways."""
    taught = {skill for way in ways for skill in way.closed}
    if untaught := tuple(skill for skill in field.skills if skill not in taught | field.untold):
        return (Blocked(Reason.UNTAUGHT, skills=untaught),)
    nothing = not field.skills and not ways[0].legs and not ways[0].months
    return (Blocked(Reason.NOTHING_ASKED),) if nothing else ()


def _check(graph: Graph, goal: Goal, wish: Wish, most: int | None) -> None:
    if HERE not in graph.stops:
        raise ValueError("the graph has no stop where the reader stands")
    if unknown := sorted(key for key in goal.ends if key not in graph.stops):
        raise ValueError(f"the goal {unknown[0]!r} is no stop of the graph")
    if wish.earliest.year > MAXYEAR - AHEAD:
        raise ValueError(f"nobody can plan as far ahead as {wish.earliest}")
    if most is not None and most < 1:
        raise ValueError(f"at most {most} ways is no number of ways")


def _order(way: Way) -> tuple[object, ...]:
    cost = way.fee_unknown, way.fee, way.km is None, way.km or 0, -way.earning
    steps = tuple((leg.stop.key, leg.option.key) for leg in way.legs)
    return way.months, -len(way.closed), *cost, way.load_unknown, way.ects, way.sbu, way.open, steps


def _way(path: Path, field: Field, wish: Wish) -> Way:
    walk = _Walk(wish.earliest, field)
    legs, learnt = list[Leg](), set[str]()
    for leg in sorted(walk.along(path), key=lambda leg: leg.starts):
        given = field.taught(leg.stop.key) - learnt
        new = tuple(skill for skill in field.skills if skill in given)
        legs.append(replace(leg, teaches=new))
        learnt.update(new)
    total = Costs(*(sum(column) for column in zip(*walk.costs, strict=True))) if legs else Costs(0, 0, 0, 0, 0, 0, 0, 0)
    far = [leg.option.km for leg in legs]
    closed = tuple(skill for skill in field.skills if skill in learnt)
    return Way(
        tuple(legs),
        walk.ready,
        months_between(wish.earliest, walk.ready),
        total.ects,
        total.sbu,
        total.fee,
        total.fee_unknown,
        -total.wage,
        None if None in far else max((km for km in far if km is not None), default=0.0),
        closed,
        tuple(skill for skill in field.skills if skill not in learnt),
        len(closed) / len(field.skills) if field.skills else 1.0,
        total.load_unknown,
    )


class _Walk:
    """A path walked once more, this time with its days."""

    def __init__(self, earliest: date, field: Field) -> None:
        self.field, self.free, self.beside = field, earliest, earliest
        self.state = (HERE, False)
        self._earliest = earliest
        self.costs: list[Costs] = []

    def along(self, path: Path) -> Iterator[Leg]:
        """The legs, in the order in which they are chosen."""
        for number in path:
            mains, sides = self.field.moves(self.state)
            aside = number < 0
            move = sides[~number] if aside else mains[number]
            beside = aside and move.option.spare
            start = self.field.terms(move.option).first(self.beside if beside else self.free)
            until = later(start.on, move.until)
            costs = self.field.costs(move.stop, move.entry, move.option, move.until)
            self.costs.append(costs._replace(wage=0) if aside else costs)
            yield self._leg(move, start, until, aside=aside)
            self.free = self.free if beside else until
            self.beside = max(self.beside, later(start.on, move.well))
            self.state = move.state

    @property
    def ready(self) -> date:
        """When one is ready, at the end of the path."""
        return max(self.free, self.beside, later(self._earliest, self.field.place(self.state).wait or 0))

    def _leg(self, move: Move, start: Start, until: date, *, aside: bool) -> Leg:
        step = Step(move.stop, move.entry)
        inside = move.until < step.length
        usual = move.stop.months is None or move.stop.assumed or move.entry.assumed or inside or not start.told
        ends = later(start.on, step.length)
        ready = until if move.state[1] and not aside else None
        return Leg(
            move.stop, move.entry, move.option, start.apply_by, start.on, ends, ready,
            assumed=usual, before=self.state[0], aside=aside,
        )  # fmt: skip
