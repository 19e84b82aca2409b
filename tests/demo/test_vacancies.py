from datetime import date

import pytest

from ipf_talent.demo.vacancies import first_of_month


@pytest.mark.parametrize(
    ("day", "months", "first"),
    [
        (date(2026, 11, 26), 0, date(2026, 11, 1)),
        (date(2026, 11, 26), 2, date(2027, 1, 1)),
        (date(2027, 1, 31), 1, date(2027, 2, 1)),
        (date(2028, 2, 29), 24, date(2030, 2, 1)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
    ],
)
def test_months_are_counted_over_the_turn_of_the_year(day, months, first):
    assert first_of_month(day, months) == first
