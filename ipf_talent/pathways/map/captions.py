"""The texts of a map, each with its lines broken and its place, from the top of what it belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass

from ipf_talent.pathways.map.drawing import Size, Text
from ipf_talent.pathways.map.grid import Grid
from ipf_talent.pathways.map.lettering import wrapped
from ipf_talent.pathways.map.scheme import Band, Lane, Line, Station

BAND, SMALL = 20.0, 12.5
"""Sizes of the name of a band, and of what stands below it."""
_NOTE = 0.89
"""Size of the small letters of a station, in parts of its own."""
_LEADING = 1.26

_Part = tuple[str, str, float, bool]
"""Role, words, size, and whether it is bold."""


@dataclass(frozen=True)
class Captions:
    """
    How the texts of one map are set.

    Attributes:
        reader: key of the lane where the reader stands.
        here: the words for that.
    """

    size: Size
    grid: Grid
    reader: str | None
    here: str

    def of_station(self, station: Station, x: float, top: float) -> tuple[Text, ...]:
        """Its title, and its notes below it."""
        return _stacked(
            [("station", station.title, self.size.words, False), *self._notes("note", station.notes)], x, top, self.grid.room
        )

    def of_line(self, line: Line, x: float, top: float) -> tuple[Text, ...]:
        """Its name, and its standing below it."""
        head = ("head", line.name, self.size.words, True)
        return _stacked([head, *self._notes("status", [line.under] if line.under else [])], x, top, self.grid.room)

    def of_band(self, band: Band, own: Lane | None, top: float) -> tuple[Text, ...]:
        """Its name and what belongs to it: beside the lanes, or above the stations of the first column."""
        here: list[_Part] = [("here", self.here, 13.0, True)] if own and own.key == self.reader and self.here else []
        if self.size.beside:
            x, room, under = self.grid.zone + 4, self.size.beside - 14, band.under
        else:
            x, room, under = self.grid.spine[0] + self.size.mark + 8, self.grid.room, (" · ".join(band.under),)
        small: list[_Part] = [("under", line, SMALL, False) for line in under if line]
        return _stacked([("band", band.title, BAND, True), *here, *small], x, top, room)

    def of_start(self, lane: Lane, top: float) -> tuple[Text, ...]:
        """The name of a starting point."""
        at_reader = lane.key == self.reader
        here: list[_Part] = [("here", self.here, 13.0, True)] if at_reader and self.here else []
        room = self.size.beside - 10 if self.size.beside else 190
        return _stacked([("start", lane.title, self.size.words, at_reader), *here], self.grid.zone + 4, top, room)

    def _notes(self, role: str, notes: Sequence[str]) -> list[_Part]:
        return [(role, note, round(self.size.words * _NOTE, 1), False) for note in notes]


def _stacked(parts: Sequence[_Part], x: float, top: float, room: float) -> tuple[Text, ...]:
    found = []
    for role, words, size, bold in parts:
        lines, leading = wrapped(words, room, size, bold=bold), round(size * _LEADING, 1)
        found.append(Text(role, lines, round(x, 1), round(top + 0.95 * size, 1), size, leading, bold))
        top += len(lines) * leading
    return tuple(found)


def height(texts: Sequence[Text]) -> float:
    """How high texts below each other are."""
    return sum(len(text.lines) * text.leading for text in texts)
