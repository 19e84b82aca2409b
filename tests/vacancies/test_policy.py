"""Who may see a vacancy: a table of role and ownership."""

import pytest
from flask_login import AnonymousUserMixin

from ipf_talent import clock
from ipf_talent.accounts.roles import Role
from ipf_talent.vacancies import policy
from ipf_talent.vacancies.kinds import VacancyStatus
from tests.factories.accounts import make_user
from tests.factories.organisations import make_organisation
from tests.factories.vacancies import make_vacancy

pytestmark = pytest.mark.usefixtures("app_context")
ROLES = [Role.COMPANY_MANAGER, Role.WORKPLACE_TRAINER, Role.COORDINATOR, Role.STUDENT, Role.CLUSTER_OFFICE]


def sees(user, vacancy):
    return policy.may_see(user, vacancy, clock.today())


@pytest.mark.parametrize("status", [status for status in VacancyStatus if status is not VacancyStatus.PUBLISHED])
@pytest.mark.parametrize("own", [True, False], ids=["own", "other"])
@pytest.mark.parametrize("role", ROLES)
def test_what_is_not_open_is_seen_by_the_managers_of_its_company_alone(role, own, status):
    vacancy = make_vacancy(status=status)
    user = make_user(role, vacancy.company if own else make_organisation())
    assert sees(user, vacancy) is (own and role is Role.COMPANY_MANAGER)


@pytest.mark.parametrize("role", ROLES)
def test_what_is_open_is_seen_by_everyone(role):
    vacancy = make_vacancy()
    assert sees(make_user(role, make_organisation()), vacancy)
    assert sees(AnonymousUserMixin(), vacancy)


def test_a_place_of_an_unchecked_company_is_seen_by_its_managers_alone():
    company = make_organisation(verified_at=None)
    vacancy = make_vacancy(company=company)
    assert sees(make_user(Role.COMPANY_MANAGER, company), vacancy)
    assert not sees(AnonymousUserMixin(), vacancy)
    assert not policy.was_seen(vacancy)


@pytest.mark.parametrize("status", list(VacancyStatus))
def test_only_drafts_were_never_seen(status):
    assert policy.was_seen(make_vacancy(status=status)) is (status not in (VacancyStatus.DRAFT, VacancyStatus.IN_REVIEW))


TRYING = {(Role.COMPANY_MANAGER, "own"), (Role.WORKPLACE_TRAINER, "own"), (Role.COORDINATOR, "own")}
"""Staff of the company itself, whatever their role."""


@pytest.mark.parametrize("status", list(VacancyStatus))
@pytest.mark.parametrize("whose", ["own", "other"])
@pytest.mark.parametrize("role", ROLES)
def test_how_a_place_is_read_is_seen_by_its_staff_and_once_it_was_shown_by_the_cluster_office(role, whose, status):
    vacancy = make_vacancy(status=status)
    user = make_user(role, vacancy.company if whose == "own" else make_organisation())
    shown = status not in (VacancyStatus.DRAFT, VacancyStatus.IN_REVIEW)
    assert policy.may_try(user, vacancy) is ((role, whose) in TRYING or (role is Role.CLUSTER_OFFICE and shown))
    assert not policy.may_try(AnonymousUserMixin(), vacancy)


def test_a_place_of_an_unchecked_company_is_tried_by_its_staff_alone():
    vacancy = make_vacancy(company=make_organisation(verified_at=None))
    assert policy.may_try(make_user(Role.SIGNER, vacancy.company), vacancy)
    assert not policy.may_try(make_user(Role.CLUSTER_OFFICE), vacancy)
