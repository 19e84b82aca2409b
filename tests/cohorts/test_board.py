"""Who has no place, who acts next and by when: the table, the filters, and the marks of 8 and 4 weeks; no database."""

from datetime import date, timedelta

import pytest

from ipf_talent.applications.kinds import OPEN, PLACED, State
from ipf_talent.applications.workflow import TURNS
from ipf_talent.cohorts.board.lines import Row, Wanted
from ipf_talent.cohorts.board.standing import (
    HELD,
    PLACEMENTS,
    RESPONSES,
    Act,
    Actor,
    Facts,
    Next,
    Standing,
    furthest,
    mark,
    next_step,
    within,
)
from ipf_talent.enrolments.kinds import EnrolmentStatus
from ipf_talent.placements.kinds import PlacementStatus
from ipf_talent.vacancies.kinds import PlacingMode

FIRST = date(2027, 2, 1)
SETTLED_BY = date(2027, 1, 4)
M = PlacingMode


def facts(**values):
    return Facts(**{"mode": M.SCHOOL_PLACES, "starts_on": FIRST} | values)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (facts(excused=True, placement=PlacementStatus.RUNNING), Next(Standing.EXCUSED, Actor.NOBODY, Act.NOTHING)),
        (facts(placement=PlacementStatus.PROPOSED), Next(Standing.IN_PROGRESS, Actor.SCHOOL, Act.APPROVE, FIRST)),
        (facts(placement=PlacementStatus.APPROVED), Next(Standing.PLACED, Actor.SCHOOL, Act.BEGIN_AGREEMENT, FIRST)),
        (facts(proposed_until=SETTLED_BY), Next(Standing.IN_PROGRESS, Actor.STUDENT, Act.AGREE, SETTLED_BY)),
        (
            facts(proposed_until=date(2026, 12, 18), response=State.SENT, response_due=date(2026, 12, 11)),
            Next(Standing.IN_PROGRESS, Actor.STUDENT, Act.AGREE, date(2026, 12, 18)),
        ),
        (
            facts(proposed_until=SETTLED_BY, placement=PlacementStatus.PROPOSED),
            Next(Standing.IN_PROGRESS, Actor.SCHOOL, Act.APPROVE, FIRST),
        ),
        (facts(placement=PlacementStatus.AWAITING_SIGNATURES), Next(Standing.PLACED, Actor.PARTIES, Act.SIGN, FIRST)),
        (facts(placement=PlacementStatus.RUNNING), Next(Standing.PLACED, Actor.NOBODY, Act.RUN)),
        (facts(placement=PlacementStatus.INTERRUPTED), Next(Standing.PLACED, Actor.SCHOOL, Act.REPLACE)),
        (
            facts(placement=PlacementStatus.DECLINED, response=State.SENT, response_due=date(2026, 12, 11)),
            Next(Standing.IN_PROGRESS, Actor.COMPANY, Act.ANSWER, date(2026, 12, 11)),
        ),
        (facts(response=State.OFFERED), Next(Standing.IN_PROGRESS, Actor.STUDENT, Act.ACCEPT, SETTLED_BY)),
        (facts(response=State.LEARNING_WISH), Next(Standing.IN_PROGRESS, Actor.SCHOOL, Act.PROPOSE, SETTLED_BY)),
        (
            facts(status=EnrolmentStatus.INVITED, invited_until=date(2027, 1, 20)),
            Next(Standing.WITHOUT, Actor.STUDENT, Act.TAKE_INVITATION, date(2027, 1, 20)),
        ),
        (facts(status=EnrolmentStatus.CLAIMED), Next(Standing.WITHOUT, Actor.SCHOOL, Act.CONFIRM, SETTLED_BY)),
        (
            facts(status=EnrolmentStatus.CLAIMED, response=State.SENT),
            Next(Standing.IN_PROGRESS, Actor.COMPANY, Act.ANSWER, SETTLED_BY),
        ),
        (facts(), Next(Standing.WITHOUT, Actor.SCHOOL, Act.PLACE, SETTLED_BY)),
        (facts(mode=M.COMPANY_CHOOSES), Next(Standing.WITHOUT, Actor.STUDENT, Act.RESPOND, SETTLED_BY)),
        (facts(mode=M.EVENT), Next(Standing.WITHOUT, Actor.STUDENT, Act.COME, SETTLED_BY)),
        (facts(placement=PlacementStatus.CANCELLED), Next(Standing.WITHOUT, Actor.SCHOOL, Act.PLACE, SETTLED_BY)),
    ],
)
def test_the_next_step(known, expected):
    assert next_step(known) == expected


