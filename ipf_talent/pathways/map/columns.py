"""How the stations of each band stand in columns: those of one line together, lines in an order in which little crosses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from ipf_talent.pathways.map.ordering import ordered
from ipf_talent.pathways.map.scheme import Band, Lane, Line, Rule, Scheme, Sign, Station

_LANES = "*"
"""The lanes of the country's rules, as a member of each layer; they stand on the left."""


@dataclass(frozen=True)
class Piece:
    """Stations of one line that stand below each other in one column of a band."""

    line: str
    band: int
    column: int
    stations: tuple[str, ...]


@dataclass(frozen=True)
class Measures:
    """
    How high things are.

    Attributes:
        heads: height of the heading of a piece, by key of the line.
        stations: height of a station, by key.
        gap: between two pieces in a column.
        least: a column this high is not parted.
    """

    heads: Mapping[str, float]
    stations: Mapping[str, float]
    gap: float
    least: float

    def block(self, line: str, stations: Sequence[str]) -> float:
        """Height of a piece."""
        return self.heads[line] + sum(self.stations[key] for key in stations)


_Block = tuple[str, tuple[str, ...]]


def pieces(scheme: Scheme, measures: Measures, columns: int) -> list[Piece]:
    """
    All pieces, by band, column, and from top to bottom.

    Each band is as low as its columns allow; a line that needs fewer columns than there are stands where it stands in the bands
    beside it.
    """
    packed = [_packed(blocks, measures, columns) for blocks in _blocks(scheme)]
    places = _aligned(packed, columns)
    return [
        Piece(line, band, places[band][at], stations)
        for band, groups in enumerate(packed)
        for at, group in enumerate(groups)
        for line, stations in group
    ]


@dataclass(frozen=True)
class Listed:
    """A band in words: what opens it, and its stations by line, in the order of the picture."""

    band: Band
    lanes: tuple[tuple[Lane, Sign], ...]
    lines: tuple[tuple[Line, tuple[Station, ...], tuple[Rule, ...]], ...]


def listed(scheme: Scheme) -> list[Listed]:
    """Everything that a picture of a scheme shows, in its order, the lowest band first."""
    stations, lines = {one.key: one for one in scheme.stations}, {line.key: line for line in scheme.lines}
    found = []
    for band, blocks in zip(scheme.bands, _blocks(scheme), strict=True):
        rules = [rule for rule in scheme.rules if rule.band == band.key]
        found.append(
            Listed(
                band,
                tuple((lane, sign) for lane in scheme.lanes for key, sign in lane.calls if key == band.key),
                tuple((lines[line], tuple(stations[key] for key in keys), tuple(r for r in rules if r.line == line))
                      for line, keys in blocks),
            )
        )  # fmt: skip
    return found


def _blocks(scheme: Scheme) -> list[list[_Block]]:
    """The stations of each band by line, in the order in which little crosses."""
    standing: dict[tuple[int, str], list[str]] = {}
    index = {band.key: at for at, band in enumerate(scheme.bands)}
    for station in scheme.stations:
        standing.setdefault((index[station.band], station.line), []).append(station.key)
    layers = [[_LANES + str(at)] for at in range(len(scheme.bands))]
    links = [(_LANES + str(at), _LANES + str(at + 1)) for at in range(len(scheme.bands) - 1)]
    for line in scheme.lines:
        bands = [at for at in range(len(scheme.bands)) if (at, line.key) in standing]
        for at in range(min(bands, default=0), max(bands, default=-1) + 1):
            layers[at].append(f"{line.key}@{at}")
            links += [(f"{line.key}@{at - 1}", f"{line.key}@{at}")] if at > bands[0] else []
    for rule in scheme.rules:
        at = index[rule.band]
        if rule.lanes and at > 0 and (at, rule.line) in standing:
            links.append((_LANES + str(at - 1), f"{rule.line}@{at}"))
    order = ordered(layers, links, pinned=[layer[0] for layer in layers])
    names = [[key.rpartition("@")[0] for key in layer] for layer in order]
    return [[(name, tuple(standing[at, name])) for name in row if (at, name) in standing] for at, row in enumerate(names)]


def _packed(blocks: Sequence[_Block], measures: Measures, columns: int) -> list[list[_Block]]:
    """Blocks in columns, none higher than it has to be; a block that is higher than a column goes on in the next."""
    tallest = max((measures.stations[key] for _line, keys in blocks for key in keys), default=0)
    height = max(measures.least, tallest + max((measures.heads[line] for line, _keys in blocks), default=0))
    while len(groups := _filled(blocks, measures, height)) > columns:
        height += 8
    return groups


def _filled(blocks: Sequence[_Block], measures: Measures, height: float) -> list[list[_Block]]:
    groups: list[list[_Block]] = []
    used = height + 1
    for line, stations in blocks:
        whole = measures.block(line, stations)
        if used + measures.gap + whole <= height:
            groups[-1].append((line, stations))
            used += measures.gap + whole
            continue
        for part in _parted(line, stations, measures, height):
            groups.append([(line, part)])
            used = measures.block(line, part)
    return groups


def _parted(line: str, stations: Sequence[str], measures: Measures, height: float) -> list[tuple[str, ...]]:
    parts: list[list[str]] = [[]]
    for key in stations:
        if parts[-1] and measures.block(line, [*parts[-1], key]) > height:
            parts.append([])
        parts[-1].append(key)
    return [tuple(part) for part in parts]


def _aligned(packed: Sequence[Sequence[Sequence[_Block]]], columns: int) -> list[tuple[int, ...]]:
    """The column of each group, band by band from the fullest on: as near as can be to where its lines stand in other bands."""
    placed: dict[int, tuple[int, ...]] = {}
    where: dict[str, list[tuple[int, int]]] = {}
    for band in sorted(range(len(packed)), key=lambda at: (-len(packed[at]), at)):
        groups = packed[band]

        def away(choice: tuple[int, ...], band: int = band, groups: Sequence[Sequence[_Block]] = groups) -> float:
            return sum(_distance(column, band, where.get(line, [])) for column, group in zip(choice, groups, strict=True)
                       for line, _stations in group)  # fmt: skip

        placed[band] = min(combinations(range(columns), len(groups)), key=lambda choice: (away(choice), choice))
        for column, group in zip(placed[band], groups, strict=True):
            for line, _stations in group:
                where.setdefault(line, []).append((band, column))
    return [placed[band] for band in range(len(packed))]


def _distance(column: int, band: int, known: Sequence[tuple[int, int]]) -> float:
    """From the nearest column in which the line stands in the nearest band; the nearer that band, the more it counts."""
    near = min((abs(other - band) for other, _column in known), default=0)
    return min((abs(column - at) / max(1, near) for other, at in known if abs(other - band) == near), default=0)
