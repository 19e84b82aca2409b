"""
Older and newer numbers (crebos) of the same occupation: a table of settings, with the days between which each line holds.

A recognition for an equivalent is no recognition for one's own number (R1): the school says whether it will do. SBB has a converter
for it; what SBB holds is not copied here (R2). The columns: crebo, equivalent (it holds both ways), valid_from and valid_until
(both days count; empty is open), source_url, note.
"""

import csv
import re
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

CONVERTER_URL = "https://s-bb.nl/onderwijs/erkende-opleidingscode/"
"""Where a school looks an equivalent up."""
COLUMNS = ("crebo", "equivalent", "valid_from", "valid_until", "source_url", "note")
_CREBO = re.compile(r"[0-9]{5}")


class FaultyTable(ValueError):
    """The table cannot be read; the message names the line."""


class Equivalent(NamedTuple):
    """Two numbers of one occupation, and when they are so."""

    crebo: str
    equivalent: str
    valid_from: date | None
    valid_until: date | None

    def holds(self, today: date) -> bool:
        """Whether this day lies in its period."""
        return (self.valid_from is None or self.valid_from <= today) and (self.valid_until is None or today <= self.valid_until)


@lru_cache
def read(path: Path) -> tuple[Equivalent, ...]:
    """
    The lines of a table.

    Raises:
        FaultyTable: it is not there, has other columns, or a line says no two numbers, no day or no source.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if tuple(rows.fieldnames or ()) != COLUMNS:
                raise FaultyTable(f"{path.name}: the columns are {', '.join(COLUMNS)}")
            return tuple(_line(row, f"{path.name}, line {number}") for number, row in enumerate(rows, start=2))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise FaultyTable(f"{path.name}: {error}") from error


def of(crebo: str, table: tuple[Equivalent, ...], today: date) -> frozenset[str]:
    """The other numbers of an occupation that hold on a day; never its own."""
    pairs = [(line.crebo, line.equivalent) for line in table if line.holds(today)]
    return frozenset(other for pair in pairs if crebo in pair for other in pair if other != crebo)


def _line(row: dict[str, str], where: str) -> Equivalent:
    one, other = row["crebo"], row["equivalent"]
    if not (_CREBO.fullmatch(one or "") and _CREBO.fullmatch(other or "")) or one == other:
        raise FaultyTable(f"{where}: a crebo has five digits, and a line names two of them")
    if not (row["source_url"] or "").startswith("https://"):
        raise FaultyTable(f"{where}: a line names its source")
    try:
        first, last = (date.fromisoformat(row[name]) if row[name] else None for name in ("valid_from", "valid_until"))
    except ValueError as error:
        raise FaultyTable(f"{where}: {error}") from error
    return Equivalent(one, other, first, last)
