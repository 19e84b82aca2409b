"""What joins two things on a map: the pieces of a line, the two sides of a school's rule, the stops of a chosen route."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ipf_talent.pathways.map.columns import Piece
from ipf_talent.pathways.map.grid import Grid
from ipf_talent.pathways.map.routing import LANES, End, Run
from ipf_talent.pathways.map.scheme import Lane, Rule, Scheme


def head(piece: Piece) -> str:
    """Name of the height of its heading."""
    return f"head:{piece.line}@{piece.band}/{piece.column}"


def tail(piece: Piece) -> str:
    """Name of the height of its last station."""
    return f"tail:{piece.line}@{piece.band}/{piece.column}"


def start(lane: Lane) -> str:
    """Name of the height at which a lane starts."""
    return "lane:" + lane.key if lane.band is None else "bar:" + lane.band


@dataclass(frozen=True)
class Joins:
    """Everything that joins, in the order in which it is drawn."""

    scheme: Scheme
    grid: Grid
    pieces: Sequence[Piece]
    upward: bool
    of_station: dict[str, Piece] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "of_station", {key: piece for piece in self.pieces for key in piece.stations})

    def runs(self) -> list[Run]:
        """All of them, each once."""
        rules = [run for rule in self.scheme.rules if (run := self.run_of(rule))]
        return list(dict.fromkeys([*self._lines(), *rules, *self._way()]))

    def run_of(self, rule: Rule) -> Run | None:
        """
        A school's rule, to its one station or to the heading of what stands on its line.

        From several lanes it is one run: it starts at the one farthest to the left and calls at the others. None where the picture
        shows one of its sides not.
        """
        first = next((one for one in self.pieces if one.line == rule.line and one.band == self.grid.bands[rule.band]), None)
        target = self.of_station.get(rule.target) if rule.target else first
        if target is None:
            return None
        end = self._end(target, "station:" + rule.target if rule.target else head(target))
        if rule.station in self.of_station:
            begin = self._end(self.of_station[rule.station], "station:" + rule.station)
            low, high = (begin, end) if begin.band <= end.band else (end, begin)
            return self._run("rule", low, high, rule.line, rule)
        lanes = [lane for lane in self.scheme.lanes if lane.key in rule.lanes]
        return self._run("rule", self._lane(min(lanes, key=self.grid.lane_x)), end, rule.line, rule) if lanes else None

    def _run(self, kind: str, low: End, high: End, line: str, rule: Rule | None = None) -> Run:
        known = next(one for one in self.scheme.lines if one.key == line)
        return Run(kind, low, high, line, rule.sign if rule else None, known.colour, known.planned)

    def _end(self, piece: Piece, y: str) -> End:
        return End(piece.column, piece.band, self.grid.spine[piece.column], y)

    def _lane(self, lane: Lane, y: str = "") -> End:
        return End(LANES, self.grid.start_of(lane), self.grid.lane_x(lane), y)

    def _lines(self) -> Iterator[Run]:
        """Of each line the pieces of one band in a row, and from band to band the two that stand nearest."""
        leave, reach = (head, tail) if self.upward else (tail, head)
        for line in self.scheme.lines:
            rows: dict[int, list[Piece]] = {}
            for piece in self.pieces:
                if piece.line == line.key:
                    rows.setdefault(piece.band, []).append(piece)
            for row in rows.values():
                yield from (self._run("line", self._end(a, leave(a)), self._end(b, leave(b)), line.key) for a, b in pairwise(row))
            for low, high in pairwise(band for band in sorted(rows) if not self.scheme.bands[band].apart):
                a, b = min(((a, b) for a in rows[low] for b in rows[high]), key=lambda two: abs(two[0].column - two[1].column))
                yield self._run("line", self._end(a, leave(a)), self._end(b, reach(b)), line.key)

    def _way(self) -> Iterator[Run]:
        """The chosen route from the reader's lane on, through those of its stops that are drawn."""
        reader = next((lane for lane in self.scheme.lanes if lane.key == self.scheme.here), None)
        at = self._lane(reader, start(reader)) if reader else None
        for key in self.scheme.way:
            own = next((lane for lane in self.scheme.lanes if lane.band == key), None)
            if key in self.of_station:
                to = self._end(self.of_station[key], "station:" + key)
            elif own:
                to = self._lane(own, start(own))
            else:
                continue
            if at is not None and (to.column != LANES or at.column == LANES):
                yield Run("way", *((at, to) if at.column == LANES or at.band <= to.band else (to, at)))
            at = to
