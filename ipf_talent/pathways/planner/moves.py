"""
The planner's question as numbers: where one can be, what one can do next there, and what that takes.

Places from which the same can be done next, at the same costs, are one place here. Of two moves to one place, the one that is not
better in anything is left out.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ipf_talent.pathways.graph import HERE, YEAR, Entry, Graph, Step, Stop, may_end, may_pass
from ipf_talent.pathways.planner.costs import Costs, Grain, taken
from ipf_talent.pathways.planner.terms import Terms, later
from ipf_talent.pathways.planner.ways import Goal, Option, Station, Wish

DONE = 0
"""Number of the place where one is ready and does nothing more."""
UNKNOWN = Option("")
"""How a stop is followed of which no option is told."""


State = tuple[str, bool]
"""The stop that one holds; and whether the goal is reached in it, so that only side steps can follow."""


class Span(dict[int, int]):
    """When something ends, by the day on which one can begin with it; both as ordinals."""

    def __init__(self, terms: Terms, months: int) -> None:
        self.terms, self.months = terms, months

    def __missing__(self, day: int) -> int:
        end = later(self.terms.first(date.fromordinal(day)).on, self.months).toordinal()
        self[day] = end
        return end


class Sign(NamedTuple):
    """
    All of a move that a search compares, so that equal ones are one.

    Attributes:
        to: number of the place where one is afterwards.
        span, well: numbers of the spans until its end, and until one is well under way in it.
        spare: it runs beside what one does.
    """

    to: int
    span: int
    well: int
    costs: Costs
    unsure: int
    spare: bool


@dataclass(frozen=True, slots=True)
class Move:
    """
    A stop that one can enter, and how.

    Attributes:
        until: how many months one stays in it before going on, or being ready.
        well: after how many one is well under way: what can be done beside it, and is entered from it, is open from then on.
        state: where one is afterwards.
    """

    stop: Stop
    entry: Entry
    option: Option
    until: int
    well: int
    state: State


@dataclass(frozen=True, slots=True)
class Place:
    """
    What can be done next.

    Attributes:
        mains: moves to another place.
        sides: side steps, after which one is in the same place.
        wait: one is ready here, so many months after the day from which one can begin at the earliest; None: one is not.
    """

    mains: tuple[Sign, ...]
    sides: tuple[Sign, ...]
    wait: int | None


class _WayIn(NamedTuple):
    """One option of a stop, and what it takes until one goes on."""

    option: Option
    span: int
    until: int
    costs: Costs


class Field:
    """
    The places of one question and the moves between them.

    Attributes:
        places: by number; a move leads to a place with a lower number.
        here: number of the place where the reader stands.
        spans: by the number in a sign.
        skills: those that count.
        untold: of these, the ones that somebody teaches and that are not compared.
    """

    def __init__(self, graph: Graph, stations: Mapping[str, Station], goal: Goal, wish: Wish, grain: Grain) -> None:
        self._graph, self._stations, self._goal, self._wish, self._grain = graph, stations, goal, wish, grain
        self.skills = tuple(skill for skill in dict.fromkeys(wish.missing) if skill in goal.skills)
        self._bits = self._bits_of_skills()
        self._asked_on = wish.asked_on or wish.earliest
        self._top = max(graph.stops[key].rank + graph.stops[key].bridge for key in goal.ends)
        self.spans: list[Span] = []
        self._span_numbers: dict[tuple[object, ...], int] = {}
        self._made: dict[tuple[str, int, bool], list[_WayIn]] = {}
        self.places: list[Place] = [Place((), (), 0)]
        self._numbers: dict[Place, int] = {self.places[DONE]: DONE}
        self._number_of: dict[State, int] = {}
        self._moves: dict[State, tuple[list[Move], list[Move]]] = {}
        self._build()
        self.here = self._number_of.get((HERE, False))

    def moves(self, state: State) -> tuple[list[Move], list[Move]]:
        """The moves of a state and its side steps, in the order of its place's signs."""
        return self._moves[state]

    def place(self, state: State) -> Place:
        """The place of a state."""
        return self.places[self._number_of[state]]

    def taught(self, key: str) -> frozenset[str]:
        """What a stop teaches."""
        station = self._stations.get(key)
        return station.teaches if station else frozenset()

    def terms(self, option: Option) -> Terms:
        """On which days an option starts."""
        return Terms(self._asked_on, option.starts, option.apply_by, option.apply_days, option.dates)

    def _build(self) -> None:
        reached = self._reachable()
        order = sorted(reached - {HERE}, key=lambda key: (-self._graph.stops[key].rank, -self._graph.stops[key].bridge, key))
        for key in order:
            if key in self._goal.ends:
                self._add((key, True), [], wait=0)
        for key in (*order, HERE):
            wait = (self._goal.ends[HERE] or 0) if key == HERE and HERE in self._goal.ends else None
            self._add((key, False), list(self._mains(key)), wait=wait)

    def _reachable(self) -> set[str]:
        """The stops that one can hold, whatever lies beyond."""
        stops, ends = self._graph.stops, self._goal.ends
        seen, open_ = {HERE}, [HERE]
        while open_:
            at = stops[open_.pop()]
            for key, entry in self._graph.out_of(at.key).items():
                stop = stops[key]
                if key in seen:
                    continue
                on = stop.rank < self._top and may_pass(at, stop, entry)
                if (on or (key in ends and may_end(at, stop, entry))) and self._options(key):
                    seen.add(key)
                    open_.append(key)
        return seen

    def _add(self, state: State, mains: list[tuple[Sign, Move]], *, wait: int | None) -> None:
        if not mains and wait is None:
            return
        mains = _thinned(mains)
        sides = _thinned(self._sides(state))
        place = Place(tuple(sign for sign, _move in mains), tuple(sign for sign, _move in sides), wait)
        if place not in self._numbers:
            self._numbers[place] = len(self.places)
            self.places.append(place)
        self._number_of[state] = self._numbers[place]
        self._moves[state] = [move for _sign, move in mains], [move for _sign, move in sides]

    def _mains(self, key: str) -> Iterator[tuple[Sign, Move]]:
        at = self._graph.stops[key]
        for there, entry in sorted(self._graph.out_of(key).items()):
            stop = self._graph.stops[there]
            if there == HERE:
                continue
            if (there, True) in self._number_of and may_end(at, stop, entry):
                yield from self._signed(stop, entry, (there, True))
            if (there, False) in self._number_of and stop.rank < self._top and may_pass(at, stop, entry):
                yield from self._signed(stop, entry, (there, False))

    def _sides(self, state: State) -> Iterator[tuple[Sign, Move]]:
        """What gives no diploma and teaches something that is missing; inside the last leg, only what can be done beside it."""
        at, inside = self._graph.stops[state[0]], state[1] and self._goal.ends[state[0]] is not None
        for there, entry in sorted(self._graph.out_of(at.key).items()) if self._bits else ():
            stop = self._graph.stops[there]
            if there != HERE and stop.bridge and stop.passable and (entry.named or not at.bridge) and self._bits_of(there):
                for way in self._ways_in(stop, entry, ended=False):
                    if way.option.spare or not inside:
                        costs = way.costs._replace(wage=0)
                        sign = Sign(DONE, way.span, way.span, costs, entry.unsureness, way.option.spare)
                        yield sign, Move(stop, entry, way.option, way.until, way.until, state)

    def _signed(self, stop: Stop, entry: Entry, state: State) -> Iterator[tuple[Sign, Move]]:
        to = self._number_of[state]
        for way in self._ways_in(stop, entry, ended=state[1]):
            well = min(way.until, entry.added + YEAR)
            span = self._span(way.option, well) if self.places[to].sides else way.span
            sign = Sign(to, way.span, span, way.costs, entry.unsureness, False)
            yield sign, Move(stop, entry, way.option, way.until, well, state)

    def _ways_in(self, stop: Stop, entry: Entry, *, ended: bool) -> "list[_WayIn]":
        made = self._made.get((stop.key, entry.added, ended))
        if made is None:
            whole, after = Step(stop, entry).length, self._goal.ends[stop.key] if ended else None
            until = whole if after is None else min(entry.added + after, whole)
            modes = self._goal.modes if ended else frozenset()
            options = [option for option in self._options(stop.key) if not modes or option.mode in modes]
            made = self._made[stop.key, entry.added, ended] = [self._way_in(stop, entry, option, until) for option in options]
        return made

    def _way_in(self, stop: Stop, entry: Entry, option: Option, until: int) -> "_WayIn":
        costs = self._grain.rounded(self.costs(stop, entry, option, until), option.km)
        return _WayIn(option, self._span(option, until), until, costs)

    def _options(self, key: str) -> list[Option]:
        """Those that suit the reader."""
        station = self._stations.get(key)
        return [option for option in (station.options if station else ()) or (UNKNOWN,) if suits(option, self._wish)]

    def _bits_of_skills(self) -> dict[str, int]:
        """A bit for each that is compared; those that the same stops teach have one together, and what nobody teaches has none."""
        teaching = {skill: frozenset(key for key, one in self._stations.items() if skill in one.teaches) for skill in self.skills}
        compared = list(dict.fromkeys(filter(None, teaching.values())))[: self._grain.skills]
        numbers = {keys: number for number, keys in enumerate(compared)}
        self.untold = frozenset(skill for skill, keys in teaching.items() if keys and keys not in numbers)
        return {skill: 1 << numbers[keys] for skill, keys in teaching.items() if keys in numbers}

    def _bits_of(self, key: str) -> int:
        bits = 0
        for skill in self.taught(key) if self._bits else ():
            bits |= self._bits.get(skill, 0)
        return bits

    def costs(self, stop: Stop, entry: Entry, option: Option, until: int) -> Costs:
        """What a leg takes of so many months, unrounded; how far it is is told by the option."""
        return taken(Step(stop, entry), self._stations.get(stop.key) or Station(), option, until, self._bits_of(stop.key))

    def _span(self, option: Option, until: int) -> int:
        terms = self.terms(option)
        if (terms, until) not in self._span_numbers:
            self._span_numbers[terms, until] = len(self.spans)
            self.spans.append(Span(terms, until))
        return self._span_numbers[terms, until]


def suits(option: Option, wish: Wish) -> bool:
    """Whether the reader can follow something so; a distance that nobody knows is not too far."""
    near = wish.max_km is None or option.km is None or option.km <= wish.max_km
    return near and (not wish.modes or option.mode in wish.modes)


def _thinned(moves: Iterable[tuple[Sign, Move]]) -> list[tuple[Sign, Move]]:
    """One of each sign, without those that another to the same place, and as quick, makes needless."""
    first: dict[Sign, Move] = {}
    for sign, move in moves:
        first.setdefault(sign, move)
    kept: list[Sign] = []
    for sign in sorted(first, key=_order):
        if not any(_no_worse(other, sign) for other in kept):
            kept.append(sign)
    return [(sign, first[sign]) for sign in kept]


def _order(sign: Sign) -> tuple[object, ...]:
    """One that makes another needless stands before it."""
    return sign.to, sign.span, sign.well, sign.costs[:-1], -sign.costs.skills, sign.unsure, not sign.spare


def _no_worse(one: Sign, other: Sign) -> bool:
    alike = (
        (one.to, one.span, one.well) == (other.to, other.span, other.well)
        and one.unsure <= other.unsure
        and one.spare >= other.spare
    )
    return alike and one.costs.within(other.costs)
