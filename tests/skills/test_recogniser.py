"""Recognising skills: what people write, what must not be taken for a skill, and how often it errs."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipf_talent.skills.files import read_subset
from ipf_talent.skills.recognition import Recogniser
from ipf_talent.skills.recognition.accuracy import accuracy, read_cases
from ipf_talent.skills.taxonomy import Concept, Taxonomy

DATA = Path(__file__).parent / "data"


@cache
def taxonomy() -> Taxonomy:
    subset = read_subset()
    names = ("slug", "type", "field", "label_nl", "label_en", "label_fy", "alt_nl", "alt_fy", "alt_en", "label_source")
    concepts = [Concept(*(tuple(cell) if isinstance(cell := row[name], list) else cell for name in names)) for row in subset.skills]
    links = subset.links().items()
    return Taxonomy.of(concepts, *([pair for pair, kind in links if kind == one] for one in ("broader", "related")))


@cache
def recogniser() -> Recogniser:
    return Recogniser(taxonomy())


def slugs(text: str) -> set[str]:
    return {found.slug for found in recogniser().find(text)}


def words(text: str) -> dict[str, tuple[str, ...]]:
    return {found.slug: found.words for found in recogniser().find(text)}


@pytest.mark.parametrize(
    ("name", "precision", "recall"),
    [("recognition_cases.jsonl", 0.96, 0.97), ("recognition_held_out.jsonl", 0.94, 0.89)],
)
def test_it_errs_no_more_often_than_its_manual_says(name, precision, recall):
    found = accuracy(recogniser(), read_cases(DATA / name))
    assert found.texts == 84
    assert found.precision >= precision
    assert found.recall >= recall


def test_the_words_of_the_story_give_its_three_skills():
    assert words("PLC programmeren, CAD, mechatronica") == {
        "plc-programming": ("PLC programmeren",),
        "cad": ("CAD",),
        "mechatronics": ("mechatronica",),
    }


@pytest.mark.parametrize(
    ("text", "slug", "shown"),
    [
        ("Ik ben PLC-programmeur.", "plc-programming", "PLC-programmeur"),
        ("Ik heb PLC's geprogrammeerd.", "plc-programming", "PLC's geprogrammeerd"),
        ("Vacature: robotprogrammeur", "robot-programming", "robotprogrammeur"),
        ("CAD-tekenaar", "cad", "CAD-tekenaar"),
        ("mechatronika", "mechatronics", "mechatronika"),
        ("Ik kan goed programeren.", "computer-programming", "programeren"),
        ("Ik bin goed yn elektrotechnyk.", "electrical-engineering", "elektrotechnyk"),
        ("I have five years of welding.", "welding", "welding"),
        ("Je sluit frequentieregelaars aan.", "frequency-inverters", "frequentieregelaars"),
    ],
)
def test_inflections_compounds_slips_and_languages_are_read(text, slug, shown):
    assert words(text)[slug] == (shown,)


@pytest.mark.parametrize(
    "text",
    [
        "niet lassen",
        "Geen ervaring met lassen.",
        "Lassen kan ik niet.",
        "Ervaring met lassen is niet vereist.",
        "Ik kin net lasse.",
        "I do not weld.",
        "Welding is not required.",
    ],
)
def test_a_skill_that_is_denied_is_not_there(text):
    assert slugs(text) == set()


@pytest.mark.parametrize(
    ("text", "slug"),
    [("Ik kan niet lassen, maar solderen lukt.", "solder-electronics"), ("Niet alleen lassen, ook meer.", "welding"),
     ("niet-destructief onderzoek", "non-destructive-testing")],
)  # fmt: skip
def test_a_denial_ends_where_its_sentence_turns(text, slug):
    assert slugs(text) == {slug}


@pytest.mark.parametrize(
    "text",
    ["Wij draaien mee in een concern.", "Ik mag van mijn ouders.", "De pen is machtiger.", "Een senior collega", "Rijbewijs B, C",
     "De rest volgt.", "Turning left you find us."],
)  # fmt: skip
def test_words_of_every_day_are_no_skills(text):
    assert slugs(text) == set()


@pytest.mark.parametrize(
    ("text", "slug"),
    [("draaien", "turning"), ("Ervaring met draaien.", "turning"), ("frezen en draaien", "turning"),
     ("Python, C", "programming-language-c"),
     ("MAG", "mag-welding")],
)  # fmt: skip
def test_the_same_words_count_in_a_list_after_a_cue_or_beside_another_skill(text, slug):
    assert slug in slugs(text)


def test_the_longer_phrase_takes_in_its_words():
    assert slugs("PLC programmeren") == {"plc-programming"}
    assert slugs("machine learning") == {"machine-learning"}


def test_a_slip_is_less_certain_than_the_word_itself():
    (right,), (wrong,) = recogniser().find("mechatronica"), recogniser().find("mechatronika")
    assert 0 < wrong.certainty < right.certainty == 1


def test_every_label_in_one_piece_finds_its_own_skill():
    missed = [
        (concept.slug, label)
        for concept in taxonomy().concepts.values()
        for label in (concept.label_nl, concept.label_fy, concept.label_en)
        if not set(",(") & set(label) and concept.slug not in slugs(label)
    ]
    assert missed == []


def test_an_empty_taxonomy_finds_nothing():
    assert Recogniser(Taxonomy.of([], [], [])).find("PLC programmeren") == []


PIECES = st.sampled_from(
    ["PLC", "programmeren", "lassen", "niet", "geen", "maar", "en", "C++", "C", "robot", "ß", "İ", "ﬁ", "-", ",", ".", "\n", "'s"]
)  # fmt: skip
TEXTS = st.text(max_size=80) | st.lists(PIECES, max_size=25).map(" ".join) | st.lists(PIECES, max_size=25).map("".join)


@given(TEXTS)
def test_any_text_is_read_the_same_way_twice_and_its_spans_hold_its_words(text):
    found = recogniser().find(text)
    assert found == recogniser().find(text)
    assert len({one.slug for one in found}) == len(found)
    for one in found:
        assert one.slug in taxonomy() and 0 < one.certainty <= 1
        assert all(0 <= start < end <= len(text) for start, end in one.spans)
        assert list(one.spans) == sorted(one.spans)
        assert one.words == tuple(dict.fromkeys(text[start:end] for start, end in one.spans))
