"""Which places are open, and which lines lists and cards get; always with a near-miss in the house."""

from datetime import timedelta

import pytest
from flask_login import AnonymousUserMixin

from ipf_talent import clock
from ipf_talent.db import session
from ipf_talent.errors import NotFound
from ipf_talent.organisations.kinds import OrganisationKind
from ipf_talent.programmes.levels import Level
from ipf_talent.vacancies import policy, queries
from ipf_talent.vacancies.kinds import VacancyStatus
from ipf_talent.vacancies.models import Vacancy
from tests.factories.organisations import make_organisation
from tests.factories.skills import make_skill
from tests.factories.vacancies import make_vacancy

pytestmark = pytest.mark.usefixtures("app_context")
DAY = timedelta(1)


def today():
    return clock.today()


def opened():
    return {row.slug for row in session.execute(queries.open_on(today()))}


@pytest.fixture
def street(app_context):
    """Places on both sides of every border; the open ones say so in their slug."""
    make_vacancy(slug="open")
    make_vacancy(slug="open-last-day", closes_on=today())
    make_vacancy(slug="open-one-left", places=3, taken=2)
    make_vacancy(slug="open-already-begun", starts_on=today() - DAY)
    make_vacancy(slug="closed-yesterday", closes_on=today() - DAY)
    make_vacancy(slug="taken", places=2, taken=2)
    make_vacancy(slug="unchecked", company=make_organisation(verified_at=None))
    for status in VacancyStatus:
        if status is not VacancyStatus.PUBLISHED:
            make_vacancy(slug=f"state-{status.value.replace('_', '-')}", status=status)


@pytest.mark.usefixtures("street")
def test_only_what_is_published_in_time_free_and_checked_is_open():
    assert opened() == {"open", "open-last-day", "open-one-left", "open-already-begun"}


@pytest.mark.usefixtures("street")
def test_the_list_and_the_rule_agree_on_every_place_for_a_guest():
    guest = AnonymousUserMixin()
    everything = session.query(Vacancy).all()
    assert len(everything) == 13
    assert {one.slug for one in everything if policy.may_see(guest, one, today())} == opened()


def test_a_vacancy_comes_in_whatever_state_with_all_that_belongs_to_it(count_queries):
    make_vacancy(slug="draft", status=VacancyStatus.DRAFT, musts=(make_skill("cad"),), wanted=(make_skill("welding"),))
    session.remove()
    before = len(count_queries())
    vacancy = queries.get("draft")
    assert {(one.skill.slug, one.must) for one in vacancy.skills} == {("cad", True), ("welding", False)}
    assert (vacancy.place.name, [one.field for one in vacancy.fields]) == ("Drachten", ["mechatronics"])
    assert vacancy.company.name
    assert len(count_queries()) - before == 3


def test_a_vacancy_that_is_not_there_is_not_found():
    with pytest.raises(NotFound):
        queries.get("nothing")


def test_cards_come_in_the_order_asked_in_one_statement(count_queries):
    for slug in ("a", "b", "c"):
        make_vacancy(slug=slug)
    before = len(count_queries())
    assert [row.slug for row in queries.cards(["c", "gone", "a", "c"])] == ["c", "a"]
    assert len(count_queries()) - before == 1
    assert queries.cards([]) == []
    assert len(count_queries()) - before == 1


def test_a_card_says_who_offers_what_where_and_when():
    company = make_organisation(slug="maker", name="Maker", kind=OrganisationKind.INSTITUTE)
    make_vacancy(slug="a", company=company, place="Groningen", description_nl="x" * 900)
    row = queries.cards(["a"])[0]
    assert (row.company, row.company_slug, row.company_kind) == ("Maker", "maker", OrganisationKind.INSTITUTE)
    assert (row.place, row.lat, row.lon) == ("Groningen", 53.2194, 6.5665)
    assert (row.hours_per_week, row.level, row.is_example) == (32, Level.MBO_4, True)
    assert (len(row.summary_nl), row.summary_en) == (queries.SUMMARY, "Help build a robot cell.")


def test_similar_places_share_the_field_and_the_level_first_and_are_never_the_place_itself():
    asked = make_vacancy(slug="asked", fields=("robotics", "software"))
    make_vacancy(slug="level", fields=("energy",))
    make_vacancy(slug="field", fields=("software",), level=Level.MASTER)
    make_vacancy(slug="both", fields=("software", "energy"))
    make_vacancy(slug="neither", fields=("energy",), level=Level.MASTER)
    make_vacancy(slug="closed", fields=("robotics",), closes_on=today() - DAY)
    assert [row.slug for row in queries.similar(asked, today())] == ["both", "field", "level"]
    assert [row.slug for row in queries.similar(asked, today(), limit=1)] == ["both"]


def test_a_place_without_a_field_is_like_others_of_its_level():
    asked = make_vacancy(fields=())
    make_vacancy(slug="level", fields=("energy",))
    make_vacancy(level=Level.MASTER)
    assert [row.slug for row in queries.similar(asked, today())] == ["level"]


def test_a_company_has_its_own_open_places_the_newest_first():
    company, moment = make_organisation(), clock.now()
    make_vacancy(slug="old", company=company, published_at=moment - DAY)
    make_vacancy(slug="new", company=company, published_at=moment)
    make_vacancy(slug="draft", company=company, status=VacancyStatus.DRAFT)
    make_vacancy(slug="other")
    assert [row.slug for row in queries.for_company(company.id, today())] == ["new", "old"]


def test_skills_are_counted_over_open_places_only():
    cad, plc, welding = make_skill("cad"), make_skill("plc-programming"), make_skill("welding")
    make_vacancy(musts=(cad, plc))
    make_vacancy(wanted=(cad,))
    make_vacancy(musts=(cad, welding), closes_on=today() - DAY)
    assert queries.asked_by_skill(today()) == {"cad": 2, "plc-programming": 1}
