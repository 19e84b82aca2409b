"""
Where one can stand and what lies beyond, as values that know nothing of pages or tables.

A graph has one stop where the reader stands and one for each programme. An entry leads from stop to stop and carries what
matters for choosing a way: how sure one is to be admitted, and which time it adds or may save. Words, sources and rules in full
stay outside and are found by the keys.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

HERE = "*"
"""Key of the stop where the reader stands."""
YEAR = 12
"""Months that a stop of unknown length counts for in the order of routes, and there only."""


@dataclass(frozen=True)
class Stop:
    """
    A place on the way.

    Attributes
    ----------
    key : str
        Unique in its graph.
    sort : str
        What it is to someone who chooses a route, such as its type and level; stops of one sort differ in school and subject,
        and never in rank.
    rank : int
        How high it stands; a route climbs from rank to rank.
    months : int or None
        How long it takes; None where nobody knows.
    assumed : bool
        `months` is what is usual for its sort, and not what its own source says.
    bridge : bool
        It gives no diploma, so one goes through it only where a rule names it.
    passable : bool
        One can enter it today, to go on to something else.
    offered : bool
        A school is known that offers it.
    fields : frozenset of str
        What it is about.
    """

    key: str
    sort: str
    rank: int
    months: int | None = None
    assumed: bool = False
    bridge: bool = False
    passable: bool = True
    offered: bool = True
    fields: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Entry:
    """
    How one gets from one stop into the next.

    Attributes
    ----------
    rule : str
        Name of the rule that decides.
    unsureness : int
        0 for a right; the higher, the less sure one is to be admitted.
    added : int
        Months that come on top of the stop's own.
    assumed : bool
        `added` is what is usual, and not what the rule says.
    saves : int
        Months that it can be shorter at most, under conditions.
    named : bool
        The rule names the stop that one comes from.
    """

    rule: str
    unsureness: int = 0
    added: int = 0
    assumed: bool = False
    saves: int = 0
    named: bool = False


def may_pass(at: Stop, stop: Stop, entry: Entry) -> bool:
    """Whether one may go through a stop today, on the way to something else, by an entry from where one is."""
    return stop.passable and climbs(at, stop, entry)


def climbs(at: Stop, stop: Stop, entry: Entry) -> bool:
    """
    Whether a step leads on.

    Nobody goes through something at or below the level where they are, save for a bridge at that level. Beyond a bridge lies only
    what a rule names.
    """
    up = stop.rank > at.rank or (stop.bridge and stop.rank == at.rank and not at.bridge)
    return up and (entry.named or not at.bridge)


def may_end(at: Stop, stop: Stop, entry: Entry) -> bool:
    """Whether a stop may be the goal that one enters from where one is: it climbs too, unless it can be entered at once."""
    up = at.key == HERE or stop.rank > at.rank or (stop.bridge and stop.rank == at.rank)
    return up and (entry.named or not at.bridge)


@dataclass(frozen=True, eq=False)
class Graph:
    """
    Stops and entries.

    Attributes
    ----------
    stops : mapping of str to Stop
        By key; where the reader stands by `HERE`.
    entries : mapping of str to mapping of str to Entry
        `entries[a][b]` is the surest way from `a` into `b`; what is not there does not exist.
    """

    stops: Mapping[str, Stop]
    entries: Mapping[str, Mapping[str, Entry]]

    def out_of(self, key: str) -> Mapping[str, Entry]:
        """Entries out of a stop, by the key of where they lead."""
        return self.entries.get(key, {})

    @cached_property
    def into(self) -> Mapping[str, frozenset[str]]:
        """The keys from which one can enter each stop."""
        found: dict[str, set[str]] = {}
        for before, entries in self.entries.items():
            for after in entries:
                found.setdefault(after, set()).add(before)
        return {key: frozenset(keys) for key, keys in found.items()}

    @cached_property
    def doors(self) -> Mapping[str, int]:
        """A number for each stop; stops with the same number lead to the same stops by the same entries."""
        numbers: dict[frozenset[tuple[str, Entry]], int] = {}
        return {key: numbers.setdefault(frozenset(self.out_of(key).items()), len(numbers)) for key in self.stops}

    def leading_to(self, key: str) -> frozenset[str]:
        """The stop itself and all from which it can be reached by entries, whatever their ranks."""
        seen, open_ = {key}, [key]
        while open_:
            for before in self.into.get(open_.pop(), frozenset()) - seen:
                seen.add(before)
                open_.append(before)
        return frozenset(seen)


@dataclass(frozen=True)
class Step:
    """
    One stop of a route and how one enters it.

    Attributes
    ----------
    others : int
        How many other stops of the same sort could stand here, with the same sureness on both sides.
    """

    stop: Stop
    entry: Entry
    others: int = 0

    @property
    def months(self) -> int | None:
        """Months that it takes with what entering adds; None where unknown."""
        return None if self.stop.months is None else self.stop.months + self.entry.added

    @property
    def length(self) -> int:
        """Months for the order of routes: a stop of unknown time counts for a year."""
        return (YEAR if self.stop.months is None else self.stop.months) + self.entry.added

    @property
    def assumed(self) -> int:
        """Of `months`, those that are only usual."""
        own = self.stop.months if self.stop.assumed and self.stop.months else 0
        return own + (self.entry.added if self.entry.assumed else 0)


@dataclass(frozen=True)
class Route:
    """The steps from where the reader stands to the goal; the last one is the goal."""

    steps: tuple[Step, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the stops, in order."""
        return tuple(step.stop.key for step in self.steps)

    @property
    def sorts(self) -> tuple[str, ...]:
        """Sorts of the stops on the way, the goal left out."""
        return tuple(step.stop.sort for step in self.steps[:-1])

    @property
    def months(self) -> int:
        """Months of all steps whose time is known or usual."""
        return sum(step.months or 0 for step in self.steps)

    @property
    def assumed(self) -> int:
        """Of `months`, those that are only usual."""
        return sum(step.assumed for step in self.steps)

    @property
    def unknown(self) -> int:
        """Steps whose time nobody knows."""
        return sum(step.months is None for step in self.steps)

    @property
    def saves(self) -> int:
        """Months that it can be shorter at most."""
        return sum(step.entry.saves for step in self.steps)

    @property
    def unsureness(self) -> int:
        """That of its least sure entry."""
        return max(step.entry.unsureness for step in self.steps)

    @property
    def length(self) -> int:
        """Months for the order of routes."""
        return sum(step.length for step in self.steps)

    @property
    def shortest(self) -> int:
        """The same when all is saved that can be."""
        return self.length - self.saves

    @property
    def order(self) -> tuple[int, int, int, int, tuple[str, ...]]:
        """Where it stands among routes: by time, then fewest steps, then the surest entries, then by name."""
        total = sum(step.entry.unsureness for step in self.steps)
        return self.length, len(self.steps), self.unsureness, total, self.keys
