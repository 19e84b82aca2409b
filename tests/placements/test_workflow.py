"""The table of steps."""

from datetime import date, timedelta
from itertools import product

import pytest

from ipf_talent.placements import workflow
from ipf_talent.placements.kinds import BEFORE_START, ENDS, LIVE, Deed, PlacementStatus, Who
from ipf_talent.placements.workflow import STEPS, TURNS, Effect, Guard

S = PlacementStatus


def test_one_side_has_at_most_one_line_for_a_deed_in_a_state():
    for status, deed, who in product(S, Deed, Who):
        found = [line for line in STEPS if status in line.before and line.deed is deed and line.who is who]
        assert len(found) <= 1, (status, deed, who)


def test_nothing_follows_an_end():
    for line in STEPS:
        assert not set(line.before) & ENDS


def test_every_state_can_be_reached_from_the_proposal():
    reached, size = {S.PROPOSED}, 0
    while size != len(reached):
        size = len(reached)
        reached |= {line.after for line in STEPS if set(line.before) & reached}
    assert reached == set(S)


def test_only_the_school_and_the_site_move_it_on_and_each_side_can_cancel_before_the_start():
    for line in STEPS:
        if line.who in (Who.STUDENT, Who.COMPANY):
            assert line.deed is Deed.CANCEL
            assert Guard.NOT_STARTED in line.guards
    assert {line.who for line in STEPS if line.deed is Deed.CANCEL} == {Who.STUDENT, Who.COMPANY, Who.SCHOOL}
    assert all(set(line.before) == BEFORE_START for line in STEPS if line.deed is Deed.CANCEL)


def test_no_way_leads_to_running_without_all_signatures():
    for line in STEPS:
        if line.after is S.RUNNING:
            assert Guard.SIGNATURES in line.guards
            assert Guard.CONTRACT in line.guards


def test_no_agreement_is_sent_without_content_a_fresh_check_and_the_limits_for_minors():
    sending = [line for line in STEPS if Effect.NEW_SHEET in line.effects]
    assert sending
    assert all({Guard.CONTENT, Guard.RECOGNITION, Guard.MINOR} <= set(line.guards) for line in sending)


def test_a_place_is_given_back_exactly_where_it_ends_without_being_completed():
    giving = {line.after for line in STEPS if Effect.GIVE_PLACE_BACK in line.effects}
    assert giving == ENDS - {S.COMPLETED}
    assert all(Effect.GIVE_PLACE_BACK in line.effects for line in STEPS if line.after in giving)


def test_in_every_live_state_it_is_somebodys_turn():
    assert set(TURNS) | {S.AWAITING_SIGNATURES} == set(LIVE)


@pytest.mark.parametrize(
    ("status", "days_left", "who"),
    [
        (S.RUNNING, 1, Who.STUDENT),
        (S.RUNNING, 0, Who.STUDENT),
        (S.RUNNING, -1, Who.SCHOOL),
        (S.SIGNED, -1, Who.SYSTEM),
        (S.COMPLETED, -1, None),
    ],
)
def test_after_the_last_day_a_running_placement_waits_for_the_school(status, days_left, who):
    last_day = date(2026, 11, 20)
    assert workflow.turn(status, last_day, last_day - timedelta(days=days_left)) is who


def test_every_guard_and_effect_has_words():
    assert set(workflow.GUARD_LABELS) == set(Guard)
    assert set(workflow.EFFECT_LABELS) == set(Effect)
