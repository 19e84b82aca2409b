"""Who runs a round, who takes part in it, and who says what a place goes by."""

from ipf_talent.accounts.models import User
from ipf_talent.accounts.roles import Role
from ipf_talent.cohorts.rounds.kinds import RoundStatus
from ipf_talent.cohorts.rounds.models import Round, RoundStudent
from ipf_talent.vacancies.models import Vacancy


def runs_rounds(user: User) -> bool:
    """The coordinators of a school."""
    return bool(user.is_authenticated) and user.has_role(Role.COORDINATOR)


def may_run(user: User, placing_round: Round) -> bool:
    """The coordinators of the school whose students are placed; the twin of `round_queries.of_school`."""
    return runs_rounds(user) and placing_round.school_id in user.organisation_ids(Role.COORDINATOR)


def takes_part(user: User, one: RoundStudent) -> bool:
    """The student themselves, once the round is open; the twin of `round_queries.of_student`."""
    own = bool(user.is_authenticated) and one.student_id is not None and one.student_id == user.id
    return own and one.placing_round.status is not RoundStatus.DRAFT


def says_priorities(user: User) -> bool:
    """The managers of a company."""
    return bool(user.is_authenticated) and user.has_role(Role.COMPANY_MANAGER)


def may_say(user: User, vacancy: Vacancy) -> bool:
    """The managers of the company that offers the place; the twin of `round_queries.places_of_company`."""
    return says_priorities(user) and vacancy.company_id in user.organisation_ids(Role.COMPANY_MANAGER)
