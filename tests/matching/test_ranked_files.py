"""Ranking a collection from files: without a table, with or without typed skills."""

import json

import pytest

from ipf_talent.matching.collections import Entry
from ipf_talent.matching.judging import judged
from ipf_talent.matching.ranked_files import full_text, matcher_of, rank
from ipf_talent.matching.translating import translated
from ipf_talent.skills.files import read_subset, taxonomy_of
from ipf_talent.skills.lexicon import Lexicon
from ipf_talent.skills.lexicon.files import Named
from ipf_talent.skills.taxonomy import Concept, Taxonomy

TAXONOMY = Taxonomy.of(
    [
        Concept("plc", "skill", "automation", "plc's programmeren", "PLC programming", alts_nl=("PLC",)),
        Concept("weld", "skill", "production", "lassen", "welding"),
    ],
    [],
    [],
)
LEXICON = Lexicon.of(
    [
        Named("7", {"en": ("prevent shoplifting", "avert shoplifting"), "nl": ("winkeldiefstal voorkomen",)}),
        Named("8", {"en": ("weld metal",), "nl": ("metaal lassen",)}),
    ],
    TAXONOMY,
    {"nl": {"schip": {"ship": 0.9}, "romp": {"hull": 0.8, "bodi": 0.1}}, "en": {"ship": {"schip": 0.9}}},
)
PLACES = [
    Entry("robot", "Robots programmeren met een PLC.", ("plc's programmeren",), "nl"),
    Entry("hull", "Welding the hull of a ship.", ("welding",), "en"),
    Entry("empty"),
]


def ranked(*queries, top=10):
    return {one.id: ranking.ids for one, ranking in rank(matcher_of(PLACES, LEXICON), queries, LEXICON, top)}


def test_typed_skills_bridge_the_languages():
    assert ranked(Entry("q", skills=("Lassen",), lang="nl"))["q"][0] == "hull"


def test_a_text_alone_is_enough():
    assert ranked(Entry("q", "I like welding", lang="en"))["q"][0] == "hull"


@pytest.mark.parametrize(
    "query",
    [
        Entry("q"),
        Entry("q", "x"),
        Entry("q", "\U0001f916 \u4e00"),
        Entry("q", "woord " * 100_000),
        Entry("q", skills=("onzin",) * 10_000),
    ],
    ids=["nothing", "one letter", "other signs", "much text", "many skills"],
)
def test_odd_queries_get_an_answer_or_none_and_never_a_crash(query):
    assert set(ranked(query)["q"]) <= {"robot", "hull"}


def test_no_documents_give_no_answers():
    assert list(rank(matcher_of([], LEXICON), [Entry("q", "lassen")], LEXICON, 10)) == []


def test_more_queries_than_go_at_once_all_get_their_answer_in_order():
    queries = [Entry(f"q{n}", "welding", lang="en") for n in range(120)]
    assert list(ranked(*queries)) == [one.id for one in queries]


def test_a_slip_of_the_pen_and_another_wording_still_find_the_skill():
    places = [Entry("shop", "Verkoper.", ("winkeldiefstal voorkomen",), "nl"), Entry("yard", "Werf.", ("metaal lassen",), "nl")]
    matcher = matcher_of(places, LEXICON)
    for typed in ("avert shoplifting", "winkeldiefstal vorokomen", "shoplifting prevention"):
        [(_, found)] = rank(matcher, [Entry("q", skills=(typed,))], LEXICON, 10)
        assert found.ids[0] == "shop", typed


def test_a_list_in_a_text_is_read_as_skills():
    places = [
        Entry("shop", "Verkoper. Wat we vragen: winkeldiefstal voorkomen; kassa bedienen; klanten helpen.", lang="nl"),
        Entry("yard", "Werf."),
    ]
    [(_, found)] = rank(matcher_of(places, LEXICON), [Entry("q", skills=("prevent shoplifting",), lang="en")], LEXICON, 10)
    assert found.ids == ("shop",)


def test_words_meet_by_their_translations_where_texts_are_in_another_language():
    assert ranked(Entry("q", "de romp van een schip", lang="nl"))["q"] == ("hull",)
    dutch = [Entry("hull", "Hull aan het schip", lang="nl"), Entry("body", "Bodi", lang="nl")]
    [(_, found)] = rank(matcher_of(dutch, LEXICON), [Entry("q", "romp", lang="nl")], LEXICON, 10)
    assert found.ids == ()


def test_a_translation_counts_by_how_likely_it_is_and_compounds_are_taken_apart():
    assert translated({"romp": 2.0, "onbekend": 1.0}, "nl", LEXICON) == {"hull": 1.6, "bodi": 0.2}
    assert translated({"scheepsromp": 1.0, "schiprompen": 1.0}, "nl", LEXICON) == {"ship": 0.9, "hull": 0.8, "bodi": 0.1}
    assert translated({"ship": 1.0}, "en", LEXICON, 2.0) == {"schip": 1.8}


def test_typed_skills_stand_in_the_text_once():
    assert full_text(Entry("q", "Ik kan lassen", ("lassen", "draaien"))) == "Ik kan lassen\ndraaien"


def test_the_shipped_taxonomy_needs_no_database():
    taxonomy = taxonomy_of(read_subset())
    assert len(taxonomy) >= 400
    assert "siemens-tia-portal" in taxonomy
    assert taxonomy.relations["siemens-tia-portal"]


def test_a_collection_is_judged_beside_both_baselines(tmp_path):
    for name, entries in (("documents", PLACES[:2]), ("queries", [Entry("q1", "PLC", lang="nl"), Entry("q2", "ship", lang="en")])):
        lines = [json.dumps({"id": one.id, "text": one.text, "lang": one.lang}) for one in entries]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "qrels.tsv").write_text("q1 0 robot 1\nq2 0 hull 1\n", encoding="utf-8")
    reports = judged(tmp_path, LEXICON)
    assert {name: report.average_precision.mean for name, report in reports.items()} == {"product": 1.0, "tfidf": 1.0, "bm25": 1.0}
