"""The whole field as the scheme of a map: the line of each programme, what the country's rules open, what schools add."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ipf_talent.i18n import _, ngettext, pick
from ipf_talent.pathways.graph import HERE
from ipf_talent.pathways.map.scheme import Band, Lane, Line, Rule, Scheme, Sign, Station
from ipf_talent.pathways.network import FIRST_YEAR, RANKS, UNNAMED, UNSURENESS
from ipf_talent.pathways.queries import Atlas
from ipf_talent.programmes.edges import DECIDING, DIPLOMAS, Edge, leads_into
from ipf_talent.programmes.levels import LEVEL_LABELS, STANDING_LABELS, START_LABELS, Level, ProgrammeType, Standing, StartingPoint
from ipf_talent.programmes.queries import AnyRow
from ipf_talent.programmes.rules import RuleKind
from ipf_talent.programmes.tracks import PAGES

SIGNS = {
    RuleKind.RIGHT: Sign.RIGHT,
    RuleKind.INSTITUTION_DECIDES: Sign.DECIDES,
    RuleKind.VIA_BRIDGE: Sign.BRIDGE,
    RuleKind.WORK: Sign.WORK,
}
NATIONAL = "national"
"""Key of the line on which national qualifications stand."""
COLOURED = 7
"""Schools with a colour of their own, those with most programmes; there are no more colours that one can tell apart."""
_OTHER = len(PAGES) + COLOURED + 1
_LEVELS = tuple(level for level in Level if level is not Level.NONE)
_BELOW = tuple(point for point in StartingPoint if point.level is Level.NONE)
_BESIDE = "beside"
"""Key of the band of what has no level and leads to none."""
_TOWARDS = "towards-"
"""Before a level: the band of what has no level and leads there."""
_LEVEL_OF_TYPE = {
    ProgrammeType.MBO_DIPLOMA: (Level.MBO_1, Level.MBO_2, Level.MBO_3, Level.MBO_4),
    ProgrammeType.AD: (Level.AD,),
    ProgrammeType.BACHELOR: (Level.HBO_BACHELOR, Level.WO_BACHELOR),
    ProgrammeType.MASTER: (Level.MASTER,),
    ProgrammeType.ENGD: (Level.ENGD_PHD,),
    ProgrammeType.PHD: (Level.ENGD_PHD,),
}


@dataclass(frozen=True)
class Asked:
    """
    What the reader wants to see.

    Attributes:
        shown: slugs of the programmes.
        way: keys of the stops of a chosen route, as the graph names them.
    """

    shown: Collection[str]
    point: StartingPoint | None = None
    way: Sequence[str] = ()


def scheme(atlas: Atlas, counts: Mapping[str, int] | None, asked: Asked) -> Scheme:
    """
    The map of what is asked; what stands on the chosen route is always on it.

    Args:
        counts: open places for each programme, by slug; None where nobody knows.
    """
    way = tuple(dict.fromkeys(_stop(key) for key in asked.way if key != HERE))
    shown = [row for row in atlas.rows.values() if row.slug in asked.shown or row.slug in way]
    stops = atlas.network.seen_from(asked.point or StartingPoint.NONE).graph.stops
    bands = {row.slug: _band(row, stops[row.slug].rank) for row in shown}
    lines = _lines(atlas.rows.values())
    stations = sorted(
        (_station(row, bands[row.slug], None if counts is None else counts.get(row.slug, 0)) for row in shown),
        key=lambda one: (_bands_in_order().index(one.band), [line.key for line in lines].index(one.line)),
    )
    drawn = {station.line for station in stations}
    lanes = tuple(_lanes(atlas.edges))
    here = next((lane.key for lane in lanes if asked.point and asked.point.value in lane.key.split("+")), None)
    if here is None and asked.point is StartingPoint.HBO_PROPEDEUSE:
        here = Level.HBO_BACHELOR.value
    return Scheme(
        tuple(_titled(key, stations) for key in _bands_in_order() if key in _LEVELS or key in {one.band for one in stations}),
        tuple(line for line in lines if line.key in drawn),
        tuple(stations),
        lanes,
        tuple(_rules(atlas, stations, lanes)),
        here,
        way,
    )


def _stop(key: str) -> str:
    """What is drawn of a stop of the graph: its programme, or its band where no programme is known."""
    return key.removesuffix(FIRST_YEAR).removeprefix(UNNAMED)


def _bands_in_order() -> list[str]:
    return [_BESIDE, *(key for level in _LEVELS for key in (_TOWARDS + level, level.value))]


def _band(row: AnyRow, rank: int) -> str:
    """The level; for what has none, the place that its rank among the stops gives it."""
    if row.level is not Level.NONE:
        return str(row.level.value)
    return next((_TOWARDS + level for level in _LEVELS if rank and RANKS[level] > rank), _BESIDE)


def _titled(key: str, stations: Sequence[Station]) -> Band:
    here = sum(one.band == key for one in stations)
    count = (str(ngettext("%(num)d programme", "%(num)d programmes", here)),) if here else ()
    if key == _BESIDE:
        return Band(key, str(LEVEL_LABELS[Level.NONE]), count, apart=True)
    if key.startswith(_TOWARDS):
        return Band(key, str(_("towards %(level)s", level=LEVEL_LABELS[Level(key.removeprefix(_TOWARDS))])), count)
    level = Level(key)
    return Band(key, str(LEVEL_LABELS[level]), (str(_("NLQF %(level)s", level=level.nlqf)), *count))


def _lines(rows: Iterable[AnyRow]) -> list[Line]:
    """All lines of the field: national qualifications, the tracks, and the schools, those with most programmes first."""
    known = {page.track: page for page in PAGES}
    schools = Counter((row.institution_slug, row.institution) for row in rows if not row.national and row.track is None)
    ranked = sorted(schools, key=lambda school: (-schools[school], school))
    return [
        Line(NATIONAL, str(_("National qualifications")), 0, under=str(_("not of one school"))),
        *(
            Line(page.slug, str(page.title), at, page.standing is Standing.PLANNED, str(STANDING_LABELS[page.standing]))
            for at, page in enumerate(known.values(), start=1)
        ),
        *(Line(slug, name, min(len(PAGES) + at, _OTHER)) for at, (slug, name) in enumerate(ranked, start=1)),
    ]


def line_of(row: AnyRow) -> str:
    """Key of the line on which a programme stands."""
    page = next((page for page in PAGES if page.track is row.track), None)
    return page.slug if page else NATIONAL if row.national else str(row.institution_slug)


def _station(row: AnyRow, band: str, count: int | None) -> Station:
    title, notes = pick(row, "title"), []
    if row.national:
        title = _without_aside(title)
    if row.track is not None:
        notes.append(str(_("National qualification")) if row.national else row.institution)
    if row.standing is not Standing.RUNNING and not row.national:
        notes.append(str(STANDING_LABELS[row.standing]))
    running = row.standing is Standing.RUNNING
    return Station(row.slug, title, line_of(row), band, tuple(notes), count, row.type in DIPLOMAS, running)


def _without_aside(title: str) -> str:
    """A title without last words in brackets that say only that it is national; a year in them stays, since it can part two."""
    name, _bracket, aside = title.rstrip(")").rpartition(" (")
    year = re.search(r"\b(?:19|20)\d\d\b", aside)
    return title if not (name and title.endswith(")")) else f"{name} ({year[0]})" if year else name


def _lanes(edges: Sequence[Edge]) -> list[Lane]:
    """What the country's rules open from each starting point and each level; points that open the same share a lane."""
    ruled = [edge for edge in edges if edge.rule_kind in DECIDING and edge.from_point and not edge.from_programme]
    points: dict[tuple[_Calls, frozenset[object]], list[StartingPoint]] = {}
    for point in _BELOW:
        mine = [edge for edge in ruled if edge.from_point is point]
        own = frozenset((edge.rule_kind, edge.to_institution, edge.to_programme, edge.to_level) for edge in mine if edge.own)
        points.setdefault((_calls(mine), own), []).append(point)
    below = [
        Lane("+".join(group), " · ".join(str(START_LABELS[point]) for point in group), None, calls)
        for (calls, _own), group in points.items()
    ]
    above = [
        Lane(level.value, str(LEVEL_LABELS[level]), level.value, _calls([edge for edge in ruled if edge.from_point.level is level]))  # type: ignore[union-attr]
        for level in _LEVELS
    ]
    return below + [lane for lane in above if lane.calls or any(edge.own and edge.from_point.level == lane.band for edge in ruled)]  # type: ignore[union-attr]


