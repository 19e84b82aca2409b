"""What was read from a file: its column names, its rows by number, and what is wrong."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ipf_talent.uploads.faults import Fault, Wrong

MOST_BYTES = 10_000_000
MOST_COLUMNS = 200
MOST_CHARACTERS = 20_000
"""Characters of one cell."""


@dataclass(frozen=True)
class Row:
    """One row: its number as a spreadsheet counts (row 1 holds the column names) and its cells by column name."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Upload:
    """
    A table from a file.

    Attributes:
        header: the column names as they stand in the file.
        rows: those that could be read; empty rows are left out. Cells are stripped text; a missing cell is "".
        encoding: utf-8, utf-16 or windows-1252; "" for XLSX.
        separator: comma, semicolon or tab as a character; "" for XLSX.
        faults: in the order of the file. A fault with `whole` spoils the file; any other only its row.
    """

    header: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    encoding: str = ""
    separator: str = ""
    faults: tuple[Fault, ...] = ()
    sheet: str = ""
    """The name of the sheet that was read, for XLSX."""

    @property
    def spoilt(self) -> bool:
        """Whether the file as a whole cannot be used."""
        return any(fault.whole for fault in self.faults)


@dataclass
class Builder:
    """Puts rows together while checking the shape; stops at what is too much."""

    most_rows: int
    header: tuple[str, ...] = ()
    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    count: int = 0

    def begin(self, names: Sequence[str]) -> bool:
        """Take the row of column names; tells whether reading on makes sense."""
        names = [name.strip() for name in names]
        while names and not names[-1]:
            names.pop()
        if not any(names):
            self.faults.append(Fault(1, "", Wrong.NO_HEADER))
        elif len(names) > MOST_COLUMNS:
            self.faults.append(Fault(1, "", Wrong.TOO_MANY_COLUMNS, {"most": MOST_COLUMNS}))
        else:
            self.header = tuple(names)
            seen: set[str] = set()
            for name in names:
                if name and name.casefold() in seen:
                    self.faults.append(Fault(1, name[:80], Wrong.COLUMN_TWICE))
                seen.add(name.casefold())
        return not self.faults

    def room(self) -> bool:
        """Count one more row, good or bad; tells whether it may still be read."""
        self.count += 1
        if self.count > self.most_rows:
            self.faults.append(Fault(0, "", Wrong.TOO_MANY_ROWS, {"most": self.most_rows}))
            self.rows.clear()
        return self.count <= self.most_rows

    def add(self, number: int, cells: Sequence[str]) -> None:
        """Take one row that `room` was made for."""
        cells = [cell.strip() for cell in cells]
        while len(cells) > len(self.header) and not cells[-1]:
            cells.pop()
        if len(cells) > len(self.header):
            self.faults.append(Fault(number, "", Wrong.MORE_CELLS, {"found": len(cells), "needed": len(self.header)}))
        elif not self._odd(number, cells):
            pairs = zip(self.header, [*cells, *[""] * (len(self.header) - len(cells))], strict=True)
            self.rows.append(Row(number, {name: cell for name, cell in pairs if name}))

    def short(self, number: int, cells: Sequence[str]) -> None:
        """A row that ends too early."""
        self.faults.append(Fault(number, "", Wrong.FEWER_CELLS, {"found": len(cells), "needed": len(self.header)}))

    def _odd(self, number: int, cells: Iterable[str]) -> bool:
        before = len(self.faults)
        for name, cell in zip(self.header, cells, strict=False):
            if len(cell) > MOST_CHARACTERS:
                self.faults.append(Fault(number, name, Wrong.LONG_CELL, {"most": MOST_CHARACTERS}))
            elif not cell.isprintable() and any((sign < " " and sign not in "\n\r\t") or sign in "\x7f\ufffd" for sign in cell):
                self.faults.append(Fault(number, name, Wrong.ODD_SIGN))
        return len(self.faults) > before
