"""Edges as a page tells them: grouped by where one comes from or goes to, in the order in which people climb."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from ipf_talent.i18n import _, pick
from ipf_talent.programmes.edges import Edge
from ipf_talent.programmes.levels import LEVEL_LABELS, START_LABELS, TYPE_LABELS, Level, ProgrammeType, StartingPoint

_LAST = 99


@dataclass
class Passage:
    """One stop beside a programme, and the rules between the two."""

    title: str
    level: Level
    programme: str | None = None
    """Slug, where the stop is one programme."""
    institution: str | None = None
    """Slug, where the stop is a school."""
    list_level: Level | None = None
    """The level whose programmes can be listed, where the stop is a level."""
    list_type: ProgrammeType | None = None
    edges: list[Edge] = field(default_factory=list)


def origins(edges: Iterable[Edge]) -> list[Passage]:
    """The stops from which one comes, lowest first."""
    return _grouped(edges, _origin, lambda edge: _place(StartingPoint, edge.from_point))


def targets(edges: Iterable[Edge]) -> list[Passage]:
    """The stops to which one goes, lowest first; whole levels before single programmes."""
    return _grouped(edges, _target, lambda edge: _place(Level, edge.to_level))


def _grouped(edges: Iterable[Edge], stop_of: Callable[[Edge], Passage], place: Callable[[Edge], int]) -> list[Passage]:
    stops: dict[tuple[str, str | None], Passage] = {}
    for edge in sorted(edges, key=lambda edge: (place(edge), edge.national, edge.slug)):
        stop = stop_of(edge)
        stops.setdefault((stop.title, stop.programme), stop).edges.append(edge)
    return list(stops.values())


def _place(ladder: type[StartingPoint] | type[Level], step: StartingPoint | Level | None) -> int:
    return list(ladder).index(step) if step else _LAST


def _origin(edge: Edge) -> Passage:
    if edge.from_programme:
        return Passage(pick(edge, "from_title"), Level.NONE, programme=edge.from_programme)
    if edge.from_point is None:
        return Passage(edge.from_name or "", Level.NONE, institution=edge.from_institution)
    label = str(START_LABELS[edge.from_point])
    return Passage(_at(label, edge.from_name), edge.from_point.level, institution=edge.from_institution)


def _target(edge: Edge) -> Passage:
    if edge.to_programme:
        return Passage(pick(edge, "to_title"), edge.to_level or Level.NONE, programme=edge.to_programme)
    if edge.to_level is None and edge.to_type is None:
        return Passage(edge.to_name or "", Level.NONE, institution=edge.to_institution)
    label = LEVEL_LABELS[edge.to_level] if edge.to_level else TYPE_LABELS[edge.to_type]  # type: ignore[index]
    stop = Passage(_at(str(label), edge.to_name), edge.to_level or Level.NONE, institution=edge.to_institution)
    stop.list_level, stop.list_type = edge.to_level, edge.to_type
    return stop


def _at(what: str, school: str | None) -> str:
    return _("%(what)s at %(school)s", what=what, school=school) if school else what
