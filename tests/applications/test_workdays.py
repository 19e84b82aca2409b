"""Working days, with the holidays of the Netherlands."""

from datetime import date, timedelta

import pytest

from ipf_talent.applications import workdays


@pytest.mark.parametrize(
    ("year", "sunday"),
    [
        (2024, date(2024, 3, 31)),
        (2025, date(2025, 4, 20)),
        (2026, date(2026, 4, 5)),
        (2027, date(2027, 3, 28)),
        (2038, date(2038, 4, 25)),
    ],
)
def test_easter(year, sunday):
    assert workdays.easter(year) == sunday


def test_the_holidays_of_a_year():
    assert sorted(workdays.holidays(2027)) == [
        date(2027, 1, 1), date(2027, 3, 29), date(2027, 4, 27), date(2027, 5, 6), date(2027, 5, 17), date(2027, 12, 25),
        date(2027, 12, 26),
    ]  # fmt: skip


def test_kings_day_on_a_sunday_is_kept_on_saturday_and_liberation_day_once_in_five_years():
    assert date(2025, 4, 26) in workdays.holidays(2025) and date(2025, 4, 27) not in workdays.holidays(2025)
    assert date(2025, 5, 5) in workdays.holidays(2025)
    assert date(2026, 5, 5) not in workdays.holidays(2026)


def test_a_week_has_five_working_days():
    friday = date(2027, 1, 8)
    assert workdays.after(friday, 1) == date(2027, 1, 11)
    assert workdays.after(friday, 5) == date(2027, 1, 15)
    assert workdays.between(friday, date(2027, 1, 10)) == 0
    assert workdays.between(friday, date(2027, 1, 15)) == 5


def test_christmas_does_not_count():
    assert workdays.after(date(2026, 12, 24), 1) == date(2026, 12, 28)  # a Friday and the weekend lie between
    assert workdays.between(date(2026, 12, 31), date(2027, 1, 4)) == 1


@pytest.mark.parametrize("number", [1, 5, 10, 15, 40])
def test_after_and_between_agree(number):
    for start in (date(2026, 12, 1), date(2027, 3, 20), date(2027, 4, 24)):
        later = workdays.after(start, number)
        assert workdays.between(start, later) == number
        assert workdays.between(start, later - timedelta(days=1)) == number - 1


def test_nothing_passes_backwards():
    assert workdays.between(date(2027, 2, 5), date(2027, 2, 1)) == 0
