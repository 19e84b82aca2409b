"""
Drawing a map: where each text, station and line stands.

Nothing overlaps by construction. On the left run the lanes of the country's rules, one for each place where one can stand, with
a mark at every band that it opens. Beside them lie the bands, the lowest below (on a phone above), and in them the stations in
columns. A column has a gutter on its left, and between two bands lies a channel. Whatever joins two things keeps to gutters and
channels, on a track of its own, and texts stand in neither.
"""

from functools import lru_cache

from ipf_talent.pathways.map.captions import BAND, Captions, height
from ipf_talent.pathways.map.columns import Measures, Piece, pieces
from ipf_talent.pathways.map.drawing import EDGE, Call, Drawn, Head, Mark, Picture, Size, Stripe, Text
from ipf_talent.pathways.map.grid import grid
from ipf_talent.pathways.map.joins import Joins, head, start, tail
from ipf_talent.pathways.map.routing import Gutters, Run, channel_tracks, routed
from ipf_talent.pathways.map.scheme import Lane, Scheme, Station

_PAD, _STEP = 9.0, 7.0
"""Of a channel: free above and below its tracks, and from track to track."""
_INSET = 9.0
"""Free above and below the name of a band."""
_AFTER = 8.0
"""Free below a station."""
_LEAST = 165.0
"""A column this high is not parted."""
_ROW = 24.0
"""From one starting point to the next, at least."""
_ON_LINE = 0.62
"""From the top of a text to the middle of its first line, in parts of its size."""


@lru_cache(maxsize=32)
def draw(scheme: Scheme, size: Size, here: str = "") -> Picture:
    """
    Draw a map; one that was drawn lately is not drawn again.

    Args:
        here: the words for "You are here", in the reader's language.
    """
    return _Drawer(scheme, size, here).picture()


