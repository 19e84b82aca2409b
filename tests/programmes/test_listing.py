"""The table of a listing's life and the age of its check; no database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipf_talent.programmes.listing import (
    TABLE,
    Actor,
    Guard,
    IntakeState,
    deeds,
    intake_state,
    needs_check,
    shown_since,
    step,
    too_old,
)
from ipf_talent.programmes.listing import ListingStatus as S

TODAY = date(2027, 3, 15)


def test_the_only_way_to_everyone_leads_past_a_second_person_or_the_platform():
    into = [line for line in TABLE if line.target is S.PUBLISHED and line.source is not S.INACTIVE]
    assert {(line.source, line.who) for line in into} == {(S.IN_REVIEW, Actor.SECOND), (S.IN_REVIEW, Actor.PLATFORM)}
    assert all(line.guard is Guard.COMPLETE for line in into)


def test_nothing_comes_back_from_its_end():
    assert not [line for line in TABLE if line.source in (S.ARCHIVED, S.CANCELLED)]


def test_every_state_is_reached_and_a_deed_means_one_thing_for_one_person():
    assert {line.target for line in TABLE} == set(S)
    keys = [(line.name, line.source, line.who) for line in TABLE]
    assert len(keys) == len(set(keys))
    assert step("publish", S.DRAFT, Actor.PLATFORM) is None
    assert step("archive", S.PUBLISHED, Actor.SCHOOL) is None
    assert deeds(S.PUBLISHED, Actor.SCHOOL) == ("rest", "cancel")


@pytest.mark.parametrize(
    ("days", "asks", "hidden"), [(0, False, False), (365, False, False), (366, True, False), (548, True, False), (549, True, True)]
)
def test_ac_e7_a_check_asks_again_after_twelve_months_and_hides_after_eighteen(days, asks, hidden):
    checked_on = TODAY - timedelta(days)
    assert (needs_check(checked_on, TODAY), too_old(checked_on, TODAY)) == (asks, hidden)


def test_who_was_never_checked_asks_for_it_but_is_not_hidden():
    assert (needs_check(None, TODAY), too_old(None, TODAY)) == (True, False)
    assert shown_since(date(2028, 6, 1)) == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("first", "last", "start", "state"),
    [
        (None, None, date(2027, 9, 1), IntakeState.OPEN),
        (None, None, None, IntakeState.OPEN),
        (date(2027, 3, 16), None, date(2027, 9, 1), IntakeState.UPCOMING),
        (date(2027, 3, 15), date(2027, 3, 15), date(2027, 9, 1), IntakeState.OPEN),
        (None, date(2027, 3, 14), date(2027, 9, 1), IntakeState.CLOSED),
        (None, None, date(2027, 3, 14), IntakeState.CLOSED),
        (None, date(2027, 3, 14), None, IntakeState.CLOSED),
    ],
)
def test_an_intake_is_open_by_its_dates(first, last, start, state):
    dates = {"starts_on": start, "apply_from": first, "apply_until": last}
    assert intake_state(TODAY, **dates, cancelled=False) is state
    assert intake_state(TODAY, **dates, cancelled=True) is IntakeState.CANCELLED


days = st.none() | st.dates(date(2026, 1, 1), date(2029, 1, 1))


@given(days, days, days, st.dates(date(2026, 1, 1), date(2029, 1, 1)))
def test_once_closed_it_stays_closed(first, last, start, day):
    dates = {"starts_on": start, "apply_from": first, "apply_until": last, "cancelled": False}
    if intake_state(day, **dates) is IntakeState.CLOSED:
        assert intake_state(day + timedelta(1), **dates) is IntakeState.CLOSED
