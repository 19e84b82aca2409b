"""A student and a place from files: what is read, what is refused, and what is named as unread."""

import json

import pytest

from ipf_talent.matching.collections import Entry
from ipf_talent.matching.pair_files import Given, read_place, read_places, read_profile
from ipf_talent.sheets import FaultyFile


@pytest.fixture
def written(tmp_path):
    def write(value):
        path = tmp_path / "one.json"
        path.write_text(json.dumps(value), encoding="utf-8")
        return path

    return write


def test_a_profile_is_read_with_what_it_has(written):
    assert read_profile(written({})) == Given("one")
    assert read_profile(written({"id": "me", "wish": "Lassen", "skills": ["tig"], "lang": "nl"})) == Given(
        "me", "Lassen", ("tig",), lang="nl"
    )
    assert read_profile(written({"wish": None, "skills": None, "lang": "xx"})) == Given("one")


def test_a_place_is_read_with_what_it_asks(written):
    given = read_place(written({"slug": "cell", "text": "Robot", "musts": ["plc"], "wanted": ["cad"], "skills": ["tig"]}))
    assert given == Given("cell", "Robot", ("tig",), ("plc",), ("cad",))
    assert given.entry == Entry("cell", "Robot", ("plc", "cad", "tig"))


def test_a_key_that_means_nothing_is_named(written):
    assert read_profile(written({"skils": [], "musts": [], "wish": "x"})).unread == ("skils", "musts")
    assert read_place(written({"wish": "x", "text": "y"})).unread == ("wish",)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"skills": "plc"}, "`skills` must be a list"),
        ({"skills": [1]}, "`skills` must be a list"),
        ({"wish": 5}, "`wish` must be text"),
        ({"wish": "a", "text": "b"}, "`wish` or `text`"),
        ({"id": 3}, "`id` must be text"),
        ({"id": "\ud83d"}, "`id` must be text"),
        ({"skills": ["\ud83d"]}, "`skills` holds half a sign"),
        ([1], "no JSON object"),
    ],
)
def test_another_shape_is_refused_with_the_file_and_the_key(written, value, words):
    with pytest.raises(FaultyFile) as caught:
        read_profile(written(value))
    assert str(caught.value).startswith("one.json, row 1") and words in str(caught.value)


def test_places_of_a_file_have_musts_and_an_id_each(tmp_path):
    path = tmp_path / "d.jsonl"
    path.write_text('{"id": "a", "musts": ["plc"]}\n{"slug": "b"}\n', encoding="utf-8")
    assert read_places(path) == [Given("a", musts=("plc",)), Given("b")]
    path.write_text('{"id": "a"}\n{"text": "b"}\n{"id": "a"}\n[]\n', encoding="utf-8")
    with pytest.raises(FaultyFile) as caught:
        read_places(path)
    assert [fault.row for fault in caught.value.faults] == [2, 3, 4]
