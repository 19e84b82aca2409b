"""What of the tables reaches the engine, and what does not."""

from datetime import timedelta

import pytest

from ipf_talent import clock
from ipf_talent.matching import documents
from ipf_talent.programmes.levels import Level, Mode
from ipf_talent.vacancies.kinds import VacancyStatus
from tests.factories.organisations import make_organisation
from tests.factories.programmes import make_programme
from tests.factories.vacancies import make_vacancy


@pytest.fixture
def today():
    return clock.today()


@pytest.mark.parametrize(
    "change",
    [{"status": status} for status in VacancyStatus if status is not VacancyStatus.PUBLISHED]
    + [{"closes_on": clock.today() - timedelta(1)}, {"places": 2, "taken": 2}],
    ids=str,
)
def test_only_places_that_are_open_today_are_offered(session, today, change):
    make_vacancy(slug="open", closes_on=today)
    make_vacancy(slug="not-open", **change)
    assert [document.id for document in documents.of_places(today)] == ["open"]


def test_a_place_brings_its_texts_its_demands_and_its_facts(session, taught, today):
    company = make_organisation(slug="robots-inc")
    make_vacancy(
        slug="cell", musts=(taught["cad"],), wanted=(taught["robotics"],), company=company, title_nl="Stage robotcel",
        title_en="Robot cell internship", learn_nl="Je leert lassen.", starts_on=today.replace(day=1), work_languages=["nl", "en"],
    )  # fmt: skip
    (found,) = documents.of_places(today)
    assert found.text.split("\n") == [
        "Stage robotcel", "Bouw mee aan een robotcel.", "Je leert lassen.", "Robot cell internship", "Help build a robot cell.",
    ]  # fmt: skip
    assert (found.musts, found.wanted) == (("cad",), ("robotics",))
    assert found.facts == {
        "company": ("robots-inc",), "example": ("yes",), "kind": ("bol_internship",), "language": ("en", "nl"), "level": ("mbo_4",),
        "minors": ("yes",), "place": ("Drachten",), "start": (f"{today:%Y-%m}",),
    }  # fmt: skip


def test_a_place_without_a_level_states_none(session, today):
    make_vacancy(level=Level.NONE)
    assert documents.of_places(today)[0].facts["level"] == ()


def test_a_programme_brings_what_it_teaches_and_its_facts(session, taught):
    made = make_programme(slug="robots", teaches=(taught["cad"], taught["robotics"]), mode=Mode.BBL, fields=("robotics", "design"))
    make_programme(slug="national", national=True)
    national, found = documents.of_programmes()
    assert (found.id, found.wanted, found.musts) == ("robots", ("cad", "robotics"), ())
    assert found.facts["mode"] == ("bbl",) and found.facts["field"] == ("design", "robotics")
    assert found.facts["institution"] == (made.institution.slug,)
    assert (found.facts["national"], national.facts["national"]) == (("no",), ("yes",))


def test_everything_is_read_in_five_statements_however_much_there_is(session, taught, today, count_queries):
    for _number in range(3):
        make_vacancy(musts=(taught["cad"],))
        make_programme(teaches=(taught["cad"],))
    before = len(count_queries())
    assert len(documents.of_places(today)) + len(documents.of_programmes()) == 6
    assert len(count_queries()) - before == 5


def test_what_an_unchecked_organisation_offers_is_left_out(session, today):
    unchecked = make_organisation(verified_at=None)
    make_vacancy(slug="of-nobody", company=unchecked)
    make_programme(slug="of-nobody", institution=unchecked)
    assert documents.of_places(today) == [] and documents.of_programmes() == []
