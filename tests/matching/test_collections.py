"""Collections in files: what is read, and what is refused by its line."""

import json

import pytest

from ipf_talent.matching.collections import Entry, read_entries, read_judgements, write_run
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
        ("[" * 100_000, "line"),
    ],
)
def test_a_line_that_is_not_whole_is_named(tmp_path, line, words):
    path = written(tmp_path / "d.jsonl", {"id": "first"}, line, {"id": "last"})
    with pytest.raises(FaultyFile) as caught:
        read_entries(path)
    assert [fault.row for fault in caught.value.faults] == [2]
    assert words in str(caught.value) or words == "line"


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


def test_a_run_has_the_six_columns_of_trec(tmp_path):
    write_run(tmp_path / "run", [("q1", ["d2", "d1"], [0.5, 0.25]), ("q2", [], [])], "tag")
    assert (tmp_path / "run").read_text().splitlines() == ["q1 Q0 d2 1 0.500000000 tag", "q1 Q0 d1 2 0.250000000 tag"]
