"""Who may see and move a response: its student, the managers of the company, the coordinators of the school that places."""

from ipf_talent.accounts.models import User
from ipf_talent.accounts.roles import Role
from ipf_talent.applications.kinds import State
from ipf_talent.applications.models import Application


def may_respond(user: User) -> bool:
    """Students, and whoever has an account without a role: they are students whose school has not said so."""
    return bool(user.is_authenticated) and (user.has_role(Role.STUDENT) or not user.memberships)


def is_own(user: User, application: Application) -> bool:
    """The student whose response it is."""
    return bool(user.is_authenticated) and application.student_id is not None and application.student_id == user.id


def handles_responses(user: User) -> bool:
    """The managers of a company."""
    return bool(user.is_authenticated) and user.has_role(Role.COMPANY_MANAGER)


def may_handle(user: User, application: Application) -> bool:
    """The managers of the company that offers the place, once it has arrived; the twin of `queries.seen_by_company`."""
    arrived = application.sent_at is not None and application.erased_at is None
    return (
        handles_responses(user)
        and arrived
        and application.vacancy.company_id in user.organisation_ids(Role.COMPANY_MANAGER)
        and may_know(user, application)
    )


def may_know(user: User, application: Application) -> bool:
    """An example account is shared by everyone who looks around, so it knows responses of example students and of nobody else."""
    return not user.is_demo or (application.student is not None and application.student.is_demo)


def places_students(user: User) -> bool:
    """The coordinators of a school."""
    return bool(user.is_authenticated) and user.has_role(Role.COORDINATOR)


def may_place(user: User, application: Application) -> bool:
    """The coordinators of the school that the student turned to; the twin of `queries.seen_by_school`."""
    asked = application.state is not State.DRAFT and application.student_id is not None
    own = places_students(user) and application.school_id in user.organisation_ids(Role.COORDINATOR)
    return own and asked and may_know(user, application)
