"""The pages of companies: the real ones and the made-up ones clearly apart, each with what is known and from whom."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup

from ipf_talent import clock
from ipf_talent.vacancies.kinds import VacancyStatus
from tests.factories.organisations import make_organisation, make_school
from tests.factories.vacancies import make_vacancy

SOURCE = {"source_url": "https://source.example/norma", "source_note": "plaats en product", "checked_on": date(2026, 11, 1)}


def read(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "html.parser")


def slugs(answer) -> list[str]:
    return [link["href"].rpartition("/")[2] for link in read(answer).select(".ipf-card-title a")]


def main_text(answer) -> str:
    return " ".join(read(answer).select_one("main").get_text(" ").split())


def test_real_companies_stand_before_made_up_ones_under_their_own_heading(client):
    make_organisation(slug="made-up", name="Aardig", is_example=True)
    make_organisation(slug="real", name="Zeker", is_example=False)
    make_organisation(slug="hidden", name="Hidden", is_example=False, verified_at=None)
    make_school(slug="school", is_example=False)
    answer = client.get("/companies")
    assert slugs(answer) == ["real", "made-up"]
    assert [heading.text for heading in read(answer).select("h2.vac-group")] == [
        "Companies in the region",
        "Example companies, made up",
    ]
    real, made_up = read(answer).select("article")
    assert not real.select(".ipf-tag-example") and made_up.select(".ipf-tag-example")


def test_filters_narrow_the_list_and_say_how_many_they_leave(client):
    make_organisation(slug="hit", technologies=["optica"], city="Heerenveen", cluster_member=True)
    make_organisation(slug="miss", technologies=["laser"])
    assert slugs(client.get("/companies?technology=optica&place=Heerenveen&cluster=yes&q=machines")) == ["hit"]
    options = [option.text for option in read(client.get("/companies?place=Heerenveen")).select("#technology option")]
    assert options == ["All", "optica (1)"]


@pytest.mark.parametrize(
    "query", ["place=Nowhere", "technology=magic", "cluster=maybe", "hiring=1", "page=99999999", "q=%E2%80%AEx"]
)
def test_nonsense_in_the_address_is_left_out(client, query):
    make_organisation(slug="one")
    answer = client.get(f"/companies?{query}")
    assert answer.status_code == 200
    assert slugs(answer) == ["one"]


def test_an_empty_list_leads_back(client):
    make_organisation()
    answer = client.get("/companies?q=zzz")
    assert read(answer).select_one(".ipf-empty a")["href"] == "/companies"


def test_the_list_takes_at_most_six_statements(client, count_queries):
    for _ in range(25):
        make_organisation()
    before = len(count_queries())
    answer = client.get("/companies?q=machines&place=Drachten")
    assert len(count_queries()) - before <= 6
    assert len(slugs(answer)) == 20
    assert len(slugs(client.get("/companies?page=2"))) == 5


def test_a_real_company_says_where_its_facts_come_from_and_that_it_did_not_confirm_them(client):
    company = make_organisation(slug="norma", is_example=False, technologies=["optica"], website="https://norma.example", **SOURCE)
    make_vacancy(slug="open", company=company)
    make_vacancy(slug="draft", company=company, status=VacancyStatus.DRAFT)
    make_vacancy(slug="closed", company=company, closes_on=clock.today() - timedelta(1))
    make_vacancy(slug="elsewhere")
    answer = client.get("/companies/norma")
    page, text = read(answer), main_text(answer)
    assert slugs(answer) == ["open"]
    assert "The company has not confirmed it yet." in text
    assert "Checked on 1 November 2026" in text and "plaats en product" in text
    assert page.select_one(".ipf-source a")["href"] == "https://source.example/norma"
    assert page.select_one("a[href='https://norma.example']")["rel"] == ["external", "noopener"]
    assert page.select_one("a[href='/companies?technology=optica']")["lang"] == "nl"
    assert "This is an example" not in text


def test_a_page_that_the_company_edited_is_not_called_unconfirmed(client):
    make_organisation(slug="norma", is_example=False, edited_fields=["about_nl"], **SOURCE)
    assert "has not confirmed" not in main_text(client.get("/companies/norma"))


def test_a_made_up_company_is_called_one_and_gives_no_source(client):
    make_organisation(slug="dream", is_example=True, **SOURCE)
    answer = client.get("/companies/dream")
    assert "It does not exist, and you cannot contact it." in main_text(answer)
    assert read(answer).select_one(".ipf-page-header .ipf-tag-example")
    assert not read(answer).select(".ipf-source")


def test_naming_with_the_cluster_is_told_as_what_it_is(client):
    make_organisation(slug="named", cluster_member=True)
    make_organisation(slug="unnamed")
    assert "A source names this company as a participant" in main_text(client.get("/companies/named"))
    assert "participant" not in main_text(client.get("/companies/unnamed"))


def test_a_company_without_open_places_says_so(client):
    make_organisation(slug="quiet", is_example=False, website="https://quiet.example")
    make_organisation(slug="silent", is_example=False)
    assert "Its own website may have one." in main_text(client.get("/companies/quiet"))
    assert "Its own website" not in main_text(client.get("/companies/silent"))


@pytest.mark.parametrize("slug", ["nobody", "school", "hidden"])
def test_schools_unchecked_companies_and_strangers_are_not_found(client, slug):
    make_school(slug="school")
    make_organisation(slug="hidden", verified_at=None)
    assert client.get(f"/companies/{slug}").status_code == 404


def test_a_company_page_costs_the_same_whatever_it_has_open(client, count_queries):
    company = make_organisation(slug="norma")
    for _ in range(6):
        make_vacancy(company=company)
    before = len(count_queries())
    assert client.get("/companies/norma").status_code == 200
    assert len(count_queries()) - before <= 6
