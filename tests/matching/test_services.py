"""Building the index, and leaving it alone when nothing changed."""

from datetime import timedelta

import pytest

from ipf_talent import clock
from ipf_talent.matching import background, services
from ipf_talent.matching.engine import Background, current
from ipf_talent.skills import queries as skills
from tests.factories.programmes import make_programme
from tests.factories.skills import make_skill
from tests.factories.vacancies import make_vacancy


@pytest.fixture
def region(taught, tmp_path):
    make_vacancy(slug="cell", musts=(taught["cad"],))
    make_programme(slug="robots", teaches=(taught["robotics"],))
    return tmp_path / "match"


def whys(folder, today=None) -> dict[str, str]:
    return {one.kind: one.why for one in services.rebuild_if_stale(folder, today or clock.today())}


def test_both_indexes_are_built_and_carry_their_versions(region):
    done = services.rebuild(region, clock.today())
    assert [(one.kind, one.documents, one.why) for one in done] == [("places", 1, "asked"), ("programmes", 1, "asked")]
    taxonomy = skills.taxonomy()
    matcher = services.open_index(region / "places", taxonomy)
    assert matcher.ids_ == ("cell",)
    assert matcher.versions_.taxonomy == taxonomy.version
    assert matcher.versions_.background == background.frozen_version()


def test_what_is_missing_is_built_and_what_is_new_enough_is_left(region):
    assert whys(region) == {"places": "missing", "programmes": "missing"}
    names = {kind: current(region / kind) for kind in services.KINDS}
    assert whys(region) == {"places": "", "programmes": ""}
    assert {kind: current(region / kind) for kind in services.KINDS} == names


def test_a_new_place_has_only_the_places_built_again(region):
    whys(region)
    make_vacancy(slug="second")
    assert whys(region) == {"places": "changed", "programmes": ""}


def test_a_place_that_closes_overnight_has_the_places_built_again(region):
    whys(region)
    assert whys(region, clock.today() + timedelta(365)) == {"places": "changed", "programmes": ""}


def test_another_taxonomy_makes_both_stale(region):
    whys(region)
    make_skill("brand-new-skill")
    assert whys(region) == {"places": "stale", "programmes": "stale"}
    assert whys(region) == {"places": "", "programmes": ""}


def test_another_background_makes_both_stale(region, monkeypatch):
    whys(region)
    other = Background.fit(["een andere tekst"])
    monkeypatch.setattr(background, "frozen", lambda: other)
    monkeypatch.setattr(background, "frozen_version", lambda: other.version)
    assert whys(region) == {"places": "stale", "programmes": "stale"}


def test_a_damaged_index_is_built_again(region):
    whys(region)
    name = current(region / "places")
    (region / "places" / name / "rest.npy").unlink()
    assert whys(region) == {"places": "damaged", "programmes": ""}


def test_an_empty_region_has_an_empty_index(session, tmp_path):
    assert [one.documents for one in services.rebuild(tmp_path / "match", clock.today())] == [0, 0]


def test_the_quick_look_sees_what_the_index_says_of_itself(tmp_path, session):
    make_vacancy()
    services.rebuild(tmp_path, clock.today())
    assert [one.why for one in services.rebuild_if_stale(tmp_path, clock.today(), quick=True)] == ["", ""]
    make_vacancy()
    assert [one.why for one in services.rebuild_if_stale(tmp_path, clock.today(), quick=True)] == ["changed", ""]
    (tmp_path / "programmes" / "CURRENT").unlink()
    assert [one.why for one in services.rebuild_if_stale(tmp_path, clock.today(), quick=True)] == ["", "missing"]
