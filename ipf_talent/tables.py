"""Tables going out: CSV that spreadsheets open well, XLSX and JSON; no cell ever begins a formula (O3)."""

import csv
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter

Cell = str | int | float | date | None
_ACTIVE = re.compile(r"'*[=+\-@\t\r\n\x00]")
_GUARDED = re.compile(r"'+[=+\-@\t\r\n\x00]")

MIMETYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


def guarded(text: str) -> str:
    """Text that a spreadsheet does not take for a formula: an apostrophe goes before what looks like one."""
    return f"'{text}" if _ACTIVE.match(text) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return text[1:] if _GUARDED.match(text) else text


def as_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with a byte order mark, semicolons and a decimal comma: what a Dutch spreadsheet opens by a double click."""
    text = StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([_written(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _written(cell: Cell) -> str:
    if isinstance(cell, str):
        return guarded(cell)
    return "" if cell is None else str(cell).replace(".", ",")


def as_xlsx(
    name: str,
    rows: Sequence[Sequence[Cell]],
    *,
    choices: Mapping[int, Sequence[str]] | None = None,
    explained: tuple[str, Sequence[Sequence[Cell]]] | None = None,
) -> bytes:
    """
    A workbook whose cells are text, numbers and dates, and never formulas; the first row stays on top.

    Args:
        name: of the sheet.
        choices: by position of the column, what a cell under it can hold; the spreadsheet offers it as a list.
        explained: name and rows of a second sheet that explains the first.
    """
    out = BytesIO()
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
            elif isinstance(cell, int | float):
                sheet.write_number(number, place, cell)
            elif cell:
                sheet.write_string(number, place, cell, looks["head"] if number == 0 else None)
    widths = [
        max((len(str(row[place] or "")) for row in rows[:50] if place < len(row)), default=8) for place in range(len(rows[0]))
    ]
    for place, width in enumerate(widths):
        sheet.set_column(place, place, max(10, min(width + 2, 42)))


def as_json(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """A list of objects; dates in ISO form."""
    return json.dumps(list(rows), ensure_ascii=False, indent=1, default=str).encode()
