"""What is kept of a student comes out whole, and goes in time."""

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from ipf_talent import clock
from ipf_talent.accounts import services as accounts
from ipf_talent.enrolments import personal_data, retention
from ipf_talent.enrolments.kinds import EnrolmentStatus
from ipf_talent.enrolments.models import Enrolment
from tests.factories.accounts import make_user
from tests.factories.enrolments import make_enrolment

pytestmark = pytest.mark.usefixtures("app_context")

ENROLMENT = [column.name for column in Enrolment.__table__.columns]
CANARIES = ("Jildou Wiersma", "jildou@school.example", "s4711", "Ik zit in leerjaar 2", "2024-2025")


def enrolled(school, **values):
    student = make_user(None, email="jildou@school.example", display_name="Jildou Wiersma")
    told = {"number": "s4711", "note": "Ik zit in leerjaar 2", "noted_at": clock.now(), "cohort": "2024-2025", "travel_km": 37}
    return student, make_enrolment(school.group, student=student, minor_until=date(2099, 5, 1), **told | values)


def dump(session):
    return str([[getattr(row, name) for name in ENROLMENT] for row in session.scalars(select(Enrolment))])


def test_the_export_holds_everything_and_nothing_of_others(school):
    student, _enrolment = enrolled(school)
    make_enrolment(school.group, name="Nynke Postma")
    told = json.dumps(personal_data.export(student.id), ensure_ascii=False)
    assert all(word in told for word in (*CANARIES, "MT4A", "BPV 3", "2099-05-01", "37"))
    assert "Nynke" not in told


def test_leaving_the_site_takes_the_names_and_leaves_a_line_that_counts(school, session):
    student, _enrolment = enrolled(school)
    near = make_enrolment(school.group, name="Nynke Postma")
    accounts.close(student)
    session.expire_all()
    left = session.scalars(select(Enrolment).where(Enrolment.id != near.id)).one()
    assert left.status is EnrolmentStatus.ENDED
    assert left.class_id == school.group.id
    assert not any(word in dump(session) for word in (*CANARIES, "2099"))
    assert "Nynke" in dump(session)


def test_a_year_after_it_ended_an_enrolment_names_nobody(school, session):
    ended = clock.now() - timedelta(days=365)
    _student, enrolment = enrolled(school, status=EnrolmentStatus.ENDED, ended_at=ended)
    assert retention.due(ended + timedelta(days=364)) == []
    assert retention.sweep(ended + timedelta(days=365, seconds=1)) == 1
    assert retention.sweep(ended + timedelta(days=366)) == 0
    assert not any(word in dump(session) for word in CANARIES)
    assert session.get(Enrolment, enrolment.id).erased_at is not None


def test_who_never_came_is_forgotten_after_a_year_and_who_came_is_not(school, session):
    old = clock.now() - timedelta(days=366)
    make_enrolment(school.group, name="Nooit gekomen", invited_at=old)
    enrolled(school, invited_at=old)
    assert retention.sweep(clock.now()) == 1
    assert "Nooit gekomen" not in dump(session)
    assert "Jildou" in dump(session)


def test_a_birthday_goes_once_it_is_past(school, session):
    today = clock.today()
    past = make_enrolment(school.group, minor_until=today)
    ahead = make_enrolment(school.group, minor_until=today + timedelta(days=1))
    retention.sweep(clock.now())
    session.expire_all()
    assert past.minor_until is None
    assert ahead.minor_until == today + timedelta(days=1)
