"""AC-S3: what is not safe under 18 is hidden from who is 17 on the first day, and is there for everybody else (R8)."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from ipf_talent import clock
from ipf_talent.accounts.roles import Role
from ipf_talent.applications import queries as responses
from ipf_talent.profiles import services as profiles
from ipf_talent.profiles.card import Card
from ipf_talent.programmes.levels import Level
from ipf_talent.vacancies import queries
from ipf_talent.vacancies.kinds import Minors, VacancyStatus
from tests.factories.accounts import make_user
from tests.factories.organisations import make_organisation
from tests.factories.skills import make_skill
from tests.factories.vacancies import make_vacancy

DAY = timedelta(1)
BIRTHDAY = 100
"""Days until the one who is 17 turns 18."""


@pytest.fixture
def places(session):
    """Places at one company: for who is 18, before and on the birthday; and for everybody."""
    company, skill, today = make_organisation(slug="maker"), make_skill("welding"), clock.today()
    until = {"company": company, "musts": (skill,), "closes_on": today + 60 * DAY, "ends_on": today + 300 * DAY}
    make_vacancy(slug="early", minors=Minors.NO, starts_on=today + (BIRTHDAY - 1) * DAY, **until)
    make_vacancy(slug="on-the-day", minors=Minors.NO, starts_on=today + BIRTHDAY * DAY, **until)
    make_vacancy(slug="watched", minors=Minors.WITH_SUPERVISION, starts_on=today + 70 * DAY, **until)
    make_vacancy(slug="closed", level=Level.MBO_4, status=VacancyStatus.CLOSED, company=company)


@pytest.fixture
def people(client, session, sign_in):
    """Whoever reads: a guest or a person with an account, of an age."""

    def read_as(age, account):
        adult_on = {"17": clock.today() + BIRTHDAY * DAY, "18": clock.today(), "not said": None}[age]
        card = Card(adult_on=adult_on)
        if not account:
            with client.session_transaction() as cookie:
                cookie["card"] = card.as_json()
            return client
        user = make_user(Role.STUDENT)
        profiles.save(user.id, card)
        session.commit()
        return sign_in(client, user)

    return read_as


def named(answer) -> set[str]:
    links = BeautifulSoup(answer.text, "html.parser").select("main a[href*='/vacancies/'], main a[href*='/match/places/']")
    found = {link["href"].partition("?")[0].partition("#")[0].rpartition("/")[2] for link in links}
    return found & {"early", "on-the-day", "watched"}


LISTS = ("/vacancies", "/vacancies?sort=closing", "/companies/maker", "/skills/welding", "/vacancies/closed", "/match/places")


@pytest.mark.parametrize("account", [False, True], ids=["guest", "account"])
@pytest.mark.parametrize("path", LISTS)
def test_ac_s3_a_17_year_old_does_not_see_what_is_from_18(places, people, path, account):
    assert named(people("17", account).get(path)) == {"on-the-day", "watched"}


@pytest.mark.parametrize("age", ["18", "not said"])
@pytest.mark.parametrize("path", LISTS)
def test_who_is_18_or_does_not_say_it_sees_all(places, people, path, age):
    assert named(people(age, account=False).get(path)) == {"early", "on-the-day", "watched"}


def test_numbers_behind_the_choices_count_what_is_shown(places, people):
    page = BeautifulSoup(people("17", account=False).get("/vacancies").text, "html.parser")
    assert [option.text for option in page.select("#level option")] == ["All", "mbo 4 (2)"]


@pytest.mark.parametrize("account", [False, True], ids=["guest", "account"])
def test_who_comes_by_a_link_reads_why_and_cannot_respond(places, people, account):
    reader = people("17", account)
    text = " ".join(BeautifulSoup(reader.get("/vacancies/early").text, "html.parser").main.text.split())
    assert "For safety this place is for people from 18 years. You turn 18 on" in text
    assert "/vacancies/early/respond" not in reader.get("/vacancies/early").text
    assert "/vacancies/on-the-day/respond" in reader.get("/vacancies/on-the-day").text
    assert reader.get("/match/places/early").location == "/vacancies/early"


def test_responding_asks_no_more_what_the_profile_says(places, people, fill):
    reader = people("17", account=True)
    page = reader.get("/vacancies/watched/respond")
    assert 'name="adult"' not in page.text and "You are under 18 on the first day" in page.text
    key = fill(reader, "/vacancies/watched/respond", message="I like welding.").location.rpartition("/")[2]
    assert responses.get(key).minor is True
    refused = fill(reader, "/vacancies/early/respond", message="I like welding.", adult="yes")
    assert refused.status_code == 422 and "For safety this place is for people from 18 years." in refused.text


def test_responding_still_asks_who_did_not_say_it(places, people, fill):
    reader = people("not said", account=True)
    assert 'name="adult"' in reader.get("/vacancies/watched/respond").text
    key = fill(reader, "/vacancies/watched/respond", message="I like welding.", adult="yes").location.rpartition("/")[2]
    assert responses.get(key).minor is False


def test_a_list_for_who_is_18_asks_nothing(app_context):
    assert queries.suits(None) == ()
