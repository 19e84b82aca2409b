"""The life of a response, as one table: from, to, who, guard, effect. Services obey it, and the page "how it goes" shows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ipf_talent.applications.kinds import OPEN, PLACED, Deed, State, Who
from ipf_talent.i18n import lazy
from ipf_talent.vacancies.kinds import PlacingMode


class Guard(StrEnum):
    """What must hold before a step."""

    FREE = "free"
    REASON = "reason"
    PLACE_LEFT = "place_left"
    SILENCE = "silence"
    CLOSED = "closed"


class Effect(StrEnum):
    """What a step brings about."""

    ARRIVE = "arrive"
    TERM = "term"
    ANSWER = "answer"
    TELL_COMPANY = "tell_company"
    TELL_STUDENT = "tell_student"
    TELL_SCHOOL = "tell_school"
    TAKE_PLACE = "take_place"
    GIVE_PLACE_BACK = "give_place_back"
    ASK_OTHERS = "ask_others"


GUARD_LABELS = {
    Guard.FREE: lazy("the place is open, the student may take it by age, and has no other response to it"),
    Guard.REASON: lazy("a reason from the list, which the student sees"),
    Guard.PLACE_LEFT: lazy("a place is left"),
    Guard.SILENCE: lazy("15 working days without an answer; reminders were sent after 5 and 10"),
    Guard.CLOSED: lazy("the place was closed or has ended"),
}
EFFECT_LABELS = {
    Effect.ARRIVE: lazy("the company sees it from now on"),
    Effect.TERM: lazy("whoever is next has 15 working days"),
    Effect.ANSWER: lazy("counts as an answer"),
    Effect.TELL_COMPANY: lazy("the company hears it"),
    Effect.TELL_STUDENT: lazy("the student hears it"),
    Effect.TELL_SCHOOL: lazy("the school hears it"),
    Effect.TAKE_PLACE: lazy("one place is taken"),
    Effect.GIVE_PLACE_BACK: lazy("the place is free again"),
    Effect.ASK_OTHERS: lazy("the student is asked to withdraw the other responses"),
}

CHOICE = frozenset({PlacingMode.COMPANY_CHOOSES, PlacingMode.EVENT})
"""Ways of placing in which student and company choose each other."""
SCHOOL = frozenset({PlacingMode.SCHOOL_PLACES})
EVERY = CHOICE | SCHOOL


@dataclass(frozen=True)
class Step:
    """One line: in these ways of placing, this side can do this in these states; then the response stands there."""

    modes: frozenset[PlacingMode]
    before: tuple[State, ...]
    deed: Deed
    after: State
    who: Who
    guards: tuple[Guard, ...] = ()
    effects: tuple[Effect, ...] = ()


S, D, W, G, E = State, Deed, Who, Guard, Effect
_OPEN = tuple(state for state in State if state in OPEN and state is not S.DRAFT)
_UNANSWERED = (S.SENT, S.IN_PROGRESS, S.INTERVIEW)
_HOME, _AROUND = (E.TELL_STUDENT, E.TELL_SCHOOL), (E.TELL_COMPANY, E.TELL_SCHOOL)

STEPS: tuple[Step, ...] = (
    Step(CHOICE, (S.DRAFT,), D.SEND, S.SENT, W.STUDENT, (G.FREE,), (E.ARRIVE, E.TERM, E.TELL_COMPANY)),
    Step(CHOICE, (S.SENT,), D.TAKE_UP, S.IN_PROGRESS, W.COMPANY, (), (E.TELL_STUDENT,)),
    Step(CHOICE, (S.SENT, S.IN_PROGRESS), D.INVITE, S.INTERVIEW, W.COMPANY, (), (E.ANSWER, E.TERM, E.TELL_STUDENT)),
    Step(CHOICE, (S.IN_PROGRESS, S.INTERVIEW), D.OFFER, S.OFFERED, W.COMPANY, (G.PLACE_LEFT,), (E.ANSWER, E.TERM, E.TELL_STUDENT)),
    Step(CHOICE, (S.OFFERED,), D.ACCEPT, S.ACCEPTED, W.STUDENT, (G.PLACE_LEFT,), (E.TAKE_PLACE, E.ASK_OTHERS, E.TELL_COMPANY)),
    Step(CHOICE, (*_UNANSWERED, S.OFFERED), D.REFUSE, S.REJECTED, W.COMPANY, (G.REASON,), (E.ANSWER, E.TELL_STUDENT)),
    Step(SCHOOL, (S.DRAFT,), D.WISH, S.LEARNING_WISH, W.STUDENT, (G.FREE,), (E.TERM, E.TELL_SCHOOL)),
    Step(SCHOOL, (S.LEARNING_WISH,), D.PROPOSE, S.PROPOSED, W.SCHOOL, (), (E.TERM, E.TELL_STUDENT)),
    Step(SCHOOL, (S.LEARNING_WISH,), D.TURN_DOWN, S.REJECTED, W.SCHOOL, (G.REASON,), (E.TELL_STUDENT,)),
    Step(SCHOOL, (S.PROPOSED,), D.AGREE, S.AGREED, W.STUDENT, (G.FREE,), (E.ARRIVE, E.TERM, *_AROUND)),
    Step(SCHOOL, (S.AGREED,), D.CONFIRM, S.CONFIRMED, W.COMPANY, (G.PLACE_LEFT,), (E.ANSWER, E.TAKE_PLACE, E.ASK_OTHERS, *_HOME)),
    Step(SCHOOL, (S.AGREED,), D.GIVE_BACK, S.RETURNED, W.COMPANY, (G.REASON,), (E.ANSWER, *_HOME)),
    Step(EVERY, _OPEN, D.WITHDRAW, S.WITHDRAWN, W.STUDENT, (), _AROUND),
    Step(EVERY, _OPEN, D.EXPIRE, S.EXPIRED, W.SYSTEM, (G.SILENCE,), (E.TELL_STUDENT, *_AROUND)),
    Step(EVERY, _OPEN, D.CLOSE, S.REJECTED, W.SYSTEM, (G.CLOSED, G.REASON), _HOME),
    Step(EVERY, tuple(sorted(PLACED)), D.LEAVE, S.WITHDRAWN, W.STUDENT, (), (E.GIVE_PLACE_BACK, *_AROUND)),
    Step(EVERY, tuple(sorted(PLACED)), D.END, S.WITHDRAWN, W.SYSTEM, (), (E.GIVE_PLACE_BACK,)),
)

TURNS = {
    S.DRAFT: W.STUDENT,
    S.SENT: W.COMPANY,
    S.IN_PROGRESS: W.COMPANY,
    S.INTERVIEW: W.COMPANY,
    S.OFFERED: W.STUDENT,
    S.LEARNING_WISH: W.SCHOOL,
    S.PROPOSED: W.STUDENT,
    S.AGREED: W.COMPANY,
}
"""Whose turn it is in each state; in the others it is nobody's."""


