"""
A class list as a school sends it: what its columns are called, and what each row says or has wrong. Pure.

A number that could be a BSN goes no further than `read`: it is not kept, not even to show it (R17).
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ipf_talent.enrolments.class_list_columns import COLUMN_LABELS, FORBIDDEN, HEADERS, NEEDED, Column, Problem, Why
from ipf_talent.i18n import _
from ipf_talent.uploads.tables import Upload

MOST_ROWS = 1_000
LONGEST = {"number": 40, "name": 80, "email": 254, "class": 40, "programme": 256}


@dataclass(frozen=True)
class Entry:
    """A row that was read: its cells by column, without what must not be kept, and what is wrong with it."""

    row: int
    cells: Mapping[str, str]
    problems: tuple[Problem, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        wrong = [{"column": one.column, "why": one.why.value, "values": dict(one.values)} for one in self.problems]
        return {"row": self.row, "cells": dict(self.cells), "problems": wrong}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Entry":
        """The other way round."""
        wrong = (Problem(one["column"], Why(one["why"]), one["values"]) for one in kept["problems"])
        return cls(kept["row"], kept["cells"], tuple(wrong))


@dataclass(frozen=True)
class Read:
    """
    What a file says.

    Attributes:
        refusal: why nothing can be done with the file; then there are no entries.
        ignored: columns that were not read.
    """

    entries: tuple[Entry, ...] = ()
    ignored: tuple[str, ...] = ()
    refusal: str = ""


def plain(name: str) -> str:
    """A column name without case, accents and signs."""
    bare = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[^a-z0-9]", "", bare)


_COLUMNS = {plain(name): column for column, names in HEADERS.items() for name in names}
_FORBIDDEN = {plain(name) for name in FORBIDDEN}


def read(upload: Upload, *, today: date, example: bool = False) -> Read:
    """
    Read an upload as a class list.

    Args:
        example: whether the list is of an example school, of which no mail may reach real people.
    """
    if upload.spoilt:
        return Read(refusal=" ".join(str(one) for one in upload.faults if one.whole))
    if shut_out := [name for name in upload.header if plain(name) in _FORBIDDEN]:
        values = {"columns": ", ".join(shut_out)}
        return Read(
            refusal=_("The file has a column that must not come here: %(columns)s. Take it out; nothing was kept.", **values)
        )
    known = _known_columns(upload.header)
    if missing := [str(COLUMN_LABELS[column]) for column in NEEDED if column not in known]:
        values = {"columns": ", ".join(missing)}
        return Read(refusal=_("These columns are missing: %(columns)s. The first row has to name them.", **values))
    cells = {row.number: {column.value: row.cells.get(name, "") for column, name in known.items()} for row in upload.rows}
    entries = [_entry(number, found, today, example) for number, found in cells.items()] + _misshapen(upload)
    if not entries:
        return Read(refusal=_("The file has no rows under the names of its columns."))
    ignored = tuple(name for name in upload.header if name and name not in known.values())
    return Read(_without_doubles(sorted(entries, key=lambda entry: entry.row)), ignored)


def _known_columns(header: Sequence[str]) -> dict[Column, str]:
    """The name in the file of each column that is known; the first one where there are two."""
    known: dict[Column, str] = {}
    for name in header:
        if (column := _COLUMNS.get(plain(name))) is not None:
            known.setdefault(column, name)
    return known


def _misshapen(upload: Upload) -> list[Entry]:
    """Rows that could not be read, with all that is wrong with each."""
    wrong: dict[int, list[Problem]] = defaultdict(list)
    for fault in upload.faults:
        wrong[fault.row].append(Problem("", Why.SHAPE, {"wrong": fault.wrong.value, **fault.values}))
    return [Entry(row, {}, tuple(problems)) for row, problems in wrong.items()]


def _entry(row: int, cells: dict[str, str], today: date, example: bool) -> Entry:
    cells = {name: " ".join(unicodedata.normalize("NFC", cell).split()) for name, cell in cells.items()}
    problems = [Problem(column.value, Why.MISSING) for column in NEEDED if not cells.get(column.value)]
    for name, cell in cells.items():
        if looks_like_bsn(cell):
            problems.append(Problem(name, Why.BSN))
            cells[name] = ""
        elif len(cell) > LONGEST.get(name, 30):
            problems.append(Problem(name, Why.TOO_LONG, {"most": LONGEST.get(name, 30)}))
            cells[name] = cell[: LONGEST.get(name, 30)] + "…"
        elif cell and (why := _wrong(Column(name), cell, today, example)):
            problems.append(Problem(name, why, {"found": cell}))
    return Entry(row, cells, tuple(problems))


def _wrong(column: Column, cell: str, today: date, example: bool) -> Why | None:
    if column is Column.EMAIL:
        if not _EMAIL.fullmatch(cell):
            return Why.EMAIL
        return Why.NOT_EXAMPLE if example and not cell.lower().endswith(".example") else None
    if column is Column.YEAR:
        return None if cell in _YEARS else Why.YEAR
    if column is Column.COHORT:
        return None if _COHORT.fullmatch(cell) else Why.COHORT
    if column is Column.TRAVEL_KM:
        return None if kilometres(cell) is not None else Why.TRAVEL
    if column is Column.MINOR_UNTIL:
        found = day(cell)
        if found is None or not 1900 <= found.year <= today.year + 18:
            return Why.DAY
        return Why.UNDER_16 if today < years_before(found, 2) else None
    return None


_EMAIL = re.compile(r"[^\s@<>\"',;:()\[\]\\]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}")
_COHORT = re.compile(r"20[0-9]{2}(?:[-/](?:20)?[0-9]{2})?")
_YEARS = {str(year) for year in range(1, 9)}
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[ T]00:00(?::00)?)?")
_DUTCH = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")


def day(cell: str) -> date | None:
    """A day as spreadsheets and people write it: 2026-12-31, 31-12-2026, 31/12/2026 or 31.12.2026."""
    if found := _ISO.fullmatch(cell):
        year, month, of_month = map(int, found.groups())
    elif found := _DUTCH.fullmatch(cell):
        of_month, month, year = map(int, found.groups())
    else:
        return None
    try:
        return date(year, month, of_month)
    except ValueError:
        return None


def years_before(moment: date, years: int) -> date:
    """The same day so many years earlier; 1 March where that year has no 29 February."""
    try:
        return moment.replace(year=moment.year - years)
    except ValueError:
        return date(moment.year - years, 3, 1)


def kilometres(cell: str) -> int | None:
    """A whole number of kilometres from 1 to 500, with or without the unit."""
    found = re.fullmatch(r"([0-9]{1,3})(?:[.,]0+)?\s*(?:km)?", cell, re.IGNORECASE)
    return int(found[1]) if found and 1 <= int(found[1]) <= 500 else None


def looks_like_bsn(cell: str) -> bool:
    """Whether it is a number that the state gives to persons: 9 digits that pass the test of eleven, with or without points."""
    digits = re.sub(r"[\s.\-]", "", cell)
    if not re.fullmatch(r"[0-9]{9}", digits) or set(digits) == {"0"}:
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True)) % 11 == 0


def _without_doubles(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """A number or an address that stands in several rows makes all of them wrong, each naming the others."""
    for column in (Column.NUMBER, Column.EMAIL):
        rows: dict[str, list[int]] = defaultdict(list)
        for entry in entries:
            if cell := entry.cells.get(column.value, "").casefold():
                rows[cell].append(entry.row)
        entries = [_named(entry, column, rows) for entry in entries]
    return tuple(entries)


def _named(entry: Entry, column: Column, rows: Mapping[str, list[int]]) -> Entry:
    others = [row for row in rows.get(entry.cells.get(column.value, "").casefold(), ()) if row != entry.row]
    if not others:
        return entry
    problem = Problem(column.value, Why.TWICE, {"rows": ", ".join(map(str, others[:5]))})
    return replace(entry, problems=(*entry.problems, problem))
