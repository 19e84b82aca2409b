"""Counting what recognition found rightly, wrongly, and not."""

import pytest

from ipf_talent.sheets import FaultyFile
from ipf_talent.skills.recognition import Recogniser
from ipf_talent.skills.recognition.accuracy import Accuracy, Case, accuracy, read_cases
from ipf_talent.skills.taxonomy import Concept, Taxonomy

RECOGNISER = Recogniser(
    Taxonomy.of(
        [
            Concept("welding", "skill", "production", "lassen", "welding"),
            Concept("soldering", "skill", "electronics", "solderen", "soldering"),
        ],
        [],
        [],
    )
)


def case(text: str, *must: str, may: tuple[str, ...] = ()) -> Case:
    return Case("nl", text, frozenset(must), frozenset(may))


def test_what_is_right_wrong_and_missed_is_counted_over_all_texts():
    texts = [case("lassen en solderen", "welding", "soldering"), case("lassen"), case("iets met vuur", "welding")]
    found = accuracy(RECOGNISER, texts)
    assert found == Accuracy(texts=3, right=2, wrong=1, missed=1)
    assert (found.precision, found.recall) == (pytest.approx(2 / 3), pytest.approx(2 / 3))


def test_what_may_be_found_is_neither_right_nor_wrong():
    assert accuracy(RECOGNISER, [case("lassen en solderen", "welding", may=("soldering",))]) == Accuracy(1, 1, 0, 0)


def test_where_nothing_is_to_be_found_and_nothing_is_found_all_is_well():
    found = accuracy(RECOGNISER, [case("koken")])
    assert (found.precision, found.recall) == (1.0, 1.0)


def test_a_file_gives_its_cases(tmp_path):
    path = tmp_path / "cases.jsonl"
    path.write_text('{"lang": "nl", "text": "lassen", "skills": ["welding"], "may": []}\n', encoding="utf-8")
    assert read_cases(path) == [case("lassen", "welding")]


@pytest.mark.parametrize(
    "line", ["no json", "[1]", '{"lang": "nl"}', '{"lang": "nl", "text": "x", "skills": "welding", "may": []}',
             '{"lang": "nl", "text": "x", "skills": [1], "may": []}', '{"lang": "nl", "text": "x", "skills": []}'],
)  # fmt: skip
def test_a_line_that_is_no_case_is_named(tmp_path, line):
    path = tmp_path / "cases.jsonl"
    path.write_text('{"lang": "nl", "text": "lassen", "skills": [], "may": []}\n' + line, encoding="utf-8")
    with pytest.raises(FaultyFile, match=r"cases\.jsonl, row 2"):
        read_cases(path)
