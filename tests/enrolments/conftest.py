"""A school with a coordinator, a class with a period, and another school of the same kind."""

from types import SimpleNamespace

import pytest

from ipf_talent.accounts.roles import Role
from tests.factories.accounts import make_user
from tests.factories.enrolments import make_class, make_period
from tests.factories.organisations import make_school
from tests.factories.programmes import make_programme


@pytest.fixture
def school(app, session):
    """Ready-made: `one` (the school), `coordinator`, `programme`, `period`, `group` (a class), `other` and its `stranger`."""
    one, other = make_school(name="Techniekcollege", is_example=False), make_school(is_example=False)
    programme = make_programme(institution=one, code="25344", slug="mechatronica-4", title_nl="Mechatronica")
    period = make_period(one, name="BPV 3")
    return SimpleNamespace(
        one=one,
        other=other,
        coordinator=make_user(Role.COORDINATOR, one),
        stranger=make_user(Role.COORDINATOR, other),
        programme=programme,
        period=period,
        group=make_class(one, programme, period, name="MT4A"),
    )
