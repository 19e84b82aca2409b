"""What rounds keep of a person, and forgetting it."""

from datetime import timedelta

import pytest

from ipf_talent import clock
from ipf_talent.cohorts import checker
from ipf_talent.cohorts.rounds import computing as round_computing
from ipf_talent.cohorts.rounds import jobs as round_jobs
from ipf_talent.cohorts.rounds import personal_data as round_personal_data
from ipf_talent.cohorts.rounds import queries as round_queries
from ipf_talent.cohorts.rounds import services as round_services
from ipf_talent.cohorts.rounds.kinds import RoundStatus
from ipf_talent.db import session
from tests.factories.rounds import Class

pytestmark = pytest.mark.usefixtures("app_context")


@pytest.fixture
def school() -> Class:
    return Class(students=2, places=(2,))


def test_the_export_holds_ones_own_list_and_nobody_elses(school: Class) -> None:
    made = school.make_round()
    school.wish(made, 0, 0)
    own, other = (round_personal_data.export(one.student_id or 0)["rounds"] for one in school.students)
    assert [(one["wishes"], one["proposed"]) for one in own] == [([school.vacancies[0].title_nl], None)]
    assert [one["wishes"] for one in other] == [[]]


def test_a_result_is_not_exported_before_it_is_published(school: Class) -> None:
    made = school.make_round()
    for number in (0, 1):
        school.wish(made, number, 0)
    round_computing.compute(made, by_id=0, now=clock.now())
    assert round_personal_data.export(school.students[0].student_id or 0)["rounds"][0]["proposed"] is None
    round_services.publish(made, by_id=0, now=clock.now())
    told = round_personal_data.export(school.students[0].student_id or 0)["rounds"][0]
    assert told["proposed"] == school.vacancies[0].title_nl


def test_who_leaves_is_forgotten_and_the_certificate_still_holds(school: Class) -> None:
    made = school.make_round()
    for number in (0, 1):
        school.wish(made, number, 0)
    round_computing.compute(made, by_id=0, now=clock.now())
    session.commit()
    me = school.students[0].student
    assert me is not None
    round_jobs._on_leaving(me)
    session.commit()
    found = round_queries.get(made.key)
    assert [(one.student_id is None, one.enrolment_id is None) for one in found.students] == [(True, True), (False, False)]
    assert checker.check_text(found.certificate).sound
    assert round_personal_data.export(me.id) == {"rounds": []}


def test_a_round_whose_days_are_over_closes_and_is_forgotten_a_year_later(school: Class) -> None:
    made = school.make_round()
    for number in (0, 1):
        school.wish(made, number, 0)
    round_computing.compute(made, by_id=0, now=clock.now())
    round_services.publish(made, by_id=0, now=clock.now())
    now = clock.now()
    assert [round_services.close_over(now + timedelta(days=days)) for days in (21, 22, 23)] == [0, 1, 0]
    assert made.status is RoundStatus.CLOSED
    session.commit()
    assert round_personal_data.sweep(now + timedelta(days=22 + 364)) == 0
    assert round_personal_data.sweep(now + timedelta(days=22 + 366)) == 2
    assert round_personal_data.sweep(now + timedelta(days=22 + 367)) == 0
