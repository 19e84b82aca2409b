"""Questions to the planner on small graphs, and one that answers them by trying everything, day by day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from math import ceil, inf

from hypothesis import strategies as st

from ipf_talent.pathways.graph import HERE, Graph
from ipf_talent.pathways.planner.ways import Goal, Option, Station, Way, Wish
from tests.pathways.graphs import graphs

EARLIEST, ASKED_ON = date(2027, 3, 15), date(2026, 11, 27)
SKILLS = ("lasers", "lenses", "plc")
DAY = timedelta(days=1)
TERMS = (
    ((), None, None),
    (((9, 1),), (5, 1), None),
    (((8, 1), (2, 1)), (12, 1), None),
    (((2, 29),), None, 60),
    ((), (6, 1), None),
    ((), None, 30),
)
"""Days of each year, and until when one can apply."""
TOLD = ((date(2027, 9, 6), date(2027, 1, 1)), (date(2028, 2, 1), None))


@dataclass(frozen=True)
class Question:
    graph: Graph
    stations: dict[str, Station]
    goal: Goal
    wish: Wish

    @property
    def parts(self):
        return self.graph, self.stations, self.goal, self.wish


@st.composite
def options(draw, number=0):
    """A way to follow a stop."""
    starts, apply_by, days = draw(st.sampled_from(TERMS))
    return Option(
        f"o{number}", draw(st.sampled_from(["bol", "bbl", ""])), draw(st.sampled_from([None, 0.0, 12.0, 14.0, 60.0])), starts,
        apply_by, days, draw(st.sampled_from([(), (), TOLD])), draw(st.sampled_from([None, 0, 700, 2500])), draw(st.booleans()),
        draw(st.booleans()),
    )  # fmt: skip


@st.composite
def questions(draw):
    """A graph of up to seven stops with all that can be known of them, a goal that mostly stands high, and a wish."""
    graph = draw(graphs(fields=()))
    keys = sorted(set(graph.stops) - {HERE})
    stations = {}
    for key in keys:
        if draw(st.integers(0, 5)):
            found = tuple(draw(options(number)) for number in range(draw(st.integers(0, 2))))
            load = st.sampled_from([None, 0, 60, 240])
            skills = frozenset(draw(st.sets(st.sampled_from(SKILLS), min_size=1)))
            stations[key] = Station(found, draw(load), draw(load), skills)
    high = sorted(keys, key=lambda key: -graph.stops[key].rank)[:2]
    months = st.sampled_from([None, None, 0, 6, 30])
    ends = draw(st.dictionaries(st.sampled_from([*high, *high, *keys, HERE]), months, min_size=1, max_size=3))
    modes = st.sampled_from([frozenset(), frozenset(), frozenset({"bbl", ""})])
    missing, asked_on = draw(st.sampled_from([SKILLS, SKILLS, SKILLS[:2], ()])), draw(st.sampled_from([None, ASKED_ON]))
    wish = Wish(EARLIEST, draw(st.sampled_from([None, None, 20.0])), draw(modes), missing, asked_on)
    return Question(graph, stations, Goal(ends, SKILLS, draw(modes)), wish)


def row(way: Way) -> tuple:
    """What ways are compared by."""
    km = inf if way.km is None else ceil(way.km / 5)
    costs = way.months, way.ects, way.sbu, way.load_unknown, way.fee, way.fee_unknown, -way.earning, km
    return *costs, frozenset(way.closed)


def no_worse(one: tuple, other: tuple) -> bool:
    return all(a <= b for a, b in zip(one[:-1], other[:-1], strict=True)) and one[-1] >= other[-1]


def by_trying_all(question: Question) -> set[tuple]:
    """The rows that no other beats, of every way there is."""
    rows = set(_Trying(*question.parts).rows())
    return {one for one in rows if not any(no_worse(other, one) and other != one for other in rows)}


class _Trying:
    def __init__(self, graph, stations, goal, wish):
        self.graph, self.stations, self.goal, self.wish = graph, stations, goal, wish
        self.asked_on = wish.asked_on or wish.earliest

    def rows(self) -> Iterator[tuple]:
        start = (0, 0, 0, 0, 0, 0, 0)
        yield from self._from(HERE, False, self.wish.earliest, self.wish.earliest, start, frozenset())

    def _from(self, key, reached, free, beside, costs, learnt) -> Iterator[tuple]:
        at = self.graph.stops[key]
        if reached or (key == HERE and HERE in self.goal.ends):
            wait = self.goal.ends[HERE] or 0 if key == HERE else 0
            yield self._whole(max(free, beside, plus(self.wish.earliest, wait)), costs, learnt)
        inside = reached and self.goal.ends[key] is not None
        for there, entry in self.graph.out_of(key).items():
            stop, station = self.graph.stops[there], self.stations.get(there, Station())
            new = (station.teaches & set(self.wish.missing)) - learnt
            for option in station.options or (Option(""),):
                if not self._suits(option) or (at.bridge and not entry.named):
                    continue
                leg = stop, entry, station, option
                if stop.bridge and stop.passable and new and (option.spare or not inside):
                    yield from self._aside(key, reached, free, beside, costs, learnt | new, leg)
                if not reached:
                    yield from self._on(at, free, beside, costs, learnt | new, leg)

    def _aside(self, key, reached, free, beside, costs, learnt, leg):
        stop, entry, _station, option = leg
        length = (12 if stop.months is None else stop.months) + entry.added
        end = plus(first(option, beside if option.spare else free, self.asked_on), length)
        more = self._more(costs, leg, length, wage=False)
        yield from self._from(key, reached, free if option.spare else end, max(beside, end), more, learnt)

    def _on(self, at, free, beside, costs, learnt, leg):
        stop, entry, _station, option = leg
        length = (12 if stop.months is None else stop.months) + entry.added
        begin = first(option, free, self.asked_on)
        end, more = plus(begin, length), self._more(costs, leg, length)
        if stop.passable and (stop.rank > at.rank or (stop.bridge and stop.rank == at.rank and not at.bridge)):
            well = plus(begin, min(length, entry.added + 12))
            yield from self._from(stop.key, False, end, max(beside, well), more, learnt)
        may_end = at.key == HERE or stop.rank > at.rank or (stop.bridge and stop.rank == at.rank)
        if stop.key not in self.goal.ends or not may_end or (self.goal.modes and option.mode not in self.goal.modes):
            return
        after = self.goal.ends[stop.key]
        until = length if after is None else min(length, entry.added + after)
        well = plus(begin, min(until, entry.added + 12))
        yield from self._from(stop.key, True, plus(begin, until), max(beside, well), self._more(costs, leg, until), learnt)

    def _suits(self, option) -> bool:
        far = self.wish.max_km is not None and option.km is not None and option.km > self.wish.max_km
        return not far and (not self.wish.modes or option.mode in self.wish.modes)

    def _more(self, costs, leg, until, wage=True):
        stop, entry, station, option = leg
        ects, sbu, loads, fee, fees, earned, km = costs
        own = 12 if stop.months is None else stop.months
        done = min(own, max(0, until - entry.added))
        return (
            ects + int((station.ects or 0) * done / own + 0.5), sbu + int((station.sbu or 0) * done / own + 0.5),
            loads + (done > 0 and station.ects is None and station.sbu is None),
            fee + (option.fee or 0) * max(1, ceil(until / 12)), fees + (option.fee is None),
            earned - (until if option.earns and wage else 0), max(km, inf if option.km is None else ceil(option.km / 5)),
        )  # fmt: skip

    def _whole(self, ready, costs, learnt):
        months = next(n for n in range(1000) if plus(self.wish.earliest, n) >= ready)
        ects, sbu, loads, fee, fees, earned, km = costs
        return months, ects, sbu, loads, fee, fees, earned, km, learnt


@cache
def first(option: Option, day: date, asked_on: date) -> date:
    """The first start that one can take, looking at one day after the other."""
    told = [on for on, by in option.dates if on >= day and (by is None or by >= asked_on)]
    if told:
        return min(told)
    day = max([day, *(on + DAY for on, _by in option.dates)])
    while not _open(option, day, asked_on):
        day += DAY
    return day


def _open(option: Option, day: date, asked_on: date) -> bool:
    last = (day + DAY).month != day.month
    if option.starts and not any(day.month == month and (day.day == on or (last and day.day < on)) for month, on in option.starts):
        return False
    if option.apply_by:
        deadline = day
        while (deadline.month, deadline.day) != option.apply_by:
            deadline -= DAY
        return deadline >= asked_on
    return option.apply_days is None or day - timedelta(days=option.apply_days) >= asked_on


def plus(day: date, months: int) -> date:
    """So many months later, counted one by one so that a short month does not shorten what follows."""
    year, month = day.year, day.month
    for _month in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    for number in range(day.day, 0, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    raise AssertionError
