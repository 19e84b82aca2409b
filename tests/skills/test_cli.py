"""The commands of skills."""

import pytest

from ipf_talent.skills import queries
from tests.factories.skills import make_skill
from tests.skills.test_esco import FOLDER, SKILL


@pytest.fixture
def run(app, session):
    return lambda *words: app.test_cli_runner().invoke(args=["skills", *words])


def test_load_says_what_it_did(run):
    assert "added" in run("load").output
    assert "added 0, changed 0" in run("load").output


def test_find_prints_each_skill_with_its_words(run, session):
    make_skill("welding", label_nl="lassen")
    assert "welding" in run("find", "Ik kan lassen.").output and "lassen: lassen" in run("find", "Ik kan lassen.").output
    assert run("find", "Ik kan koken.").output == "No skills recognised.\n"


def test_a_dry_run_says_what_would_change_and_changes_nothing(run, session):
    make_skill("kites", uri=SKILL + "kites", label_nl="vliegers")
    assert run("import", str(FOLDER), "--dry-run").output == "would be added 0, changed 1, unchanged 0\n"
    assert queries.get("kites").label_nl == "vliegers"
    assert run("import", str(FOLDER), "--languages", "nl").output == "added 0, changed 1, unchanged 0\n"
    assert queries.get("kites").label_nl == "vliegers oplaten"


def test_an_import_that_cannot_be_read_names_the_file_and_fails(run, tmp_path):
    answer = run("import", str(tmp_path))
    assert answer.exit_code == 1 and "skills_nl.csv, row 1, column -: this file is missing" in answer.output
    assert run("import", str(FOLDER), "--languages", "fr").exit_code == 2


def test_status_counts_what_is_there(run, session):
    make_skill("welding")
    assert "1 skills, 0 occupations" in run("status").output and "own-concept: 1" in run("status").output
