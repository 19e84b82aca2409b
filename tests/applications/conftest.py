"""A student, a company with a manager, and a place between them."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from ipf_talent.accounts.roles import Role
from ipf_talent.vacancies.kinds import PlacingMode
from tests.factories.accounts import make_user
from tests.factories.organisations import make_organisation, make_school
from tests.factories.vacancies import make_vacancy

MONDAY = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
"""A Monday without a holiday in the five weeks after it."""


def days_later(number: int, start: datetime = MONDAY) -> datetime:
    """So many working days later, at the same hour (no holidays lie there)."""
    weeks, rest = divmod(number, 5)
    return start + timedelta(weeks=weeks, days=rest)


@pytest.fixture
def both(app_context):
    """Ready-made people: `student`, `manager`, `company`, `place`, `school`, `coordinator`, `school_place`."""
    company, school = make_organisation(name="Voorbeeld BV"), make_school()
    return SimpleNamespace(
        company=company,
        school=school,
        student=make_user(Role.STUDENT, school, display_name="Jildou Hoekstra", email="jildou@school.example"),
        manager=make_user(Role.COMPANY_MANAGER, company),
        coordinator=make_user(Role.COORDINATOR, school),
        place=make_vacancy(company=company, title_nl="Robotcel", places=1),
        school_place=make_vacancy(company=company, placing_mode=PlacingMode.SCHOOL_PLACES, title_nl="Draaibank"),
    )