class _Drawer:
    """One map on its way to the paper: first widths, then heights by name, then all the rest."""

    def __init__(self, scheme: Scheme, size: Size, here: str) -> None:
        self.scheme, self.size, self.grid = scheme, size, grid(scheme, size)
        self.captions = Captions(size, self.grid, scheme.here, here)
        self.lines = {line.key: line for line in scheme.lines}
        self.stations = {station.key: station for station in scheme.stations}
        self.own = {lane.band: lane for lane in scheme.lanes if lane.band is not None}
        self.measures = self._measures()
        self.pieces = pieces(scheme, self.measures, size.columns)
        self.joins = Joins(scheme, self.grid, self.pieces, size.upward)
        self.runs = self.joins.runs()
        self.channel_tracks = channel_tracks(self.runs)
        self.heights: dict[str, float] = {}
        self.channel_top: dict[int, float] = {}
        self.band_top: dict[int, float] = {}

    def picture(self) -> Picture:
        """Everything in its place."""
        stripes, bottom = self._stripes()
        heads, marks = self._heads_and_marks()
        tracks = routed(self.runs, self._gutters(), self.heights.__getitem__, self._across)
        calls = tuple(call for lane in self.scheme.lanes for call in self._calls(lane))
        lanes = tuple(self._drawn(lane) for lane in self.scheme.lanes)
        return Picture(self.size, bottom, self.grid.zone, stripes, lanes, calls, heads, marks, tuple(tracks))

    def _measures(self) -> Measures:
        heads = {line.key: height(self.captions.of_line(line, 0, 0)) + 5 for line in self.scheme.lines}
        least = 2 * self.size.mark + 4
        rows = {one.key: max(least, height(self.captions.of_station(one, 0, 0))) + _AFTER for one in self.scheme.stations}
        return Measures(heads, rows, gap=14, least=_LEAST)

    # bands, the channels between them, and the starting points

    def _stripes(self) -> tuple[tuple[Stripe, ...], float]:
        """The bands from top to bottom and where the picture ends; the heights of what is in them are known after it."""
        highest = len(self.scheme.bands) - 1
        bands = range(highest, -2, -1) if self.size.upward else range(-1, highest + 1)
        found, y = [], self._channel(highest, 0.0) if self.size.upward else 0.0
        for band in bands:
            found.append(stripe := self._stripe(band, y) if band >= 0 else self._starts(y))
            after = band - 1 if self.size.upward else band
            y = self._channel(after, stripe.bottom) if after >= -1 else stripe.bottom
        return tuple(found), round(y + EDGE, 1)

    def _channel(self, number: int, top: float) -> float:
        """Leave room for the channel above a band; gives where it ends."""
        tracks = max((track for run, track in self.channel_tracks.items() if run.channel == number), default=-1) + 1
        self.channel_top[number] = top
        return top + (2 * _PAD + (tracks - 1) * _STEP if tracks else _PAD)

    def _across(self, run: Run) -> float:
        """The height at which a run crosses its channel."""
        channel = run.channel
        return 0.0 if channel is None else round(self.channel_top[channel] + _PAD + self.channel_tracks[run] * _STEP, 1)

    def _stripe(self, number: int, top: float) -> Stripe:
        band = self.scheme.bands[number]
        texts = self.captions.of_band(band, self.own.get(band.key), top + _INSET)
        name = height(texts) + 2 * _INSET
        self.band_top[number] = top + (_INSET if self.size.beside else name)
        columns: dict[int, float] = {}
        for piece in self.pieces:
            if piece.band == number:
                above = columns[piece.column] + self.measures.gap if piece.column in columns else 0
                columns[piece.column] = above + self.measures.block(piece.line, piece.stations)
        bottom = max(top + name, *(self.band_top[number] + high + 4 for high in columns.values())) if columns else top + name
        called = band.key in self.own or any(band.key in dict(lane.calls) for lane in self.scheme.lanes)
        bar = round(top + _INSET + _ON_LINE * BAND, 1)
        self.heights["bar:" + band.key] = bar
        return Stripe(band, top, bottom, texts, bar if called else None)

    def _starts(self, top: float) -> Stripe:
        """The starting points: the lane farthest to the right starts nearest to the bands, so that no name is crossed."""
        lanes = [lane for lane in self.scheme.lanes if lane.band is None]
        y = top + 8
        for lane in sorted(lanes, key=self.grid.lane_x, reverse=self.size.upward):
            self.heights[start(lane)] = round(y + _ON_LINE * self.size.words, 1)
            y += max(_ROW, height(self.captions.of_start(lane, 0)) + 5)
        return Stripe(None, top, y + 3)

    # stations and the lines beside them

    def _heads_and_marks(self) -> tuple[tuple[Head, ...], tuple[Mark, ...]]:
        heads, marks = [], []
        used: dict[tuple[int, int], float] = {}
        for piece in self.pieces:
            place, x = (piece.band, piece.column), self.grid.spine[piece.column]
            top = used.get(place, self.band_top[piece.band])
            texts = self.captions.of_line(self.lines[piece.line], x + self.size.mark + 8, top)
            self.heights[head(piece)] = round(top + _ON_LINE * self.size.words, 1)
            y = top + self.measures.heads[piece.line]
            for key in piece.stations:
                marks.append(self._mark(self.stations[key], piece, y))
                y += self.measures.stations[key]
            self.heights[tail(piece)] = marks[-1].y
            heads.append(Head(self.lines[piece.line], x, self.heights[head(piece)], marks[-1].y, texts))
            used[place] = y + self.measures.gap
        return tuple(heads), tuple(marks)

    def _mark(self, station: Station, piece: Piece, top: float) -> Mark:
        x, mark, way = self.grid.spine[piece.column], self.size.mark, self.scheme.way
        middle = _ON_LINE * self.size.words
        y = self.heights["station:" + station.key] = round(top + max(mark + 1, middle), 1)
        texts = self.captions.of_station(station, x + mark + 8, y - middle)
        bottom = top + self.measures.stations[station.key] - _AFTER
        box = (x - mark - 2, round(top - 1, 1), x + mark + 8 + self.grid.room, round(bottom + 1, 1))
        chosen, count = station.key in way, self._count(station, x, y)
        return Mark(station, self.lines[piece.line], x, y, box, texts, count, chosen, chosen and way[-1] == station.key)

    def _count(self, station: Station, x: float, y: float) -> Text | None:
        if station.count is None:
            return None
        letters = self.size.mark + (1.5 if station.count < 100 else -2)
        return Text("count", (str(station.count),), x, round(y + 0.35 * letters, 1), letters, 0, bold=True, middle=True)

    def _gutters(self) -> Gutters:
        taken: dict[int, list[tuple[float, float]]] = {}
        for piece in self.pieces:
            taken.setdefault(piece.column, []).append((self.heights[head(piece)], self.heights[tail(piece)]))
        return Gutters(self.grid.spine, self.size.gutter - self.size.mark - 3, self.size.mark + 5, taken)

    # lanes

    def _drawn(self, lane: Lane) -> Drawn:
        begin = self.heights[start(lane)]
        far = (min if self.size.upward else max)([begin, *(call.y for call in self._calls(lane))])
        texts = self.captions.of_start(lane, begin - _ON_LINE * self.size.words) if lane.band is None else ()
        return Drawn(lane, self.grid.lane_x(lane), begin, far, texts, lane.key == self.scheme.here)

    def _calls(self, lane: Lane) -> list[Call]:
        """What a lane opens: bands, by the rules of the country, and what schools add in the channel before it."""
        x, here = self.grid.lane_x(lane), lane.key == self.scheme.here
        found = [Call(x, self.heights["bar:" + band], sign, here) for band, sign in lane.calls if band in self.grid.bands]
        for rule in self.scheme.rules:
            run = self.joins.run_of(rule) if lane.key in rule.lanes else None
            if run:
                found.append(Call(x, self._across(run), rule.sign, here, self.lines[rule.line]))
        return found
