"""Suggesting skills while someone types."""

import pytest

from ipf_talent.skills.suggestions import Suggester
from ipf_talent.skills.taxonomy import Concept, Taxonomy

CONCEPTS = [
    Concept("welding", "skill", "production", "lassen", "welding", "lasse", alts_nl=("lasser",)),
    Concept("tig-welding", "skill", "production", "TIG-lassen", "TIG welding", "TIG-lasse"),
    Concept("lasers", "knowledge", "vision-optics", "lasers", "lasers"),
    Concept("hygiene", "knowledge", "safety", "hygiëne", "hygiene"),
    Concept("plc-programming", "skill", "automation", "PLC's programmeren", "PLC programming", alts_en=("SPS",)),
    Concept("mechatronics", "knowledge", "mechatronics", "mechatronica", "mechatronics", "megatroanika"),
]


@pytest.fixture(scope="module")
def suggester():
    return Suggester(Taxonomy.of(CONCEPTS, [], []))


@pytest.mark.parametrize(
    ("text", "first"),
    [("lass", "welding"), ("LASSEN", "welding"), ("lasser", "welding"), ("tig las", "tig-welding"), ("TIG lassen", "tig-welding"),
     ("hygiene", "hygiene"), ("HYGIËNE", "hygiene"), ("sps", "plc-programming"), ("programmeren plc", "plc-programming"),
     ("mechatronka", "mechatronics"), ("mechatronicc", "mechatronics"), ("megatro", "mechatronics"), ("weldign", "welding")],
)  # fmt: skip
def test_the_skill_that_is_meant_stands_first(suggester, text, first):
    assert suggester.ranked(text)[0] == first


def test_what_begins_with_the_text_comes_before_what_only_holds_it(suggester):
    assert suggester.ranked("lasse") == ["welding", "tig-welding"]


def test_a_label_comes_before_a_synonym_of_another():
    ones = [
        Concept("a", "skill", "data-ai", "meten", "measuring", alts_nl=("peilen",)),
        Concept("b", "skill", "data-ai", "peilen", "sounding"),
    ]
    assert Suggester(Taxonomy.of(ones, [], [])).ranked("peilen") == ["b", "a"]


@pytest.mark.parametrize("text", ["", " ", "l", "%", "_", "voetbal", "zzzz", "xq"])
def test_too_little_or_something_else_suggests_nothing(suggester, text):
    assert suggester.ranked(text) == []


def test_a_slip_counts_only_when_nothing_holds_the_text_as_it_stands(suggester):
    assert "lasers" not in suggester.ranked("lasser")
