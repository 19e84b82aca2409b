"""What a drawn map consists of: texts, bands, lanes, lines and stations with their places, in one unit that a page scales."""

from dataclasses import dataclass
from itertools import pairwise

from ipf_talent.pathways.map.lettering import width
from ipf_talent.pathways.map.routing import Track
from ipf_talent.pathways.map.scheme import Band, Lane, Line, Sign, Station

ASCENT, DESCENT = 0.8, 0.25
"""How far letters reach above and below the line they stand on, in parts of their size."""


@dataclass(frozen=True)
class Size:
    """
    What differs between a wide picture and that on a phone.

    Attributes:
        columns: columns of stations.
        beside: room for names beside the lanes; 0 puts the names of bands above their stations.
        upward: the lowest band is below.
        lane: from one lane to the next.
        gutter: from the left side of a column to its stations.
        words: size of the letters of a station.
        mark: half the size of a station.
    """

    name: str
    width: float
    columns: int
    beside: float
    upward: bool
    lane: float
    gutter: float
    words: float
    mark: float


WIDE = Size("wide", 1360, 4, 150, upward=True, lane=13, gutter=64, words=14, mark=10)
MIDDLE = Size("middle", 720, 2, 0, upward=True, lane=11, gutter=58, words=14, mark=10)
NARROW = Size("narrow", 358, 1, 0, upward=False, lane=7.5, gutter=44, words=14.5, mark=10.5)
SIZES = (WIDE, MIDDLE, NARROW)
EDGE = 8
"""Free at the edges of a picture."""
PAGE = 0.655
"""Height of a printed page, in parts of its width: A4 on its side, without margins."""


@dataclass(frozen=True)
class Text:
    """Lines of text; `y` is the line that the first stands on."""

    role: str
    lines: tuple[str, ...]
    x: float
    y: float
    size: float
    leading: float
    bold: bool = False
    middle: bool = False

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of what the letters can touch."""
        wide = max(width(line, self.size, bold=self.bold) for line in self.lines)
        left = self.x - wide / 2 if self.middle else self.x
        bottom = self.y + (len(self.lines) - 1) * self.leading + DESCENT * self.size
        return left, self.y - ASCENT * self.size, left + wide, bottom

    @property
    def placed(self) -> list[tuple[float, str]]:
        """Each line with where it stands."""
        return [(round(self.y + at * self.leading, 1), line) for at, line in enumerate(self.lines)]


@dataclass(frozen=True)
class Stripe:
    """A band as it is drawn; `bar` is the height at which lanes call, None where none does; without a band, the starting points."""

    band: Band | None
    top: float
    bottom: float
    texts: tuple[Text, ...] = ()
    bar: float | None = None


@dataclass(frozen=True)
class Drawn:
    """A lane as it is drawn; one that starts from a band has no texts of its own."""

    lane: Lane
    x: float
    start: float
    end: float
    texts: tuple[Text, ...]
    here: bool


@dataclass(frozen=True)
class Call:
    """Where a lane opens a band, or where a school's rule starts on it."""

    x: float
    y: float
    sign: Sign
    here: bool = False
    line: Line | None = None


@dataclass(frozen=True)
class Head:
    """The heading of a piece of a line, and from where to where the line runs beside its stations."""

    line: Line
    x: float
    top: float
    bottom: float
    texts: tuple[Text, ...]


@dataclass(frozen=True)
class Mark:
    """
    A station as it is drawn.

    Attributes:
        box: left, top, right and bottom of what can be pressed.
        chosen, goal: it stands on the chosen route, or at its end.
    """

    station: Station
    line: Line
    x: float
    y: float
    box: tuple[float, float, float, float]
    texts: tuple[Text, ...]
    count: Text | None = None
    chosen: bool = False
    goal: bool = False


@dataclass(frozen=True)
class Picture:
    """A drawn map; `zone` is the right end of its lanes."""

    size: Size
    height: float
    zone: float
    stripes: tuple[Stripe, ...]
    lanes: tuple[Drawn, ...]
    calls: tuple[Call, ...]
    heads: tuple[Head, ...]
    marks: tuple[Mark, ...]
    tracks: tuple[Track, ...]

    @property
    def texts(self) -> list[Text]:
        """Every text in it."""
        parts = [part.texts for part in self.stripes] + [part.texts for part in self.lanes]
        parts += [part.texts for part in self.heads] + [part.texts for part in self.marks]
        return [text for texts in parts for text in texts] + [mark.count for mark in self.marks if mark.count]

    @property
    def sheets(self) -> list[tuple[float, float]]:
        """Where it is cut for printing, top and height of each part: between bands, as few parts as fit on pages of full width."""
        cuts = [0.0, *((a.bottom + b.top) / 2 for a, b in pairwise(self.stripes)), self.height]
        found, top = [], 0.0
        for cut, after in pairwise(cuts):
            if after - top > PAGE * self.size.width and cut > top:
                found.append((round(top, 1), round(cut - top, 1)))
                top = cut
        return [*found, (round(top, 1), round(self.height - top, 1))]
