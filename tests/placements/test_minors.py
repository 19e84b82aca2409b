"""What somebody of 16 or 17 may work, and the week of an agreement."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipf_talent.i18n import speaking
from ipf_talent.placements import minors
from ipf_talent.placements.minors import Day, Limit
from tests.factories.placements import week


def day(number, begins="08:00", ends="16:30", rest=30, school=0):
    return minors.day_of(number, time.fromisoformat(begins), time.fromisoformat(ends), rest, school * 60)


def test_four_days_of_eight_hours_and_a_day_of_six_at_school_are_allowed():
    assert minors.exceeded(week(4, school={4: 6})) == []


def test_ac_s3_forty_hours_and_a_school_day_are_too_much():
    assert minors.exceeded(week(5, school={0: 8})) == [Limit.DAY, Limit.WEEK, Limit.FOUR_WEEKS]


def test_forty_hours_without_school_are_just_allowed():
    assert minors.exceeded(week(5)) == []


def test_a_little_over_forty_hours_breaks_the_limit_of_four_weeks_and_not_that_of_a_week():
    assert minors.exceeded([*week(5), Day(5, school=15)]) == [Limit.FOUR_WEEKS]


@pytest.mark.parametrize(
    ("begins", "ends", "broken"),
    [
        ("06:00", "14:00", []),
        ("05:45", "13:45", [Limit.NIGHT]),
        ("14:30", "23:00", []),
        ("14:30", "23:15", [Limit.NIGHT]),
        ("20:00", "04:00", [Limit.NIGHT]),
    ],
)
def test_nothing_between_eleven_at_night_and_six_in_the_morning(begins, ends, broken):
    assert minors.exceeded([day(0, begins, ends, rest=0)]) == broken


def test_twelve_hours_lie_between_two_days_of_work():
    assert minors.exceeded([day(0, "13:00", "22:00", rest=60), day(1, "08:00", "16:00")]) == [Limit.REST]
    assert minors.exceeded([day(0, "13:00", "20:00"), day(1, "08:00", "16:00")]) == []


def test_the_rest_is_counted_from_sunday_to_monday_too():
    assert minors.exceeded([day(0, "07:00", "12:00"), day(6, "14:00", "21:00")]) == [Limit.REST]


def test_nine_hours_of_work_are_allowed_and_nine_and_a_quarter_are_not():
    assert minors.exceeded([day(0, "08:00", "17:30", rest=30)]) == []
    assert minors.exceeded([day(0, "08:00", "17:45", rest=30)]) == [Limit.DAY]


days = st.builds(
    minors.day_of,
    st.integers(0, 6),
    st.none() | st.times(),
    st.none() | st.times(),
    st.integers(0, 60),
    st.integers(0, 480),
)
weeks = st.lists(days, max_size=7, unique_by=lambda one: one.number)


@given(weeks)
def test_a_week_survives_being_kept_as_rows(found):
    assert list(minors.week_of(minors.rows_of(found))) == sorted(one for one in found if one.total)


@given(weeks, st.integers(0, 6))
def test_leaving_a_day_out_never_breaks_a_limit_that_held(found, gone):
    less = [one for one in found if one.number != gone]
    assert set(minors.exceeded(less)) <= set(minors.exceeded(found))


@given(weeks, st.integers(1, 300))
def test_more_hours_at_school_never_mend_a_week(found, more):
    fuller = [Day(one.number, one.begins, one.ends, one.rest, one.school + more) for one in found]
    assert set(minors.exceeded(found)) <= set(minors.exceeded(fuller))


@given(weeks)
def test_an_allowed_week_has_at_most_forty_hours_in_all(found):
    if not minors.exceeded(found):
        assert sum(one.total for one in found) <= 40 * 60
        assert all(one.total <= 9 * 60 for one in found)


@pytest.mark.parametrize(
    ("begins", "ends", "rest", "why"),
    [
        (time(8), time(20), 0, ""),
        (time(8), time(20, 30), 30, ""),
        (time(8), time(20, 1), 0, "12 hours"),
        (time(17), time(8), 0, "12 hours"),
        (time(22), time(6), 30, ""),
        (None, None, 0, ""),
    ],
)
def test_nobody_works_longer_than_twelve_hours_a_day(app_context, begins, ends, rest, why):
    with speaking("en"):
        found = minors.impossible([minors.day_of(0, begins, ends, rest)])
    assert why in found if why else found == ""


def test_a_night_shift_ends_before_the_next_day_begins(app_context):
    night, after = minors.day_of(6, time(22), time(6, 30), 30), time(6, 30)
    assert minors.impossible([night, minors.day_of(0, after, time(15))]) == ""
    with speaking("en"):
        assert "has begun already" in minors.impossible([night, minors.day_of(0, time(6, 29), time(15))])


def test_breaks_may_not_take_the_whole_day():
    assert minors.day_of(0, time(8), time(9), 60).is_all_breaks
    assert not minors.day_of(0, time(8), time(9), 59).is_all_breaks
    assert not minors.day_of(0, None, None, 0, 240).is_all_breaks


def test_hours_that_a_week_comes_to_over_a_period():
    days = [minors.day_of(number, time(8), time(16, 30), 30, 60) for number in range(4)]
    assert minors.weekly_total(days, date(2027, 1, 4), date(2027, 5, 23)) == 640
    assert minors.weekly_total([], date(2027, 1, 4), date(2027, 5, 23)) == 0