def test_the_table_knows_every_state_that_can_come():
    assert set(PLACEMENTS) == HELD
    assert set(RESPONSES) == (OPEN | PLACED) - {State.DRAFT}


def test_whose_turn_it_is_agrees_with_the_life_of_a_response():
    for state, (actor, _act) in RESPONSES.items():
        if state in TURNS:
            assert actor.value == TURNS[state].value


def test_of_several_responses_the_furthest_counts_and_drafts_and_ends_never():
    assert furthest([State.SENT, State.OFFERED, State.LEARNING_WISH]) is State.OFFERED
    assert furthest([State.DRAFT, State.REJECTED, State.WITHDRAWN]) is None
    assert furthest([]) is None


def test_late_is_who_should_have_acted_before_today():
    step = Next(Standing.WITHOUT, Actor.SCHOOL, Act.PLACE, SETTLED_BY)
    assert not step.is_late(SETTLED_BY)
    assert step.is_late(SETTLED_BY + timedelta(days=1))
    assert not Next(Standing.PLACED, Actor.NOBODY, Act.BEGIN, FIRST).is_late(FIRST + timedelta(days=9))


@pytest.mark.parametrize(("days", "expected"), [(57, None), (56, 8), (29, 8), (28, 4), (1, 4), (0, 4), (-1, None)])
def test_a_period_passes_the_marks_of_8_and_4_weeks(days, expected):
    assert mark(FIRST, FIRST - timedelta(days=days)) == expected


def test_who_begins_within_some_weeks_stays_listed_once_it_has_begun():
    assert not within(FIRST, FIRST - timedelta(days=57), 8)
    assert within(FIRST, FIRST - timedelta(days=56), 8)
    assert within(FIRST, FIRST + timedelta(days=3), 8)


def row(**values):
    kept = {"enrolment_id": 1, "key": "k", "name": "Jildou Wiersma", "number": "s1", "class_id": 7, "class_name": "MT4A",
            "period_id": 3, "period": "bpv-3", "starts_on": FIRST,
            "step": Next(Standing.WITHOUT, Actor.SCHOOL, Act.PLACE, SETTLED_BY)}  # fmt: skip
    return Row(**kept | values)


@pytest.mark.parametrize(
    ("wanted", "taken"),
    [
        (Wanted(), True),
        (Wanted(period="bpv-3", group="7", state="without", actor="school"), True),
        (Wanted(q="WIERS"), True),
        (Wanted(q="s1"), True),
        (Wanted(q="s2"), False),
        (Wanted(period="bpv-4"), False),
        (Wanted(group="8"), False),
        (Wanted(state="placed"), False),
        (Wanted(actor="student"), False),
    ],
)
def test_filters_narrow(wanted, taken):
    assert wanted.takes(row(), FIRST - timedelta(days=60)) is taken


def test_the_filter_by_time():
    assert not Wanted(weeks="8").takes(row(), FIRST - timedelta(days=57))
    assert Wanted(weeks="8").takes(row(), FIRST - timedelta(days=56))
    assert not Wanted(weeks="4").takes(row(), FIRST - timedelta(days=56))
    assert Wanted(weeks="late").takes(row(), SETTLED_BY + timedelta(days=1))
    assert not Wanted(weeks="late").takes(row(), SETTLED_BY)


def test_a_filter_can_be_left_out_to_count_behind_its_choices():
    assert Wanted(state="placed", actor="school").takes(row(), FIRST, but="state")
    assert not Wanted(state="placed", actor="student").takes(row(), FIRST, but="state")


def test_in_progress_is_not_settled_yet():
    assert row().unplaced
    assert row(step=Next(Standing.IN_PROGRESS, Actor.COMPANY, Act.ANSWER)).unplaced
    assert not row(step=Next(Standing.PLACED, Actor.NOBODY, Act.RUN)).unplaced
    assert not row(step=Next(Standing.EXCUSED, Actor.NOBODY, Act.NOTHING)).unplaced
