"""Which agreement a placement asks, and hours over school years."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipf_talent.placements.agreements import kinds as agreement_kinds
from ipf_talent.placements.kinds import AgreementType
from ipf_talent.vacancies.kinds import VacancyKind as K


@pytest.mark.parametrize(
    ("kind", "crebo", "module", "three", "wanted"),
    [
        (K.BOL_INTERNSHIP, "25344", None, False, AgreementType.POK_BOL),
        (K.BOL_INTERNSHIP, "25344", "K0072", False, AgreementType.POK_BOL),
        (K.BOL_INTERNSHIP, None, "K0072", False, AgreementType.POK_OPTIONAL),
        (K.BBL_APPRENTICESHIP, "25344", None, False, AgreementType.POK_BBL),
        (K.PRACTICE_CERTIFICATE, "25344", None, False, AgreementType.PRACTICE_CERTIFICATE),
        (K.HBO_INTERNSHIP, None, None, False, AgreementType.INTERNSHIP),
        (K.WO_THESIS, None, None, True, AgreementType.THREE_PARTY_NON_EU),
        (K.BOL_INTERNSHIP, "25344", None, True, AgreementType.POK_BOL),
    ],
)
def test_the_type_follows_from_the_place_and_the_school(kind, crebo, module, three, wanted):
    assert agreement_kinds.fitting(kind, crebo=crebo, optional_module=module, three_party=three) is wanted


def test_half_a_year_over_the_summer_is_spread_over_two_school_years():
    assert agreement_kinds.spread(date(2027, 7, 1), date(2027, 8, 31), 62) == {"2026": 31, "2027": 31}


def test_a_period_inside_one_school_year_stays_there():
    assert agreement_kinds.spread(date(2026, 9, 1), date(2027, 7, 31), 640) == {"2026": 640}


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(1, 1500), st.integers(1, 5000))
def test_no_hour_is_lost_or_made(first, length, hours):
    found = agreement_kinds.spread(first, first + timedelta(days=length), hours)
    assert sum(found.values()) == hours
    assert all(number >= 0 for number in found.values())
    assert list(found) == sorted(found)
