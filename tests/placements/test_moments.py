"""When contact moments are due, and what a placement still lacks (R23); the small tables of hours and assessments."""

from datetime import date, timedelta
from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipf_talent.applications import workdays
from ipf_talent.placements.guidance import completing, moments, outcomes
from ipf_talent.placements.guidance import steps as guidance_steps
from ipf_talent.placements.guidance.completing import Missing
from ipf_talent.placements.guidance.kinds import (
    FINAL,
    REQUIRED,
    AssessmentDeed,
    AssessmentState,
    Decision,
    HoursDeed,
    HoursState,
    MomentKind,
    OutcomeTerm,
)
from ipf_talent.placements.kinds import Who

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@settings(deadline=None)
@given(DAYS, st.integers(1, 500))
def test_the_three_moments_lie_in_the_placement_and_in_order(starts_on, length):
    ends_on = starts_on + timedelta(days=length)
    found = moments.planned(starts_on, ends_on)
    assert list(found) == list(REQUIRED)
    days = list(found.values())
    assert days == sorted(days)
    assert starts_on <= days[0]
    assert days[-1] <= ends_on
    if length >= 28:
        assert len(set(days)) == 3
        assert all(workdays.is_workday(day) for day in days)
        assert days[0] - starts_on <= timedelta(days=20)


def test_moments_of_half_a_year():
    found = moments.planned(date(2027, 2, 1), date(2027, 7, 2))
    assert found == {
        MomentKind.START: date(2027, 2, 15),
        MomentKind.MID: date(2027, 4, 17) + timedelta(days=2),
        MomentKind.END: date(2027, 6, 25),
    }


@pytest.mark.parametrize(("day", "overdue"), [(8, 0), (5, 0), (9, 1), (12, 4), (15, 5)])
def test_a_moment_is_overdue_from_the_next_working_day(day, overdue):
    assert moments.days_overdue(date(2027, 2, 8), date(2027, 2, day)) == overdue


ALL_HELD = [set(some) for some in chain.from_iterable(combinations(REQUIRED, n) for n in range(4))]


@pytest.mark.parametrize("decision", [None, *Decision])
@pytest.mark.parametrize("held", ALL_HELD)
@pytest.mark.parametrize("approved", [0, 5999, 6000, 6001])
def test_a_placement_is_complete_with_hours_three_moments_and_a_decision_and_in_no_other_way(approved, held, decision):
    found = completing.missing(approved=approved, total=6000, held=held, decision=decision)
    assert (found == []) == (approved >= 6000 and held == set(REQUIRED) and decision in FINAL)
    assert (Missing.HOURS in found) == (approved < 6000)
    assert (Missing.RESIT in found) == (decision is Decision.RESIT)
    assert {one for one in REQUIRED if Missing(one.value) in found} == set(REQUIRED) - held


def test_an_extra_moment_does_not_stand_for_one_of_the_three():
    found = completing.missing(approved=1, total=1, held={MomentKind.EXTRA}, decision=Decision.SUFFICIENT)
    assert found == [Missing.START, Missing.MID, Missing.END]


def test_only_the_company_approves_hours_and_only_those_that_were_sent():
    approving = {
        (state, who) for state in [None, *HoursState] for who in Who if guidance_steps.hours_after(state, HoursDeed.APPROVE, who)
    }
    assert approving == {(HoursState.SUBMITTED, Who.COMPANY)}


def test_approved_hours_stay_as_they_are():
    assert not any(guidance_steps.hours_after(HoursState.APPROVED, deed, who) for deed in HoursDeed for who in Who)


def test_the_company_advises_and_the_school_alone_decides():
    deciding = {
        (state, who)
        for state in [None, *AssessmentState]
        for who in Who
        if guidance_steps.assessment_after(state, AssessmentDeed.DECIDE, who)
    }
    assert deciding == {(AssessmentState.SUBMITTED, Who.SCHOOL)}
    assert guidance_steps.assessment_after(AssessmentState.SUBMITTED, AssessmentDeed.ADVISE, Who.COMPANY) is None


@pytest.mark.parametrize(
    ("day", "number", "after"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2027, 7, 2), 12, date(2028, 7, 2)),
        (date(2027, 12, 15), 12, date(2028, 12, 15)),
        (date(2027, 6, 30), 6, date(2027, 12, 30)),
    ],
)
def test_months_later(day, number, after):
    assert outcomes.months_after(day, number) == after


@settings(deadline=None)
@given(DAYS, st.integers(1, 24))
def test_months_later_is_in_the_right_month(day, number):
    found = outcomes.months_after(day, number)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == number
    assert found.day <= day.day


def test_outcomes_are_asked_after_six_and_twelve_months_and_not_much_later():
    ended = date(2027, 7, 2)
    assert outcomes.due_terms(ended, date(2028, 1, 1)) == []
    assert outcomes.due_terms(ended, date(2028, 1, 2)) == [OutcomeTerm.HALF_YEAR]
    assert outcomes.due_terms(ended, date(2028, 4, 2)) == []
    assert outcomes.due_terms(ended, date(2028, 7, 2)) == [OutcomeTerm.YEAR]
    assert outcomes.due_terms(ended, date(2029, 7, 2)) == []
