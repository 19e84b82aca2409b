import pytest

from ipf_talent import sheets

COLUMNS = {"slug": sheets.matching(r"[a-z-]+", "slug"), "months": sheets.number, "title": sheets.needed, "modes": sheets.several()}


def written(tmp_path, text):
    path = tmp_path / "programmes.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_rows_come_typed_and_columns_may_stand_in_any_order(tmp_path):
    path = written(tmp_path, 'title,slug,modes,months\n"Robots, etc.",robots,bol; bbl,24\nCAD,cad,,\n')
    assert sheets.read(path, COLUMNS) == [
        {"title": "Robots, etc.", "slug": "robots", "modes": ["bol", "bbl"], "months": 24},
        {"title": "CAD", "slug": "cad", "modes": [], "months": None},
    ]


def test_every_fault_is_named_by_row_and_column(tmp_path):
    path = written(tmp_path, "slug,months,title,modes\nRobots,two,Robots,\ncad,24,,\ncad,24\ncad,24,CAD,\n")
    with pytest.raises(sheets.FaultyFile) as refused:
        sheets.read(path, COLUMNS, key="slug")
    assert [(fault.row, fault.column) for fault in refused.value.faults] == [
        (2, "slug"), (2, "months"), (3, "title"), (4, "-"), (5, "slug"),
    ]  # fmt: skip
    assert "programmes.csv, row 2, column months: 'two' is no whole number" in str(refused.value)


@pytest.mark.parametrize("header", ["slug,months,title", "slug,months,title,modes,colour", "slug,slug,months,title,modes", ""])
def test_a_header_with_other_columns_is_refused(tmp_path, header):
    with pytest.raises(sheets.FaultyFile, match="row 1"):
        sheets.read(written(tmp_path, header + "\n"), COLUMNS)
