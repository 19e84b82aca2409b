"""Who may say who studies what: the coordinators of the school; nobody of another school, and no programme manager."""

from typing import Protocol

from ipf_talent.accounts.models import User
from ipf_talent.accounts.roles import Role
from ipf_talent.organisations.models import Organisation


class OfSchool(Protocol):
    """Anything that belongs to one school."""

    @property
    def school_id(self) -> int: ...


def schools_of(user: User) -> list[Organisation]:
    """The schools whose coordinator a person is, by name."""
    own = {one.organisation for one in user.memberships if one.role is Role.COORDINATOR and one.organisation}
    return sorted(own, key=lambda one: (one.name.casefold(), one.id))


def coordinates(user: User) -> bool:
    """The coordinators of a school."""
    return bool(user.is_authenticated) and bool(user.organisation_ids(Role.COORDINATOR))


def may_coordinate(user: User, thing: OfSchool) -> bool:
    """The coordinators of the school that a class, period, student or list belongs to."""
    return bool(user.is_authenticated) and thing.school_id in user.organisation_ids(Role.COORDINATOR)
