"""Periods, classes, who needs a place, and who places (R4)."""

from datetime import timedelta

import pytest

from ipf_talent import clock
from ipf_talent.enrolments import queries
from ipf_talent.enrolments.kinds import EnrolmentStatus
from ipf_talent.vacancies.kinds import PlacingMode, VacancyKind
from tests.factories.accounts import make_user
from tests.factories.enrolments import make_class, make_enrolment, make_period
from tests.factories.vacancies import make_vacancy

pytestmark = pytest.mark.usefixtures("app_context")

M = PlacingMode


def test_who_needs_a_place_in_a_period(school):
    own = make_period(school.one, name="Elders")
    here = make_enrolment(school.group, name="B")
    make_enrolment(school.group, name="Excused", excused=True)
    make_enrolment(school.group, name="Left", status=EnrolmentStatus.ENDED)
    make_enrolment(school.group, name="Own period", own_period=own)
    came = make_enrolment(school.group, student=make_user(None, display_name="A"))
    moved = make_enrolment(make_class(school.one, school.programme), name="C", own_period=school.period)
    make_enrolment(make_class(school.other))
    assert [one.id for one in queries.in_period(school.period.id)] == [came.id, here.id, moved.id]
    assert [one.name for one in queries.in_period(own.id)] == ["Own period"]
    assert {one.name for one in queries.students_of_period(school.period.id)} == {"A", "B", "C", "Excused"}
    assert queries.period_numbers([school.one.id]) == {school.period.id: 3, own.id: 1}


def test_the_period_of_a_student_is_their_own_or_that_of_the_class(school):
    own = make_period(school.one)
    assert make_enrolment(school.group).period is school.period
    assert make_enrolment(school.group, own_period=own).period is own
    assert make_enrolment(make_class(school.one, school.programme)).period is None


def test_periods_and_classes_of_a_school_alone(school):
    make_period(school.other)
    make_class(school.other)
    assert [one.id for one in queries.periods_of(school.one.id)] == [school.period.id]
    assert [one.id for one in queries.classes_of(school.one.id)] == [school.group.id]


def place(school, **values):
    period = school.period
    return make_vacancy(**{"placing_mode": M.COMPANY_CHOOSES, "starts_on": period.starts_on, "ends_on": period.ends_on} | values)


def test_the_choice_of_the_school_for_the_period_wins_over_that_of_the_vacancy(school, session):
    student = make_user(None)
    make_enrolment(school.group, student=student)
    assert queries.placing_mode_for(student.id, place(school)) is M.SCHOOL_PLACES
    school.period.placing_mode = M.EVENT
    session.flush()
    assert queries.placing_mode_for(student.id, place(school)) is M.EVENT


@pytest.mark.parametrize("kind", [VacancyKind.HBO_INTERNSHIP, VacancyKind.ORIENTATION])
def test_outside_mbo_the_vacancy_says_how(school, kind):
    student = make_user(None)
    make_enrolment(school.group, student=student)
    assert queries.placing_mode_for(student.id, place(school, kind=kind)) is None


def test_a_student_whom_no_school_confirmed_goes_by_the_vacancy(school):
    student = make_user(None)
    make_enrolment(school.group, student=student, status=EnrolmentStatus.CLAIMED)
    assert queries.placing_mode_for(student.id, place(school)) is None
    assert queries.placing_mode_for(make_user(None).id, place(school)) is None


def test_a_place_outside_the_period_goes_by_the_vacancy_unless_it_is_the_first_year_of_bol(school, session):
    student = make_user(None)
    enrolment = make_enrolment(school.group, student=student)
    after = school.period.ends_on + timedelta(days=1)
    later = place(school, starts_on=after, ends_on=after + timedelta(days=100))
    assert queries.placing_mode_for(student.id, later) is None
    enrolment.year = 1
    session.flush()
    assert queries.placing_mode_for(student.id, later) is M.SCHOOL_PLACES
    assert queries.placing_mode_for(student.id, place(school, kind=VacancyKind.BBL_APPRENTICESHIP, starts_on=after,
                                                     ends_on=after + timedelta(days=100))) is None  # fmt: skip


def test_the_latest_confirmation_counts_where_there_are_two_schools(school):
    student = make_user(None)
    make_enrolment(school.group, student=student, confirmed_at=clock.now() - timedelta(days=30))
    newest = make_enrolment(make_class(school.other), student=student)
    assert queries.of_student(student.id).id == newest.id


def test_programmes_to_choose_are_the_schools_own_and_national_ones(school):
    from tests.factories.programmes import make_programme

    national = make_programme(national=True, institution=school.other)
    make_programme(institution=school.other)
    assert [(row.slug, row.own) for row in queries.programme_choices(school.one.id)] == [
        ("mechatronica-4", True),
        (national.slug, False),
    ]
