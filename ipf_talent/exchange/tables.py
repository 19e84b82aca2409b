"""Tables for people to open in a spreadsheet: CSV and XLSX in which nothing runs."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import xlsxwriter

from ipf_talent.exchange.cells import guarded

Cell = str | int | date | None


def as_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """CSV as a Dutch Excel opens it by itself: a byte order mark and semicolons; dates as 2027-09-01."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([_text(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return guarded(cell)
    return "" if cell is None else str(cell)


def as_xlsx(
    name: str,
    rows: Sequence[Sequence[Cell]],
    *,
    choices: Mapping[int, Sequence[str]] | None = None,
    explained: tuple[str, Sequence[Sequence[Cell]]] | None = None,
) -> bytes:
    """
    A workbook whose cells are text, numbers and dates, and never formulas.

    Args:
        name: of the sheet.
        choices: by position of the column, what a cell under it can hold; the spreadsheet offers it as a list.
        explained: name and rows of a second sheet that explains the first.
    """
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        looks = {"head": book.add_format({"bold": True}), "day": book.add_format({"num_format": "yyyy-mm-dd"})}
        sheet = book.add_worksheet(name[:31])
        _fill(sheet, rows, looks)
        for place, allowed in (choices or {}).items():
            sheet.data_validation(1, place, 5_000, place, {"validate": "list", "source": list(allowed), "error_type": "warning"})
        if explained:
            _fill(book.add_worksheet(explained[0][:31]), explained[1], looks)
    return out.getvalue()


def _fill(sheet: Any, rows: Sequence[Sequence[Cell]], looks: Mapping[str, Any]) -> None:
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, place, cell, looks["day"])
            elif isinstance(cell, int):
                sheet.write_number(number, place, cell)
            elif cell:
                sheet.write_string(number, place, cell, looks["head"] if number == 0 else None)
    widths = [
        max((len(str(row[place] or "")) for row in rows[:50] if place < len(row)), default=8) for place in range(len(rows[0]))
    ]
    for place, width in enumerate(widths):
        sheet.set_column(place, place, max(10, min(width + 2, 42)))
