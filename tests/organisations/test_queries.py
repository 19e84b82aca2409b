"""Towns and organisations: what everyone may see, and nothing that nobody checked."""

import pytest

from ipf_talent.db import session
from ipf_talent.errors import NotFound
from ipf_talent.organisations import queries
from ipf_talent.organisations.kinds import OrganisationKind
from tests.factories.organisations import make_establishment, make_organisation, make_place, make_school

pytestmark = pytest.mark.usefixtures("app_context")


def names(*kinds):
    return [row.name for row in session.execute(queries.rows(*kinds))]


def test_towns_come_by_name_with_where_they_are():
    for town in ("Leeuwarden", "Drachten", "Groningen"):
        make_place(town)
    assert [row.name for row in queries.places()] == ["Drachten", "Groningen", "Leeuwarden"]
    assert (queries.places()[0].municipality, queries.places()[0].lat) == ("Smallingerland", 53.1125)


def test_a_town_is_found_by_its_exact_name_only():
    make_place("Drachten")
    assert queries.place_named("Drachten").lon == 6.0989
    assert queries.place_named("drachten") is None
    assert queries.place_named("Dracht%") is None


def test_an_organisation_comes_with_its_establishments():
    company = make_organisation(slug="norma")
    make_establishment(company, "Groningen")
    assert [one.place.name for one in queries.get("norma").establishments] == ["Groningen"]


@pytest.mark.parametrize("slug", ["nobody", "school", "unchecked"])
def test_what_is_not_there_of_another_kind_or_unchecked_is_not_found(slug):
    make_school(slug="school")
    make_organisation(slug="unchecked", verified_at=None)
    with pytest.raises(NotFound):
        queries.get(slug, OrganisationKind.COMPANY)


def test_without_a_kind_any_organisation_is_found():
    make_school(slug="school")
    assert queries.get("school").kind is OrganisationKind.SCHOOL


def test_lists_hold_real_ones_first_then_by_name_and_no_unchecked_one():
    make_organisation(name="alfa", is_example=True)
    make_organisation(name="beta", is_example=False)
    make_organisation(name="Alfa", is_example=False)
    make_organisation(name="Hidden", is_example=False, verified_at=None)
    make_school(name="School", is_example=False)
    assert names(OrganisationKind.COMPANY) == ["Alfa", "beta", "alfa"]
    assert "School" in names()


def test_towns_of_companies_are_those_of_their_establishments():
    company, school = make_organisation(), make_school()
    make_establishment(company, "Groningen", name="north")
    make_establishment(company, "Drachten", name="south")
    make_establishment(company, "Drachten", name="second")
    make_establishment(school, "Leeuwarden")
    assert queries.towns_of(OrganisationKind.COMPANY) == {company.id: ["Drachten", "Groningen"]}
