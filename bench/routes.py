"""
A field of programmes made from a seed, as large as asked for, and questions about it.

It is a region many times over: levels in the shares that they have there, schools of a town with a few fields each, programmes
that teach skills of their field, are followed in the ways of their level, and lead on mostly within their field; beside them
courses that give no diploma. Dates, fees and wages are what is usual in the country, save for a share of schools that tell their
own dates. The same seed and sizes always give the same field.
"""

from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate
from random import Random

from ipf_talent.organisations.distance import kilometres
from ipf_talent.pathways.graph import HERE, Entry, Graph, Stop
from ipf_talent.pathways.network import RANKS
from ipf_talent.pathways.planner.ways import Goal, Station, Wish
from ipf_talent.pathways.stations import Offer, option
from ipf_talent.programmes.edges import DIPLOMAS
from ipf_talent.programmes.levels import Level, Mode, ProgrammeType

EARLIEST, TODAY = date(2027, 2, 1), date(2026, 11, 27)
FIELDS, SKILLS_OF_A_FIELD, TOWNS, SCHOOLS = 8, 25, 30, 40
HOME = (53.1, 6.1)
"""In the middle of the towns."""
REACH = 1.0
"""Degrees around it."""
_T, _L, _M = ProgrammeType, Level, Mode


@dataclass(frozen=True)
class Sort:
    """
    Programmes of one type and level.

    Attributes:
        share: of all programmes.
        months: what a source may tell; None where it tells nothing.
        modes: how they are followed, the more frequent ones more often.
        onward: to which sorts one can go on, with weights.
    """

    type: ProgrammeType
    level: Level
    share: float
    months: tuple[int | None, ...]
    modes: tuple[Mode, ...]
    onward: Mapping[str, int]


SORTS = {
    "mbo_2": Sort(_T.MBO_DIPLOMA, _L.MBO_2, 0.09, (24,), (_M.BOL, _M.BBL), {"mbo_3": 5, "mbo_4": 4, "certificate": 1}),
    "mbo_3": Sort(_T.MBO_DIPLOMA, _L.MBO_3, 0.15, (24, 36, 36), (_M.BOL, _M.BBL), {"mbo_4": 8, "elective": 1, "certificate": 1}),
    "mbo_4": Sort(_T.MBO_DIPLOMA, _L.MBO_4, 0.24, (36, 48), (_M.BOL, _M.BOL, _M.BBL),
                  {"ad": 3, "hbo": 6, "elective": 1, "course": 1}),
    "ad": Sort(_T.AD, _L.AD, 0.08, (24,), (_M.FULLTIME, _M.DUAL, _M.PARTTIME), {"hbo": 8, "wo": 1, "course": 1}),
    "hbo": Sort(_T.BACHELOR, _L.HBO_BACHELOR, 0.15, (48,), (_M.FULLTIME, _M.FULLTIME, _M.DUAL, _M.PARTTIME),
                {"premaster": 3, "master": 3, "minor": 2, "course": 2}),
    "wo": Sort(_T.BACHELOR, _L.WO_BACHELOR, 0.07, (36,), (_M.FULLTIME,), {"master": 8, "minor": 1, "course": 1}),
    "master": Sort(_T.MASTER, _L.MASTER, 0.08, (12, 24), (_M.FULLTIME, _M.FULLTIME, _M.PARTTIME),
                   {"engd": 3, "phd": 2, "course": 2}),
    "engd": Sort(_T.ENGD, _L.ENGD_PHD, 0.01, (24,), (_M.FULLTIME,), {}),
    "phd": Sort(_T.PHD, _L.ENGD_PHD, 0.01, (48,), (_M.FULLTIME,), {}),
    "certificate": Sort(_T.MBO_CERTIFICATE, _L.MBO_3, 0.03, (6, 9, 12), (_M.BBL, _M.OWN_PACE), {"mbo_4": 1}),
    "elective": Sort(_T.ELECTIVE, _L.MBO_4, 0.02, (3, 6), (_M.BOL, _M.OWN_PACE), {"hbo": 1}),
    "premaster": Sort(_T.PREMASTER, _L.WO_BACHELOR, 0.02, (6, 12), (_M.FULLTIME,), {"master": 1}),
    "minor": Sort(_T.MINOR, _L.HBO_BACHELOR, 0.02, (5, 6), (_M.FULLTIME,), {}),
    "course": Sort(_T.COURSE, _L.NONE, 0.03, (1, 2, 4, None), (_M.ONLINE, _M.PARTTIME, _M.OWN_PACE), {}),
}  # fmt: skip
LOADS = {_T.AD: 120, _T.BACHELOR: 240, _T.MASTER: 60, _T.PREMASTER: 30, _T.MINOR: 30}
"""EC, where a source tells them."""
HOURS_A_YEAR = 1600
STARTS = {"mbo_2": 4, "mbo_3": 6, "mbo_4": 8, "hbo": 12}
"""Where readers stand, and their rank. They can enter most of their field's programmes, and a share of the others."""
PLACES = ("mbo_4", "hbo", "wo", "master")
"""Levels of the places that are asked."""
ABOVE = 0.85
"""The share of questions about a level above the reader's own."""


