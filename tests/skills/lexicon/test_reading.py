"""Reading with the lexicon: names, slips of the pen, lists in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipf_talent.skills.lexicon import Lexicon, items, lexicon
from ipf_talent.skills.lexicon.files import Named
from ipf_talent.skills.lexicon.linking import Linker, plain
from ipf_talent.skills.lexicon.spelling import mended
from ipf_talent.skills.taxonomy import Concept, Taxonomy

TAXONOMY = Taxonomy.of([Concept("welding", "skill", "production", "lassen", "welding")], [], [])
SMALL = Lexicon.of(
    [
        Named("1", {"en": ("welding", "weld metal"), "nl": ("metaal lassen",)}),
        Named("2", {"en": ("prevent shoplifting",), "nl": ("winkeldiefstal voorkomen", "diefstal tegengaan")}),
        Named("3", {"en": ("customer service",), "nl": ()}),
    ],
    TAXONOMY,
)


def test_a_skill_that_the_taxonomy_has_is_that_skill():
    assert SMALL.linker.link("Weld metal") == {"welding": 1.0}
    assert SMALL.linker.link("prevent shoplifting") == {"esco:2": 1.0}


@pytest.mark.parametrize("typed", ["Préventing shoplifting!", "shoplifting", "winkeldiefstallen voorkomen"])
def test_a_name_that_is_nearly_the_same_is_recognised_but_not_for_sure(typed):
    [(slug, sure)] = SMALL.linker.link(typed).items()
    assert slug == "esco:2" and 0.4 < sure < 1


@pytest.mark.parametrize("typed", ["", "   ", "\U0001f916", "qqq www", "\u4e00\u4e8c", "x" * 100_000])
def test_what_is_like_no_name_links_to_nothing(typed):
    assert SMALL.linker.link(typed) == {}


@given(st.text(max_size=60))
def test_whatever_is_typed_gives_weights_above_0_to_1(typed):
    assert all(0 < sure <= 1 for sure in SMALL.linker.link(typed).values())


@given(st.lists(st.text(alphabet="abcdefgh ", min_size=1, max_size=20), min_size=1, max_size=8))
def test_every_name_finds_its_own_skill(names):
    folded = [plain(name) for name in names]
    linker = Linker.of([(name, str(folded.index(plain(name)))) for name in names])
    for name, bare in zip(names, folded, strict=True):
        assert linker.link(name) == ({str(folded.index(bare)): 1.0} if bare else {})


def test_a_linker_of_names_without_a_letter_links_nothing():
    assert Linker.of([(" ", "0")]).link("lassen") == {} == Linker.of([]).link("lassen")


def test_names_come_in_the_language_asked_else_in_english():
    assert SMALL.name("esco:2", "nl") == "winkeldiefstal voorkomen"
    assert SMALL.name("esco:2", "fy") == "winkeldiefstal voorkomen"
    assert SMALL.name("esco:3", "nl") == "customer service"
    assert SMALL.name("esco:9", "nl") == ""


@pytest.mark.parametrize(
    ("typed", "right"),
    [("lasesn", "lassen"), ("lassn", "lassen"), ("lassenn", "lassen"), ("lazsen", "lassen"), ("lassen", "lassen"),
     ("laden", "laden"), ("las", "las"), ("l4ssen", "l4ssen"), ("frezen", "frezen")],
)  # fmt: skip
def test_one_slip_is_mended_and_a_known_or_short_word_left_alone(typed, right):
    assert mended(typed, {"lassen": 9, "passen": 1, "laden": 1}) == right


def test_of_two_words_equally_near_the_commoner_counts():
    assert mended("xassen", {"lassen": 9, "passen": 10}) == "passen"


def test_pieces_between_semicolons_and_lines_with_bullets_are_a_list():
    assert items("Wat je doet: lassen; frezen; meten. Tot slot; dit niet.") == ["lassen", "frezen", "meten"]
    assert items("Je kunt:\n- lassen\n• frezen\n3. meten\nGroet") == ["lassen", "frezen", "meten"]
    assert items("- een\n- twee\nGeen lijst, gewoon proza. En nog een zin.") == []
    assert items("a b c d e f g h i j k; kort; ook kort") == ["kort", "ook kort"]


def test_typed_skills_stand_behind_the_text_once_and_mended():
    read = lexicon().read("Ik werk graag.", ["winkeldiefstal vorokomen", "lassen"])
    assert read.text == "Ik werk graag.\nwinkeldiefstal voorkomen; lassen"
    assert read.linked["welding"] == 1.0 and len(read.linked) == 2
    again = lexicon().read("lassen; frezen", ["lassen", "frezen"])
    assert again.text == "lassen; frezen"


def test_the_shipped_lexicon_is_whole():
    found = lexicon()
    assert len(found.named) == 13_412
    assert all(one.names["en"] and one.names["nl"] for one in found.named.values())
    assert all(
        name == name.strip() and "|" not in name for one in found.named.values() for names in one.names.values() for name in names
    )
    assert all(0 < chance <= 1 for words in found.words.values() for others in words.values() for chance in others.values())
    assert found.words["nl"]["las"].keys() & {"weld"}
    assert found.words["en"]["weld"].keys() & {"las", "lass"}
