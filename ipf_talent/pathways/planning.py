"""The answer to a question: the ways there are, why there is none, and what each opens on the way."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from ipf_talent import clock
from ipf_talent.errors import NotFound
from ipf_talent.i18n import _
from ipf_talent.matching import indexes
from ipf_talent.matching import queries as matching
from ipf_talent.matching.filters import Home
from ipf_talent.organisations import queries as organisations
from ipf_talent.organisations.distance import kilometres
from ipf_talent.pathways import goal_queries, offer_queries, plan_changes, queries, stations
from ipf_talent.pathways.graph import HERE
from ipf_talent.pathways.kept import Kept
from ipf_talent.pathways.network import RANKS, Programme, View
from ipf_talent.pathways.offer_queries import Offered, Offers
from ipf_talent.pathways.onward import Onward, onward
from ipf_talent.pathways.opening import Opened, Opening, Reached
from ipf_talent.pathways.plan_changes import Changed
from ipf_talent.pathways.plan_forms import Offer
from ipf_talent.pathways.plan_telling import ToldWay, key_of, key_of_way, tell
from ipf_talent.pathways.planner.plan import plan
from ipf_talent.pathways.planner.spread import spread
from ipf_talent.pathways.planner.ways import Goal, Plans, Station, Wish
from ipf_talent.pathways.queries import Atlas
from ipf_talent.pathways.question import MODES, GoalKind, Question
from ipf_talent.pathways.stations import Load
from ipf_talent.pathways.teaching import lacking, suffices
from ipf_talent.profiles.card import Card
from ipf_talent.programmes.edges import DIPLOMAS
from ipf_talent.programmes.levels import Level
from ipf_talent.programmes.queries import AnyRow
from ipf_talent.skills import queries as skills
from ipf_talent.skills.taxonomy import Taxonomy

MOST = 6
"""Ways that are shown beside each other, until more are asked for."""
ALL = 60
"""Ways that are shown when all are asked for; beyond that, as many that lie far apart."""


@dataclass(frozen=True, eq=False)
class Region:
    """
    All that an answer is made from, read at once.

    Attributes:
        offers: how and where programmes are offered, and what they teach.
        places: lines of the open places by slug, newest first.
        asking: slugs of the skills that the asked places ask, by slug of the place.
        occupations: lines of all occupations; an asked one stands once for each skill that is essential for it.
        towns: lines of all towns by name.
    """

    atlas: Atlas
    offers: Offers
    places: Mapping[str, AnyRow]
    asking: Mapping[str, Sequence[str]]
    occupations: Sequence[AnyRow]
    towns: Mapping[str, AnyRow]
    taxonomy: Taxonomy
    today: date

    def home(self, name: str | None) -> Home | None:
        """Where someone lives."""
        town = self.towns.get(name or "")
        return Home(town.name, town.lat, town.lon) if town else None

    def stations(self, view: View, place: str | None) -> dict[str, Station]:
        """What the planner must know of each stop, for someone who lives in a town."""
        home, rows = self.home(place), self.atlas.rows
        return stations.stations(
            view,
            {slug: [_offer(one, home) for one in self.offers.offered.get(row.id, ())] for slug, row in rows.items()},
            {slug: Load(row.credits_ects, row.sbu) for slug, row in rows.items()},
            {slug: self.offers.taught.get(row.id, ()) for slug, row in rows.items()},
            self.taxonomy,
        )


def _offer(one: Offered, home: Home | None) -> stations.Offer:
    km = kilometres(home.lat, home.lon, one.lat, one.lon) if home and one.lat is not None and one.lon is not None else None
    return stations.Offer(one.mode, one.town, km)


def region(occupations: Collection[str] = (), vacancies: Collection[str] = ()) -> Region:
    """
    Everything, in a fixed number of statements.

    Args:
        occupations, vacancies: slugs of those that are asked.
    """
    today = clock.today()
    places, asking = dict[str, AnyRow](), dict[str, list[str]]()
    for row in goal_queries.places(today, vacancies):
        places.setdefault(row.slug, row)
        asking.setdefault(row.slug, []).extend([row.skill] if row.skill else [])
    return Region(
        queries.atlas(),
        offer_queries.offers(),
        places,
        asking,
        goal_queries.occupations(occupations),
        {row.name: row for row in organisations.places()},
        skills.taxonomy(),
        today,
    )


@dataclass(frozen=True, eq=False)
class Answer:
    """
    What the planner says.

    Attributes:
        asked: slugs of the skills that the goal asks.
        missing: those that the reader lacks.
        place, occupation: lines of the goal, where it is one.
    """

    question: Question
    region: Region
    card: Card
    view: View
    stations: Mapping[str, Station]
    plans: Plans
    asked: tuple[str, ...]
    missing: tuple[str, ...]
    thing: Any

    @cached_property
    def count(self) -> int:
        """How many ways there are that no other beats."""
        return len(self.plans.ways)

    def some(self, most: int) -> list[ToldWay]:
        """The best of each criterion and others that lie far apart, in the planner's order."""
        numbers = {id(way): number for number, way in enumerate(self.plans.ways)}
        return self._told([numbers[id(way)] for way in spread(self.plans.ways, most)])

    def way(self, key: str) -> ToldWay | None:
        """The way with this key; None where it is not among them."""
        found = [number for number, way in enumerate(self.plans.ways) if key_of_way(way) == key]
        return next(iter(self._told(found[:1])), None)

    def _told(self, numbers: Sequence[int]) -> list[ToldWay]:
        return tell(self.plans.ways, numbers, self.view, self.region.atlas, self.stations, self.question.point, len(self.missing))

    def like(self, kept: Kept) -> ToldWay | None:
        """The saved way, as it is today."""
        return self.way(key_of((leg.stop, leg.option) for leg in kept.legs))

    def changes(self, kept: Kept) -> list[Changed]:
        """What changed since a plan was saved."""
        now = self.like(kept)
        return plan_changes.changes(kept.legs, now.way if now else None, self.view.graph, self.stations)

    def opened(self, told: ToldWay) -> list[Opened]:
        """What one can do already, from where one stands and with each step of a way."""
        held = indexes.places(self.region.taxonomy)
        home, seed = self.region.home(self.question.place), self.region.today.toordinal()
        opening = Opening(self.region.places, held.matcher, self.card.wish, home, self.question.km if home else None, seed)
        return opening.along(self._reached(told))

    def _reached(self, told: ToldWay) -> list[Reached]:
        had, level = self.card.slugs, self.question.point.level
        found = [Reached(None if level is Level.NONE else level, had)]
        for leg in told.legs:
            had = (*had, *sorted(self.stations[leg.leg.stop.key].teaches - set(had)))
            gives = leg.stage.type in DIPLOMAS and leg.stage.level is not Level.NONE
            found.append(Reached(leg.stage.level if gives else None, had))
        return found


