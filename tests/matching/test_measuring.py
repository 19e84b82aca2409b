"""Making the report: collections found by folder, named neutrally, and everything measured in one run."""

import json
from datetime import date

import pytest

from ipf_talent.matching import figures, measuring
from ipf_talent.matching.engine import Document
from ipf_talent.matching.measuring import collections_in, measured
from ipf_talent.matching.report import read, write
from ipf_talent.matching.variants import THINGS
from ipf_talent.sheets import FaultyFile
from ipf_talent.skills.files import read_subset, taxonomy_of
from ipf_talent.skills.lexicon import lexicon
from ipf_talent.skills.recognition.accuracy import Case

TAXONOMY = taxonomy_of(read_subset())
PLACES = [
    Document("robot", "Robots programmeren met een PLC.", musts=["plc-programming"], lang="nl"),
    Document("hull", "Lassen van een schip.", musts=["welding"], lang="nl"),
]
CASES = [
    Case("nl", "Ik kan lassen.", frozenset({"welding"}), frozenset()),
    Case("en", "I like tea.", frozenset({"welding"}), frozenset()),
]
LINES = {
    "documents": [{"id": "a", "text": "welding of ships", "lang": "en"}, {"id": "b", "text": "cooking", "lang": "en"}],
    "queries": [{"id": "q", "text": "ships", "lang": "en"}, {"id": "r", "text": "cooking meals", "lang": "en"}],
}


@pytest.fixture
def make_collection(tmp_path):
    def make(folder: str, **meta: str):
        path = tmp_path / folder
        path.mkdir(parents=True)
        for name, lines in LINES.items():
            (path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
        (path / "qrels.tsv").write_text("q 0 a 1\nr 0 b 1\n", encoding="utf-8")
        if meta:
            (path / "meta.json").write_text(json.dumps(meta), encoding="utf-8")
        return path

    return make


def test_a_folder_of_collections_stands_for_these(make_collection, tmp_path):
    one, two = make_collection("all/one"), make_collection("all/two")
    (tmp_path / "all" / "notes").mkdir()
    assert [found.folder for found in collections_in([tmp_path / "all", two]).values()] == [one, two]
    assert [found.folder for found in collections_in([two]).values()] == [two]


def test_a_name_says_what_is_sought_in_which_language_and_never_comes_twice(make_collection):
    meta = {"query_lang": "nl", "document_lang": "en"}
    folders = [
        make_collection("a", name="students-x", **meta),
        make_collection("b", name="students-y", main_metric="map", **meta),
        make_collection("c", name="programmes", query_lang="en", document_lang="en"),
        make_collection("d"),
    ]
    found = collections_in(folders)
    assert list(found) == ["students, Dutch to English", "students, Dutch to English #2", "programmes, English to English", "d"]
    assert [one.measure for one in found.values()] == ["nDCG@10", "MAP", "nDCG@10", "nDCG@10"]


def test_everything_is_measured_in_one_run_and_fits_in_the_file(make_collection, tmp_path, monkeypatch):
    monkeypatch.setattr(measuring, "PARTS", [("whole", {})])
    folder, steps = make_collection("c", name="students-x", query_lang="en", document_lang="en"), []
    found = measured(collections_in([folder]), PLACES, TAXONOMY, lexicon(), CASES, date(2030, 1, 2), students=3, step=steps.append)
    (quality,) = found.collections
    assert (quality.name, quality.kind, quality.n_queries) == ("students, English to English", "students", 2)
    assert quality.product.mean == quality.tfidf.mean == quality.bm25.mean == 1.0
    assert [(part.part, part.values) for part in found.ablation] == [("whole", {quality.name: 1.0})]
    assert [(one.lang, one.texts, one.precision, one.recall) for one in found.recognition] == [
        ("all", 2, 1.0, 0.5), ("en", 1, 1.0, 0.0), ("nl", 1, 1.0, 1.0),
    ]  # fmt: skip
    assert (found.fairness.students, found.fairness.documents) == (3, 2)
    assert [one.thing for one in found.fairness.fields if one.identical] == list(THINGS)
    assert found.cost.places == 2 and found.cost.bytes_per_place * 2 == found.cost.index_bytes > 1000
    assert found.cost.build_seconds > 0
    assert found.versions["taxonomy"] == TAXONOMY.version and {"model", "background", "numpy"} <= set(found.versions)
    assert quality.name in steps and f"whole: {quality.name}" in steps
    write(found, tmp_path / "report.json")
    assert read(tmp_path / "report.json").collections == found.collections


def test_a_collection_that_is_not_whole_is_refused(make_collection):
    folder = make_collection("c")
    (folder / "qrels.tsv").write_text("q 0 a\n", encoding="utf-8")
    with pytest.raises(FaultyFile, match=r"qrels\.tsv, row 1"):
        measured(collections_in([folder]), PLACES, TAXONOMY, lexicon(), CASES, date(2030, 1, 2), students=1)


@pytest.mark.parametrize("content", ["{", "[1]"])
def test_a_collection_that_says_nonsense_of_itself_is_refused(make_collection, content):
    folder = make_collection("c")
    (folder / "meta.json").write_text(content, encoding="utf-8")
    with pytest.raises(FaultyFile, match=r"meta\.json"):
        collections_in([folder])


def test_every_part_and_every_swap_has_its_words():
    assert {name for name, _ in measuring.PARTS} == set(figures.PARTS)
    assert set(THINGS) == set(figures.THINGS)
