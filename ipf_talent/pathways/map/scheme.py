"""What a map of the field shows, before it is drawn: bands, lines, stations, lanes of the country's rules, rules of schools."""

from dataclasses import dataclass
from enum import StrEnum


class Sign(StrEnum):
    """What a rule looks like."""

    RIGHT = "right"
    DECIDES = "decides"
    BRIDGE = "bridge"
    WORK = "work"


@dataclass(frozen=True)
class Band:
    """
    A level, or what lies between two.

    Attributes:
        under: more about it, in small letters.
        apart: it is no step of the ladder, so no line runs on from it.
    """

    key: str
    title: str
    under: tuple[str, ...] = ()
    apart: bool = False


@dataclass(frozen=True)
class Line:
    """
    What joins stations: a school, or a track of the mission.

    Attributes:
        colour: number of its colour, from 1; 0 for the one that has no colour of its own.
        planned: there is a plan and not yet a school.
        under: its standing, where it has one to tell.
    """

    key: str
    name: str
    colour: int = 0
    planned: bool = False
    under: str = ""


@dataclass(frozen=True)
class Station:
    """
    A programme.

    Attributes:
        line, band: keys.
        notes: small lines below the title: its school where the line is not one, its standing where it does not run.
        count: open places that ask what it teaches; None where that is not known.
        diploma: it gives the diploma of its level.
        running: one can enrol; else it is planned or stands here for reference.
    """

    key: str
    title: str
    line: str
    band: str
    notes: tuple[str, ...] = ()
    count: int | None = None
    diploma: bool = True
    running: bool = True


@dataclass(frozen=True)
class Lane:
    """
    Where someone stands and which bands the rules of the country open from there.

    Attributes:
        band: key of the band whose diploma it starts from; None for a starting point before mbo or outside school.
        title: its name; of a starting point alone.
        calls: keys of the bands that it opens, each with what is asked there.
    """

    key: str
    title: str
    band: str | None
    calls: tuple[tuple[str, Sign], ...]


@dataclass(frozen=True)
class Rule:
    """
    A rule of a school.

    Attributes:
        lanes: keys of the lanes that it starts from; empty where it starts from a station.
        station: key of that station.
        target: key of the one station that it leads to; None where it leads to all of a line in a band.
        line, band: keys of what it leads to.
    """

    sign: Sign
    line: str
    band: str
    lanes: tuple[str, ...] = ()
    station: str | None = None
    target: str | None = None


@dataclass(frozen=True)
class Scheme:
    """
    Everything a map shows.

    Attributes:
        bands: lowest first, without the starting points.
        stations: in the order in which they are read.
        here: key of the lane where the reader stands.
        way: keys of the stops of a chosen route, in order: stations, and bands where no programme is known.
    """

    bands: tuple[Band, ...]
    lines: tuple[Line, ...]
    stations: tuple[Station, ...]
    lanes: tuple[Lane, ...] = ()
    rules: tuple[Rule, ...] = ()
    here: str | None = None
    way: tuple[str, ...] = ()
