"""The life of a recognition as a table: every step that is not in it is refused."""

from datetime import date, timedelta
from itertools import product

import pytest

from ipf_talent.organisations.recognition import (
    DECISION_LABELS,
    LOST,
    MOVES,
    RETRACTABLE,
    STATUS_LABELS,
    RecognitionStatus,
    Side,
    asks_check,
    decisions,
    may_move,
)

S = RecognitionStatus
TODAY = date(2026, 11, 27)
COMPANY = {(None, S.DECLARED), (S.REJECTED, S.DECLARED), (S.REVOKED, S.DECLARED), (S.LAPSED, S.DECLARED)}
CHECKER = {
    (S.DECLARED, S.VERIFIED), (S.DECLARED, S.REJECTED), (S.VERIFIED, S.VERIFIED), (S.VERIFIED, S.SUSPENDED),
    (S.VERIFIED, S.REVOKED), (S.VERIFIED, S.LAPSED), (S.SUSPENDED, S.VERIFIED), (S.SUSPENDED, S.REVOKED), (S.SUSPENDED, S.LAPSED),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after", "side"), list(product((None, *S), S, Side)))
def test_a_step_is_allowed_to_one_side_or_to_nobody(before, after, side):
    allowed = COMPANY if side is Side.COMPANY else CHECKER
    assert may_move(before, after, side) == ((before, after) in allowed)


def test_no_step_is_listed_twice_and_every_state_is_reached():
    assert len(set(MOVES)) == len(MOVES)
    assert {move.after for move in MOVES} == set(S)


def test_a_company_never_decides_that_it_is_recognised():
    assert {move.after for move in MOVES if move.side is Side.COMPANY} == {S.DECLARED}


def test_decisions_are_what_a_checker_can_make_of_it():
    assert decisions(S.DECLARED) == (S.VERIFIED, S.REJECTED)
    assert set(decisions(S.VERIFIED)) == {S.VERIFIED, *LOST}
    assert decisions(S.REJECTED) == decisions(S.REVOKED) == decisions(S.LAPSED) == ()


def test_every_state_and_every_decision_has_words():
    assert set(STATUS_LABELS) == set(S)
    assert set(DECISION_LABELS) == {after for _before, after in CHECKER}
    assert RETRACTABLE.isdisjoint(LOST | {S.VERIFIED})


@pytest.mark.parametrize(("days", "asks"), [(0, False), (365, False), (366, True)])
def test_a_verified_one_asks_for_a_new_check_after_twelve_months_and_does_not_expire(days, asks):
    checked_on = TODAY - timedelta(days)
    assert asks_check(S.VERIFIED, checked_on, TODAY) is asks
    assert not any(asks_check(status, checked_on, TODAY) for status in S if status is not S.VERIFIED)
