"""What places may go by, and what forbids a pair."""

import pytest

from ipf_talent.cohorts.criteria import USUAL, Criterion, Facts, Limit, Limits, band, barrier, standing


@pytest.mark.parametrize(("km", "number"), [(0.0, 0), (10.0, 0), (10.1, 1), (25.0, 1), (50.0, 2), (50.1, 3), (None, 3)])
def test_distance_counts_in_bands(km: float | None, number: int) -> None:
    assert band(km) == number


def test_the_first_criterion_that_differs_decides() -> None:
    near_but_other, far_and_own = Facts(programme=False, km=1), Facts(programme=True, km=200)
    by_programme, by_distance = (Criterion.PROGRAMME, Criterion.NEAR), (Criterion.NEAR, Criterion.PROGRAMME)
    assert standing(by_programme, far_and_own) < standing(by_programme, near_but_other)
    assert standing(by_distance, near_but_other) < standing(by_distance, far_and_own)


def test_without_criteria_all_stand_equal() -> None:
    assert standing((), Facts()) == standing((), Facts(programme=False, km=None))


def test_an_earlier_agreement_goes_before_only_where_the_place_goes_by_it() -> None:
    assert standing((Criterion.AGREED,), Facts(agreed=True)) < standing((Criterion.AGREED,), Facts())
    assert standing(USUAL, Facts(agreed=True)) == standing(USUAL, Facts())


@pytest.mark.parametrize(
    ("limits", "facts", "limit"),
    [
        (Limits(), Facts(), None),
        (Limits(), Facts(recognised=False), Limit.RECOGNITION),
        (Limits(), Facts(minor=True, takes_minors=False), Limit.MINOR),
        (Limits(), Facts(minor=True, takes_minors=True), None),
        (Limits(), Facts(minor=False, takes_minors=False), None),
        (Limits(least_weeks=10), Facts(weeks=9), Limit.WEEKS),
        (Limits(least_weeks=10), Facts(weeks=10), None),
        (Limits(), Facts(weeks=0), None),
        (Limits(most_km=30), Facts(km=31), Limit.TRAVEL),
        (Limits(most_km=30), Facts(km=30), None),
        (Limits(), Facts(km=21, own_km=20), Limit.TRAVEL),
        (Limits(most_km=30), Facts(km=25, own_km=20), Limit.TRAVEL),
        (Limits(most_km=30), Facts(km=None, own_km=20), None),
        (Limits(), Facts(support=True), Limit.ADJUSTMENTS),
        (Limits(), Facts(support=True, supports=True), None),
        (Limits(adjustments=False), Facts(support=True), None),
        (Limits(least_weeks=10), Facts(recognised=False, weeks=1), Limit.RECOGNITION),
    ],
)
def test_a_hard_limit_has_a_name(limits: Limits, facts: Facts, limit: Limit | None) -> None:
    assert barrier(limits, facts) is limit
