"""What a planner is asked, and what it answers, as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ipf_talent.pathways.graph import HERE, Entry, Stop
from ipf_talent.pathways.planner.terms import Day


@dataclass(frozen=True)
class Option:
    """
    One way to follow a stop.

    Attributes
    ----------
    key : str
        Unique within its stop.
    mode : str
        How it is followed; empty where nobody tells.
    km : float or None
        From the reader's home; None where unknown.
    starts : tuple of (month, day)
        Days of each year on which it starts; empty: any day.
    apply_by : (month, day) or None
        The last day to apply, before each of `starts`.
    apply_days : int or None
        The same as a number of days before the start, where there is no `apply_by`.
    dates : tuple of (date, date or None)
        Starts and deadlines that the school itself tells; they win over the yearly ones.
    fee : int or None
        Euro a year; None where unknown.
    earns : bool
        One has a wage meanwhile.
    spare : bool
        It can be followed beside work or another study.
    """

    key: str
    mode: str = ""
    km: float | None = None
    starts: tuple[Day, ...] = ()
    apply_by: Day | None = None
    apply_days: int | None = None
    dates: tuple[tuple[date, date | None], ...] = ()
    fee: int | None = None
    earns: bool = False
    spare: bool = False


@dataclass(frozen=True)
class Station:
    """
    What has to be known of a stop beside its place in the graph.

    Attributes
    ----------
    options : tuple of Option
        How it can be followed; without any, it can be followed in a way of which nothing is known.
    ects, sbu : int or None
        Its whole study load; None where unknown.
    teaches : frozenset of str
        Skills.
    """

    options: tuple[Option, ...] = ()
    ects: int | None = None
    sbu: int | None = None
    teaches: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Wish:
    """
    What the reader wants of a way.

    Attributes
    ----------
    earliest : date
        The first day on which they can begin.
    max_km : float or None
        As far as it may be.
    modes : frozenset of str
        How they can follow it; empty: any way.
    missing : tuple of str
        Skills to learn, in order of weight; those count that the goal asks.
    asked_on : date or None
        The day of the question: a deadline before it has passed; None: `earliest`.
    """

    earliest: date
    max_km: float | None = None
    modes: frozenset[str] = frozenset()
    missing: tuple[str, ...] = ()
    asked_on: date | None = None


@dataclass(frozen=True)
class Goal:
    """
    Where the reader wants to be.

    Attributes
    ----------
    ends : mapping of str to int or None
        Stops where the goal is reached, and after how many months inside the stop; None: at its end, with its diploma. `HERE` may
        be one of them; its months count from the first day on which the reader can begin.
    skills : tuple of str
        What it asks.
    modes : frozenset of str
        How one follows the stop in which one reaches it; empty: any way.
    """

    ends: Mapping[str, int | None]
    skills: tuple[str, ...] = ()
    modes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Leg:
    """
    One stop of a way, with its days.

    Attributes
    ----------
    ready : date or None
        When the goal is reached inside it or at its end; None where the way goes on.
    teaches : tuple of str
        The missing skills that no leg before teaches.
    assumed : bool
        A day or a length is only usual.
    before : str
        Key of the stop on whose strength one enters: the last that was no side step.
    aside : bool
        It is a side step: after it one stands where one stood before.
    """

    stop: Stop
    entry: Entry
    option: Option
    applies_by: date | None
    starts: date
    ends: date
    ready: date | None = None
    teaches: tuple[str, ...] = ()
    assumed: bool = False
    before: str = HERE
    aside: bool = False


@dataclass(frozen=True)
class Way:
    """
    A way and what it takes.

    Attributes
    ----------
    legs : tuple of Leg
        By the day on which they start. A side step that can be done beside something else may overlap the leg after it.
    months : int
        From the first day on which the reader can begin until they are ready, waiting included; a month begun counts in full.
    ects, sbu : int
        Known study load until ready; the two are never added.
    fee : int
        Known euros until ready, by years begun.
    fee_unknown : int
        Legs of which nobody tells the cost.
    earning : int
        Months with a wage until ready, those of side steps left out.
    km : float or None
        To the farthest leg; None where it is not known of each.
    closed, open : tuple of str
        The missing skills that it teaches, and the others.
    share : float
        Of the missing skills those that it teaches, 0 to 1; 1 where none is missing.
    load_unknown : int
        Legs of which nobody tells the study load.
    """

    legs: tuple[Leg, ...]
    ready: date
    months: int
    ects: int
    sbu: int
    fee: int
    fee_unknown: int
    earning: int
    km: float | None
    closed: tuple[str, ...]
    open: tuple[str, ...]
    share: float
    load_unknown: int = 0


class Reason(StrEnum):
    """Why there is no way."""

    NO_RULE = "no_rule"
    CLOSED = "closed"
    TOO_FAR = "too_far"
    NO_MODE = "no_mode"
    UNTAUGHT = "untaught"
    NOTHING_ASKED = "nothing_asked"


@dataclass(frozen=True)
class Blocked:
    """What stands in the way: at which stop, by which rule, and which skills nobody teaches."""

    reason: Reason
    stop: str | None = None
    rule: str | None = None
    skills: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plans:
    """
    An answer.

    Attributes
    ----------
    ways : tuple of Way
        Those that no other beats, in a fixed order.
    blocked : tuple of Blocked
        Why there is none; with ways, what none of them teaches, or that nothing was asked.
    found : int
        How many ways no other beats, where fewer are shown.
    grain : int
        0: ways were compared exactly. Above: there were too many, and they were compared in larger steps, see `planner.GRAINS`.
    """

    ways: tuple[Way, ...] = ()
    blocked: tuple[Blocked, ...] = ()
    found: int = 0
    grain: int = 0
