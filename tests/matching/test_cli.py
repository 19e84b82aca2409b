"""The commands of matching."""

import json
from pathlib import Path

import pytest
from sqlalchemy import delete

from ipf_talent import clock
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
