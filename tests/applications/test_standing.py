"""Figures of answering, and what silence does."""

import pytest

from ipf_talent.applications.standing import Outcome, Standing, answering, standing, to_answer


def test_a_rate_counts_what_was_due():
    found = answering([Outcome(2, True), Outcome(8, False), Outcome(None), Outcome(4, True)])
    assert (found.due, found.answered, found.in_time, found.percent, found.median_days) == (4, 3, 2, 75, 4)


def test_it_is_public_from_five_on():
    assert not answering([Outcome(1, True)] * 4).is_public
    assert answering([Outcome(None)] * 5).is_public


def test_nothing_due_has_no_rate():
    found = answering([])
    assert (found.percent, found.median_days, found.is_public) == (None, None, False)


@pytest.mark.parametrize(
    ("silent", "due", "expected"),
    [
        (0, 0, Standing.FINE),
        (1, 1, Standing.FINE),
        (2, 2, Standing.SINKS),
        (2, 8, Standing.SINKS),
        (2, 9, Standing.FINE),
        (3, 3, Standing.SINKS),
        (4, 4, Standing.HIDDEN),
        (4, 8, Standing.HIDDEN),
        (4, 9, Standing.SINKS),
        (4, 17, Standing.FINE),
    ],
)
def test_repeated_silence_sinks_and_then_hides_but_only_where_it_is_a_habit(silent, due, expected):
    assert standing(silent, due) is expected


@pytest.mark.parametrize(("silent", "due", "needed"), [(0, 0, 0), (2, 2, 1), (4, 4, 3), (6, 20, 2), (2, 9, 0)])
def test_the_way_back_is_to_answer_some_late(silent, due, needed):
    assert to_answer(silent, due) == needed
    assert standing(silent - needed, due) is Standing.FINE
