"""How wide texts are, and where they break."""

from hypothesis import given
from hypothesis import strategies as st

from ipf_talent.pathways.map.lettering import width, wrapped

TEXTS = st.text(st.characters(min_codepoint=32, max_codepoint=0x17F), min_size=1, max_size=60)


def test_wider_letters_are_wider_and_bold_is_no_narrower():
    assert width("WWW", 10) > width("iii", 10)
    assert width("Robotica", 14, bold=True) >= width("Robotica", 14)
    assert width("Robotica", 28) == 2 * width("Robotica", 14)


def test_an_unknown_letter_counts_as_the_widest():
    assert width("漢", 10) == 10


def test_a_text_breaks_at_spaces_and_keeps_every_word():
    lines = wrapped("Electrical and Electronic Engineering", 100, 14)
    assert len(lines) > 1 and " ".join(lines) == "Electrical and Electronic Engineering"


def test_a_word_that_is_too_long_breaks_behind_its_hyphen_first():
    assert wrapped("Werktuigbouwkunde-deeltijd", 140, 14) == ("Werktuigbouwkunde-", "deeltijd")


@given(TEXTS, st.floats(40, 200))
def test_no_line_is_wider_than_its_room_and_nothing_is_left_out(text, room):
    lines = wrapped(text, room, 14)
    assert all(width(line, 14) <= room for line in lines)
    assert "".join("".join(lines).split()).replace("-", "") == "".join(text.split()).replace("-", "")
