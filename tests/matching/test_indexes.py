"""The index as a process holds it: loaded once, swapped when it changes, and never a reason for an error page."""

import shutil
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from ipf_talent import clock
from ipf_talent.matching import indexes, services
from ipf_talent.matching.engine import Matcher, current, save
from tests.factories.skills import make_skill
from tests.factories.vacancies import make_vacancy

NOTICE = "We cannot rank right now"


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:100])


def _change(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(bytes(content))


DAMAGES: dict[str, Callable[[Path, Path], object]] = {
    "an array is gone": lambda _folder, generation: (generation / "words-rows.npy").unlink(),
    "an array is cut short": lambda _folder, generation: _cut(generation / "words-weights.npy"),
    "one bit of an array is another": lambda _folder, generation: _change(generation / "document-data.npy"),
    "the manifest is another": lambda _folder, generation: (generation / "manifest.json").write_text("{}"),
    "the generation is gone": lambda _folder, generation: shutil.rmtree(generation),
    "the pointer is nonsense": lambda folder, _generation: (folder / "CURRENT").write_bytes(b"\xff\x00 nothing"),
    "the pointer is empty": lambda folder, _generation: (folder / "CURRENT").write_bytes(b""),
}


@pytest.fixture
def region(taught, index, app_context):
    make_vacancy(slug="cell", musts=(taught["plc-programming"],))
    make_vacancy(slug="frames", musts=(taught["welding"],))
    index()


def test_an_index_is_loaded_once_and_kept(region):
    first = indexes.places()
    assert first.matcher is not None and first.reason == "" and indexes.places().matcher is first.matcher
    assert indexes.programmes().matcher is not first.matcher


def test_a_newer_generation_is_noticed(region, taught, index):
    old = indexes.places().matcher
    make_vacancy(slug="second", musts=(taught["cad"],))
    index()
    new = indexes.places().matcher
    assert (len(old), len(new)) == (2, 3) and indexes.places().matcher is new


def test_the_index_of_one_folder_is_not_that_of_another(region, app, tmp_path, monkeypatch):
    assert indexes.places().matcher is not None
    monkeypatch.setitem(app.config, "INSTANCE", str(tmp_path / "elsewhere"))
    assert indexes.places() == (None, "missing")


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_index_gives_a_notice_and_places_by_date(region, match_folder, as_student, damage):
    client = as_student()
    folder = match_folder / "places"
    assert NOTICE not in client.get("/match/places").text
    client.application.extensions.pop(indexes.CACHE)
    damage(folder, folder / (current(folder) or ""))
    for address in ("/match/places", "/match/places/cell", "/match/programmes"):
        answer = client.get(address)
        assert answer.status_code == 200 and NOTICE in answer.text, address
    assert indexes.places().reason == "damaged"
    listed = client.get("/match/places").text
    assert "/match/places/cell" in listed and "/match/places/frames" in listed and "ipf-fit-number" not in listed


def test_a_missing_index_gives_a_notice_and_keeps_the_filters(region, match_folder, as_student):
    shutil.rmtree(match_folder)
    answer = as_student().get("/match/places?level=master")
    assert answer.status_code == 200 and NOTICE in answer.text and "/match/places/cell" not in answer.text
    assert "/match/places/cell" in as_student().get("/match/places").text


def test_an_index_of_another_taxonomy_is_stale(region, as_student):
    assert indexes.places().reason == ""
    make_skill("a-new-skill")
    assert indexes.places() == (None, "stale")
    answer = as_student().get("/match/places")
    assert answer.status_code == 200 and NOTICE in answer.text


def test_an_index_of_another_model_is_stale(region, match_folder):
    taxonomy = indexes.skills.taxonomy().version
    background = services.background.frozen()
    save(Matcher(half=0.2).fit([], background=background), match_folder / "places", taxonomy=taxonomy)
    assert indexes.places().reason == ""
    save(Matcher().fit([]), match_folder / "places", taxonomy=taxonomy)
    assert indexes.places().reason == "stale"


def test_places_of_another_database_never_show(region, as_student, session):
    from ipf_talent.vacancies.models import Vacancy

    client = as_student()
    assert "/match/places/cell" in client.get("/match/places").text
    session.delete(session.query(Vacancy).filter_by(slug="cell").one())
    session.commit()
    answer = client.get("/match/places")
    assert answer.status_code == 200 and "/match/places/cell" not in answer.text
    assert client.get("/match/places/cell").status_code == 404


def test_pages_are_served_while_the_index_is_built_again(region, match_folder, app):
    matchers = [services.open_index(match_folder / "places", indexes.skills.taxonomy())]
    taxonomy = indexes.skills.taxonomy()
    reasons: list[str] = []

    def serve() -> None:
        with app.app_context():
            reasons.extend(indexes.places(taxonomy).reason for _turn in range(40))

    readers = [Thread(target=serve) for _number in range(3)]
    for reader in readers:
        reader.start()
    for _turn in range(6):
        save(matchers[0], match_folder / "places", taxonomy=taxonomy.version)
    for reader in readers:
        reader.join()
    assert reasons == [""] * 120


def test_a_job_mends_what_is_damaged(region, match_folder, as_student):
    from ipf_talent.matching import jobs

    assert jobs.refresh_matches() == 0
    (match_folder / "places" / "CURRENT").unlink()
    assert indexes.places().reason == "missing"
    assert jobs.refresh_matches() == 1
    assert indexes.places().reason == ""
    assert NOTICE not in as_student().get("/match/places").text


def test_both_are_built_again_at_night_only(region, match_folder, monkeypatch):
    from ipf_talent.matching import jobs

    noon = clock.now().replace(hour=12)
    monkeypatch.setattr(clock, "now", lambda: noon)
    assert jobs.rebuild_matches() == 0
    monkeypatch.setattr(jobs, "NIGHT", range(24))
    assert jobs.rebuild_matches() == 2
