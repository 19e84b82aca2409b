"""Many at once, on a database of their own: the last place, and the same click from many sides."""

import threading
from concurrent.futures import ThreadPoolExecutor
from secrets import token_hex

import pytest
from sqlalchemy import func, select

from ipf_talent import clock, db
from ipf_talent.accounts.models import AuditEntry
from ipf_talent.accounts.roles import Role
from ipf_talent.applications import deadlines, queries, services, talking
from ipf_talent.applications.kinds import Deed, State, Who
from ipf_talent.applications.models import Application, ApplicationMessage, ApplicationReminder
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.notifications.models import OutboxMail
from ipf_talent.vacancies.kinds import VacancyStatus
from ipf_talent.vacancies.models import Vacancy
from tests.accounts.conftest import busy_app  # noqa: F401 a fixture
from tests.applications.conftest import MONDAY, days_later
from tests.at_once import all_at_once
from tests.factories.accounts import make_user
from tests.factories.applications import make_application, make_draft
from tests.factories.organisations import make_organisation
from tests.factories.vacancies import make_vacancy

AT_ONCE = 8


@pytest.fixture
def place(busy_app):  # noqa: F811
    """A place for one, at a company with a manager."""
    with busy_app.test_request_context():
        company = make_organisation()
        make_user(Role.COMPANY_MANAGER, company)
        vacancy = make_vacancy(company=company, places=1)
        yield vacancy


def count(table, *where):
    return session.scalar(select(func.count()).select_from(table).where(*where))


def test_of_students_who_take_the_last_place_at_once_exactly_one_gets_it(busy_app, place):  # noqa: F811
    keys = [make_application(make_user(), place, state=State.OFFERED).key for _n in range(AT_ONCE)]
    mails = count(OutboxMail)

    def accept(key):
        application = queries.get(key)
        return services.accept(application, by=application.student, now=clock.now())

    outcomes = all_at_once(busy_app, accept, keys)
    session.rollback()
    assert sorted(map(str, outcomes)) == sorted(["True", *[str(DomainError)] * (AT_ONCE - 1)])
    assert count(Application, Application.state == State.ACCEPTED) == 1
    assert count(Application, Application.state == State.OFFERED) == AT_ONCE - 1
    vacancy = session.get(Vacancy, place.id, populate_existing=True)
    assert (vacancy.taken, vacancy.status) == (1, VacancyStatus.FULL)
    assert count(OutboxMail) == mails + 1


def test_the_same_acceptance_from_many_sides_has_one_effect(busy_app, place):  # noqa: F811
    vacancy = make_vacancy(company=place.company, places=9)
    one = make_application(make_user(), vacancy, state=State.OFFERED)

    def accept(key):
        application = queries.get(key)
        return services.accept(application, by=application.student, now=clock.now())

    outcomes = all_at_once(busy_app, accept, [one.key] * AT_ONCE)
    session.rollback()
    assert outcomes.count(True) == 1
    assert session.get(Vacancy, vacancy.id, populate_existing=True).taken == 1
    assert count(AuditEntry, AuditEntry.action == "response_accept") == 1


def test_the_same_response_from_many_sides_is_there_once(busy_app, place):  # noqa: F811
    student = make_user()

    def respond(_n):
        return make_draft_here(student.id, place.id)

    def make_draft_here(student_id, vacancy_id):
        me, vacancy = session.get(type(student), student_id), session.get(Vacancy, vacancy_id)
        return services.start(me, vacancy, message="hello", wish="", minor=False, now=clock.now()).key

    keys = all_at_once(busy_app, respond, list(range(AT_ONCE)))
    session.rollback()
    assert len(set(keys)) == 1
    assert count(Application) == 1


def test_the_same_sending_from_many_sides_tells_the_company_once(busy_app, place):  # noqa: F811
    draft = make_draft(make_user(), place)

    def send(key):
        application = queries.get(key)
        return services.move(application, Deed.SEND, who=Who.STUDENT, by=application.student, now=clock.now())

    outcomes = all_at_once(busy_app, send, [draft.key] * AT_ONCE)
    session.rollback()
    assert outcomes.count(True) == 1
    assert count(OutboxMail) == 1


def test_the_same_message_from_many_sides_is_written_once(busy_app, place):  # noqa: F811
    one, once = make_application(make_user(), place), token_hex(16)

    def write(key):
        application = queries.get(key)
        return talking.write(application, Who.STUDENT, by=application.student, body="hello", once=once, now=clock.now())

    outcomes = all_at_once(busy_app, write, [one.key] * AT_ONCE)
    session.rollback()
    assert outcomes.count(True) == 1 and count(ApplicationMessage) == 1


def test_rounds_at_once_remind_once_and_end_once(busy_app, place):  # noqa: F811
    for _n in range(3):
        make_application(make_user(), place, now=MONDAY)
    mails = count(OutboxMail)

    def round_on(app, day):
        gate = threading.Barrier(4)

        def run(_n):
            with app.test_request_context():
                gate.wait(timeout=30)
                try:
                    return deadlines.keep(days_later(day)).failed
                finally:
                    db.session.remove()

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(run, range(4)))

    session.rollback()
    round_on(busy_app, 5)
    assert count(ApplicationReminder) == 3 and count(OutboxMail) == mails + 3
    session.rollback()
    round_on(busy_app, 15)
    assert count(Application, Application.state == State.EXPIRED) == 3
    assert count(AuditEntry, AuditEntry.action == "response_expire") == 3
