"""The example days: one to sign up for, one that is planned, one that has been; everyone there is an example."""

from datetime import timedelta

from ipf_talent import clock
from ipf_talent.cohorts.days import arranging
from ipf_talent.cohorts.days import queries as day_queries
from ipf_talent.cohorts.days.kinds import DayStatus
from ipf_talent.demo import days
from ipf_talent.skills.tables import Changes


def test_there_is_a_day_in_each_state_and_everyone_there_is_made_up(world):
    found = {made.slug: day_queries.get(made.slug) for made in days.DAYS}
    assert [day.status for day in found.values()] == [DayStatus.OPEN, DayStatus.CLOSED, DayStatus.PUBLISHED]
    for day in found.values():
        assert day.is_example
        assert all(row.company.is_example for row in day_queries.companies(day.id))
        assert all(row.student is not None and row.student.is_demo for row in day_queries.students(day.id))


def test_the_planned_day_gives_everyone_the_guaranteed_number(world):
    day = day_queries.get("voorbeeld-matchdag")
    found = arranging.asked(day)
    assert len(found.students) == 40
    assert arranging.is_fresh(day, found.question)
    assert day.proposal["short"] == {}


def test_loading_again_changes_nothing_and_a_day_that_passed_gets_a_new_date(world):
    today = clock.today()
    assert days.load(today) == Changes(0, 0, 3)
    later = today + timedelta(90)
    assert days.load(later) == Changes(0, 3, 0)
    held = [day_queries.get(made.slug).held_on for made in days.DAYS]
    assert held[0] > held[1] > later > held[2]
    assert {day.weekday() for day in held} == {days.THURSDAY}
