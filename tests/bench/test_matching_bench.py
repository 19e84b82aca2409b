"""The bench itself: its corpus is what it says, its figures are whole, what is wrong lowers the overlap. No time is asserted."""

import json

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from bench import engines
from bench.corpus import LANGUAGES, places, students
from bench.matching import main, table
from bench.measuring import Row, overlap
from ipf_talent.skills.files import read_subset

KEYS = {"engine", "p50_ms", "p95_ms", "overlap", "fit_s", "index_mb", "students_per_cpu_s"}
SCORES = np.array([0.0, 0.3, 0.9, 0.5, 0.5, 0.1, 0.0])


def terms(text: str) -> set[str]:
    return set(text.casefold().replace(".", " ").split())


@pytest.mark.parametrize("make", [places, students])
def test_one_seed_gives_one_corpus_and_another_seed_another(make):
    assert make(10, 3) == make(10, 3)
    assert make(10, 3) == make(25, 3)[:10]
    assert not {one.text for one in make(10, 3)} & {one.text for one in make(10, 4)}


@pytest.mark.parametrize("make", [places, students])
def test_there_are_as_many_as_asked_for_and_no_two_are_alike(make):
    assert make(0) == []
    made = make(10)
    assert len(made) == len({one.text for one in made}) == 10
    pairs = [(terms(one.text), terms(other.text)) for one in made for other in made if one is not other]
    assert max(len(one & other) / len(one | other) for one, other in pairs) < 0.5


def test_places_have_about_120_words_and_students_about_45_terms():
    lengths = [len(place.text.split()) for place in places(200)]
    assert min(lengths) >= 100 and max(lengths) <= 140 and 115 <= np.mean(lengths) <= 125
    counts = [len(terms(student.text)) for student in students(200)]
    assert min(counts) >= 35 and max(counts) <= 60 and 42 <= np.mean(counts) <= 48


def test_texts_name_the_skills_they_ask_or_have():
    rows = {row["slug"]: row for row in read_subset().skills}
    asked = [(place.text, place.lang, slug) for place in places(20) for slug in place.asked]
    had = [(student.text, student.lang, slug) for student in students(20) for slug in student.concepts]
    for text, lang, slug in asked + had:
        names = (rows[slug][f"label_{lang}"], *rows[slug][f"alt_{lang}"])
        assert any(name.casefold() in text.casefold() for name in names), (text, slug)


def test_both_languages_occur():
    assert {place.lang for place in places(50)} == {student.lang for student in students(50)} == set(LANGUAGES)


def test_the_terms_of_a_student_stand_in_about_two_places_for_each_place():
    vectorizer = TfidfVectorizer()
    matrix = vectorizer.fit_transform(place.text for place in places(1000))
    found_in = np.bincount(matrix.indices, minlength=matrix.shape[1])
    asked = vectorizer.transform(student.text for student in students(50))
    assert 1.7 < np.mean([found_in[row.indices].sum() for row in asked]) / 1000 < 2.6


def test_places_of_one_occupation_are_more_alike_than_others():
    made = [place for place in places(400) if place.lang == "nl"]
    titles = [place.text.splitlines()[0] for place in made]
    likeness = TfidfVectorizer().fit_transform(place.text.partition("\n")[2] for place in made)
    likeness = (likeness @ likeness.T).toarray()
    same = np.array([[one == other for other in titles] for one in titles]) & ~np.eye(len(made), dtype=bool)
    assert same.any() and likeness[same].mean() > 1.5 * likeness[~same & ~np.eye(len(made), dtype=bool)].mean()


@pytest.mark.parametrize(
    "rows, share",
    [
        ([2, 3, 4], 1.0),
        ([2, 4, 3], 1.0),
        ([3, 2, 4], 1 / 3),
        ([2, 3, 1], 2 / 3),
        ([2, 3], 2 / 3),
        ([2, 3, 3], 2 / 3),
        ([], 0.0),
    ],
    ids=["the best", "equal ones swapped", "order wrong", "one missed", "one too few", "one twice", "nothing"],
)
def test_overlap_counts_what_stands_where_it_belongs(rows, share):
    assert overlap(rows, SCORES, top=3) == pytest.approx(share)


def test_overlap_asks_for_no_more_than_match():
    assert overlap([2, 3, 4, 1, 5], SCORES) == overlap([2, 3, 4, 1, 5, 0, 6], SCORES) == 1.0
    assert overlap([], np.zeros(4)) == 1.0


def test_a_small_run_gives_exact_figures_of_each_engine(capsys):
    main(["--documents", "200", "--queries", "5", "--engines", "product,sklearn_fit_once", "--rounds", "1", "--json"])
    told = json.loads(capsys.readouterr().out)
    assert [row["engine"] for row in told["rows"]] == ["product", "sklearn_fit_once"]
    for row in told["rows"]:
        assert set(row) >= KEYS
        assert row["overlap"] == 1.0
        assert all(row[key] > 0 for key in KEYS - {"engine"})
    assert (told["documents"], told["queries"], told["seed"]) == (200, 5, 0)
    assert set(told["machine"]) >= {"cores", "python", "numpy"}


def test_an_engine_without_its_package_is_left_out_with_one_line(capsys, monkeypatch):
    def missing(corpus, work):
        raise ModuleNotFoundError("No module named 'tantivy'", name="tantivy")

    monkeypatch.setitem(engines.ENGINES, "tantivy", missing)
    main(["--documents", "20", "--queries", "2", "--engines", "tantivy,sklearn_fit_once", "--rounds", "1", "--json"])
    said = capsys.readouterr()
    assert [row["engine"] for row in json.loads(said.out)["rows"]] == ["sklearn_fit_once"]
    assert said.err.count("\n") == 1 and "tantivy is left out" in said.err


@pytest.mark.parametrize("wrong", [["--engines", "lucene"], ["--documents", "0"], ["--rounds", "no"]])
def test_wrong_arguments_are_refused(wrong, capsys):
    with pytest.raises(SystemExit) as left:
        main(wrong)
    assert left.value.code == 2
    assert wrong[0] in capsys.readouterr().err


def test_the_table_tells_how_many_times_as_fast_as_the_baseline():
    rows = [Row("product", 2.0, 3.0, 1.0, 5.0, 6.0, 800.0, None), Row(engines.BASELINE, 100.0, 120.0, 1.0, 2.0, 7.0, 200.0, 0.5)]
    about = {"documents": 9, "seed": 4, "machine": {"cores": 2, "python": "3.11", "numpy": "2"}}
    told = table(rows, about).splitlines()
    assert told[1].split() == ["product", "2.000", "3.000", "50", "1.0000", "800", "4", "5.0", "6.0"]
    assert told[2].split()[3] == "1"
    assert told[-1] == "documents 9, seed 4, cores 2, python 3.11, numpy 2"
    assert "50" not in table(rows[:1], about).splitlines()[1].split()
