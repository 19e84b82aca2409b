"""Collections in files: what is read, and what is refused by its line."""

import json
from io import StringIO

import pytest

from ipf_talent.matching.collections import Entry, read_entries, read_judgements, read_object, write_run
from ipf_talent.sheets import FaultyFile


def written(path, *lines):
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return path


def test_entries_are_read_with_what_they_have(tmp_path):
    path = written(
        tmp_path / "d.jsonl",
        {"id": "a", "text": "Lassen", "skills": ["TIG"], "lang": "nl", "more": 1},
        "",
        {"id": "b", "lang": "xx"},
    )
    assert read_entries(path) == [Entry("a", "Lassen", ("TIG",), "nl"), Entry("b")]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "Expecting"),
        ("[1]", "no JSON object"),
        ('{"text": "x"}', "`id`"),
        ('{"id": ""}', "`id`"),
        ('{"id": "a b"}', "`id`"),
        ('{"id": 3}', "`id`"),
        ('{"id": "x", "text": 3}', "`text`"),
        ('{"id": "x", "skills": "one"}', "`skills`"),
        ('{"id": "x", "skills": [1]}', "`skills`"),
        ('{"id": "first"}', "line 1"),
        ("[" * 100_000, "nested too deeply"),
        ('{"id": "\\ud83d"}', "`id`"),
    ],
)
def test_a_line_that_is_not_whole_is_named(tmp_path, line, words):
    path = written(tmp_path / "d.jsonl", {"id": "first"}, line, {"id": "last"})
    with pytest.raises(FaultyFile) as caught:
        read_entries(path)
    assert [fault.row for fault in caught.value.faults] == [2]
    assert words in str(caught.value)


def test_broken_json_is_told_at_one_place(tmp_path):
    with pytest.raises(FaultyFile) as caught:
        read_entries(written(tmp_path / "d.jsonl", {"id": "a"}, '{"id" 3}'))
    assert str(caught.value) == "d.jsonl, row 2, column 7: this is no JSON: Expecting ':' delimiter"
    (tmp_path / "p.json").write_text('{"wish": "a",\n "skills" []}')
    with pytest.raises(FaultyFile) as caught:
        read_object(tmp_path / "p.json")
    assert str(caught.value) == "p.json, row 2, column 11: this is no JSON: Expecting ':' delimiter"


@pytest.mark.parametrize("read", [read_entries, read_object, read_judgements])
def test_another_encoding_is_named_by_its_line(tmp_path, read):
    path = tmp_path / "latin.txt"
    path.write_bytes('{"id": "a",\n"text": "caf\xe9"}'.encode("latin-1"))
    with pytest.raises(FaultyFile, match=r"latin\.txt, row 2, column 13: this is no UTF-8"):
        read(path)


def test_a_mark_of_byte_order_is_no_fault(tmp_path):
    (tmp_path / "d.jsonl").write_bytes(b'\xef\xbb\xbf{"id": "a", "text": "caf\xc3\xa9"}\r\n')
    assert read_entries(tmp_path / "d.jsonl") == [Entry("a", "café")]
    assert read_object(tmp_path / "d.jsonl") == {"id": "a", "text": "café"}


def test_every_fault_is_told_at_once(tmp_path):
    with pytest.raises(FaultyFile) as caught:
        read_entries(written(tmp_path / "d.jsonl", "{", {"id": "a"}, "[]"))
    assert [fault.row for fault in caught.value.faults] == [1, 3]


def test_judgements_are_read_and_odd_ones_named(tmp_path):
    assert read_judgements(written(tmp_path / "q.tsv", "q1\t0\td1\t3", "q1 0 d2 0", "q2 0 d1 1")) == {
        "q1": {"d1": 3, "d2": 0},
        "q2": {"d1": 1},
    }
    with pytest.raises(FaultyFile, match="row 2"):
        read_judgements(written(tmp_path / "odd.tsv", "q1 0 d1 3", "q1 0 d1", "q2 0 d1 1"))


def test_a_run_has_the_six_columns_of_trec():
    file = StringIO()
    assert write_run(file, [("q1", ["d2", "d1"], [0.5, 0.25]), ("q2", [], [])], "tag") == 1
    assert file.getvalue().splitlines() == ["q1 Q0 d2 1 0.500000000 tag", "q1 Q0 d1 2 0.250000000 tag"]
