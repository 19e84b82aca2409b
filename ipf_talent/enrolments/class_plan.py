"""What a class list would bring about, beside what the school said before: added, changed, left, refused and why. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any

from ipf_talent.enrolments.class_list import Entry, day, kilometres
from ipf_talent.enrolments.class_list_columns import Column, Problem, Why
from ipf_talent.enrolments.kinds import EnrolmentStatus
from ipf_talent.i18n import lazy


@dataclass(frozen=True)
class Choice:
    """A programme that students of the school can follow."""

    id: int
    slug: str
    code: str | None
    titles: tuple[str, ...]
    own: bool
    """Whether it is the school's own, and not a national qualification."""


@dataclass(frozen=True)
class Known:
    """What the school said of a student before."""

    number: str
    values: Mapping[str, Any]
    """By column; the programme by its id, the class by its name."""
    starts_year: int | None
    """The school year of the class."""
    status: EnrolmentStatus


class Kind(StrEnum):
    """What would become of a row."""

    ADDED = "added"
    CHANGED = "changed"
    LEFT = "left"
    REFUSED = "refused"


KIND_LABELS = {
    Kind.ADDED: lazy("Added"),
    Kind.CHANGED: lazy("Changed"),
    Kind.LEFT: lazy("Left as it is"),
    Kind.REFUSED: lazy("Not taken"),
}


AHEAD_LABELS = {
    Kind.ADDED: lazy("New"),
    Kind.CHANGED: lazy("Changes"),
    Kind.LEFT: lazy("Stays as it is"),
    Kind.REFUSED: lazy("Is not taken"),
}
"""The same before anything is done."""


@dataclass(frozen=True)
class Change:
    """One thing that becomes other than it was; a programme stands by its id."""

    what: str
    """A column, `school_year` or `status`."""
    old: Any
    new: Any


@dataclass(frozen=True)
class Line:
    """One row, and what would become of it."""

    row: int
    kind: Kind
    number: str
    name: str
    values: Mapping[str, Any] = field(default_factory=dict)
    """What the row says, in values to keep; only what it does say."""
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Plan:
    """
    What a list would bring about.

    Attributes:
        classes: names of classes that are new, each with the programme and year that most of its students have.
        missing: numbers and names of students of these classes who are not on the list; nothing happens to them.
    """

    lines: tuple[Line, ...]
    classes: Mapping[str, tuple[int, int | None]]
    missing: tuple[tuple[str, str], ...]

    @property
    def counts(self) -> dict[Kind, int]:
        """How many rows of each kind."""
        return {kind: sum(line.kind is kind for line in self.lines) for kind in Kind}

    @property
    def changes_something(self) -> bool:
        """Whether there is anything to apply."""
        return any(line.kind in (Kind.ADDED, Kind.CHANGED) for line in self.lines)

    @property
    def print(self) -> str:
        """A short text that is the same for two plans that do the same."""
        lines = (f"{line.row} {line.kind} {line.number} {sorted(line.values.items())} {line.changes}" for line in self.lines)
        return sha256("\n".join(lines).encode()).hexdigest()


def compare(
    entries: Iterable[Entry],
    *,
    known: Mapping[str, Known],
    choices: Sequence[Choice],
    classes: Iterable[str],
    starts_year: int,
    today: date,
) -> Plan:
    """
    Put the rows of a list beside what is known.

    Args:
        known: the students of the school by number in lower case, those too who left.
        classes: names of the classes of that school year.
        starts_year: the school year that the list is of.
    """
    find = _Finder(choices)
    entries = list(entries)
    owners = _owners(known, entries)
    lines = [_line(entry, known, find, owners, starts_year, today) for entry in entries]
    there = {name.casefold() for name in classes}
    named = {line.number.casefold() for line in lines}
    touched = {str(line.values["class"]).casefold() for line in lines if line.kind is not Kind.REFUSED}
    gone = [
        (one.number, str(one.values["name"]))
        for key, one in known.items()
        if key not in named
        and one.status is not EnrolmentStatus.ENDED
        and one.starts_year == starts_year
        and str(one.values["class"] or "").casefold() in touched
    ]
    return Plan(tuple(lines), _new_classes(lines, there), tuple(sorted(gone, key=lambda pair: (pair[1].casefold(), pair[0]))))


