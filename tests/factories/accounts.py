"""People with an account."""

from itertools import count

from ipf_talent import clock
from ipf_talent.accounts.models import Membership, User
from ipf_talent.accounts.roles import Role
from ipf_talent.db import session
from ipf_talent.organisations.models import Organisation

_number = count(1)


def make_user(role: Role | None = Role.STUDENT, organisation: Organisation | None = None, **overrides) -> User:
    """A confirmed person with one role (none with `role=None`); the password hash matches nothing unless given."""
    number = next(_number)
    values = {
        "email": f"person{number}@school.example",
        "display_name": f"Person {number}",
        "password_hash": "!",
        "confirmed_at": clock.now(),
    }
    user = User(**values | overrides)
    if role is not None:
        user.memberships = [Membership(role=role, organisation=organisation)]
    session.add(user)
    session.commit()
    return user
