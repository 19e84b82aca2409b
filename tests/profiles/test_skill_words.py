from hypothesis import given
from hypothesis import strategies as st

from ipf_talent.profiles.skill_words import MOST_PIECES, pieces, understand
from ipf_talent.skills.recognition import Recogniser
from ipf_talent.skills.taxonomy import Concept, Taxonomy

PLC = Concept("plc-programming", "skill", "automation", "PLC's programmeren", "PLC programming", alts_nl=("PLC",))
CAD = Concept("cad", "tool", "design", "CAD", "CAD software")
CAM = Concept("cam", "tool", "production", "CAM", "CAM software")
WELD = Concept("welding", "skill", "production", "lassen", "welding")
RECOGNISER = Recogniser(Taxonomy.of([PLC, CAD, CAM, WELD], [], []))


def suggest(text):
    return [concept for concept in (CAM, CAD, PLC, WELD) if text[:1].casefold() in {w[:1].casefold() for _, w in concept.words()}]


def read(text):
    return understand(text, RECOGNISER.find, suggest)


def test_a_list_with_commas_gives_each_skill_once_in_order():
    found = read("PLC programmeren, CAD; lassen\nCAD")
    assert [skill.slug for skill in found.skills] == ["plc-programming", "cad", "welding"]
    assert found.unknown == ()


def test_a_name_is_that_skill_and_not_its_neighbour():
    assert [skill.slug for skill in read("cad").skills] == ["cad"]


def test_what_is_not_known_is_given_back_as_typed():
    found = read("CAD, onderwaterhockey ,  blokfluit spelen")
    assert [skill.slug for skill in found.skills] == ["cad"]
    assert found.unknown == ("onderwaterhockey", "blokfluit spelen")


def test_beyond_the_most_pieces_nothing_is_looked_up():
    found = read(", ".join([*(f"onzin{n}" for n in range(MOST_PIECES)), "CAD"]))
    assert found.skills == ()
    assert found.unknown[-1] == "CAD"


@given(st.text(max_size=300))
def test_pieces_lose_no_word(text):
    words = " ".join(text.replace(",", " ").replace(";", " ").replace("\u2022", " ").split()).split(" ")
    assert set(" ".join(pieces(text)).split(" ")) == set(words)
