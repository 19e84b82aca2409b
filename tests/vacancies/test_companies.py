"""The list of companies: each filter alone, and the numbers behind each choice."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ipf_talent import clock
from ipf_talent.vacancies import companies
from ipf_talent.vacancies.companies import AskedCompanies
from tests.factories.organisations import make_establishment, make_organisation, make_school
from tests.factories.vacancies import make_vacancy

pytestmark = pytest.mark.usefixtures("app_context")


@pytest.fixture
def street(app_context):
    norma = make_organisation(
        slug="norma", name="Norma", city="Drachten", technologies=["optica", "verspanen"], cluster_member=True
    )
    make_establishment(norma, "Groningen")
    make_vacancy(company=norma)
    make_vacancy(company=norma)
    make_vacancy(company=norma, closes_on=clock.today() - timedelta(1))
    other = make_organisation(slug="other", name="Other", city="Leeuwarden", technologies=["optica en laser"])
    make_vacancy(company=other, taken=2)
    make_school(slug="school")
    make_organisation(slug="hidden", verified_at=None)


def found(asked: AskedCompanies) -> list[str]:
    return [company.row.slug for company in companies.narrowed(companies.everything(clock.today()), asked)]


@pytest.mark.usefixtures("street")
def test_a_company_comes_with_its_towns_and_its_open_places():
    norma, other = companies.everything(clock.today())
    assert (norma.towns, norma.open) == (("Drachten", "Groningen"), 2)
    assert (other.towns, other.open) == (("Leeuwarden",), 0)


@pytest.mark.usefixtures("street")
@pytest.mark.parametrize(
    "asked",
    [
        {"place": "Groningen"},
        {"place": "Drachten"},
        {"technology": "optica"},
        {"cluster": True},
        {"hiring": True},
        {"q": "norma verspanen"},
    ],
    ids=str,
)
def test_each_filter_alone_leaves_the_near_miss_out(asked):
    assert found(AskedCompanies(**asked)) == ["norma"]
    assert found(AskedCompanies()) == ["norma", "other"]


@pytest.mark.usefixtures("street")
def test_a_search_finds_part_of_a_technology_and_signs_mean_only_themselves():
    assert found(AskedCompanies(q="laser")) == ["other"]
    assert found(AskedCompanies(q="OPTICA")) == ["norma", "other"]
    for sign in ("%", "_", "*"):
        assert found(AskedCompanies(q=sign)) == []


@pytest.mark.usefixtures("street")
@pytest.mark.parametrize(
    "start", [AskedCompanies(), AskedCompanies(q="optica", place="Drachten"), AskedCompanies(hiring=True)], ids=str
)
def test_the_number_behind_each_choice_is_what_choosing_it_gives(start):
    everything = companies.everything(clock.today())
    numbers = companies.counts(everything, start)
    assert set(numbers) == {"place", "technology", "cluster", "hiring"}
    for name, values in numbers.items():
        for value, count in values.items():
            assert len(found(replace(start, **{name: True if value == "yes" else value}))) == count, (name, value)


def test_the_list_takes_two_statements_whatever_its_length(count_queries):
    for _ in range(4):
        make_vacancy()
    before = len(count_queries())
    companies.everything(clock.today())
    assert len(count_queries()) - before == 2


def test_examples_are_counted_apart_and_a_closed_one_not_at_all(session):
    company = make_organisation(name="Norma", is_example=False)
    make_vacancy(company=company), make_vacancy(company=company, is_example=False)
    make_vacancy(company=company, closes_on=clock.today() - timedelta(1))
    (found_one,) = companies.everything(clock.today())
    assert (found_one.open, found_one.examples) == (2, 1)
