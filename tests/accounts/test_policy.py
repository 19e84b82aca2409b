"""Who may do what: every role, at one's own organisation and at another, written by hand."""

import pytest

from ipf_talent.accounts import policy
from ipf_talent.accounts.models import Membership, User
from ipf_talent.accounts.roles import AT_COMPANY, AT_SCHOOL, Role, fitting, manager_of
from ipf_talent.organisations.kinds import TEACHING, OrganisationKind
from ipf_talent.organisations.models import Organisation

COMPANY = Organisation(id=1, kind=OrganisationKind.COMPANY, name="Company")
SCHOOL = Organisation(id=2, kind=OrganisationKind.SCHOOL, name="School")
LOOK = {Role.COMPANY_MANAGER, Role.PROGRAMME_MANAGER, Role.COORDINATOR}


def person(role: Role | None, at: Organisation | None = None) -> User:
    user = User(id=1, email="a@b.example", display_name="A", password_hash="!")
    user.memberships = [Membership(role=role, organisation_id=at.id if at else None)] if role else []
    return user


@pytest.mark.parametrize("role", [None, *Role])
def test_people_are_seen_by_those_who_look_after_them_and_by_platform_administration(role):
    own, foreign = person(role, SCHOOL), SCHOOL
    assert policy.may_see_people(own, SCHOOL) is (role in LOOK or role is Role.PLATFORM_ADMIN)
    assert policy.may_see_people(own, COMPANY) is (role is Role.PLATFORM_ADMIN)
    assert policy.looks_after_people(own) is (role in LOOK)
    assert policy.may_see_people(person(role), foreign) is (role is Role.PLATFORM_ADMIN)


@pytest.mark.parametrize("role", [None, *Role])
def test_organisations_are_checked_by_platform_administration_only(role):
    for organisation in (SCHOOL, COMPANY):
        assert policy.may_check(person(role, organisation), organisation) is (role is Role.PLATFORM_ADMIN)


GIVES = {
    (Role.PROGRAMME_MANAGER, SCHOOL.id): AT_SCHOOL,
    (Role.COORDINATOR, SCHOOL.id): AT_SCHOOL - {Role.PROGRAMME_MANAGER},
    (Role.COMPANY_MANAGER, COMPANY.id): AT_COMPANY,
}


@pytest.mark.parametrize("role", [None, *Role])
@pytest.mark.parametrize("where", [SCHOOL, COMPANY], ids=["school", "company"])
@pytest.mark.parametrize("held_at", [SCHOOL, COMPANY], ids=["at-school", "at-company"])
def test_roles_are_given_at_ones_own_organisation_where_they_fit_and_never_above_ones_own(role, where, held_at):
    user = person(role, held_at)
    wanted = GIVES.get((role, where.id), frozenset()) if held_at is where else frozenset()
    if role is Role.PLATFORM_ADMIN:
        wanted = AT_SCHOOL if where is SCHOOL else AT_COMPANY
    if role in (Role.COMPANY_MANAGER, Role.PROGRAMME_MANAGER) and held_at is where:
        wanted = AT_SCHOOL if where is SCHOOL else AT_COMPANY
    if role is Role.COORDINATOR and held_at is where is COMPANY:
        wanted = AT_COMPANY - {Role.COMPANY_MANAGER}
    assert {one for one in Role if policy.may_give(user, where, one)} == wanted


def test_nobody_gives_a_role_on_the_platform_itself():
    admin = person(Role.PLATFORM_ADMIN)
    for role in (Role.STUDENT, Role.PARENT, Role.CLUSTER_OFFICE, Role.PLATFORM_ADMIN):
        assert not any(policy.may_give(admin, where, role) for where in (SCHOOL, COMPANY))


@pytest.mark.parametrize("kind", OrganisationKind)
def test_the_manager_of_a_kind_is_among_the_roles_that_fit_it(kind):
    assert manager_of(kind) in fitting(kind)
    assert (manager_of(kind) is Role.PROGRAMME_MANAGER) is (kind in TEACHING)
    assert len(set(fitting(kind)) & {Role.COMPANY_MANAGER, Role.PROGRAMME_MANAGER}) == 1


@pytest.mark.parametrize("role", [None, *Role])
def test_who_works_somewhere_has_a_role_of_staff_there_and_not_elsewhere(role):
    user = person(role, COMPANY)
    assert policy.works_at(user, COMPANY.id) is (role in AT_COMPANY | AT_SCHOOL)
    assert not policy.works_at(user, SCHOOL.id)
    assert policy.is_cluster_office(user) is (role is Role.CLUSTER_OFFICE)
