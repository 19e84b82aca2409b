"""The pages of institutions."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from ipf_talent.organisations.kinds import OrganisationKind
from ipf_talent.programmes.levels import Level
from tests.factories.organisations import make_establishment, make_organisation, make_school
from tests.factories.programmes import make_programme


def soup(answer):
    assert answer.status_code == 200
    return BeautifulSoup(answer.data, "html.parser")


def text(answer):
    return " ".join(soup(answer).main.get_text(" ").split())


def titles(answer):
    return [title.text.strip() for title in soup(answer).select(".ipf-card-title")]


@pytest.fixture
def schools(client):
    """One school, and others that differ from it in one thing each."""
    first = {"kind": OrganisationKind.SCHOOL, "education": "mbo", "city": "Drachten"}
    for name, other in {"Firda": {}, "Other kind": {"kind": OrganisationKind.INSTITUTE}, "Other education": {"education": "hbo"},
                        "Other place": {"city": "Leiden"}}.items():  # fmt: skip
        make_school(name=name, **first | other)
    make_organisation(name="Machine factory")
    return client


def test_filters_in_the_address_hold_at_once_and_companies_are_no_institutions(schools):
    assert titles(schools.get("/institutions?kind=school&education=mbo&place=Drachten")) == ["Firda"]
    assert titles(schools.get("/institutions?kind=school&education=mbo&place=Drachten&q=firda")) == ["Firda"]
    assert titles(schools.get("/institutions?q=machine")) == []
    assert titles(schools.get("/institutions")) == ["Firda", "Other education", "Other kind", "Other place"]


@pytest.mark.parametrize("gone, name", [("kind", "Other kind"), ("education", "Other education"), ("place", "Other place")])
def test_each_filter_keeps_exactly_its_own_near_miss_out(schools, gone, name):
    rest = "&".join(part for part in ("kind=school", "education=mbo", "place=Drachten") if not part.startswith(gone))
    assert titles(schools.get(f"/institutions?{rest}")) == ["Firda", name]


@pytest.mark.parametrize("query", ["kind=company", "education=zz", "place=Atlantis", "page=99"])
def test_unknown_values_are_ignored(schools, query):
    assert len(titles(schools.get(f"/institutions?{query}"))) == 4


def test_a_place_is_also_found_by_an_establishment_there(schools):
    make_establishment(make_school(name="Twente", city="Enschede"), "Drachten")
    assert "Twente" in titles(schools.get("/institutions?place=Drachten"))


def test_an_institution_that_nobody_checked_is_not_in_the_list_nor_its_town(schools):
    make_school(slug="new", name="New school", city="Urk", verified_at=None)
    page = schools.get("/institutions").text
    assert "New school" not in page and "Urk" not in page
    assert schools.get("/institutions/new").status_code == 404


def test_a_page_shows_kind_place_website_programmes_source_and_day(client):
    school = make_school(slug="firda", name="Firda", website="https://firda.example", source_url="https://source.example/firda",
                         checked_on=date(2026, 11, 3))  # fmt: skip
    make_establishment(school, "Leeuwarden")
    (
        make_programme(title_en="Robotics", institution=school),
        make_programme(title_en="Welding", institution=school, level=Level.MBO_2),
    )
    make_programme(title_en="Elsewhere")
    answer = client.get("/institutions/firda")
    page = text(answer)
    assert all(words in page for words in ("School", "mbo", "Leeuwarden", "Checked on 3 November 2026", "Example until the school"))
    links = [a["href"] for a in soup(answer).main.select("a")]
    assert "https://firda.example" in links and "https://source.example/firda" in links
    assert titles(answer) == ["Welding", "Robotics"]


def test_the_name_of_national_qualifications_is_no_school(client):
    nation = make_school(slug="nation", name="National", city="Urk")
    make_programme(institution=nation, national=True)
    assert titles(client.get("/institutions")) == []
    assert "not a school" in text(client.get("/institutions/nation"))


def test_an_institution_without_programmes_says_so(client):
    make_school(slug="empty", website=None)
    assert "We know of no programme of this institution." in text(client.get("/institutions/empty"))


def test_what_is_not_there_or_does_not_teach_is_not_found(client):
    make_organisation(slug="factory")
    assert client.get("/institutions/nothing").status_code == 404
    assert client.get("/institutions/factory").status_code == 404


@pytest.mark.demo
@pytest.mark.parametrize(
    "address, most", [("/institutions", 6), ("/institutions?place=Drachten&q=tech", 6), ("/institutions/rug", 12)]
)
def test_pages_of_the_region_cost_few_statements_and_are_whole(visitor, count_queries, address, most):
    page = soup(visitor.get(address))
    assert len(count_queries()) <= most
    assert len(page.select("h1")) == 1
    ids = [tag["id"] for tag in page.select("[id]")]
    assert len(ids) == len(set(ids))


@pytest.mark.demo
def test_the_region_shows_its_institutions_with_a_source_each(visitor):
    assert "Technicnoord" in titles(visitor.get("/institutions?kind=company_school"))
    assert soup(visitor.get("/institutions/technicnoord")).select_one(".ipf-source a")["href"].startswith("http")
