"""Who may do what with accounts and roles."""

from ipf_talent.accounts.models import User
from ipf_talent.accounts.roles import Role

INVITES = frozenset({Role.COMPANY_MANAGER, Role.PROGRAMME_MANAGER})
"""Roles that look after the people of their own organisation."""


def is_signed_in(user: User) -> bool:
    """Everyone with an account, for their own account; the guard has signed them in."""
    return bool(user.is_authenticated)


def manages(user: User) -> set[int]:
    """The organisations whose people this person looks after."""
    return user.organisation_ids(*INVITES)
