"""Tables going out: CSV that spreadsheets open well, XLSX and JSON; no cell ever begins a formula (O3)."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter

Cell = str | int | float | date | None
ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00")
"""What a spreadsheet may take for the beginning of a formula."""

MIMETYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


def guarded(text: str) -> str:
    """Text that stays text in a spreadsheet."""
    return f"'{text}" if text.startswith(ACTIVE) else text


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    return guarded(cell) if isinstance(cell, str) else str(cell).replace(".", ",")


def as_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with a byte order mark, semicolons and a decimal comma: what a Dutch spreadsheet opens by a double click."""
    text = StringIO()
    lines = csv.writer(text, delimiter=";", lineterminator="\r\n")
    lines.writerow([_written(cell) for cell in header])
    lines.writerows([_written(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """One sheet with a bold header that stays on top; texts are written as texts, whatever they begin with."""
    kept = BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(title[:31])
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        for column, name in enumerate(header):
            sheet.write_string(0, column, name, bold)
            sheet.set_column(column, column, max(10, min(40, len(name) + 2)))
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(number, column, cell, day)
                elif isinstance(cell, str):
                    sheet.write_string(number, column, cell)
                elif cell is not None:
                    sheet.write_number(number, column, cell)
        sheet.freeze_panes(1, 0)
    return kept.getvalue()


def as_json(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """A list of objects; dates in ISO form."""
    return json.dumps(list(rows), ensure_ascii=False, indent=1, default=str).encode()
