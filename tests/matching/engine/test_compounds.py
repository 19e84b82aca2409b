import pytest

from ipf_talent.matching.engine import Document, Matcher, Query
from ipf_talent.matching.engine.compounds import parts

KNOWN = {"veiligheid": 9, "voorschriften": 4, "winkel": 7, "diefstal": 3, "apparatuur": 5, "meet": 2, "precisie": 2,
         "meetapparatuur": 1, "voor": 50, "schriften": 1, "boek": 3, "houder": 2}  # fmt: skip


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("veiligheidsvoorschriften", ("veiligheid", "voorschriften")),
        ("winkeldiefstal", ("winkel", "diefstal")),
        ("precisiemeetapparatuur", ("precisie", "meet", "apparatuur")),
        ("boekenhouder", ("boek", "houder")),
        ("voorschriften", ("voor", "schriften")),
        ("boeken", ()),
        ("onbekendwoord", ()),
        ("s7-1500-besturing", ()),
    ],
)
def test_a_compound_falls_into_known_words(word, expected):
    assert parts(word, lambda part: KNOWN.get(part, 0)) == expected


def test_a_compound_finds_a_text_that_has_its_part():
    places = [
        Document("rules", "Je bewaakt de veiligheid en schrijft voorschriften.", lang="nl"),
        Document("other", "Je bakt brood in de winkel van de molenaar.", lang="nl"),
    ]
    assert Matcher().fit(places).rank([Query("veiligheidsvoorschriften", lang="nl")])[0].ids == ("rules",)


def test_a_word_that_says_nothing_is_no_part():
    lakes = Document("lakes", "Het programma gaat over de meren in Friesland", lang="nl")
    matcher = Matcher(text_floor=0.0, text_floor_stray=0.0).fit([lakes, Document("plc", "programmeren van robots", lang="nl")])
    assert [line.key for line in matcher.explain(Query("programmeren", lang="nl"), 1).contributions] == ["programmer"]
