"""The order by fit in the search of open places: the filters of the search, the fit of the match pages."""

import re

import pytest
from bs4 import BeautifulSoup

from ipf_talent import clock
from ipf_talent.matching import services
from ipf_talent.organisations.models import Organisation
from ipf_talent.profiles import services as profiles
from ipf_talent.profiles.card import Card
from ipf_talent.programmes.levels import Level
from ipf_talent.vacancies.kinds import PlacingMode
from tests.factories.accounts import make_user
from tests.factories.organisations import make_organisation
from tests.factories.programmes import make_programme
from tests.factories.vacancies import make_vacancy
from tests.matching.conftest import PLC_STUDENT
from tests.matching.test_recognised import ANOTHER, OWN, STUDENT, offered


@pytest.fixture
def places(taught, index):
    """From the best fit to none; the worst is the newest."""
    plc = taught["plc-programming"]
    make_vacancy(slug="all-of-it", musts=(plc,), description_nl="Robotcel bouwen en programmeren.", days_per_week=5)
    make_vacancy(slug="half", musts=(plc, taught["welding"]), level=Level.MASTER, days_per_week=3)
    make_vacancy(slug="event", musts=(plc, taught["welding"], taught["machine-vision"]), placing_mode=PlacingMode.EVENT)
    make_vacancy(slug="nothing", musts=(taught["welding"],), description_nl="Lassen.", description_en="Welding.")
    index()


def lines(answer) -> dict[str, int | None]:
    """The places in their order, and the fit that is said of each."""
    cards = BeautifulSoup(answer.text, "html.parser").select("#results article.ipf-card")
    found = {}
    for card in cards:
        slug = card.select_one(".ipf-card-title a")["href"].rpartition("/")[2]
        fit = card.select_one(".ipf-fit-number")
        found[slug] = int(re.search(r"(\d+)", fit.text)[1]) if fit else None
    return found


def said(client, slug) -> int:
    text = BeautifulSoup(client.get(f"/match/places/{slug}").text, "html.parser").select_one(".ipf-fit-number").text
    return int(re.search(r"(\d+)", text)[1])


def test_the_best_fit_stands_first_with_the_fit_of_its_sheet_and_the_way_to_it(places, as_student):
    student = as_student()
    answer = student.get("/vacancies?sort=fit")
    found = lines(answer)
    assert list(found) == ["all-of-it", "half", "event", "nothing"]
    assert found["nothing"] is None
    assert {slug: said(student, slug) for slug in ("all-of-it", "half", "event")} == {
        slug: fit for slug, fit in found.items() if fit is not None
    }
    assert 'href="/match/places/half"' in answer.text and 'href="/match/places/nothing"' not in answer.text


def test_the_filters_of_the_search_hold_and_those_of_the_profile_do_not(places, as_student):
    student = as_student()
    assert list(lines(student.get("/vacancies?sort=fit&days=4"))) == ["half", "event", "nothing"]
    assert list(lines(student.get("/vacancies?sort=fit&mode=event"))) == ["event"]
    assert list(lines(student.get("/vacancies?sort=fit&q=robotcel"))) == ["all-of-it", "half", "event"]


def test_who_said_nothing_yet_reads_why_there_is_no_such_order(places, client):
    answer = client.get("/vacancies?sort=fit")
    assert list(lines(answer)) == list(lines(client.get("/vacancies")))
    assert "before you say what you can" in answer.text and 'href="/profile/skills"' in answer.text


def test_without_an_index_the_newest_stand_first(match_folder, taught, as_student):
    make_vacancy(slug="alone", musts=(taught["plc-programming"],))
    assert lines(as_student().get("/vacancies?sort=fit")) == {"alone": None}


def test_a_company_that_does_not_answer_comes_last(session, taught, index, as_student):
    silent = make_organisation(silence=1)
    make_vacancy(slug="silent", company=silent, musts=(taught["plc-programming"],))
    make_vacancy(slug="answers", musts=(taught["plc-programming"], taught["welding"]))
    index()
    assert list(lines(as_student().get("/vacancies?sort=fit"))) == ["answers", "silent"]
    session.get(Organisation, silent.id).silence = 0
    session.commit()
    assert list(lines(as_student().get("/vacancies?sort=fit"))) == ["silent", "answers"]


def test_ac_s1_what_is_not_recognised_for_the_own_crebo_is_not_said_to_fit(session, taught, index, as_student):
    make_programme(slug="technician", code=OWN, code_kind="crebo", national=True)
    offered(session, taught, "own", OWN)
    offered(session, taught, "another", ANOTHER)
    index()
    found = lines(as_student(STUDENT).get("/vacancies?sort=fit"))
    assert list(found) == ["own", "another"] and found["another"] is None


def test_pages_follow_each_other_and_cost_the_same(session, match_folder, taught, client, sign_in, count_queries):
    for number in range(60):
        make_vacancy(slug=f"place-{number}", musts=(taught["plc-programming"],))
    services.rebuild(match_folder, clock.today())
    user = make_user()
    profiles.save(user.id, Card(skills=PLC_STUDENT.skills, wish=PLC_STUDENT.wish))
    session.commit()
    sign_in(client, user)
    first = client.get("/vacancies?sort=fit")
    before = len(count_queries())
    second = client.get("/vacancies?sort=fit&page=2")
    assert not lines(first).keys() & lines(second).keys()
    assert len(count_queries()) - before <= 12, count_queries()[before:]
