"""Tables in files: rows read with a type for each column, and every fault named by file, row and column."""

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

Reader = Callable[[str], Any]


class Fault(NamedTuple):
    """One thing that is wrong in a file; row 1 is the header."""

    file: str
    row: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}, row {self.row}, column {self.column}: {self.message}"


class FaultyFile(ValueError):
    """A file that cannot be loaded; says every fault at once."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


def read(path: Path, columns: Mapping[str, Reader], *, key: str | None = None) -> list[dict[str, Any]]:
    """
    Read a CSV file (UTF-8, RFC 4180, a header of exactly these columns in any order).

    Args:
        columns: how to read the cell of each column; a reader raises ValueError with what is wrong.
        key: a column whose values must all differ.

    Raises:
        FaultyFile: with every fault in the file.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = csv.reader(file, strict=True)
        header = next(lines, [])
        if sorted(header) != sorted(columns):
            raise FaultyFile([_header_fault(path, header, columns)])
        numbered, faults = _read_rows(path, lines, header, columns)
    faults += _repeated(path, numbered, key) if key else []
    if faults:
        raise FaultyFile(sorted(faults, key=lambda fault: fault.row))
    return list(numbered.values())


def _header_fault(path: Path, header: Sequence[str], columns: Mapping[str, Reader]) -> Fault:
    missing, extra = sorted(set(columns) - set(header)), sorted(set(header) - set(columns))
    twice = sorted({name for name in header if header.count(name) > 1})
    parts = (("missing", missing), ("not known", extra), ("twice", twice))
    return Fault(path.name, 1, "-", "; ".join(f"{what}: {', '.join(names)}" for what, names in parts if names))


def _read_rows(
    path: Path, lines: Any, header: Sequence[str], columns: Mapping[str, Reader]
) -> tuple[dict[int, dict[str, Any]], list[Fault]]:
    rows: dict[int, dict[str, Any]] = {}
    faults: list[Fault] = []
    for number, cells in enumerate(lines, start=2):
        if len(cells) != len(header):
            faults.append(Fault(path.name, number, "-", f"{len(cells)} cells where {len(header)} belong"))
            continue
        row = {}
        for name, cell in zip(header, cells, strict=True):
            try:
                row[name] = columns[name](cell.strip())
            except ValueError as error:
                faults.append(Fault(path.name, number, name, str(error)))
        rows[number] = row
    return rows, faults


def _repeated(path: Path, rows: Mapping[int, Mapping[str, Any]], key: str) -> list[Fault]:
    seen: dict[Any, int] = {}
    faults = []
    for number, row in rows.items():
        value = row.get(key)
        if value in seen:
            faults.append(Fault(path.name, number, key, f"{value!r} stands in row {seen[value]} too"))
        seen.setdefault(value, number)
    return faults


def text(cell: str) -> str:
    """Any text, also none."""
    return cell


def needed(cell: str) -> str:
    """Text that must be there."""
    if not cell:
        raise ValueError("this cell must not be empty")
    return cell


def number(cell: str) -> int | None:
    """A whole number, or nothing."""
    if not cell:
        return None
    if not (cell.isascii() and cell.lstrip("-").isdigit()):
        raise ValueError(f"{cell!r} is no whole number")
    return int(cell)


def truth(cell: str) -> bool:
    """The words true and false."""
    if cell not in ("true", "false"):
        raise ValueError(f"{cell!r} is neither true nor false")
    return cell == "true"


def several(separator: str = ";") -> Callable[[str], list[str]]:
    """Several texts in one cell."""
    return lambda cell: [part.strip() for part in cell.split(separator) if part.strip()]


def one_of(kind: Callable[[str], Any]) -> Reader:
    """One value of an enumeration."""

    def read_one(cell: str) -> Any:
        try:
            return kind(cell)
        except ValueError as error:
            raise ValueError(f"{cell!r} is not one of the known values") from error

    return read_one


def optional(reader: Reader) -> Reader:
    """What `reader` reads, or None where the cell is empty."""
    return lambda cell: reader(cell) if cell else None


def matching(pattern: str, what: str) -> Reader:
    """Text of a fixed shape; `what` names the shape in the message."""
    shape = re.compile(pattern)

    def read_shaped(cell: str) -> str:
        if not shape.fullmatch(cell):
            raise ValueError(f"{cell!r} is no {what}")
        return cell

    return read_shaped