_Calls = tuple[tuple[str, Sign], ...]


def _calls(edges: Iterable[Edge]) -> _Calls:
    """What each level asks, by the surest rule of the country."""
    found: dict[str, RuleKind] = {}
    for edge in edges:
        if edge.national and (edge.to_type is None or edge.to_type in DIPLOMAS):
            for level in (edge.to_level,) if edge.to_level else _LEVEL_OF_TYPE.get(edge.to_type, ()):  # type: ignore[arg-type]
                kind = found.setdefault(level.value, edge.rule_kind)
                found[level.value] = min(kind, edge.rule_kind, key=UNSURENESS.__getitem__)
    return tuple((level, SIGNS[found[level]]) for level in _LEVELS if level in found)


def _rules(atlas: Atlas, stations: Sequence[Station], lanes: Sequence[Lane]) -> list[Rule]:
    """
    What schools decide themselves: from a programme to one programme, and from a lane to what stands on a line in a band.

    A rule of one programme to a whole level is left out: it says of one diploma what the lane of its level says of all.
    """
    standing = {station.key: station for station in stations}
    ends = {one.slug: one.ends for one in atlas.programmes if one.slug in standing}
    found: dict[Rule, None] = {}
    bundles: dict[tuple[Sign, str, str], tuple[set[str], set[str]]] = {}
    for edge in atlas.edges:
        if not edge.own or edge.rule_kind not in DECIDING:
            continue
        targets = [standing[slug] for slug, end in ends.items() if leads_into(edge, end)]
        if edge.from_programme in standing and edge.to_programme:
            found |= {
                Rule(SIGNS[edge.rule_kind], one.line, one.band, station=edge.from_programme, target=one.key): None
                for one in targets
            }
        elif lane := _lane_of(edge, lanes):
            for one in targets:
                names, keys = bundles.setdefault((SIGNS[edge.rule_kind], one.line, one.band), (set(), set()))
                names.add(lane)
                keys.add(one.key)
    for (sign, line, band), (names, keys) in bundles.items():
        target = next(iter(keys)) if len(keys) == 1 else None
        found[Rule(sign, line, band, tuple(lane.key for lane in lanes if lane.key in names), target=target)] = None
    return list(found)


def _lane_of(edge: Edge, lanes: Sequence[Lane]) -> str | None:
    point = edge.from_point
    if point is None or edge.from_programme:
        return None
    return next((lane.key for lane in lanes if point.value in lane.key.split("+") or lane.band == point.level.value), None)


def known_stops(atlas: Atlas) -> frozenset[str]:
    """The keys that a stop of a route can have."""
    return frozenset(atlas.network.seen_from(StartingPoint.NONE).graph.stops) - {HERE}
