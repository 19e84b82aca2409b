import csv
import io
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipf_talent.uploads import Wrong, read_upload

TABLE = "naam;plaats\nJûltsje;Drachten\n"


def read(data, most_rows=100):
    return read_upload(data if isinstance(data, bytes) else data.encode(), "lijst.csv", most_rows=most_rows)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TABLE.encode("utf-8"), "utf-8"),
        (TABLE.encode("utf-8-sig"), "utf-8"),
        (TABLE.encode("utf-16"), "utf-16"),
        (TABLE.encode("utf-16-le"), "utf-16"),
        (TABLE.encode("utf-16-be"), "utf-16"),
        (TABLE.encode("windows-1252"), "windows-1252"),
    ],
)
def test_the_encoding_is_found_and_said(data, encoding):
    upload = read(data)
    assert (upload.encoding, upload.faults) == (encoding, ())
    assert upload.rows[0].cells == {"naam": "Jûltsje", "plaats": "Drachten"}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_found_even_when_names_hold_others(separator):
    text = separator.join(['"a, b; c"', "d", "e"]) + "\r\n" + separator.join(["1", "2", "3"]) + "\r\n"
    upload = read(text)
    assert upload.separator == separator
    assert upload.rows[0].cells == {"a, b; c": "1", "d": "2", "e": "3"}


def test_the_line_that_excel_writes_about_separators_is_no_row():
    upload = read("sep=;\r\na;b,c\r\n1;2\r\n")
    assert upload.header == ("a", "b,c")


def test_an_open_quote_is_named_by_the_row_where_it_opens():
    upload = read('a,b\n1,2\n3,"4\n5,6\n7,8\n')
    assert [(fault.row, fault.wrong, fault.whole) for fault in upload.faults] == [(3, Wrong.OPEN_QUOTE, True)]
    assert upload.spoilt


def test_half_a_file_is_told_by_its_last_row():
    upload = read("a,b,c\n1,2,3\n4,5")
    assert [(fault.row, fault.wrong) for fault in upload.faults] == [(3, Wrong.FEWER_CELLS)]
    assert [row.number for row in upload.rows] == [2]


def test_a_row_with_too_many_cells_is_named_and_its_neighbours_stay():
    upload = read("a,b\n1,2\n1,2,3\n1,2,\n\n5,6\n")
    assert [(fault.row, fault.wrong) for fault in upload.faults] == [(3, Wrong.MORE_CELLS)]
    assert [row.number for row in upload.rows] == [2, 4, 6]


def test_columns_that_stand_twice_spoil_the_file():
    upload = read("naam,Naam\n1,2\n")
    assert [(fault.row, fault.column, fault.wrong) for fault in upload.faults] == [(1, "Naam", Wrong.COLUMN_TWICE)]


def test_formulas_stay_text():
    cells = read("a;b;c;d\n=1+1;+31;-x;@y\n").rows[0].cells
    assert list(cells.values()) == ["=1+1", "+31", "-x", "@y"]


def test_a_hundred_thousand_rows_are_answered_within_seconds():
    began = time.monotonic()
    upload = read("a;b\n" + "1;2\n" * 100_000, most_rows=5_000)
    assert time.monotonic() - began < 3
    assert [fault.wrong for fault in upload.faults] == [Wrong.TOO_MANY_ROWS] and not upload.rows


def test_fifty_thousand_columns_are_too_many():
    upload = read(",".join(f"c{number}" for number in range(50_000)) + "\n")
    assert [fault.wrong for fault in upload.faults] == [Wrong.TOO_MANY_COLUMNS]


def test_a_cell_of_a_megabyte_is_refused_by_its_row():
    upload = read("a,b\n1," + "x" * 1_000_000 + "\n1,2\n")
    assert [(fault.row, fault.column, fault.wrong) for fault in upload.faults] == [(2, "b", Wrong.LONG_CELL)]


@pytest.mark.parametrize(
    ("data", "name", "wrong"),
    [
        (b"", "a.csv", Wrong.EMPTY),
        (b" \n\n", "a.csv", Wrong.EMPTY),
        (b"\xef\xbb\xbf\n", "a.csv", Wrong.NO_HEADER),
        (b"a,b\n" + b"x" * 10_000_000, "a.csv", Wrong.TOO_LARGE),
        (b"a,b\n1,2\n", "a.pdf", Wrong.NO_TABLE),
        (b"PK\x03\x04\x00\x00\xff\x00\x80", "a.csv", Wrong.NO_TEXT),
        (b"a,b\n\x81,\x8d\n", "a.csv", Wrong.NO_TEXT),
    ],
)
def test_what_is_no_table_is_said_in_one_word(data, name, wrong):
    upload = read_upload(data, name, most_rows=10)
    assert [fault.wrong for fault in upload.faults] == [wrong]
    assert upload.spoilt and not upload.rows


def test_a_control_sign_spoils_only_its_row():
    upload = read("a,b\n1,\x07\n3,4\n")
    assert [(fault.row, fault.column, fault.wrong) for fault in upload.faults] == [(2, "b", Wrong.ODD_SIGN)]
    assert [row.number for row in upload.rows] == [3]


def test_every_fault_has_words(app):
    with app.test_request_context():
        fault = read("a,b,c\n1,2,3\n4,5").faults[0]
        assert str(fault).startswith("R")
        assert "2" in fault.message and "%(" not in fault.message


cell = st.text('aÉ€ß;,"=+@漢’\u00a0 x', min_size=1, max_size=12).filter(str.strip)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    names=st.lists(cell, min_size=2, max_size=4, unique_by=lambda name: name.strip().casefold()),
    rows=st.lists(st.lists(cell, min_size=4, max_size=4), max_size=5),
    separator=st.sampled_from(",;\t"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_a_writer_writes_is_read_back(names, rows, separator, encoding):
    kept = [row[: len(names)] for row in rows]
    text = io.StringIO()
    csv.writer(text, delimiter=separator, quoting=csv.QUOTE_ALL).writerows([names, *kept])
    upload = read_upload(text.getvalue().encode(encoding), "a.csv", most_rows=10)
    if "\ufffd" in "".join(map("".join, kept)):
        return
    assert upload.faults == ()
    assert [list(row.cells.values()) for row in upload.rows] == [[one.strip() for one in row] for row in kept]


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_make_it_fall(data):
    upload = read_upload(data, "a.csv", most_rows=10)
    assert upload.rows or upload.faults or upload.header
