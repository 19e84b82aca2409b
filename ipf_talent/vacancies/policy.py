"""Who may see a vacancy, write it, and look at its words."""

from datetime import date

from ipf_talent.accounts.models import User
from ipf_talent.accounts.policy import is_cluster_office, is_platform_admin, works_at
from ipf_talent.accounts.roles import Role
from ipf_talent.vacancies.kinds import VacancyStatus
from ipf_talent.vacancies.models import Vacancy
from ipf_talent.vacancies.queries import HIDDEN_FROM

UNSEEN = frozenset({VacancyStatus.DRAFT, VacancyStatus.IN_REVIEW})
"""States before the first publication: nobody's business but the company's."""


def manages(user: User, vacancy: Vacancy) -> bool:
    """The managers of the company that offers it."""
    return bool(user.is_authenticated) and vacancy.company_id in user.organisation_ids(Role.COMPANY_MANAGER)


def offers_places(user: User) -> bool:
    """The managers of some company."""
    return bool(user.is_authenticated) and user.has_role(Role.COMPANY_MANAGER)


def reviews_places(user: User) -> bool:
    """The platform looks at words that a company set aside."""
    return is_platform_admin(user)


def may_review(user: User, vacancy: Vacancy) -> bool:
    """The platform, while it waits for that."""
    return is_platform_admin(user) and vacancy.status is VacancyStatus.IN_REVIEW


def may_try(user: User, vacancy: Vacancy) -> bool:
    """Who may see how a place is read: whoever works at its company, and the cluster office once everyone could see it."""
    return works_at(user, vacancy.company_id) or (was_seen(vacancy) and is_cluster_office(user))


def may_see(user: User, vacancy: Vacancy, today: date) -> bool:
    """Everyone while it is open, its own managers always; the twin of `queries.open_on`."""
    return manages(user, vacancy) or (vacancy.is_open(today) and is_shown(vacancy) and vacancy.company.silence < HIDDEN_FROM)


def was_seen(vacancy: Vacancy) -> bool:
    """Whether everyone could see it once, so that its address may say that it has closed."""
    return vacancy.status not in UNSEEN and is_shown(vacancy)


def is_shown(vacancy: Vacancy) -> bool:
    """Whether its company was checked."""
    return vacancy.company.verified_at is not None
