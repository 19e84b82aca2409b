"""The example region as a guest meets it: every open place and every company, at a bearable price."""

import gzip

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from ipf_talent import clock
from ipf_talent.organisations.kinds import OrganisationKind
from ipf_talent.organisations.models import Organisation
from ipf_talent.vacancies import queries

pytestmark = pytest.mark.demo


def read(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "html.parser")


def test_every_open_place_has_a_page_that_says_it_is_an_example(visitor, world):
    slugs = [row.slug for row in world.execute(queries.open_on(clock.today()))]
    assert len(slugs) >= 60
    for slug in slugs:
        answer = visitor.get(f"/vacancies/{slug}")
        assert answer.status_code == 200, slug
        page = read(answer)
        assert page.select_one(".ipf-page-header .ipf-tag-example"), slug
        assert page.select(".vac-skills a"), slug
        assert page.select_one("main .ipf-source a[href^=http]"), slug
        assert not [term.text for term in page.select("dl dt") if not term.find_next_sibling("dd").text.strip()], slug


def test_every_company_has_a_page_and_the_made_up_ones_say_so(visitor, world):
    companies = world.execute(
        select(Organisation.slug, Organisation.is_example).where(Organisation.kind == OrganisationKind.COMPANY)
    ).all()
    assert {made_up for _slug, made_up in companies} == {True, False}
    for slug, made_up in companies:
        answer = visitor.get(f"/companies/{slug}")
        assert answer.status_code == 200, slug
        assert ("It does not exist" in answer.text) is made_up, slug
        assert ("has not confirmed it yet" in answer.text) is not made_up, slug


@pytest.mark.parametrize(
    "address", ["/vacancies", "/vacancies?q=robot&place=Drachten&within=50&sort=nearest", "/companies", "/companies?q=robotica"]
)
def test_lists_stay_light(visitor, count_queries, address):
    visitor.get(address)  # what a search looks in is made once, and kept
    before = len(count_queries())
    answer = visitor.get(address)
    assert len(count_queries()) - before <= 6
    assert len(gzip.compress(answer.data)) <= 50_000
    assert len(read(answer).select("article")) >= 3


@pytest.mark.parametrize("language", ["nl", "fy", "en"])
def test_every_choice_of_the_filters_leads_to_a_list(visitor, language):
    page = read(visitor.get(f"/vacancies?lang={language}"))
    for select_ in page.select(".ipf-filters select"):
        value = select_.select("option")[-1]["value"]
        answer = visitor.get(f"/vacancies?lang={language}&{select_['name']}={value}")
        assert answer.status_code == 200
        assert read(answer).select(".ipf-card"), (select_["name"], value)
