"""Who keeps the pages of a company, and who checks what it is recognised for."""

from ipf_talent.accounts.models import User
from ipf_talent.accounts.policy import is_platform_admin, works_at
from ipf_talent.accounts.roles import Role
from ipf_talent.organisations.models import Establishment, Organisation, Recognition


def keeps_company(user: User, organisation: Organisation) -> bool:
    """The managers of a company, checked or not: what they say is seen once it is."""
    return bool(user.is_authenticated) and organisation.id in user.organisation_ids(Role.COMPANY_MANAGER)


def keeps_address(user: User, address: Establishment) -> bool:
    """The same, for one of its addresses."""
    return keeps_company(user, address.organisation)


def keeps_recognition(user: User, recognition: Recognition) -> bool:
    """The same, for one of its recognitions."""
    return keeps_company(user, recognition.establishment.organisation)


def checks_recognitions(user: User) -> bool:
    """Coordinators of a school that was checked itself, and platform administration."""
    return is_platform_admin(user) or checking_school(user) is not None


def may_decide(user: User, recognition: Recognition) -> bool:
    """Whoever checks recognitions, but not of a company where they work."""
    return checks_recognitions(user) and not works_at(user, recognition.establishment.organisation_id)


def checking_school(user: User) -> Organisation | None:
    """The school in whose name this person checks; the first by number, None for who coordinates nowhere."""
    if not user.is_authenticated:
        return None
    held = (one.organisation for one in user.memberships if one.role is Role.COORDINATOR and one.organisation)
    return next(iter(sorted((one for one in held if one.verified_at is not None), key=lambda one: one.id)), None)


def is_student(user: User) -> bool:
    """Whoever is here as a student: no staff of any organisation."""
    return bool(user.is_authenticated) and user.has_role(Role.STUDENT)
