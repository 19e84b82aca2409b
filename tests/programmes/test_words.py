import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from ipf_talent.programmes.words import MAX_LENGTH, closeness, fold, relevance, words_of


@given(st.text())
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="aeiouâêîôûéèëïöúàçñ", max_size=20))
def test_accents_make_no_difference(text):
    assert fold(text) == fold(unicodedata.normalize("NFD", text).upper())


def test_capitals_with_accents_are_the_same_word():
    assert words_of("ÛNTWERPE fryslân") == ("untwerpe", "fryslan")


def test_a_long_search_is_cut_and_never_fails():
    assert words_of("mechatronica " * 300) == ("mechatronica", words_of("mechatronica " * 300)[-1])
    assert sum(map(len, words_of("x" * 3000))) == MAX_LENGTH


def test_a_whole_word_is_closer_than_its_start_and_that_than_its_middle():
    assert [closeness("robot", text) for text in ("a robot", "robotics", "microrobots", "optics")] == [3, 2, 1, 0]


def test_two_letters_are_not_found_inside_a_word():
    assert closeness("ai", "maintenance") == 0
    assert closeness("ai", "data & ai") == 3


def test_signs_mean_only_themselves():
    assert relevance(words_of("%"), [(1, "Mechatronics")]) == 0
    assert relevance(words_of("m_chatronics"), [(1, "Mechatronics")]) == 0
    assert relevance(words_of("100%"), [(1, "100% optics")]) > 0


def test_every_word_must_be_found_but_each_where_it_is_best():
    texts = [(10, "Robotics"), (1, "School in Groningen, for robotics")]
    assert relevance(words_of("robotics groningen"), texts) == 10 * 3 + 1 * 3
    assert relevance(words_of("robotics twente"), texts) == 0


@given(st.text(max_size=200))
def test_any_search_has_an_answer(text):
    assert relevance(words_of(text), [(3, "Mechatronics"), (1, text)]) >= 0
