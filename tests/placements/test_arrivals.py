"""A response that was accepted becomes a placement; when that ends, the response and the place end with it."""

from datetime import timedelta

import pytest

from ipf_talent import clock
from ipf_talent.applications import services as responses
from ipf_talent.applications.kinds import State
from ipf_talent.applications.models import Application
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.placements import arrivals, queries, services
from ipf_talent.placements.kinds import Deed, PlacementStatus, Reason, Who
from ipf_talent.placements.models import Placement
from ipf_talent.vacancies.kinds import PlacingMode
from tests.factories.accounts import make_user
from tests.factories.applications import make_application
from tests.factories.enrolments import make_class, make_enrolment, make_period
from tests.factories.placements import make_sides
from tests.factories.vacancies import make_vacancy


@pytest.fixture
def enrolled(sides):
    """The student in a class with a period that falls in the time of the place."""
    period = make_period(sides.school, begins_in=40, placing_mode=PlacingMode.COMPANY_CHOOSES)
    student = make_user(None, display_name="Jildou Hoekstra")
    make_enrolment(make_class(sides.school, sides.programme, period, supervisor=sides.supervisor), student=student)
    sides.student, sides.period = student, period
    return sides


def accept(sides, vacancy=None, **said):
    offered = make_application(sides.student, vacancy or sides.place, state=State.OFFERED, **said)
    responses.accept(offered, by=sides.student, now=clock.now())
    session.commit()
    return offered


def test_accepting_proposes_the_placement_to_the_school_of_the_student(enrolled):
    place = make_vacancy(company=enrolled.company, establishment=enrolled.home)
    response = accept(enrolled, place)
    placement = queries.of_application(response.id)
    assert placement.status is PlacementStatus.PROPOSED
    assert (placement.school_id, placement.student_id) == (enrolled.school.id, enrolled.student.id)
    assert (placement.period_id, placement.hours) == (enrolled.period.id, 640)
    assert (placement.starts_on, placement.ends_on) == (enrolled.period.starts_on, enrolled.period.ends_on)
    assert placement.supervisor_id == enrolled.supervisor.id
    assert place.taken == 1


def test_a_second_press_makes_no_second_placement(enrolled):
    response = accept(enrolled)
    assert not responses.accept(response, by=enrolled.student, now=clock.now())
    assert session.query(Placement).count() == 1


def test_a_second_place_in_the_same_period_is_refused_and_nothing_of_it_is_kept(enrolled):
    accept(enrolled)
    other = make_vacancy(company=enrolled.company, establishment=enrolled.home)
    with pytest.raises(DomainError, match="already has a place"):
        accept(enrolled, other)
    session.rollback()
    assert session.get(type(other), other.id, populate_existing=True).taken == 0


def test_a_student_without_a_school_keeps_the_place_and_nobody_has_to_approve_anything(sides):
    sides.student = make_user(None)
    response = accept(sides)
    assert response.state is State.ACCEPTED
    assert queries.of_application(response.id) is None


def test_a_company_without_an_address_gets_one(sides):
    lonely = make_sides(sides.school)
    place = make_vacancy(title_nl="Zonder adres")
    sides.place = place
    response = accept(sides)
    assert queries.of_application(response.id).establishment.organisation_id == place.company_id
    assert lonely.place.taken == 0


def test_when_the_placement_is_cancelled_the_response_ends_and_the_place_is_free_once(enrolled):
    response = accept(enrolled)
    placement = queries.of_application(response.id)
    services.move(placement, Deed.CANCEL, who=Who.SCHOOL, by=enrolled.coordinator, now=clock.now(), reason=Reason.COMPANY)
    session.commit()
    assert (response.state, enrolled.place.taken) == (State.WITHDRAWN, 0)
    assert session.get(Application, response.id).ended_at is not None


def test_a_place_that_has_begun_starts_today_and_lasts_as_long_as_usual(sides):

    place = make_vacancy(starts_on=clock.today() - timedelta(days=10), ends_on=None, rolling=True)
    first, last = arrivals.dates_for(place, None, clock.today())
    assert first == clock.today()
    assert (last - first).days == 140
    assert arrivals.hours_for(place, first, last) == 20 * 32
