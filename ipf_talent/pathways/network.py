"""The rules of the country and of schools as a graph of stops, and back from its keys to rules."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median_low

from ipf_talent.pathways.graph import HERE, Entry, Graph, Stop
from ipf_talent.programmes.edges import DECIDING, DIPLOMAS, Edge, Ends, leads_into, leads_out_of, that_hold_into, that_hold_out_of
from ipf_talent.programmes.levels import Level, ProgrammeType, Standing, StartingPoint
from ipf_talent.programmes.rules import RuleKind

UNNAMED = "*"
"""Before a level: a programme of that level of which we know none."""
FIRST_YEAR = "/first-year"
"""Behind the slug of an hbo bachelor: only its first year, which opens university."""
_FIRST_YEAR_MONTHS = 12

UNSURENESS = {RuleKind.RIGHT: 0, RuleKind.INSTITUTION_DECIDES: 1, RuleKind.VIA_BRIDGE: 2, RuleKind.WORK: 3}
RANKS = {level: 2 * (level.nlqf or 0) for level in Level}
"""Twice the NLQF level, so that there is room for the first year of hbo between the associate degree and the bachelor."""


@dataclass(frozen=True)
class Programme:
    """What has to be known of a programme to find a way through it."""

    slug: str
    type: ProgrammeType
    level: Level
    institution: str
    months: int | None = None
    national: bool = False
    standing: Standing = Standing.RUNNING
    fields: frozenset[str] = frozenset()

    @property
    def ends(self) -> Ends:
        """What rules ask of it."""
        return Ends(self.slug, self.type, self.level, self.institution)


class Network:
    """
    All ways there are, from wherever one stands.

    Args:
        programmes: all of them.
        edges: all of them, national and schools' own.
    """

    def __init__(self, programmes: Iterable[Programme], edges: Iterable[Edge]) -> None:
        self._edges = list(edges)
        known = {programme.slug: programme for programme in programmes}
        self.programmes = known | _unnamed(known.values(), self._edges)
        self._into = {slug: that_hold_into(self._leading_into(one)) for slug, one in self.programmes.items()}
        self._out = self._slugs_out_of_programmes()
        self._stops = {stop.key: stop for stop in self._each_stop()}
        self._entries = {key: self._entries_with(slugs, key) for key, slugs in self._out.items()}

    def seen_from(self, point: StartingPoint, own: str | None = None) -> "View":
        """
        The ways from where a reader stands.

        Args:
            own: slug of the programme that the reader follows or finished, if known.
        """
        programme = self.programmes.get(own or "")
        points = {point} | ({StartingPoint.HBO_PROPEDEUSE} if point is StartingPoint.HBO_BACHELOR else set())
        leaving = [edge for edge in self._edges if leads_out_of(edge, programme.ends if programme else None, points)]
        slugs = frozenset(edge.slug for edge in that_hold_out_of(leaving))
        here = Stop(HERE, HERE, RANKS[point.level] - (point is StartingPoint.HBO_PROPEDEUSE))
        entries = {**self._entries, HERE: self._entries_with(slugs, own or HERE)}
        return View(self, slugs, Graph({HERE: here, **self._stops}, entries))

    def rules(self, before: str, after: str) -> list[Edge]:
        """The rules between two stops: the one that decides first, then what helps or makes it shorter."""
        return self.rules_among(self._out.get(before, frozenset()), after)

    def rules_among(self, slugs: Collection[str], after: str) -> list[Edge]:
        """The same, of the rules with these slugs."""
        held = [edge for edge in self._into[after.removesuffix(FIRST_YEAR)] if edge.slug in slugs]
        deciding = sorted((edge for edge in held if edge.rule_kind in DECIDING), key=_preference)[:1]
        beside = {RuleKind.RECOMMENDED_ELECTIVE} if after.endswith(FIRST_YEAR) else {*RuleKind} - DECIDING
        return deciding + [edge for edge in held if edge.rule_kind in beside] if deciding else []

    def asked_by(self, slug: str) -> list[Edge]:
        """Every rule that leads into a programme, wherever one comes from."""
        return self._into[slug]

    def _leading_into(self, programme: Programme) -> list[Edge]:
        return [edge for edge in self._edges if leads_into(edge, programme.ends)]

    def _slugs_out_of_programmes(self) -> dict[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        for slug, programme in self.programmes.items():
            held = that_hold_out_of([edge for edge in self._edges if leads_out_of(edge, programme.ends)])
            early = frozenset(edge.slug for edge in held if edge.from_point is StartingPoint.HBO_PROPEDEUSE)
            found[slug] = frozenset(edge.slug for edge in held) - early
            if early:
                found[slug + FIRST_YEAR] = early
        return found

    def _entries_with(self, slugs: Collection[str], before: str) -> dict[str, Entry]:
        found: dict[str, Entry] = {}
        for after in self.programmes if slugs else ():
            if self._within_hbo(before, after) or not (rules := self.rules_among(slugs, after)):
                continue
            found[after] = self._entry(before, after, rules)
            if after + FIRST_YEAR in self._out:
                found[after + FIRST_YEAR] = Entry(rules[0].slug, UNSURENESS[rules[0].rule_kind], named=found[after].named)
        return found

    def _within_hbo(self, before: str, after: str) -> bool:
        """From a first year on to hbo again: that is no way up."""
        return before.endswith(FIRST_YEAR) and self.programmes[after].level is Level.HBO_BACHELOR

    def _entry(self, before: str, after: str, rules: Sequence[Edge]) -> Entry:
        rule, source, programme = rules[0], self.programmes.get(before), self.programmes[after]
        named = rule.from_programme is not None
        added, assumed = (rule.months or 0 if rule.months_meaning == "added" else 0), False
        crossed = named and source is not None and source.type not in DIPLOMAS
        if rule.rule_kind is RuleKind.VIA_BRIDGE and rule.months is None and not crossed:
            added, assumed = self._usual_bridge, self._usual_bridge > 0
        saved = max((edge.months or 0 for edge in rules if edge.months_meaning == "saved"), default=0)
        return Entry(rule.slug, UNSURENESS[rule.rule_kind], added, assumed, max(0, saved - self._shorter_already(programme)), named)

    def _shorter_already(self, programme: Programme) -> int:
        usual = self._usual.get((programme.type, programme.level))
        return max(0, usual - programme.months) if usual and programme.months else 0

    @cached_property
    def _usual_bridge(self) -> int:
        times = [edge.months for edge in self._edges if edge.rule_kind is RuleKind.VIA_BRIDGE and edge.months]
        return median_low(times) if times else 0

    @cached_property
    def _usual(self) -> Mapping[tuple[ProgrammeType, Level], int]:
        """How long a type and level usually takes: what national rules say, else the middle of what schools say."""
        told: dict[tuple[ProgrammeType, Level], list[int]] = defaultdict(list)
        for programme in self.programmes.values():
            told[programme.type, programme.level] += [programme.months] if programme.months else []
        found = {sort: self._by_law(*sort) or times for sort, times in told.items()}
        return {sort: median_low(times) for sort, times in found.items() if times}

    def _by_law(self, kind: ProgrammeType, level: Level) -> list[int]:
        rules = [edge for edge in self._edges if edge.national and edge.months_meaning == "total" and edge.to_level is level]
        return [rule.months for rule in rules if rule.months and kind in DIPLOMAS and rule.to_type in (None, kind)]

    def _each_stop(self) -> Iterable[Stop]:
        for slug, one in self.programmes.items():
            usual = one.months or self._usual.get((one.type, one.level))
            stop = Stop(
                slug, f"{one.type}:{one.level}", self._rank(one), usual, assumed=one.months is None and usual is not None,
                bridge=one.type not in DIPLOMAS, passable=one.national or one.standing is Standing.RUNNING,
                offered=not one.national, fields=one.fields,
            )  # fmt: skip
            yield stop
            if slug + FIRST_YEAR in self._out:
                first = Stop(
                    slug + FIRST_YEAR, "first-year", RANKS[one.level] - 1, _FIRST_YEAR_MONTHS,
                    passable=stop.passable, offered=stop.offered, fields=one.fields,
                )  # fmt: skip
                yield first

    def _rank(self, programme: Programme) -> int:
        if programme.level is not Level.NONE:
            return RANKS[programme.level]
        named = [edge.to_programme for edge in self._edges if edge.from_programme == programme.slug and edge.to_programme]
        return min((RANKS[self.programmes[slug].level] - 1 for slug in named if slug in self.programmes), default=0)


@dataclass(frozen=True, eq=False)
class View:
    """A network as seen from where a reader stands."""

    network: Network
    leaving: frozenset[str]
    """Slugs of the rules that start there."""
    graph: Graph

    def rules(self, before: str, after: str) -> list[Edge]:
        """The rules between two stops of the graph: the one that decides first, then what helps or makes it shorter."""
        return self.network.rules_among(self.leaving, after) if before == HERE else self.network.rules(before, after)


def _unnamed(programmes: Collection[Programme], edges: Iterable[Edge]) -> dict[str, Programme]:
    """One for each diploma that a national rule speaks of while no programme for it is known; its slug is its level."""
    known = {(one.type, one.level) for one in programmes}
    told = {(e.to_type, e.to_level) for e in edges if e.national and e.to_type in DIPLOMAS and e.to_level} - known
    return {UNNAMED + level: Programme(UNNAMED + level, kind, level, "", national=True) for kind, level in told if kind and level}


def _preference(edge: Edge) -> tuple[int, bool, str]:
    """The surest rule first, a school's own before the country's."""
    return UNSURENESS[edge.rule_kind], not edge.own, edge.slug