def offer(now: Region, vacancy: str) -> Offer:
    """
    What the form of the question lets one choose.

    Args:
        vacancy: slug of the asked place, which may have closed.
    """
    closed = bool(vacancy) and vacancy not in now.places and matching.was_shown(vacancy)
    return Offer(now.atlas.rows.values(), now.occupations, now.places.values(), list(now.towns), closed)


def answer(question: Question, card: Card, now: Region) -> Answer:
    """
    All ways that answer a question.

    Raises:
        NotFound: its goal is not there any more.
    """
    view = now.atlas.network.seen_from(question.point, question.own)
    aim = _aim(question, view, now)
    missing = lacking(aim.asked, card.slugs, now.taxonomy)
    found = now.stations(view, question.place)
    wish = _wish(question, now, missing)
    plans = plan(view.graph, found, Goal(aim.ends, missing, aim.modes), wish) if aim.thing is not None else Plans()
    return Answer(question, now, card, view, found, plans, tuple(aim.asked), missing, aim.thing)


def answer_again(question: Question, card: Card, now: Region) -> tuple[Answer | None, str]:
    """The answer to a question of earlier days, counted from today at the earliest; or None, and why there is none."""
    try:
        return answer(replace(question, start=max(question.start, now.today.replace(day=1))), card, now), ""
    except NotFound as error:
        return None, error.message


