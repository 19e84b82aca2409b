"""Who may do what with accounts, roles and organisations."""

from ipf_talent.accounts.models import User
from ipf_talent.accounts.roles import MANAGING, STAFF, Role, fitting
from ipf_talent.organisations.kinds import OrganisationKind
from ipf_talent.organisations.models import Organisation

LOOKING_AFTER = MANAGING | {Role.COORDINATOR}
"""Roles that look after the people of their own organisation."""


def is_signed_in(user: User) -> bool:
    """Everyone with an account, for their own account; the guard has signed them in."""
    return bool(user.is_authenticated)


def is_platform_admin(user: User) -> bool:
    """The people who keep the platform itself."""
    return bool(user.is_authenticated) and user.has_role(Role.PLATFORM_ADMIN)


def is_cluster_office(user: User) -> bool:
    """The people who look after the whole region."""
    return bool(user.is_authenticated) and user.has_role(Role.CLUSTER_OFFICE)


def works_at(user: User, organisation_id: int) -> bool:
    """Whoever has a role of staff at this organisation; its students have none."""
    return bool(user.is_authenticated) and organisation_id in user.organisation_ids(*STAFF)


def may_check(user: User, organisation: Organisation) -> bool:
    """Platform administration decides whether others see an organisation."""
    return is_platform_admin(user)


def manages(user: User) -> set[int]:
    """The organisations whose people this person looks after."""
    return user.organisation_ids(*LOOKING_AFTER)


def looks_after_people(user: User) -> bool:
    """Whoever looks after the people of some organisation."""
    return bool(manages(user))


def may_see_people(user: User, organisation: Organisation) -> bool:
    """Those who look after this one, and platform administration, which invites the first manager of an organisation."""
    return organisation.id in manages(user) or is_platform_admin(user)


def may_give(user: User, organisation: Organisation, role: Role) -> bool:
    """
    Whether someone may hand out a role at an organisation, or take it away.

    Managers and platform administration every role that fits it; a coordinator those below the managers.
    """
    if role not in fitting(OrganisationKind(organisation.kind)):
        return False
    if is_platform_admin(user) or organisation.id in user.organisation_ids(*MANAGING):
        return True
    return role not in MANAGING and organisation.id in manages(user)