@dataclass(frozen=True)
class Question:
    """From where, to what."""

    graph: Graph
    goal: Goal
    wish: Wish


@dataclass(frozen=True)
class Made:
    """A field of programmes: the graph without a reader, what the planner must know of it, and questions."""

    stations: Mapping[str, Station]
    questions: Sequence[Question]
    programmes: int
    entries: int


@dataclass(frozen=True)
class _Programme:
    key: str
    sort: str
    field: int
    town: tuple[float, float]


def make(programmes: int, edges: int, questions: int, seed: int = 0) -> Made:
    """
    Make a field.

    Args:
        programmes: how many.
        edges: entries between them; those from where a reader stands come on top.
    """
    random = Random(seed)
    towns = [(HOME[0] + random.uniform(-REACH, REACH), HOME[1] + random.uniform(-REACH, REACH)) for _town in range(TOWNS)]
    schools = [(random.choice(towns), random.sample(range(FIELDS), 3)) for _school in range(SCHOOLS)]
    all_ = [_programme(number, programmes, schools, random) for number in range(programmes)]
    stops = {one.key: _stop(one, random) for one in all_}
    stations = {one.key: _station(one, stops[one.key], random) for one in all_}
    entries = _entries(all_, edges, random)
    asked = [_question(all_, stops, entries, random) for _number in range(questions)]
    return Made(stations, asked, programmes, sum(len(found) for found in entries.values()))


def _programme(number: int, of: int, schools: Sequence[tuple[tuple[float, float], list[int]]], random: Random) -> _Programme:
    sums = list(accumulate(sort.share for sort in SORTS.values()))
    name = list(SORTS)[bisect(sums, (number + 0.5) / of * sums[-1])]
    town, fields = random.choice(schools)
    return _Programme(f"{name}-{number}", name, random.choice(fields), town)


def _stop(one: _Programme, random: Random) -> Stop:
    sort = SORTS[one.sort]
    bridge = sort.type not in DIPLOMAS
    open_ = random.random() < 0.95
    return Stop(one.key, one.sort, RANKS[sort.level], random.choice(sort.months), assumed=random.random() < 0.3, bridge=bridge,
                passable=open_, fields=frozenset({str(one.field)}))  # fmt: skip


