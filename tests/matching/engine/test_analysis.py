import pytest

from ipf_talent.matching.engine.analysis import language, sentences


def words(text: str, lang: str | None = None, **more) -> list[str]:
    return [token.lower for sentence in sentences(text, lang, **more) for token in sentence]


def stems(text: str, lang: str) -> list[str]:
    return [token.stem for sentence in sentences(text, lang) for token in sentence]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Siemens S7-1500", ["siemens", "s7", "1500", "s7-1500"]),
        ("C++ en C# en .NET", ["c++", "c#", ".net"]),
        ("3D-printen", ["3d", "printen", "3d-printen"]),
        ("R&D", ["r", "d", "r-d"]),
        ("CNC-frezen/draaien", ["cnc", "frezen", "draaien"]),
        ("ISO 9001", ["iso", "9001"]),
    ],
)
def test_codes_and_numbers_are_kept(text, kept):
    assert words(text, "nl") == kept


def test_a_bare_number_has_no_stem_of_its_own():
    assert stems("ISO 9001", "nl") == ["iso", ""]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Je werkt met een team aan de besturing van onze machines", "nl"),
        ("You will work with a team on the control of our machines", "en"),
        ("Do wurkest mei in team oan de besturing fan ús masines", "fy"),
        ("engineering, manufacturing, automation", "en"),
        ("lassen, frezen, onderhouden", "nl"),
        ("PLC CAD CNC", "nl"),
        ("", "nl"),
        ("🤖🦾", "nl"),
    ],
)
def test_the_language_is_guessed(text, lang):
    assert language(text) == lang


@pytest.mark.parametrize(("given", "lang"), [("en", "en"), ("nl-NL", "nl"), ("FY", "fy"), ("de", "nl"), (None, "nl")])
def test_a_known_given_language_wins_and_an_unknown_one_is_guessed(given, lang):
    assert language("Je werkt aan de machines", given) == lang


def test_each_language_has_its_stems_and_frisian_takes_the_dutch_ones():
    assert stems("schijven", "nl") == ["schijf"]
    assert stems("batteries", "en") == ["batteri"]
    assert stems("schijven", "fy") == ["schijf"]


def test_stop_words_say_nothing():
    assert words("Je bouwt aan de robot en het systeem", "nl") == ["bouwt", "robot", "systeem"]
    assert words("You build the robot", "en") == ["build", "robot"]
    assert words("Do boust oan de robot", "fy") == ["boust", "robot"]


def test_words_of_every_vacancy_say_nothing():
    assert words("Stage voor een student: 20 weken werk bij een bedrijf", "nl") == ["20"]


def test_boilerplate_does_not_count():
    text = "Wij zoeken een lasser. Acquisitie naar aanleiding van deze vacature stellen wij niet op prijs."
    assert words(text, "nl") == ["lasser"]


def test_a_known_shared_sentence_does_not_count():
    text = "Lassen is je vak. Wij zijn een familiebedrijf met hart voor techniek!"
    assert "familiebedrijf" not in words(text, "nl", known={"wij zijn een familiebedrijf met hart voor techniek"})


@pytest.mark.parametrize("text", ["", " \n\t", "!!! ... ---", "🤖", "\ud800", "\x00", "ﬁ ﬂ", "a\u0308"])
def test_odd_characters_do_no_harm(text):
    assert all(token.stem for sentence in sentences(text) for token in sentence)


def test_what_is_too_long_for_a_word_is_cut():
    assert words("a" * 1_000_000, "nl") == ["a" * 64]