def _wish(question: Question, now: Region, missing: tuple[str, ...] = ()) -> Wish:
    km = float(question.km) if question.km and now.home(question.place) else None
    return Wish(max(question.start, now.today), km, MODES[question.pace], missing, now.today)


@dataclass(frozen=True)
class _Aim:
    """What the goal is, where and in which modes it is reached, and the skills that it asks."""

    thing: Any = None
    ends: Mapping[str, int | None] = field(default_factory=dict)
    asked: Sequence[str] = ()
    modes: frozenset[str] = frozenset()


def _aim(question: Question, view: View, now: Region) -> _Aim:
    if question.kind is GoalKind.PROGRAMME:
        if question.to not in now.atlas.rows:
            raise NotFound(_("We do not know this programme any more."))
        return _Aim(now.atlas.rows[question.to], {question.to: None})
    if question.kind is GoalKind.OCCUPATION:
        return _occupation(question, view, now)
    if question.kind is GoalKind.VACANCY:
        if question.to not in now.places:
            raise NotFound(_("This place has closed."))
        row = now.places[question.to]
        ends = stations.ends(view, row.level, row.kind, question.point)
        return _Aim(row, ends, now.asking[row.slug], stations.modes(row.kind))
    return _Aim()


def _occupation(question: Question, view: View, now: Region) -> _Aim:
    """It is reached with a diploma of the lowest level at which people enter it, which someone may have already."""
    lines = [row for row in now.occupations if row.slug == question.to]
    if not lines:
        raise NotFound(_("We do not know this occupation any more."))
    level = min((Level(level) for level in lines[0].levels), key=lambda level: RANKS[level], default=Level.NONE)
    at_level = sorted(slug for slug, one in view.network.programmes.items() if one.level is level and one.type in DIPLOMAS)
    open_ = [slug for slug in at_level if view.graph.stops[slug].passable] or at_level
    here = [HERE] if suffices(question.point.level, level) else []
    return _Aim(lines[0], dict.fromkeys([*here, *open_]), [row.skill for row in lines if row.skill])


@dataclass(frozen=True)
class Entering:
    """
    A sort of programme that can be entered from here.

    Attributes:
        ways: into its programmes at schools, each with its next start; the soonest first.
        left_out: programmes that do not fit the distance or the week.
        places: open places at its level.
    """

    sort: Onward
    ways: list[tuple[str, ToldWay]]
    left_out: int
    places: int


def possible(answer: Answer) -> list[Entering]:
    """What can be entered from here, lowest first."""
    view, now = answer.view, answer.region
    wish = _wish(answer.question, now)
    found = []
    for sort in onward(view):
        slugs = [slug for slug in view.graph.out_of(HERE) if _is_of(view.network.programmes.get(slug), sort)]
        running = [slug for slug in slugs if view.graph.stops[slug].passable]
        tried = {slug: plan(view.graph, answer.stations, Goal({slug: None}), wish, 1).ways for slug in running}
        able = sorted(((first[0], slug) for slug, first in tried.items() if first), key=lambda one: (one[0].legs[0].starts, one[1]))
        firsts = [way for way, _slug in able]
        told = tell(firsts, range(len(firsts)), view, now.atlas, answer.stations, answer.question.point, 0)
        places = sum(row.level is sort.level for row in now.places.values()) if sort.level is not Level.NONE else 0
        ways = [(slug, one) for (_way, slug), one in zip(able, told, strict=True)]
        found.append(Entering(sort, ways, len(slugs) - len(ways), places))
    return found


def _is_of(programme: Programme | None, sort: Onward) -> bool:
    return programme is not None and not programme.national and (programme.type, programme.level) == (sort.type, sort.level)