def step(mode: PlacingMode, state: State, deed: Deed, who: Who) -> Step | None:
    """The line for this deed by this side, if there is one."""
    fitting = (one for one in STEPS if mode in one.modes and state in one.before and one.deed is deed and one.who is who)
    return next(fitting, None)


def deeds(mode: PlacingMode, state: State, who: Who) -> list[Deed]:
    """What this side can do now, in the order of the table."""
    return [one.deed for one in STEPS if mode in one.modes and state in one.before and one.who is who]


def path(mode: PlacingMode) -> list[State]:
    """The way to the place, from draft to the end that everybody hopes for."""
    if mode in SCHOOL:
        return [S.DRAFT, S.LEARNING_WISH, S.PROPOSED, S.AGREED, S.CONFIRMED]
    return [S.DRAFT, S.SENT, S.IN_PROGRESS, S.INTERVIEW, S.OFFERED, S.ACCEPTED]


def lines(mode: PlacingMode) -> Sequence[Step]:
    """The part of the table that holds for one way of placing, each line with the states that occur in it."""
    own = {*path(mode), *(one.after for one in STEPS if mode in one.modes)}
    return [
        Step(one.modes, tuple(_own(one.before, own)), one.deed, one.after, one.who, one.guards, one.effects)
        for one in STEPS
        if mode in one.modes
    ]


def _own(states: Iterable[State], own: set[State]) -> Iterable[State]:
    return (state for state in states if state in own)
