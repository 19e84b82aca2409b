"""Ways for what joins two things in a picture: gutters beside the columns, channels between the bands, a track for each."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from ipf_talent.pathways.map.scheme import Sign

Point = tuple[float, float]
LANES = -1
"""Stands for the column of the lanes."""


@dataclass(frozen=True)
class End:
    """
    One end of a run.

    Attributes:
        column: number of the column; `LANES` for a lane.
        band: number of the band; of a lane, the one it starts from, -1 for a starting point.
        x: where it is reached.
        y: name of its height, which is known once the channels are; of a lane, of the height from which the run shows, if any.
    """

    column: int
    band: int
    x: float
    y: str = ""


@dataclass(frozen=True)
class Run:
    """
    Something that joins two ends; `start` is a lane, or stands in the lower band.

    Attributes:
        kind: `line` joins pieces of a line, `rule` is a rule of a school, `way` is part of the chosen route.
        line: key of the line that it belongs to.
        colour, planned: what the line looks like.
    """

    kind: str
    start: End
    end: End
    line: str = ""
    sign: Sign | None = None
    colour: int = 0
    planned: bool = False

    @property
    def channel(self) -> int | None:
        """The channel it needs: number `k` lies between bands `k` and `k + 1`; None within one gutter."""
        if self.end.column == LANES:
            return None
        if self.start.column == LANES:
            return self.end.band - 1 if self.start.band < self.end.band else self.end.band
        return None if self.start.column == self.end.column else self.start.band


@dataclass(frozen=True)
class Track:
    """A run with its way."""

    run: Run
    points: tuple[Point, ...]

    @property
    def path(self) -> str:
        """For SVG: straight parts with rounded corners."""
        return rounded(self.points)


def channel_tracks(runs: Sequence[Run]) -> dict[Run, int]:
    """On which track of its channel each run lies; two that would touch lie on two."""
    tracks: dict[Run, int] = {}
    taken: dict[int, list[list[tuple[float, float]]]] = {}
    for run in sorted(runs, key=_reach):
        if run.channel is not None:
            first, last = sorted((run.start.x, run.end.x))
            tracks[run] = _free(taken.setdefault(run.channel, []), first - 40, last + 40)
    return tracks


def _reach(run: Run) -> tuple[bool, float, float, str, str]:
    return run.kind == "way", abs(run.end.x - run.start.x), run.end.x, run.line, run.end.y + run.start.y


def _free(tracks: list[list[tuple[float, float]]], first: float, last: float) -> int:
    """The first track with nothing between two points; one more if there is none."""
    for at, taken in enumerate(tracks):
        if all(last <= low or first >= high for low, high in taken):
            taken.append((first, last))
            return at
    tracks.append([(first, last)])
    return len(tracks) - 1


@dataclass(frozen=True)
class Gutters:
    """
    The gutters of a picture.

    Attributes:
        spine: where the lines of each column run.
        space: from the spine to the far side of a gutter.
        clear: from the spine to the nearest track beside it.
        taken: stretches of each spine where stations of a line stand.
    """

    spine: Sequence[float]
    space: float
    clear: float
    taken: Mapping[int, Collection[tuple[float, float]]]


def routed(runs: Sequence[Run], gutters: Gutters, height: Callable[[str], float], channel: Callable[[Run], float]) -> list[Track]:
    """
    The ways of all runs.

    Args:
        height: the height behind a name.
        channel: the height at which a run crosses its channel.
    """
    uprights = [upright for run in runs for upright in _uprights(run, height, channel)]
    places: dict[tuple[Run, int], float] = {}
    for column, spine in enumerate(gutters.spine):
        mine = sorted(
            (u for u in uprights if u.column == column),
            key=lambda u: (u.run.kind != "line", u.last - u.first, u.first, _reach(u.run)),
        )
        on_spine = [list(gutters.taken.get(column, ()))]
        tracks: list[list[tuple[float, float]]] = []
        numbers: dict[tuple[Run, int], int] = {}
        for upright in mine:
            first, last = upright.first, upright.last
            if upright.run.kind == "line" and all(last <= low or first >= high for low, high in on_spine[0]):
                on_spine[0].append((first, last))
                places[upright.run, upright.side] = spine
            else:
                numbers[upright.run, upright.side] = _free(tracks, first - 3, last + 3)
        step = min(7.0, (gutters.space - gutters.clear) / max(1, len(tracks)))
        places |= {key: spine - gutters.clear - number * step for key, number in numbers.items()}
    return [Track(run, _points(run, places, height, channel)) for run in runs]


@dataclass(frozen=True)
class _Upright:
    """A stretch in the gutter of a column; `side` is 0 at the start of its run and 1 at the end."""

    run: Run
    side: int
    column: int
    first: float
    last: float


def _uprights(run: Run, height: Callable[[str], float], channel: Callable[[Run], float]) -> list[_Upright]:
    if run.end.column == LANES:
        return []
    if run.channel is None:
        first, last = sorted((height(run.start.y), height(run.end.y)))
        return [_Upright(run, 1, run.end.column, first, last)]
    ends = [(1, run.end)] if run.start.column == LANES else [(0, run.start), (1, run.end)]
    return [_Upright(run, side, end.column, *sorted((height(end.y), channel(run)))) for side, end in ends]


def _points(
    run: Run, places: Mapping[tuple[Run, int], float], height: Callable[[str], float], channel: Callable[[Run], float]
) -> tuple[Point, ...]:
    start, end = run.start, run.end
    if end.column == LANES:
        return _tidy([(start.x, height(start.y)), (start.x, height(end.y)), (end.x, height(end.y))])
    last = [(places[run, 1], height(end.y)), (end.x, height(end.y))]
    if run.channel is None:
        return _tidy([(start.x, height(start.y)), (places[run, 1], height(start.y)), *last])
    across = channel(run)
    if start.column == LANES:
        shown = [(start.x, height(start.y))] if start.y else []
        return _tidy([*shown, (start.x, across), (places[run, 1], across), *last])
    first = [(start.x, height(start.y)), (places[run, 0], height(start.y)), (places[run, 0], across)]
    return _tidy([*first, (places[run, 1], across), *last])


def _tidy(points: Sequence[Point]) -> tuple[Point, ...]:
    """Without points that are there twice or lie on a straight line between their neighbours."""
    kept: list[Point] = []
    for x, y in ((round(x, 1), round(y, 1)) for x, y in points):
        if kept and kept[-1] == (x, y):
            continue
        if len(kept) > 1 and (kept[-2][0] == kept[-1][0] == x or kept[-2][1] == kept[-1][1] == y):
            kept.pop()
        kept.append((x, y))
    return tuple(kept)


def rounded(points: Sequence[Point], radius: float = 7) -> str:
    """A path for SVG through these points, with corners of 45 degrees softened to curves."""
    parts = [f"M{points[0][0]:g} {points[0][1]:g}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        near, far = _towards(corner, before, radius), _towards(corner, after, radius)
        parts.append(f"L{near[0]:g} {near[1]:g}Q{corner[0]:g} {corner[1]:g} {far[0]:g} {far[1]:g}")
    return "".join([*parts, f"L{points[-1][0]:g} {points[-1][1]:g}"])


def _towards(corner: Point, other: Point, most: float) -> Point:
    length = abs(other[0] - corner[0]) + abs(other[1] - corner[1])
    part = min(most, length / 2) / length if length else 0
    return round(corner[0] + (other[0] - corner[0]) * part, 1), round(corner[1] + (other[1] - corner[1]) * part, 1)
