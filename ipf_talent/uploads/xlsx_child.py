"""
The process that unpacks a spreadsheet: bytes come in on stdin, one JSON line a row goes out on stdout.

It runs as a program of its own, with less memory and time than the site has, so that a file that is made to hurt ends here.
The first line says which sheet it is, its merged cells and the formulas that give no value. After it each row that is
not empty comes as its number and its cells; cells are text, dates as ISO 8601.
"""

import contextlib
import io
import itertools
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.etree import ElementTree

MOST_FOUND = 1_000
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CELL = re.compile(rb"<c\b([^>]*[^/>])>(.*?)</c>", re.DOTALL)
_VALUE = re.compile(rb"<v[^>]*>([^<]*)</v>")
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')


def limit(memory: int, seconds: int) -> None:
    """Let this process have so much and no more; where the system has no such limits, the clock of the parent remains."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        for kind, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_FSIZE, 0)):
            resource.setrlimit(kind, (most, most))


def said(value: Any) -> str:
    """A cell as text, the way a person reads it."""
    match value:
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case float():
            return repr(value)
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
        case _:
            return str(value)


def unanswered(data: bytes, sheet: str) -> Iterator[tuple[int, str, str]]:
    """Cells whose formula gives an error or no value at all: row, column letters, and the error; the reader leaves these empty."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        workbook = ElementTree.fromstring(book.read("xl/workbook.xml"))  # noqa: S314 - document types were refused before
        relations = ElementTree.fromstring(book.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
        ids = {part.get("name"): part.get(f"{{{_RELATION}}}id") for part in workbook.iter() if part.tag.endswith("}sheet")}
        targets = {part.get("Id"): str(part.get("Target")) for part in relations.iter() if part.get("Id")}
        target = targets.get(ids.get(sheet), "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        xml = book.read(path) if path in book.namelist() else b""
    for cell in _CELL.finditer(xml):
        attributes, inside = cell[1], cell[2]
        value = _VALUE.search(inside)
        wrong = b't="e"' in attributes or (b"<f" in inside and value is None)
        place = _PLACE.search(attributes)
        if wrong and place:
            yield int(place[2]), place[1].decode(), value[1].decode("utf-8", "replace")[:20] if value else ""


def main(most_rows: int, most_columns: int) -> None:
    """Read the first sheet that shows and has cells."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    data = sys.stdin.buffer.read()
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    shown = [
        about.name
        for about in book.sheets_metadata
        if about.visible is SheetVisibleEnum.Visible and about.typ is SheetTypeEnum.WorkSheet
    ]
    sheets = [book.get_sheet_by_name(name) for name in shown]
    sheet = next((one for one in sheets if one.start is not None), None)
    if sheet is None or sheet.end is None:
        _tell({"sheet": "", "merged": [], "errors": [], "columns": 0})
        return
    width = sheet.end[1] + 1
    merged = [[*start, *end] for start, end in (sheet.merged_cell_ranges or [])[:MOST_FOUND]]
    errors = list(itertools.islice(unanswered(data, sheet.name), MOST_FOUND))
    _tell({"sheet": sheet.name, "merged": merged, "errors": errors, "columns": width})
    if width > most_columns:
        return
    top, left = sheet.start or (0, 0)
    told = 0
    for number, row in enumerate(sheet.iter_rows(), start=top + 1):
        cells = [""] * left + [said(cell) for cell in row]
        if any(cells):
            _tell([number, cells])
            told += 1
        if told > most_rows + 1:
            return


def _tell(thing: Any) -> None:
    sys.stdout.write(json.dumps(thing) + "\n")


if __name__ == "__main__":
    limit(int(sys.argv[1]), int(sys.argv[2]))
    main(int(sys.argv[3]), int(sys.argv[4]))