def _owners(known: Mapping[str, Known], entries: Sequence[Entry]) -> dict[str, str]:
    """Who has an address once the list is in: student numbers by address, those left out whose address the list changes."""
    told = {
        entry.cells.get("number", "").casefold(): entry.cells.get("email", "").lower() for entry in entries if not entry.problems
    }
    here = {key: one for key, one in known.items() if one.status is not EnrolmentStatus.ENDED}
    return {told.get(key) or str(one.values["email"]): one.number for key, one in here.items()}


class _Finder:
    """Finds a programme by its slug, its code or its title; the school's own go before national qualifications."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        self._by: dict[str, list[Choice]] = defaultdict(list)
        for one in choices:
            for name in {one.slug, one.code or "", *one.titles} - {""}:
                self._by[_title(name)].append(one)

    def find(self, cell: str) -> list[Choice]:
        """What it can mean; exactly one where it is clear."""
        named = self._by.get(_title(cell), [])
        exact = [one for one in named if one.slug == cell.casefold()]
        return exact or [one for one in named if one.own] or named


def _title(name: str) -> str:
    return " ".join(name.casefold().split())


def _line(
    entry: Entry, known: Mapping[str, Known], find: _Finder, owners: Mapping[str, str], starts_year: int, today: date
) -> Line:
    cells, number, name = entry.cells, entry.cells.get("number", ""), entry.cells.get("name", "")
    problems = list(entry.problems)
    found = find.find(cells["programme"]) if cells.get("programme") else []
    if cells.get("programme") and len(found) != 1:
        why = Why.TWO_PROGRAMMES if found else Why.NO_PROGRAMME
        values = {"found": cells["programme"], "one": found[0].slug if found else ""}
        problems.append(Problem(Column.PROGRAMME.value, why, values))
    owner = owners.get(cells.get("email", "").lower(), number)
    if owner.casefold() != number.casefold():
        problems.append(Problem(Column.EMAIL.value, Why.TAKEN, {"number": owner}))
    if problems:
        return Line(entry.row, Kind.REFUSED, number, name, problems=tuple(problems))
    values = _values(cells, found[0].id, today)
    former = known.get(number.casefold())
    if former is None:
        return Line(entry.row, Kind.ADDED, number, name, values)
    changes = tuple(_changes(former, values, starts_year, today))
    return Line(entry.row, Kind.CHANGED if changes else Kind.LEFT, former.number, name, values, changes)


def _values(cells: Mapping[str, str], programme: int, today: date) -> dict[str, Any]:
    """What the row says in values to keep; an empty cell says nothing, and a birthday that is past neither."""
    values: dict[str, Any] = {
        "name": cells["name"],
        "email": cells["email"].lower(),
        "programme": programme,
        "class": cells["class"],
    }
    if cells.get("year"):
        values["year"] = int(cells["year"])
    if cells.get("cohort"):
        values["cohort"] = cells["cohort"]
    if cells.get("travel_km"):
        values["travel_km"] = kilometres(cells["travel_km"])
    turns = day(cells.get("minor_until", ""))
    if turns is not None and turns > today:
        values["minor_until"] = turns
    return values


def _changes(former: Known, values: Mapping[str, Any], starts_year: int, today: date) -> Iterable[Change]:
    for name, new in values.items():
        old = former.values.get(name)
        same = str(old or "").casefold() == str(new).casefold() if name == "class" else old == new
        if not same:
            yield Change(name, old, new)
    if former.starts_year != starts_year:
        yield Change("school_year", former.starts_year, starts_year)
    if former.status is EnrolmentStatus.ENDED:
        yield Change("status", former.status, EnrolmentStatus.INVITED)


def _new_classes(lines: Iterable[Line], there: set[str]) -> dict[str, tuple[int, int | None]]:
    said: dict[str, list[tuple[int, int | None]]] = defaultdict(list)
    names: dict[str, str] = {}
    for line in lines:
        if line.kind is not Kind.REFUSED and (key := str(line.values["class"]).casefold()) not in there:
            names.setdefault(key, str(line.values["class"]))
            said[key].append((line.values["programme"], line.values.get("year")))
    return {names[key]: Counter(pairs).most_common(1)[0][0] for key, pairs in said.items()}
