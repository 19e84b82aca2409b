"""CSV as people really have it: with or without a byte order mark, from Windows, with commas, semicolons or tabs."""

import codecs
import csv
import io

from ipf_talent.uploads.faults import Fault, Wrong
from ipf_talent.uploads.tables import MOST_BYTES, Builder, Upload

SEPARATORS = ",;\t"
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_FIRST = 4_000


def read(data: bytes, *, most_rows: int) -> Upload:
    """Read a CSV file; never raises for what is in it."""
    found = decoded(data)
    if found is None:
        return Upload(faults=(Fault(0, "", Wrong.NO_TEXT),))
    text, encoding = found
    text, separator = _separated(text)
    built = Builder(most_rows)
    _read_rows(text, separator, built)
    encoding = "utf-16" if encoding.startswith("utf-16") else encoding
    return Upload(built.header, tuple(built.rows), encoding, separator, tuple(built.faults))


def decoded(data: bytes) -> tuple[str, str] | None:
    """The text and the encoding it was in: by its mark, else UTF-8, else UTF-16 by its zeros, else Windows-1252."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _as(data[len(mark) :], name)
    if b"\0" in data[:_FIRST]:
        even, odd = data[:_FIRST:2].count(0), data[1:_FIRST:2].count(0)
        return _as(data, "utf-16-le" if odd > even else "utf-16-be")
    return _as(data, "utf-8") or _as(data, "windows-1252")


def _as(data: bytes, name: str) -> tuple[str, str] | None:
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else (text, name)


def _separated(text: str) -> tuple[str, str]:
    """The text without Excel's own first line `sep=;`, and what parts its cells: the sign found most outside quotes."""
    first = text[:20].splitlines()[0].strip().lower() if text[:20].strip() else ""
    if len(first) == 5 and first.startswith("sep=") and first[4] in SEPARATORS:
        return text.partition("\n")[2], first[4]
    counts = dict.fromkeys(SEPARATORS, 0)
    quoted = False
    for sign in text.lstrip()[:_FIRST]:
        if sign == '"':
            quoted = not quoted
        elif sign in "\r\n" and not quoted:
            break
        elif sign in counts and not quoted:
            counts[sign] += 1
    return text, max(SEPARATORS, key=lambda sign: counts[sign])


def _read_rows(text: str, separator: str, built: Builder) -> None:
    csv.field_size_limit(max(csv.field_size_limit(), MOST_BYTES))
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, cells in enumerate(lines, start=1):
            if number == 1:
                if not built.begin(cells):
                    return
            elif not any(cell.strip() for cell in cells):
                continue
            elif not built.room():
                return
            elif len(cells) < len(built.header):
                built.short(number, cells)
            else:
                built.add(number, cells)
    except csv.Error:
        built.faults.append(Fault(number + 1, "", Wrong.OPEN_QUOTE))
