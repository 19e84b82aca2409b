"""Many at once, on a database of their own: the places of one vacancy are counted right however many come and go."""

import pytest
from sqlalchemy import func, select

from ipf_talent.accounts.models import AuditEntry
from ipf_talent.db import session
from ipf_talent.vacancies import services
from ipf_talent.vacancies.kinds import VacancyStatus
from ipf_talent.vacancies.models import Vacancy
from tests.accounts.conftest import busy_app  # noqa: F401 a fixture
from tests.at_once import all_at_once
from tests.factories.vacancies import make_vacancy

AT_ONCE = 8


@pytest.fixture
def start(busy_app):  # noqa: F811
    """A place of so many, of which some are taken."""

    def make(places, taken=0, **more):
        with busy_app.test_request_context():
            return make_vacancy(places=places, taken=taken, **more).id

    return make


def now(busy_app, number):  # noqa: F811
    """How many are taken, the state, and how often it was written down that it is full or open again."""
    with busy_app.test_request_context():
        session.rollback()
        vacancy = session.get(Vacancy, number, populate_existing=True)
        said = select(AuditEntry.action, func.count()).where(AuditEntry.thing_id == number).group_by(AuditEntry.action)
        return vacancy.taken, vacancy.status, dict(session.execute(said).all())


@pytest.mark.parametrize(("places", "taken"), [(1, 0), (3, 0), (9, 6)])
def test_as_many_get_one_as_there_are_places(busy_app, start, places, taken):  # noqa: F811
    number = start(places, taken)
    outcomes = all_at_once(busy_app, services.take_place, [number] * AT_ONCE)
    assert outcomes.count(True) == places - taken and outcomes.count(False) == AT_ONCE - places + taken
    assert now(busy_app, number) == (places, VacancyStatus.FULL, {"fill_vacancy": 1})


def test_none_gets_one_where_it_is_closed(busy_app, start):  # noqa: F811
    number = start(3, status=VacancyStatus.CLOSED)
    assert all_at_once(busy_app, services.take_place, [number] * AT_ONCE) == [False] * AT_ONCE
    assert now(busy_app, number) == (0, VacancyStatus.CLOSED, {})


def test_no_more_is_given_back_than_was_taken(busy_app, start):  # noqa: F811
    number = start(3, 3, status=VacancyStatus.FULL)
    outcomes = all_at_once(busy_app, services.give_back, [number] * AT_ONCE)
    assert outcomes.count(True) == 3
    assert now(busy_app, number) == (0, VacancyStatus.PUBLISHED, {"reopen_vacancy": 1})


def test_taking_and_giving_back_at_once_adds_up(busy_app, start):  # noqa: F811
    number = start(4, 2)

    def come_or_go(deed):
        return deed.__name__, deed(number)

    outcomes = all_at_once(busy_app, come_or_go, [services.take_place, services.give_back] * (AT_ONCE // 2))
    taken, given = (outcomes.count((name, True)) for name in ("take_place", "give_back"))
    left, status, _said = now(busy_app, number)
    assert left == 2 + taken - given and taken >= 2 and given >= 2
    assert status is (VacancyStatus.FULL if left == 4 else VacancyStatus.PUBLISHED)
