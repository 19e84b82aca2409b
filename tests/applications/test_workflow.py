"""The table of a response's life, as the field describes it (4.3)."""

from itertools import product

import pytest

from ipf_talent.applications import workflow
from ipf_talent.applications.kinds import ENDS, OPEN, PLACED, Deed, State, Who
from ipf_talent.applications.workflow import STEPS, TURNS, Effect, Guard
from ipf_talent.vacancies.kinds import PlacingMode as Mode

HAPPY = {
    Mode.COMPANY_CHOOSES: [
        (Deed.SEND, Who.STUDENT, State.SENT),
        (Deed.TAKE_UP, Who.COMPANY, State.IN_PROGRESS),
        (Deed.INVITE, Who.COMPANY, State.INTERVIEW),
        (Deed.OFFER, Who.COMPANY, State.OFFERED),
        (Deed.ACCEPT, Who.STUDENT, State.ACCEPTED),
    ],
    Mode.SCHOOL_PLACES: [
        (Deed.WISH, Who.STUDENT, State.LEARNING_WISH),
        (Deed.PROPOSE, Who.SCHOOL, State.PROPOSED),
        (Deed.AGREE, Who.STUDENT, State.AGREED),
        (Deed.CONFIRM, Who.COMPANY, State.CONFIRMED),
    ],
}


@pytest.mark.parametrize("mode", HAPPY)
def test_the_way_to_a_place_is_the_one_of_the_field(mode):
    state = State.DRAFT
    for deed, who, after in HAPPY[mode]:
        line = workflow.step(mode, state, deed, who)
        assert line is not None, (state, deed)
        state = line.after
        assert state is after
    assert workflow.path(mode) == [State.DRAFT, *(after for _deed, _who, after in HAPPY[mode])]


def test_an_event_goes_the_way_of_choosing():
    assert workflow.path(Mode.EVENT) == workflow.path(Mode.COMPANY_CHOOSES)
    assert workflow.lines(Mode.EVENT) == workflow.lines(Mode.COMPANY_CHOOSES)


def test_one_side_has_at_most_one_line_for_a_deed_in_a_state():
    for mode, state, deed, who in product(Mode, State, Deed, Who):
        found = [line for line in STEPS if mode in line.modes and state in line.before and line.deed is deed and line.who is who]
        assert len(found) <= 1, (mode, state, deed, who)


def test_nothing_follows_an_end_and_only_leaving_or_the_end_of_the_placement_follows_a_place():
    for line in STEPS:
        assert not set(line.before) & ENDS
        assert not set(line.before) & PLACED or line.deed in (Deed.LEAVE, Deed.END)


def test_in_every_open_state_it_is_somebodys_turn_and_that_side_can_do_something():
    assert set(TURNS) == OPEN
    for mode in (Mode.COMPANY_CHOOSES, Mode.SCHOOL_PLACES):
        for state in set(workflow.path(mode)) & OPEN:
            assert set(workflow.deeds(mode, state, TURNS[state])) - {Deed.WITHDRAW}, (mode, state)


def test_every_open_response_can_be_withdrawn_expires_and_closes():
    for state in OPEN - {State.DRAFT}:
        for deed, who in ((Deed.WITHDRAW, Who.STUDENT), (Deed.EXPIRE, Who.SYSTEM), (Deed.CLOSE, Who.SYSTEM)):
            assert workflow.step(Mode.COMPANY_CHOOSES, state, deed, who) is not None


def test_every_no_needs_a_reason_and_every_place_is_counted():
    for line in STEPS:
        assert (Guard.REASON in line.guards) == (line.after in (State.REJECTED, State.RETURNED)), line
        assert (Effect.TAKE_PLACE in line.effects) == (line.after in PLACED), line


def test_where_the_school_places_no_company_can_refuse_or_choose():
    for state in State:
        assert not {Deed.REFUSE, Deed.INVITE, Deed.OFFER} & set(workflow.deeds(Mode.SCHOOL_PLACES, state, Who.COMPANY))


def test_the_site_itself_never_says_no_to_a_person():
    by_site = {line.deed: line.guards for line in STEPS if line.who is Who.SYSTEM}
    assert by_site == {Deed.EXPIRE: (Guard.SILENCE,), Deed.CLOSE: (Guard.CLOSED, Guard.REASON), Deed.END: ()}
