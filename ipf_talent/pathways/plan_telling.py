"""Ways of the planner as a page tells them: each step with its dates, rule and costs, and the whole in a few words."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ipf_talent.i18n import _, lazy, ngettext, pick
from ipf_talent.pathways import amounts
from ipf_talent.pathways.graph import Step
from ipf_talent.pathways.kept import KeptLeg
from ipf_talent.pathways.network import View
from ipf_talent.pathways.planner.best import Best, bests
from ipf_talent.pathways.planner.ways import Leg, Station, Way
from ipf_talent.pathways.queries import Atlas
from ipf_talent.pathways.telling import KIND_OF, Stage, stage_of
from ipf_talent.programmes.calendar import Source, usual
from ipf_talent.programmes.levels import MODE_LABELS, Mode, StartingPoint
from ipf_talent.programmes.rules import RULE_LABELS

BEST_LABELS = {
    Best.QUICKEST: lazy("Quickest"),
    Best.CHEAPEST: lazy("Cheapest"),
    Best.CLOSES_MOST: lazy("Teaches most of what you miss"),
    Best.NEAREST: lazy("Nearest"),
    Best.EARNS: lazy("You earn meanwhile"),
}
BEST_ICONS = {
    Best.QUICKEST: "speedometer2",
    Best.CHEAPEST: "patch-check",
    Best.CLOSES_MOST: "lightbulb",
    Best.NEAREST: "geo-alt",
    Best.EARNS: "briefcase",
}


@dataclass(frozen=True)
class ToldLeg:
    """A step with all that a page says of it."""

    leg: Leg
    stage: Stage
    station: Station | None

    @property
    def mode(self) -> str:
        """How it is followed; empty where nobody tells."""
        return str(MODE_LABELS[Mode(self.leg.option.mode)]) if self.leg.option.mode else ""

    @property
    def months(self) -> str:
        """How long it takes."""
        taken = amounts.duration(_months_between(self.leg))
        return str(_("about %(time)s", time=taken)) if self.leg.assumed else taken

    @property
    def cost(self) -> str:
        """What a year costs, or that one is paid."""
        fee = self.leg.option.fee
        paid = _("you earn a wage") if self.leg.option.earns else ""
        fees = _("cost not told") if fee is None else _("%(amount)s a year", amount=amounts.euros(fee)) if fee else _("no fee")
        if self.leg.option.earns and not fee:
            return str(paid)
        return ", ".join(part for part in (paid, fees) if part)

    @property
    def load(self) -> str:
        """Study load; empty where nobody tells."""
        known = self.station and (self.station.ects or self.station.sbu)
        return amounts.load(self.station.ects, self.station.sbu) if self.station and known else ""

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where usual dates and costs come from."""
        mode = Mode(self.leg.option.mode) if self.leg.option.mode else None
        return usual(self.stage.level, self.stage.type, mode).sources

    @property
    def title(self) -> str:
        """What it is called."""
        name = pick(self.stage.row, "title") if self.stage.row else _("A programme at %(level)s", level=self.stage.label)
        return str(_("First year of %(programme)s", programme=name) if self.stage.first_year else name)


