"""Routes as a page tells them: with names, rules in full, and honest words for time."""

from collections.abc import Iterable
from dataclasses import dataclass

from ipf_talent.i18n import _, ngettext, pick
from ipf_talent.pathways.graph import HERE, Route, Step
from ipf_talent.pathways.network import FIRST_YEAR, UNSURENESS, View
from ipf_talent.pathways.onward import title_of
from ipf_talent.pathways.queries import Atlas
from ipf_talent.programmes.edges import Edge
from ipf_talent.programmes.levels import START_LABELS, Level, ProgrammeType, StartingPoint
from ipf_talent.programmes.queries import AnyRow
from ipf_talent.programmes.rules import RuleKind

KIND_OF = {unsureness: kind for kind, unsureness in UNSURENESS.items()}


@dataclass(frozen=True)
class Stage:
    """
    One step of a route in full.

    Attributes:
        row: the programme; None where we know none of this level.
        rules: the one that decides first.
        first_year: only its first year is followed.
    """

    step: Step
    row: AnyRow | None
    type: ProgrammeType
    level: Level
    rules: list[Edge]
    first_year: bool
    goal: bool

    @property
    def label(self) -> str:
        """What it is, for a route on one line."""
        if self.goal and self.row:
            return pick(self.row, "title")
        return str(_("first year of hbo")) if self.first_year else title_of(self.type, self.level)


@dataclass(frozen=True)
class Told:
    """A route in full."""

    route: Route
    start: StartingPoint
    stages: tuple[Stage, ...]

    @property
    def line(self) -> list[dict[str, object]]:
        """Its stops, as the macro `route_line` takes them."""
        here = {"label": START_LABELS[self.start], "level": self.start.level.value, "here": True}
        return [here, *({"label": stage.label, "level": stage.level.value, "goal": stage.goal} for stage in self.stages)]

    @property
    def weakest(self) -> RuleKind:
        """The kind of its least sure entry."""
        return KIND_OF[self.route.unsureness]

    @property
    def time(self) -> str:
        """How long it takes, in a few words."""
        months = self.route.months
        if not months:
            return str(_("Time not known"))
        if self.route.unknown:
            return str(ngettext("More than %(num)d month", "More than %(num)d months", months))
        return str(ngettext("About %(num)d month", "About %(num)d months", months))

    @property
    def reservations(self) -> list[str]:
        """What is not sure about that time, as sentences."""
        route, notes = self.route, []
        if route.assumed:
            usual = ngettext(
                "%(num)d month of it is an estimate: our sources do not say how long it takes, so we count what is usual.",
                "%(num)d months of it are an estimate: our sources do not say how long it takes, so we count what is usual.",
                route.assumed,
            )
            notes.append(str(usual))
        if route.unknown:
            steps = ngettext(
                "No source gives the time of %(num)d step.", "No source gives the time of %(num)d steps.", route.unknown
            )
            notes.append(str(steps))
        if route.saves:
            saved = ngettext(
                "It can be up to %(num)d month shorter. The school decides on that.",
                "It can be up to %(num)d months shorter. The school decides on that.",
                route.saves,
            )
            notes.append(str(saved))
        return notes


def told(found: Iterable[Route], view: View, atlas: Atlas, start: StartingPoint) -> list[Told]:
    """The routes with what a page says of them."""
    return [Told(route, start, _stages(route, view, atlas)) for route in found]


def stage_of(step: Step, before: str, view: View, atlas: Atlas, *, goal: bool) -> Stage:
    """
    One step in full.

    Args:
        before: key of the stop on whose strength one enters.
        goal: it is the last one.
    """
    slug = step.stop.key.removesuffix(FIRST_YEAR)
    one, first = view.network.programmes[slug], slug != step.stop.key
    return Stage(step, atlas.rows.get(slug), one.type, one.level, view.rules(before, step.stop.key), first, goal)


def _stages(route: Route, view: View, atlas: Atlas) -> tuple[Stage, ...]:
    befores = (HERE, *route.keys)
    pairs = zip(befores, route.steps, strict=False)
    return tuple(stage_of(step, before, view, atlas, goal=step is route.steps[-1]) for before, step in pairs)
