"""Reckoning with hours: what people type, weeks, what counts, and three quarters of the time (R24)."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipf_talent.placements.guidance import week_hours
from ipf_talent.placements.guidance.kinds import HoursKind, HoursState

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@dataclass
class Day:
    minutes: int
    kind: HoursKind = HoursKind.WORK
    state: HoursState = HoursState.APPROVED


ENTRIES = st.lists(
    st.builds(Day, st.integers(0, week_hours.MOST), st.sampled_from(HoursKind), st.sampled_from(HoursState)), max_size=40
)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("8", 480), ("7,5", 450), ("7.5", 450), ("7.50", 450), ("7:30", 450), ("0", 0), (" 8 uur ", 480), ("8u", 480),
        ("7,25", 435), ("0:45", 45), ("", None), ("   ", None), ("12", 720), ("99", 5940),
    ],
)  # fmt: skip
def test_hours_are_read_as_people_type_them(typed, minutes):
    assert week_hours.read(typed) == minutes


@pytest.mark.parametrize("typed", ["acht", "7:75", "-3", "7,5,5", "1e2", "८", "8:3", "123", "=1+1", ".5", "8 30", "\u00bd"])
def test_what_is_no_number_of_hours_is_refused(typed):
    with pytest.raises(week_hours.Typed):
        week_hours.read(typed)


@settings(deadline=None)
@given(st.integers(0, week_hours.MOST))
def test_what_is_written_is_read_again(minutes):
    assert week_hours.read(week_hours.written(minutes)) == minutes


@settings(deadline=None)
@given(DAYS)
def test_a_week_has_one_name_and_leads_back_to_its_monday(day):
    monday = week_hours.monday(day)
    assert monday.weekday() == 0
    assert 0 <= (day - monday).days < 7
    assert week_hours.monday_of(week_hours.week_name(day)) == monday


@pytest.mark.parametrize(
    "name", ["", "2027-05", "2027-w60", "2026-w54", "2027-W05", "9999-w53", "0000-w01", "2027-w5", "2027-w05x"]
)
def test_a_name_that_is_no_week_gives_none(name):
    assert week_hours.monday_of(name) is None


@settings(deadline=None)
@given(DAYS, st.integers(0, 400))
def test_the_weeks_of_a_period_hold_each_of_its_days_once(first, length):
    last = first + timedelta(days=length)
    mondays = week_hours.weeks(first, last)
    held = [monday + timedelta(days=n) for monday in mondays for n in range(7)]
    assert len(held) == len(set(held))
    assert {first, last} <= set(held)
    assert mondays[0] <= first <= mondays[0] + timedelta(days=6)
    assert mondays[-1] <= last


@settings(deadline=None)
@given(ENTRIES)
def test_hours_count_only_when_they_are_approved_and_worked(entries):
    expected = sum(one.minutes for one in entries if one.state is HoursState.APPROVED and one.kind is HoursKind.WORK)
    assert week_hours.counted(entries) == expected


@settings(deadline=None)
@given(ENTRIES, DAYS, st.integers(1, 400), st.integers(-10, 420), st.integers(60, 100_000))
def test_progress_stays_within_bounds(entries, starts_on, length, after, total):
    ends_on = starts_on + timedelta(days=length)
    today = starts_on + timedelta(days=after)
    found = week_hours.progress(entries, total=total, starts_on=starts_on, ends_on=ends_on, today=today)
    assert 0 <= found.share <= 1
    assert 0 <= found.expected <= total
    assert found.approved + found.waiting + found.entered == sum(one.minutes for one in entries if one.kind is HoursKind.WORK)
    short = week_hours.shortfall(found, starts_on=starts_on, ends_on=ends_on, today=today)
    assert 0 <= short <= total
    assert short == 0 or (today >= week_hours.check_day(starts_on, ends_on) and found.approved < 0.75 * total)


@settings(deadline=None)
@given(DAYS, st.integers(1, 800))
def test_the_day_of_the_check_is_the_first_on_which_three_quarters_have_passed(starts_on, length):
    ends_on = starts_on + timedelta(days=length)
    day = week_hours.check_day(starts_on, ends_on)
    assert starts_on <= day <= ends_on
    assert week_hours.elapsed(starts_on, ends_on, day) >= 0.75
    assert day == starts_on or week_hours.elapsed(starts_on, ends_on, day - timedelta(days=1)) < 0.75


def test_a_shortfall_is_told_at_three_quarters_and_not_before():
    starts_on, ends_on = date(2027, 2, 1), date(2027, 5, 11)  # 100 days
    check = date(2027, 4, 16)
    assert week_hours.check_day(starts_on, ends_on) == check
    times = {"starts_on": starts_on, "ends_on": ends_on}
    found = week_hours.Progress(approved=74 * 60, waiting=99 * 60, entered=0, total=100 * 60, expected=0)
    assert week_hours.shortfall(found, **times, today=check - timedelta(days=1)) == 0
    assert week_hours.shortfall(found, **times, today=check) == 60
    enough = week_hours.Progress(approved=75 * 60, waiting=0, entered=0, total=100 * 60, expected=0)
    assert week_hours.shortfall(enough, **times, today=check) == 0
