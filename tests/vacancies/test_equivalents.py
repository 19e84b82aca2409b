"""The table of older and newer numbers of one occupation."""

from datetime import date, timedelta
from pathlib import Path

import pytest

import config
from ipf_talent.vacancies.equivalents import Equivalent, FaultyTable, of, read

FIRST, LAST = date(2023, 8, 1), date(2026, 7, 31)
TABLE = (
    Equivalent("25297", "25919", FIRST, LAST),
    Equivalent("25187", "25998", None, None),
    Equivalent("25998", "25604", None, None),
)
HEAD = "crebo,equivalent,valid_from,valid_until,source_url,note\n"


def test_it_holds_both_ways_in_its_period_and_never_names_itself():
    assert of("25297", TABLE, FIRST) == of("25297", TABLE, LAST) == {"25919"}
    assert of("25919", TABLE, LAST) == {"25297"}
    assert of("25297", TABLE, FIRST - timedelta(1)) == of("25297", TABLE, LAST + timedelta(1)) == frozenset()
    assert of("25344", TABLE, FIRST) == frozenset()


def test_what_is_equivalent_to_an_equivalent_is_not_so_by_itself():
    assert of("25187", TABLE, FIRST) == {"25998"}
    assert of("25998", TABLE, FIRST) == {"25187", "25604"}


def test_the_table_that_comes_along_is_whole():
    assert of("25297", read(Path(config.Default.EQUIVALENTS)), date(2026, 11, 27)) == {"25919"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("crebo,other\n", "the columns are crebo, equivalent"),
        (HEAD + "25297,259,,,https://a.example,\n", "line 2: a crebo has five digits"),
        (HEAD + "25297,25919,,,https://a.example,\n25297,25297,,,https://a.example,\n", "line 3: a crebo has five digits"),
        (HEAD + "25297,25919,,,,\n", "line 2: a line names its source"),
        (HEAD + "25297,25919,august,,https://a.example,\n", "line 2: Invalid isoformat"),
        (HEAD + "25297\n", "line 2: a crebo has five digits"),
    ],
)
def test_a_faulty_table_names_the_line(tmp_path, text, said):
    path = tmp_path / "equivalents.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FaultyTable, match=said):
        read(path)


def test_a_table_that_is_not_there_or_not_text_is_named(tmp_path):
    (tmp_path / "odd.csv").write_bytes(b"crebo\xff\xfe")
    for name in ("none.csv", "odd.csv"):
        with pytest.raises(FaultyTable, match=name):
            read(tmp_path / name)
