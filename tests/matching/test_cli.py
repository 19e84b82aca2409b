"""The commands of matching."""

import json
import os
from pathlib import Path
from unittest.mock import Mock

import pytest
from sqlalchemy import delete
from sqlalchemy.exc import OperationalError

from ipf_talent import clock
from ipf_talent.db import session as tables
from ipf_talent.matching.engine import Background
from ipf_talent.matching.report import read as read_report
from ipf_talent.vacancies.models import Vacancy, VacancySkill
from tests.factories.vacancies import make_vacancy

HELD_OUT = Path(__file__).parents[1] / "skills" / "data" / "recognition_held_out.jsonl"


@pytest.fixture
def run(app, match_folder, taught):
    make_vacancy(slug="cell", musts=(taught["plc-programming"],))
    runner = app.test_cli_runner()
    return lambda *words: runner.invoke(args=["matching", *map(str, words)])


@pytest.fixture
def bare_run(app, monkeypatch):
    """The commands where no table was ever made."""
    no_table = OperationalError("SELECT", {}, Exception("no such table: taxonomy_version"))
    monkeypatch.setattr(tables, "execute", Mock(side_effect=no_table))
    runner = app.test_cli_runner()
    return lambda *words: runner.invoke(args=["matching", *map(str, words)])


def test_rebuild_says_what_it_did(run):
    assert run("rebuild", "--if-stale").stdout.splitlines() == ["places: 1 indexed (missing)", "programmes: 0 indexed (missing)"]
    assert run("rebuild", "--if-stale").stdout.splitlines()[0] == "places: up to date, 1 indexed"
    assert run("rebuild").stdout.splitlines()[0] == "places: 1 indexed (asked)"


def test_status_fails_where_an_index_cannot_be_used(run):
    missing = run("status")
    assert missing.exit_code == 1 and "places: missing, 1 in the tables" in missing.stdout
    run("rebuild")
    whole = run("status")
    assert whole.exit_code == 0 and "places: up to date, 1 in the tables" in whole.stdout and "background" in whole.stdout
    make_vacancy(slug="second")
    changed = run("status")
    assert changed.exit_code == 0 and "places: changed, 2 in the tables" in changed.stdout


def test_a_background_is_counted_on_the_tables_the_same_every_time(run, tmp_path):
    said = [run("background", "--to", tmp_path / f"{name}.npz").stdout for name in ("one", "two")]
    versions = [Background.load(tmp_path / f"{name}.npz").version for name in ("one", "two")]
    assert versions[0] == versions[1] and versions[0] in said[0]


def test_explain_takes_one_pair_apart(run, tmp_path):
    (tmp_path / "p.json").write_text(json.dumps({"skills": ["siemens-plc"], "wish": "Ik programmeer een robot"}))
    (tmp_path / "v.json").write_text(json.dumps({"text": "Robots programmeren", "musts": ["plc-programming", "cad"]}))
    said = run("explain", "--profile", tmp_path / "p.json", "--vacancy", tmp_path / "v.json").stdout
    fit = float(said.splitlines()[0].removeprefix("fit ").rstrip("%"))
    lines = [float(line.split()[0].rstrip("%")) for line in said.splitlines()[1:] if "→" in line]
    assert fit > 0 and abs(sum(lines) - fit) < 0.1
    assert "siemens-plc → plc-programming" in said and "gate musts: × 0.75  cad" in said
    assert "as the pages rank" in said


@pytest.fixture
def pair(tmp_path):
    """A pair that rank and explain once told differently of, as files for both."""
    text = {"id": "v", "text": "PLC robot frezen"}
    asked = {"id": "q", "text": "werken met robots", "skills": ["plc-programming"]}
    contents = {
        "v.json": json.dumps({**text, "musts": [], "wanted": []}),
        "p.json": json.dumps({"skills": asked["skills"], "wish": asked["text"]}),
        "d.jsonl": "\n".join(json.dumps(one) for one in (text, {"id": "w", "text": "Robots lassen"})),
        "q.jsonl": json.dumps(asked),
    }
    for name, content in contents.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    return [str(tmp_path / name) for name in contents]


