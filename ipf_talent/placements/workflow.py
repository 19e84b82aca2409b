"""The life of a placement, as one table of steps. Services obey it, and the page "how it goes" shows it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ipf_talent.i18n import lazy
from ipf_talent.placements.kinds import BEFORE_START, Deed, PlacementStatus, Who


class Guard(StrEnum):
    """What must hold before a step."""

    QUESTIONS = "questions"
    ASSIGNMENT = "assignment"
    CAPACITY = "capacity"
    CONTENT = "content"
    RECOGNITION = "recognition"
    RECOGNISED = "recognised"
    MINOR = "minor"
    SIGNATURES = "signatures"
    FIRST_DAY = "first_day"
    CONTRACT = "contract"
    NOT_STARTED = "not_started"
    REASON = "reason"
    LAST_DAY = "last_day"
    HEARD = "heard"
    GUIDED = "guided"


class Effect(StrEnum):
    """What a step brings about."""

    NEW_AGREEMENT = "new_agreement"
    NEW_SHEET = "new_sheet"
    SHEET_IN_FORCE = "sheet_in_force"
    DISSOLVE = "dissolve"
    EXPIRE = "expire"
    GIVE_PLACE_BACK = "give_place_back"
    FIND_PLACE = "find_place"
    TELL_STUDENT = "tell_student"
    TELL_PARENT = "tell_parent"
    TELL_COMPANY = "tell_company"
    TELL_SCHOOL = "tell_school"


GUARD_LABELS = {
    Guard.QUESTIONS: lazy("mbo: recognised for the qualification, looked up by a person, work that fits, safe, enough guidance"),
    Guard.ASSIGNMENT: lazy("hbo and university: the assignment is approved"),
    Guard.CAPACITY: lazy("no more students at the same time than places"),
    Guard.CONTENT: lazy("the agreement says all that the law asks"),
    Guard.RECOGNITION: lazy("mbo: a person looked the recognition up after the last change"),
    Guard.RECOGNISED: lazy("mbo: the recognition was not lost"),
    Guard.MINOR: lazy("under 18: the working times stay within the limits, school hours included"),
    Guard.SIGNATURES: lazy("student, school and company have signed, and a parent where the school asks that"),
    Guard.FIRST_DAY: lazy("the first day has come"),
    Guard.CONTRACT: lazy("bbl: the employment contract is there"),
    Guard.NOT_STARTED: lazy("the first day has not come yet"),
    Guard.REASON: lazy("a reason from the list"),
    Guard.LAST_DAY: lazy("the last day in fact"),
    Guard.HEARD: lazy("student and company were heard"),
    Guard.GUIDED: lazy("hours, three contact moments and the decision are there"),
}
EFFECT_LABELS = {
    Effect.NEW_AGREEMENT: lazy("a new agreement is begun"),
    Effect.NEW_SHEET: lazy("the data are frozen on a numbered sheet"),
    Effect.SHEET_IN_FORCE: lazy("the sheet comes into force"),
    Effect.DISSOLVE: lazy("the agreement ends"),
    Effect.EXPIRE: lazy("the agreement has run its course"),
    Effect.GIVE_PLACE_BACK: lazy("the place is free again"),
    Effect.FIND_PLACE: lazy("the school gets the task to find another place, if the student cannot go back"),
    Effect.TELL_STUDENT: lazy("the student hears it"),
    Effect.TELL_PARENT: lazy("the parent of a minor hears it"),
    Effect.TELL_COMPANY: lazy("the company hears it"),
    Effect.TELL_SCHOOL: lazy("the school hears it"),
}


@dataclass(frozen=True)
class Step:
    """One line: this side can do this in these states; then the placement stands there."""

    before: tuple[PlacementStatus, ...]
    deed: Deed
    after: PlacementStatus
    who: Who
    guards: tuple[Guard, ...] = ()
    effects: tuple[Effect, ...] = ()


S, D, W, G, E = PlacementStatus, Deed, Who, Guard, Effect
_EARLY = tuple(status for status in PlacementStatus if status in BEFORE_START)
_SIGNERS = (E.TELL_STUDENT, E.TELL_PARENT, E.TELL_COMPANY)
_ALL = (*_SIGNERS, E.TELL_SCHOOL)
_SENT = (G.CONTENT, G.RECOGNITION, G.MINOR)
_ENDED = (G.REASON, G.LAST_DAY, G.HEARD)

STEPS: tuple[Step, ...] = (
    Step(
        (S.PROPOSED,),
        D.APPROVE,
        S.APPROVED,
        W.SCHOOL,
        (G.QUESTIONS, G.ASSIGNMENT, G.CAPACITY),
        (E.TELL_STUDENT, E.TELL_COMPANY),
    ),
    Step((S.PROPOSED,), D.DECLINE, S.DECLINED, W.SCHOOL, (G.REASON,), (E.GIVE_PLACE_BACK, E.TELL_STUDENT, E.TELL_COMPANY)),
    Step((S.APPROVED,), D.PREPARE, S.PREPARING_AGREEMENT, W.SCHOOL, (), (E.NEW_AGREEMENT,)),
    Step((S.PREPARING_AGREEMENT,), D.SEND, S.AWAITING_SIGNATURES, W.SCHOOL, _SENT, (E.NEW_SHEET, *_SIGNERS)),
    Step((S.INTERRUPTED,), D.SEND, S.INTERRUPTED, W.SCHOOL, _SENT, (E.NEW_SHEET, *_SIGNERS)),
    Step((S.AWAITING_SIGNATURES, S.SIGNED), D.REDO, S.PREPARING_AGREEMENT, W.SCHOOL, (), (E.DISSOLVE, E.NEW_AGREEMENT, *_SIGNERS)),
    Step((S.RUNNING, S.INTERRUPTED), D.REDO, S.INTERRUPTED, W.SCHOOL, (), (E.DISSOLVE, E.NEW_AGREEMENT, *_SIGNERS)),
    Step((S.AWAITING_SIGNATURES,), D.SIGN, S.SIGNED, W.SYSTEM, (G.SIGNATURES,), (E.SHEET_IN_FORCE, *_ALL)),
    Step((S.INTERRUPTED,), D.SIGN, S.INTERRUPTED, W.SYSTEM, (G.SIGNATURES,), (E.SHEET_IN_FORCE, *_ALL)),
    Step((S.SIGNED,), D.START, S.RUNNING, W.SYSTEM, (G.FIRST_DAY, G.SIGNATURES, G.RECOGNISED, G.CONTRACT)),
    Step((S.RUNNING,), D.INTERRUPT, S.INTERRUPTED, W.SCHOOL, (G.REASON,), (E.FIND_PLACE, E.TELL_STUDENT, E.TELL_COMPANY)),
    Step((S.RUNNING,), D.INTERRUPT, S.INTERRUPTED, W.SYSTEM, (G.REASON,), (E.FIND_PLACE, *_ALL)),
    Step(
        (S.INTERRUPTED,),
        D.RESUME,
        S.RUNNING,
        W.SCHOOL,
        (G.SIGNATURES, G.RECOGNISED, G.CONTRACT),
        (E.TELL_STUDENT, E.TELL_COMPANY),
    ),
    Step((S.RUNNING,), D.COMPLETE, S.COMPLETED, W.SCHOOL, (G.GUIDED,), (E.EXPIRE, E.TELL_STUDENT, E.TELL_COMPANY)),
    Step((S.RUNNING, S.INTERRUPTED), D.END_EARLY, S.ENDED_EARLY, W.SCHOOL, _ENDED, (E.DISSOLVE, E.GIVE_PLACE_BACK, *_SIGNERS)),
    Step(_EARLY, D.CANCEL, S.CANCELLED, W.SCHOOL, (G.REASON,), (E.DISSOLVE, E.GIVE_PLACE_BACK, *_SIGNERS)),
    Step(
        _EARLY,
        D.CANCEL,
        S.CANCELLED,
        W.STUDENT,
        (G.NOT_STARTED, G.REASON),
        (E.DISSOLVE, E.GIVE_PLACE_BACK, E.TELL_COMPANY, E.TELL_SCHOOL),
    ),
    Step(
        _EARLY,
        D.CANCEL,
        S.CANCELLED,
        W.COMPANY,
        (G.NOT_STARTED, G.REASON),
        (E.DISSOLVE, E.GIVE_PLACE_BACK, E.TELL_STUDENT, E.TELL_SCHOOL),
    ),
)

TURNS = {
    S.PROPOSED: W.SCHOOL,
    S.APPROVED: W.SCHOOL,
    S.PREPARING_AGREEMENT: W.SCHOOL,
    S.SIGNED: W.SYSTEM,
    S.RUNNING: W.STUDENT,
    S.INTERRUPTED: W.SCHOOL,
}
"""Whose turn it is; while signatures are awaited that is whoever has not signed. After the last day see `turn`."""

PATH = (
    S.PROPOSED,
    S.APPROVED,
    S.PREPARING_AGREEMENT,
    S.AWAITING_SIGNATURES,
    S.SIGNED,
    S.RUNNING,
    S.COMPLETED,
)
"""The way that everybody hopes for."""


def turn(status: PlacementStatus, last_day: date, today: date) -> Who | None:
    """Whose turn it is; a placement that runs waits for the school once its last day has passed."""
    return W.SCHOOL if status is S.RUNNING and last_day < today else TURNS.get(status)


def step(status: PlacementStatus, deed: Deed, who: Who) -> Step | None:
    """The line for this deed by this side, if there is one."""
    return next((one for one in STEPS if status in one.before and one.deed is deed and one.who is who), None)


def deeds(status: PlacementStatus, who: Who) -> list[Deed]:
    """What this side can do now, in the order of the table."""
    return [one.deed for one in STEPS if status in one.before and one.who is who]


def done_before(status: PlacementStatus, deed: Deed, who: Who) -> bool:
    """Whether exactly this brought the placement where it stands."""
    return any(one.deed is deed and one.who is who and one.after is status and status not in one.before for one in STEPS)
