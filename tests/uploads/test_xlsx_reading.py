import io
import time
import zipfile
from datetime import datetime

import pytest
import xlsxwriter

from ipf_talent.uploads import Wrong, read_upload, xlsx_reading


def book(fill, *, sheet="Blad1"):
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as made:
        fill(made, made.add_worksheet(sheet))
    return data.getvalue()


def rows(*lines):
    return book(lambda _made, sheet: [sheet.write_row(number, 0, line) for number, line in enumerate(lines)])


def read(data, name="lijst.xlsx", most_rows=100):
    return read_upload(data, name, most_rows=most_rows)


def rezipped(data, **changes):
    """The same archive with parts changed or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {*old.namelist(), *changes}:
            new.writestr(name, changes.get(name) or old.read(name))
    return out.getvalue()


def wrongs(upload):
    return [fault.wrong for fault in upload.faults]


def test_numbers_dates_and_truths_are_read_as_people_see_them():
    def fill(made, sheet):
        sheet.write_row(0, 0, ["code", "start", "aantal", "fixus"])
        sheet.write_row(1, 0, [25337, "", 2.5, True])
        sheet.write_datetime(1, 1, datetime(2027, 2, 1), made.add_format({"num_format": "d-m-yyyy"}))

    upload = read(book(fill))
    assert upload.rows[0].cells == {"code": "25337", "start": "2027-02-01", "aantal": "2.5", "fixus": "true"}
    assert (upload.sheet, upload.faults) == ("Blad1", ())


def test_a_formula_counts_by_its_last_value_and_one_without_is_named():
    def fill(_made, sheet):
        sheet.write_row(0, 0, ["a", "b"])
        for row, value in enumerate(["3", "#REF!", ""], start=1):
            sheet.write(row, 0, "x")
            sheet.write_formula(row, 1, "=1+2", None, value)

    data = book(fill)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        part = archive.read("xl/worksheets/sheet1.xml").replace(b"<v></v>", b"")
    upload = read(rezipped(data, **{"xl/worksheets/sheet1.xml": part}))
    assert [(row.number, row.cells["b"]) for row in upload.rows] == [(2, "3")]
    assert [(fault.row, fault.column, fault.wrong) for fault in upload.faults] == [
        (3, "b", Wrong.ERROR_VALUE),
        (4, "b", Wrong.NO_VALUE),
    ]


def test_text_that_begins_like_a_formula_stays_text():
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"strings_to_formulas": False}) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, ["a"])
        sheet.write_row(1, 0, ["=HYPERLINK(1)"])
    assert read(data.getvalue()).rows[0].cells == {"a": "=HYPERLINK(1)"}


def test_merged_cells_spoil_their_rows_only():
    def fill(_made, sheet):
        sheet.write_row(0, 0, ["a", "b"])
        sheet.write_row(1, 0, ["1", "2"])
        sheet.merge_range(2, 0, 3, 0, "beide")
        sheet.write(3, 1, "4")
        sheet.write_row(4, 0, ["5", "6"])

    upload = read(book(fill))
    assert [(fault.row, fault.wrong, fault.values) for fault in upload.faults] == [
        (3, Wrong.MERGED, {"cells": "A3:A4"}),
        (4, Wrong.MERGED, {"cells": "A3:A4"}),
    ]
    assert [row.number for row in upload.rows] == [2, 5]


def test_empty_rows_keep_the_numbers_of_the_sheet():
    upload = read(rows(["a", "b"], [], ["1", "2"], [], ["3", "4"]))
    assert [row.number for row in upload.rows] == [3, 5]


def test_a_sheet_with_only_a_header_is_the_first_sheet_all_the_same():
    def fill(made, sheet):
        sheet.write_row(0, 0, ["a", "b"])
        made.add_worksheet("Uitleg").write_row(0, 0, ["c", "d", "e"])

    upload = read(book(fill))
    assert (upload.header, upload.rows, upload.faults) == (("a", "b"), (), ())


def test_two_hundred_columns_are_the_most():
    names = [f"c{number}" for number in range(201)]
    assert wrongs(read(rows(names[:200], ["1"]))) == []
    assert wrongs(read(rows(names, ["1"]))) == [Wrong.TOO_MANY_COLUMNS]


def test_a_hidden_sheet_is_passed_over():
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as made:
        hidden = made.add_worksheet("Verborgen")
        hidden.write_row(0, 0, ["x", "y"])
        shown = made.add_worksheet("Aanbod")
        shown.write_row(0, 0, ["a"])
        shown.write_row(1, 0, ["1"])
        shown.activate()
        hidden.hide()
        shown.set_first_sheet()
    upload = read(data.getvalue())
    assert (upload.sheet, upload.header) == ("Aanbod", ("a",))


def test_too_many_rows_are_answered_within_seconds():
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"constant_memory": True}) as made:
        sheet = made.add_worksheet()
        for number in range(100_001):
            sheet.write_row(number, 0, ["a", "b"])
    began = time.monotonic()
    upload = read(data.getvalue(), most_rows=5_000)
    assert time.monotonic() - began < 8
    assert wrongs(upload) == [Wrong.TOO_MANY_ROWS] and not upload.rows


def test_a_sheet_as_wide_and_long_as_can_be_is_stopped():
    def fill(_made, sheet):
        sheet.write(0, 0, "a")
        sheet.write(1_048_575, 16_383, "z")

    assert wrongs(read(book(fill))) in ([Wrong.TOO_LONG], [Wrong.TOO_MANY_COLUMNS])


def test_a_reader_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(xlsx_reading, "SECONDS", 0.01)
    assert wrongs(read(rows(["a"], ["1"]))) == [Wrong.TOO_LONG]


def test_a_bomb_is_not_unpacked():
    data = rezipped(rows(["a"], ["1"]), **{"xl/media/big.xml": b"<a>" + b" " * 60_000_000 + b"</a>"})
    assert wrongs(read(data)) == [Wrong.BOMB]


def test_a_bomb_that_lies_about_its_size_is_counted():
    data = bytearray(rezipped(rows(["a"], ["1"]), **{"xl/media/big.bin": b"\0" * 60_000_000}))
    for mark in (b"PK\x01\x02", b"PK\x03\x04"):
        at = data.find(b"xl/media/big.bin") if mark == b"PK\x03\x04" else data.rfind(b"xl/media/big.bin")
        start = at - (46 if mark == b"PK\x01\x02" else 30)
        assert data[start : start + 4] == mark
        size = start + (24 if mark == b"PK\x01\x02" else 22)
        data[size : size + 4] = (1000).to_bytes(4, "little")
    assert wrongs(read(bytes(data))) in ([Wrong.BOMB], [Wrong.BROKEN])


def test_two_hundred_parts_are_the_most():
    data = rezipped(rows(["a"], ["1"]), **{f"xl/media/{number}.xml": b"<a/>" for number in range(250)})
    assert wrongs(read(data)) == [Wrong.BOMB]


@pytest.mark.parametrize("before", [b"", b"<!--" + b" " * 100_000 + b"-->"])
def test_entities_are_refused_wherever_they_are_declared(before):
    entity = b'<?xml version="1.0"?>' + before + b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    data = rezipped(rows(["a"], ["1"]), **{"xl/sharedStrings.xml": entity + b"<sst>&e;</sst>"})
    assert wrongs(read(data)) == [Wrong.BOMB]


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, Wrong.OLD_EXCEL),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), Wrong.SECRET),
        (b"<html>", Wrong.NO_TABLE),
        (rows(["a"], ["1"])[:-200], Wrong.BROKEN),
        (rezipped(rows(["a"], ["1"]), **{"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row"}), Wrong.BROKEN),
        (rows(), Wrong.NO_HEADER),
        (rows([], ["1"]), Wrong.NO_HEADER),
    ],
)
def test_what_is_no_whole_table_is_said(data, wrong):
    upload = read(data)
    assert wrongs(upload) == [wrong]
    assert upload.spoilt and not upload.rows
