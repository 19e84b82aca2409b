"""The example class: something of everything on the board, once, and with days ahead."""

from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from ipf_talent import clock
from ipf_talent.cohorts.board import queries as board_queries
from ipf_talent.cohorts.board.standing import Standing
from ipf_talent.demo import classes
from ipf_talent.enrolments import queries
from ipf_talent.enrolments.kinds import EnrolmentStatus
from ipf_talent.enrolments.models import Enrolment, InternshipPeriod, SchoolClass
from ipf_talent.notifications.models import OutboxMail


@pytest.fixture
def group(world):
    return world.scalars(select(SchoolClass).where(SchoolClass.name == classes.CLASS)).one()


def test_thirty_students_stand_in_every_state(world, group):
    students = queries.of_class(group.id)
    stands = Counter(one.status for one in students)
    assert len(students) == classes.STUDENTS
    assert (stands[EnrolmentStatus.INVITED], stands[EnrolmentStatus.CLAIMED]) == (3, 2)
    rows = board_queries.rows([group.period], clock.today())
    assert set(Counter(row.step.standing for row in rows)) == set(Standing)
    assert {one.one.number for one in queries.to_confirm([group.school_id])} >= {"v1009", "v1025", "v1026"}


def test_everybody_is_made_up_and_nobody_is_written_to(world, group):
    students = queries.of_class(group.id)
    assert all(one.email.endswith(".example") and "Voorbeeld" in one.name for one in students)
    assert all(one.student.is_demo for one in students if one.student)
    written = set(world.scalars(select(OutboxMail.to_address)))
    assert not written & {one.email for one in students}


def test_the_period_lies_ahead_and_moves_on_once_it_has_begun(world, group):
    period = world.get(InternshipPeriod, group.period_id)
    first = period.starts_on
    assert first > clock.today()
    assert classes.load({}, first - timedelta(days=1)).changed == 0
    assert classes.load({}, first).changed == 1
    assert period.starts_on > first
    assert period.ends_on > period.starts_on
    assert world.query(Enrolment).filter_by(class_id=group.id).count() == classes.STUDENTS


@pytest.mark.parametrize("day", [date(2026, 11, 27) + timedelta(days=n) for n in range(7)])
def test_a_period_begins_on_a_monday_about_ten_weeks_ahead(day):
    assert classes.first_day(day).weekday() == 0
    assert 0 <= (classes.first_day(day) - day - classes.AHEAD).days < 7
