"""The school's choice for a period decides how a student comes to a place (R4)."""

import pytest

from ipf_talent import clock
from ipf_talent.accounts.roles import Role
from ipf_talent.applications import services
from ipf_talent.vacancies.kinds import PlacingMode
from tests.factories.accounts import make_user
from tests.factories.enrolments import make_enrolment
from tests.factories.vacancies import make_vacancy

M = PlacingMode


def place(school, mode):
    return make_vacancy(placing_mode=mode, starts_on=school.period.starts_on, ends_on=school.period.ends_on)


@pytest.mark.parametrize(("vacancy", "period"), [(one, other) for one in M for other in M])
def test_a_response_goes_by_the_mode_of_the_period(app_context, school, session, vacancy, period):
    student = make_user(None)
    make_enrolment(school.group, student=student)
    school.period.placing_mode = period
    session.flush()
    made = services.start(student, place(school, vacancy), message="Hallo", wish="Leren", minor=False, now=clock.now())
    by_school = period is M.SCHOOL_PLACES
    assert made.mode is period
    assert made.school_id == (school.one.id if by_school else None)
    assert (made.message, made.wish) == (("", "Leren") if by_school else ("Hallo", ""))


def test_without_a_school_the_place_decides(app_context, school):
    made = services.start(make_user(None), place(school, M.COMPANY_CHOOSES), message="Hallo", wish="", minor=False, now=clock.now())
    assert made.mode is M.COMPANY_CHOOSES


def test_the_page_of_the_place_says_that_the_school_places(client, school, session, sign_in):
    student = make_user(None)
    make_enrolment(school.group, student=student)
    vacancy, other = place(school, M.COMPANY_CHOOSES), make_user(Role.STUDENT)
    address = f"/vacancies/{vacancy.slug}"
    assert "your school places you" in sign_in(client, student).get(address).text
    assert "your school places you" not in sign_in(client, other).get(address).text
    sign_in(client, student)
    page = client.get(f"{address}/respond").text
    assert "What do you want to learn here?" in page
    assert "Your message to the company" not in page