def test_explain_and_rank_agree_on_a_pair_without_a_table(bare_run, pair, tmp_path):
    place, person, documents, queries = pair
    assert bare_run("rank", "--documents", documents, "--queries", queries, "--output", tmp_path / "run").exit_code == 0
    scores = {line.split()[2]: float(line.split()[4]) for line in (tmp_path / "run").read_text().splitlines()}
    told = bare_run("explain", "--profile", person, "--vacancy", place, "--documents", documents, "--json")
    found = json.loads(told.stdout)
    assert found["fit"] == pytest.approx(scores["v"], abs=1e-9) and found["like"] == "rank"
    assert sum(line["value"] for line in found["contributions"]) == pytest.approx(found["fit"], abs=1e-9)
    assert (found["rank"], found["of"]) == (list(scores).index("v") + 1, 2)


def test_explain_says_in_one_line_that_there_are_no_tables(bare_run, pair):
    place, person, *_ = pair
    for words in (
        ("explain", "--profile", person, "--vacancy", place, "--like", "pages"),
        ("status",),
        ("rebuild",),
        ("background",),
    ):
        answer = bare_run(*words)
        assert answer.exit_code == 1
        assert answer.stderr.splitlines()[-1].startswith("Error: The tables cannot be read (")
        assert "ipf-talent db upgrade" in answer.stderr and "Traceback" not in answer.output


def test_explain_notes_keys_and_skills_that_say_nothing(run, tmp_path):
    (tmp_path / "p.json").write_text(json.dumps({"skils": ["cad"], "skills": ["nonsense", "cad"]}))
    (tmp_path / "v.json").write_text(json.dumps({"text": "CAD", "musts": ["cad", "other"]}))
    answer = run("explain", "--profile", tmp_path / "p.json", "--vacancy", tmp_path / "v.json")
    assert answer.exit_code == 0
    assert answer.stderr.splitlines() == [
        "note: p.json: nobody reads skils",
        "note: p.json: no skill is known as nonsense",
        "note: v.json: no skill is known as other",
    ]


@pytest.mark.parametrize(("content", "words"), [({"skills": "plc"}, "`skills`"), ({"wish": 5}, "`wish`")])
def test_explain_refuses_another_shape_in_one_line(run, tmp_path, content, words):
    (tmp_path / "p.json").write_text(json.dumps(content))
    (tmp_path / "v.json").write_text("{}")
    answer = run("explain", "--profile", tmp_path / "p.json", "--vacancy", tmp_path / "v.json")
    assert answer.exit_code == 1 and answer.stderr.count("\n") == 1
    assert "p.json" in answer.stderr and words in answer.stderr


@pytest.mark.parametrize("content", ["no json", "[1]"])
def test_explain_refuses_a_file_that_holds_no_object(run, tmp_path, content):
    (tmp_path / "odd.json").write_text(content)
    answer = run("explain", "--profile", tmp_path / "odd.json", "--vacancy", tmp_path / "odd.json")
    assert answer.exit_code == 1 and "odd.json" in answer.output


def test_a_file_is_ranked_without_a_table(app, tmp_path):
    documents, queries, run = tmp_path / "d.jsonl", tmp_path / "q.jsonl", tmp_path / "run"
    documents.write_text(
        '{"id": "a", "text": "lassen van schepen", "lang": "nl"}\n{"id": "b", "text": "koken"}\n', encoding="utf-8"
    )
    queries.write_text('{"id": "q", "text": "lassen", "lang": "nl"}\n', encoding="utf-8")
    words = ["matching", "rank", "--documents", str(documents), "--queries", str(queries), "--output", str(run)]
    done = app.test_cli_runner().invoke(args=words)
    assert done.exit_code == 0, done.output
    assert run.read_text().splitlines()[0].split()[:4] == ["q", "Q0", "a", "1"]


@pytest.fixture
def collection(tmp_path):
    folder = tmp_path / "collection"
    folder.mkdir()
    (folder / "documents.jsonl").write_text('{"id": "a", "text": "lassen", "lang": "nl"}\n{"id": "b", "text": "koken"}\n')
    (folder / "queries.jsonl").write_text('{"id": "q", "text": "lassen", "lang": "nl"}\n')
    (folder / "qrels.tsv").write_text("q 0 a 1\n")
    return folder


def test_a_report_is_made_of_collections_and_of_the_places_in_the_tables(run, collection, tmp_path):
    done = run("report", "--collections", collection, "--to", tmp_path / "r.json", "--sentences", HELD_OUT, "--students", 2)
    assert done.exit_code == 0, done.output
    assert f"1 collections, 1 places: {tmp_path / 'r.json'}" in done.stdout
    made = read_report(tmp_path / "r.json")
    assert [one.name for one in made.collections] == ["collection"] and made.made_on == clock.today()
    assert made.recognition[0].texts == 84 and made.fairness.documents == 1