@dataclass(frozen=True)
class ToldWay:
    """
    A way with all that a page says of it.

    Attributes:
        number: its place among the ways, from 1.
        wanted: how many skills the goal asks that are missing.
    """

    way: Way
    start: StartingPoint
    legs: tuple[ToldLeg, ...]
    bests: tuple[Best, ...]
    number: int
    wanted: int

    @property
    def key(self) -> str:
        """Its name in an address: the same stops by the same options have the same key, whenever they start."""
        return key_of_way(self.way)

    @property
    def kept_legs(self) -> tuple[KeptLeg, ...]:
        """Its steps as a saved plan holds them."""
        return tuple(KeptLeg(leg.stop.key, leg.option.key, leg.starts) for leg in self.way.legs)

    @property
    def labels(self) -> list[tuple[str, str]]:
        """What it is best at: icons and words."""
        return [(BEST_ICONS[best], str(BEST_LABELS[best])) for best in self.bests]

    @property
    def time(self) -> str:
        """From the day from which one can begin until one is ready."""
        time = amounts.duration(self.way.months)
        return str(_("about %(time)s", time=time)) if any(leg.assumed for leg in self.way.legs) else time

    @property
    def ready(self) -> str:
        """The month in which one is ready."""
        return amounts.month(self.way.ready)

    @property
    def load(self) -> str:
        """Study load, as far as it is told."""
        way = self.way
        known = amounts.load(way.ects, way.sbu)
        return str(_("at least %(load)s", load=known)) if way.load_unknown and (way.ects or way.sbu) else known

    @property
    def cost(self) -> str:
        """What is paid in all."""
        return amounts.cost(self.way.fee, self.way.fee_unknown, len(self.way.legs))

    @property
    def wage(self) -> str:
        """During how many months one is paid."""
        return amounts.duration(self.way.earning) if self.way.earning else str(_("No wage"))

    @property
    def far(self) -> str:
        """How far the farthest step is."""
        return amounts.far(self.way.km)

    @property
    def gap(self) -> str:
        """How many of the missing skills it teaches."""
        if not self.wanted:
            return ""
        return str(_("%(part)s of %(all)s skills", part=len(self.way.closed), all=self.wanted))

    @property
    def sureness(self) -> str:
        """By what one is admitted at its least sure step."""
        unsure = max((leg.entry.unsureness for leg in self.way.legs), default=None)
        return "" if unsure is None else str(RULE_LABELS[KIND_OF[unsure]])

    @property
    def by(self) -> str:
        """The programmes in one line."""
        return " → ".join(leg.title for leg in self.legs) or str(_("without another programme"))

    @property
    def name(self) -> str:
        """It in one line."""
        steps = ngettext("%(num)d step", "%(num)d steps", len(self.way.legs))
        return str(_("Route %(number)s: %(steps)s, ready in %(month)s", number=self.number, steps=steps, month=self.ready))

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What one compares, in a fixed order."""
        rows = [
            (_("Ready in"), self.ready),
            (_("Time"), self.time),
            (_("Skills it teaches"), self.gap),
            (_("Study load"), self.load),
            (_("Cost"), self.cost),
            (_("Wage during"), self.wage),
            (_("Farthest school"), self.far),
            (_("Least sure step"), self.sureness),
        ]
        return [(str(name), str(value)) for name, value in rows]


def tell(
    ways: Sequence[Way],
    numbers: Iterable[int],
    view: View,
    atlas: Atlas,
    stations: Mapping[str, Station],
    start: StartingPoint,
    wanted: int,
) -> list[ToldWay]:
    """Some of the ways, by their places among all, with what a page says of them."""
    best, found = bests(ways), []
    for number in numbers:
        way = ways[number]
        legs = tuple(_leg(leg, leg is way.legs[-1], view, atlas, stations) for leg in way.legs)
        found.append(ToldWay(way, start, legs, best[number], number + 1, wanted))
    return found


def _leg(leg: Leg, last: bool, view: View, atlas: Atlas, stations: Mapping[str, Station]) -> ToldLeg:
    stage = stage_of(Step(leg.stop, leg.entry), leg.before, view, atlas, goal=last)
    return ToldLeg(leg, stage, stations.get(leg.stop.key))


def key_of_way(way: Way) -> str:
    """The key of a way."""
    return key_of((leg.stop.key, leg.option.key) for leg in way.legs)


def key_of(steps: Iterable[tuple[str, str]]) -> str:
    """A short name for stops and how each is followed."""
    text = "\n".join(f"{stop}\t{option}" for stop, option in steps)
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def _months_between(leg: Leg) -> int:
    days = (leg.ends - leg.starts).days
    return max(1, round(days / (365.25 / 12))) if days else 0
