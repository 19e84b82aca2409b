"""XLSX: looked through as an archive first, then read by a process of its own with a limit of memory and time."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from ipf_talent.uploads import archive
from ipf_talent.uploads.faults import Fault, Wrong
from ipf_talent.uploads.tables import MOST_COLUMNS, Builder, Upload

MEMORY = 512_000_000
SECONDS = 15
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHILD = Path(__file__).with_name("xlsx_child.py")


def read(data: bytes, *, most_rows: int) -> Upload:
    """Read the first sheet of an XLSX file; never raises for what is in it."""
    if (wrong := _unfit(data)) is not None:
        return Upload(faults=(Fault(0, "", wrong),))
    lines = _unpacked(data, most_rows)
    if isinstance(lines, Wrong):
        return Upload(faults=(Fault(0, "", lines),))
    about = json.loads(next(lines))
    built = Builder(most_rows)
    if about.get("columns", 0) > MOST_COLUMNS:
        built.faults.append(Fault(1, "", Wrong.TOO_MANY_COLUMNS, {"most": MOST_COLUMNS}))
    else:
        errors = {row: (_number(letters), found) for row, letters, found in reversed(about["errors"])}
        _read_rows(lines, _merged(about["merged"]), errors, built)
    return Upload(built.header, tuple(built.rows), faults=tuple(built.faults), sheet=about["sheet"])


def _unfit(data: bytes) -> Wrong | None:
    if data.startswith(_OLD):
        return Wrong.SECRET if "EncryptedPackage".encode("utf-16-le") in data else Wrong.OLD_EXCEL
    if not data.startswith(b"PK"):
        return Wrong.NO_TABLE
    try:
        contents = archive.looked_through(data)
    except archive.NotWhole:
        return Wrong.BROKEN
    except archive.Harmful:
        return Wrong.BOMB
    return None if "xl/workbook.xml" in contents.names else Wrong.NO_TABLE


def _unpacked(data: bytes, most_rows: int) -> Iterator[bytes] | Wrong:
    limits = [str(number) for number in (MEMORY, SECONDS, most_rows, MOST_COLUMNS)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, no shell, numbers as arguments
            [sys.executable, "-I", str(_CHILD), *limits], input=data, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return Wrong.TOO_LONG
    if done.returncode == 0:
        return iter(done.stdout.splitlines())
    return Wrong.TOO_LONG if done.returncode < 0 or b"MemoryError" in done.stderr else Wrong.BROKEN


def _merged(areas: list[list[int]]) -> dict[int, str]:
    """Per row, the merged cells that spread over more than one column or row of data."""
    found: dict[int, str] = {}
    for top, left, bottom, right in areas:
        name = f"{_column(left)}{top + 1}:{_column(right)}{bottom + 1}"
        for row in range(top, min(bottom, top + 1000) + 1):
            found.setdefault(row + 1, name)
    return found


def _column(number: int) -> str:
    """The letters of a column: 0 is A, 26 is AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _number(letters: str) -> int:
    """The place of a column: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _read_rows(lines: Iterator[bytes], merged: dict[int, str], errors: dict[int, tuple[int, str]], built: Builder) -> None:
    for line in lines:
        number, cells = json.loads(line)
        if number in merged:
            built.faults.append(Fault(number, "", Wrong.MERGED, {"cells": merged[number]}))
        if number == 1:
            if not built.begin(cells):
                return
        elif not built.header or not built.room():
            break
        elif number in errors:
            place, found = errors[number]
            name = built.header[place] if place < len(built.header) else _column(place)
            built.faults.append(Fault(number, name, Wrong.ERROR_VALUE if found else Wrong.NO_VALUE, {"found": found}))
        elif number not in merged:
            built.add(number, cells)
    if not built.header:
        built.faults.append(Fault(1, "", Wrong.NO_HEADER))