def test_a_report_needs_places_and_whole_files(app, session, run, collection, tmp_path):
    words = ["report", "--collections", collection, "--to", tmp_path / "r.json", "--students", 2]
    (tmp_path / "odd.jsonl").write_text("no json")
    odd = run(*words, "--sentences", tmp_path / "odd.jsonl")
    assert odd.exit_code == 1 and "odd.jsonl, row 1" in odd.output
    session.execute(delete(VacancySkill))
    session.execute(delete(Vacancy))
    session.commit()
    none = run(*words, "--sentences", HELD_OUT)
    assert none.exit_code == 1 and "ipf-talent demo load" in none.output
    assert not (tmp_path / "r.json").exists()


def test_a_file_that_is_not_whole_is_refused_by_line(app, tmp_path):
    odd = tmp_path / "d.jsonl"
    odd.write_text('{"id": "a"}\n{"id": "a"}\n', encoding="utf-8")
    words = ["matching", "rank", "--documents", str(odd), "--queries", str(odd), "--output", str(tmp_path / "run")]
    done = app.test_cli_runner().invoke(args=words)
    assert done.exit_code == 1
    assert "d.jsonl, row 2, column id" in done.output
    assert not (tmp_path / "run").exists()


@pytest.fixture
def rank_words(tmp_path):
    """The command on two small files, of which a test may change one."""
    (tmp_path / "d.jsonl").write_text('{"id": "a", "text": "lassen van schepen", "lang": "nl"}\n', encoding="utf-8")
    (tmp_path / "q.jsonl").write_text('{"id": "q", "text": "lassen", "lang": "nl"}\n', encoding="utf-8")
    words = {"--documents": tmp_path / "d.jsonl", "--queries": tmp_path / "q.jsonl", "--output": tmp_path / "run"}
    return lambda **other: ["rank", *(part for name, path in words.items() for part in (name, other.get(name[2:], path)))]


def test_rank_counts_one_as_one_and_says_how_many_found_nothing(bare_run, rank_words, tmp_path):
    whole = bare_run(*rank_words())
    assert whole.stdout == f"1 document, 1 query: {tmp_path / 'run'}\n" and "found nothing" not in whole.stderr
    (tmp_path / "q.jsonl").write_text('{"id": "q", "text": "lassen"}\n{"id": "r", "skills": ["zzqx"]}\n', encoding="utf-8")
    partly = bare_run(*rank_words())
    assert partly.exit_code == 0 and partly.stdout == f"1 document, 2 queries: {tmp_path / 'run'}\n"
    assert partly.stderr.splitlines()[-1] == "1 of 2 queries found nothing"
    (tmp_path / "d.jsonl").write_text("")
    assert bare_run(*rank_words()).stderr.splitlines()[-1] == "2 of 2 queries found nothing"


def test_rank_refuses_to_write_over_what_it_reads(bare_run, rank_words, tmp_path):
    before = (tmp_path / "q.jsonl").read_text()
    os.link(tmp_path / "d.jsonl", tmp_path / "same")
    for output in (tmp_path / "q.jsonl", tmp_path / "same"):
        answer = bare_run(*rank_words(output=output))
        assert answer.exit_code == 2 and "--output" in answer.stderr
    assert (tmp_path / "q.jsonl").read_text() == before


def test_rank_looks_whether_it_can_write_before_it_ranks(bare_run, rank_words, tmp_path, monkeypatch):
    monkeypatch.setattr("ipf_talent.matching.cli.matcher_of", Mock(side_effect=AssertionError("ranked")))
    answer = bare_run(*rank_words(output=tmp_path / "nowhere" / "run"))
    assert answer.exit_code == 1 and "cannot be written: No such file" in answer.stderr


def test_a_file_with_many_faults_shows_the_first_of_them(bare_run, rank_words, tmp_path):
    (tmp_path / "d.jsonl").write_bytes("caf\xe9\n".encode("latin-1") * 30)
    answer = bare_run(*rank_words())
    assert answer.exit_code == 1 and not (tmp_path / "run").exists()
    assert "d.jsonl, row 1, column 4: this is no UTF-8" in answer.stderr
    assert answer.stderr.splitlines()[-1] == "and 20 more"