def _station(one: _Programme, stop: Stop, random: Random) -> Station:
    sort = SORTS[one.sort]
    offers = []
    for mode in sorted({random.choice(sort.modes) for _time in range(random.choice((1, 1, 2, 3)))}):
        km = None if random.random() < 0.05 else kilometres(*HOME, *one.town)
        dates = ((date(2027, 9, 6), date(2027, 6, 1)), (date(2028, 2, 1), None)) if random.random() < 0.1 else ()
        offers.append(option(sort.level, sort.type, Offer(mode, "town", km, dates)))
    if stop.bridge:
        offers = [replace(offer, fee=random.choice((None, None, 250, 600, 1200, 2500))) for offer in offers]
    told = random.random() < 0.6
    ects = LOADS.get(sort.type) if told else None
    sbu = HOURS_A_YEAR * (stop.months or 0) // 12 if sort.type is _T.MBO_DIPLOMA and told else None
    own = [f"skill-{one.field}-{number}" for number in range(SKILLS_OF_A_FIELD)]
    skills = random.sample(own, random.randint(1, 3) if stop.bridge else random.randint(3, 8))
    return Station(tuple(offers), ects, sbu, frozenset(skills))


def _entries(all_: Sequence[_Programme], edges: int, random: Random) -> dict[str, dict[str, Entry]]:
    by_sort: dict[str, list[_Programme]] = {}
    for one in all_:
        by_sort.setdefault(one.sort, []).append(one)
    leaving = [one for one in all_ if SORTS[one.sort].onward and any(sort in by_sort for sort in SORTS[one.sort].onward)]
    found: dict[str, dict[str, Entry]] = {}
    count = tries = 0
    while count < edges and leaving and tries < 20 * edges:
        tries += 1
        one = random.choice(leaving)
        onward = SORTS[one.sort].onward
        sort = random.choices(list(onward), list(onward.values()))[0]
        there = _one_of(by_sort.get(sort, []), one.field, random)
        if there and there.key not in found.setdefault(one.key, {}):
            found[one.key][there.key] = _entry(one, there, random)
            count += 1
    return found


def _one_of(those: Sequence[_Programme], field: int, random: Random) -> _Programme | None:
    """One, of the same field in seven of ten cases."""
    alike = [one for one in those if one.field == field] if random.random() < 0.7 else []
    return random.choice(alike or those) if those else None


def _entry(one: _Programme, there: _Programme, random: Random) -> Entry:
    bridge = SORTS[one.sort].type not in DIPLOMAS
    unsure = random.choice((0, 0, 1, 1, 2))
    return Entry(f"{one.key}-{there.key}", unsure, added=random.choice((0, 6)) if unsure == 2 else 0, named=bridge or unsure == 1)


def _question(
    all_: Sequence[_Programme], stops: Mapping[str, Stop], entries: Mapping[str, Mapping[str, Entry]], random: Random
) -> Question:  # fmt: skip
    """
    From the profile of a reader to a place at a company: a level, mostly above the reader's, and skills of a field.

    Up to four skills are missing. The place is reached in the last year of any programme of its level.
    """
    start, field = random.choice(list(STARTS)), random.randrange(FIELDS)
    above = [sort for sort in PLACES if RANKS[SORTS[sort].level] > STARTS[start]]
    level = random.choice(above) if random.random() < ABOVE else start
    asked = [f"skill-{field}-{number}" for number in random.sample(range(SKILLS_OF_A_FIELD), random.randint(3, 8))]
    missing = tuple(random.sample(asked, random.randint(1, min(4, len(asked)))))
    onward = [one for one in all_ if one.sort in SORTS[start].onward]
    entered = [one.key for one in onward if random.random() < (0.9 if one.field == field else 0.3)]
    here = {key: Entry(f"here-{key}", random.choice((0, 1))) for key in entered}
    ends: dict[str, int | None] = {one.key: max(0, (stops[one.key].months or 12) - 12) for one in all_ if one.sort == level}
    if start == level:
        ends[HERE] = None
    graph = Graph({HERE: Stop(HERE, HERE, STARTS[start]), **stops}, {**entries, HERE: here})
    max_km = random.choice((None, None, 50.0, 80.0))
    return Question(graph, Goal(ends, tuple(asked)), Wish(EARLIEST, max_km, missing=missing, asked_on=TODAY))
