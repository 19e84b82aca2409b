"""Who has no place yet, who has to act next and by when: one table, read by `next_step`. Pure; nobody is ranked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ipf_talent.applications.kinds import State
from ipf_talent.enrolments.kinds import EnrolmentStatus
from ipf_talent.i18n import lazy
from ipf_talent.placements.kinds import LIVE, PlacementStatus
from ipf_talent.vacancies.kinds import PlacingMode

MARKS = (4, 8)
"""Weeks before a period at which whoever has no place is listed (AC-E5), the nearest first."""

HELD = LIVE | {PlacementStatus.COMPLETED}
"""States of a placement by which its student has, or had, the place of the period, or waits for the school to approve it."""

SETTLED = HELD - {PlacementStatus.PROPOSED}
"""Of these, the ones in which the school has approved it."""


class Standing(StrEnum):
    """Where a student stands in a period."""

    PLACED = "placed"
    IN_PROGRESS = "in_progress"
    """A response or proposal is on its way, or a placement is to be approved."""
    WITHOUT = "without"
    EXCUSED = "excused"


class Actor(StrEnum):
    """Who has to act."""

    STUDENT = "student"
    COMPANY = "company"
    SCHOOL = "school"
    PARTIES = "parties"
    """Whoever of student, school and company has not signed."""
    NOBODY = "nobody"


class Act(StrEnum):
    """What is to be done next."""

    TAKE_INVITATION = "take_invitation"
    CONFIRM = "confirm"
    RESPOND = "respond"
    PLACE = "place"
    COME = "come"
    ANSWER = "answer"
    DECIDE = "decide"
    ACCEPT = "accept"
    PROPOSE = "propose"
    AGREE = "agree"
    CONFIRM_PLACE = "confirm_place"
    APPROVE = "approve"
    BEGIN_AGREEMENT = "begin_agreement"
    COMPLETE_AGREEMENT = "complete_agreement"
    SIGN = "sign"
    BEGIN = "begin"
    RUN = "run"
    REPLACE = "replace"
    DONE = "done"
    NOTHING = "nothing"


STANDING_LABELS = {
    Standing.PLACED: lazy("Placed"),
    Standing.IN_PROGRESS: lazy("In progress"),
    Standing.WITHOUT: lazy("Without a place"),
    Standing.EXCUSED: lazy("Needs no place"),
}
ACTOR_LABELS = {
    Actor.STUDENT: lazy("Student"),
    Actor.COMPANY: lazy("Company"),
    Actor.SCHOOL: lazy("School"),
    Actor.PARTIES: lazy("Who has not signed"),
    Actor.NOBODY: lazy("Nobody"),
}
ACT_LABELS = {
    Act.TAKE_INVITATION: lazy("take the invitation"),
    Act.CONFIRM: lazy("confirm programme and year"),
    Act.RESPOND: lazy("respond to a place"),
    Act.PLACE: lazy("propose a place"),
    Act.COME: lazy("come to the matchmaking day"),
    Act.ANSWER: lazy("answer the response"),
    Act.DECIDE: lazy("decide after the talk"),
    Act.ACCEPT: lazy("take the offer or not"),
    Act.PROPOSE: lazy("answer the learning wish"),
    Act.AGREE: lazy("agree to the proposal or not"),
    Act.CONFIRM_PLACE: lazy("confirm the place"),
    Act.APPROVE: lazy("approve the placement"),
    Act.BEGIN_AGREEMENT: lazy("begin the agreement"),
    Act.COMPLETE_AGREEMENT: lazy("complete the agreement"),
    Act.SIGN: lazy("sign the agreement"),
    Act.BEGIN: lazy("begins"),
    Act.RUN: lazy("under way"),
    Act.REPLACE: lazy("find another place"),
    Act.DONE: lazy("completed"),
    Act.NOTHING: lazy("needs no place"),
}

_P, _R = PlacementStatus, State
PLACEMENTS: Mapping[PlacementStatus, tuple[Actor, Act]] = {
    _P.PROPOSED: (Actor.SCHOOL, Act.APPROVE),
    _P.APPROVED: (Actor.SCHOOL, Act.BEGIN_AGREEMENT),
    _P.PREPARING_AGREEMENT: (Actor.SCHOOL, Act.COMPLETE_AGREEMENT),
    _P.AWAITING_SIGNATURES: (Actor.PARTIES, Act.SIGN),
    _P.SIGNED: (Actor.NOBODY, Act.BEGIN),
    _P.RUNNING: (Actor.NOBODY, Act.RUN),
    _P.INTERRUPTED: (Actor.SCHOOL, Act.REPLACE),
    _P.COMPLETED: (Actor.NOBODY, Act.DONE),
}
RESPONSES: Mapping[State, tuple[Actor, Act]] = {
    _R.LEARNING_WISH: (Actor.SCHOOL, Act.PROPOSE),
    _R.SENT: (Actor.COMPANY, Act.ANSWER),
    _R.IN_PROGRESS: (Actor.COMPANY, Act.ANSWER),
    _R.PROPOSED: (Actor.STUDENT, Act.AGREE),
    _R.INTERVIEW: (Actor.COMPANY, Act.DECIDE),
    _R.AGREED: (Actor.COMPANY, Act.CONFIRM_PLACE),
    _R.OFFERED: (Actor.STUDENT, Act.ACCEPT),
    _R.ACCEPTED: (Actor.SCHOOL, Act.APPROVE),
    _R.CONFIRMED: (Actor.SCHOOL, Act.APPROVE),
}
"""From the first step to the last: of several responses the one that came furthest counts."""

_LADDER = {state: step for step, state in enumerate(RESPONSES)}
MODES: Mapping[PlacingMode, tuple[Actor, Act]] = {
    PlacingMode.SCHOOL_PLACES: (Actor.SCHOOL, Act.PLACE),
    PlacingMode.COMPANY_CHOOSES: (Actor.STUDENT, Act.RESPOND),
    PlacingMode.EVENT: (Actor.STUDENT, Act.COME),
}
"""Who begins, where nothing has begun."""


@dataclass(frozen=True)
class Facts:
    """
    What is known of one student in one period.

    Attributes:
        mode: who places in the period.
        starts_on: its first day.
        status: how far student and school have come.
        invited_until: the last day of the invitation that was not taken.
        placement: of the placement in this period that holds, or was completed.
        proposed_until: the last day to answer the place that a placing round proposes; None where none does.
        response: of the response that came furthest.
        response_due: the day on which its present turn should be over.
    """

    mode: PlacingMode
    starts_on: date
    status: EnrolmentStatus = EnrolmentStatus.CONFIRMED
    excused: bool = False
    invited_until: date | None = None
    placement: PlacementStatus | None = None
    proposed_until: date | None = None
    response: State | None = None
    response_due: date | None = None


@dataclass(frozen=True)
class Next:
    """Where a student stands, who has to do what, and by when."""

    standing: Standing
    actor: Actor
    act: Act
    due: date | None = None

    def is_late(self, today: date) -> bool:
        """Whether the day has passed and somebody still has to act."""
        return self.actor is not Actor.NOBODY and self.due is not None and self.due < today


def next_step(facts: Facts) -> Next:
    """The line of the table that holds: excused, placed, proposed, on the way, not here yet, or still to begin; in this order."""
    settled_by = facts.starts_on - timedelta(weeks=min(MARKS))
    if facts.excused:
        return Next(Standing.EXCUSED, Actor.NOBODY, Act.NOTHING)
    if facts.placement is not None and facts.placement in HELD:
        actor, act = PLACEMENTS[facts.placement]
        open_ended = facts.placement in (_P.RUNNING, _P.COMPLETED, _P.INTERRUPTED)
        standing = Standing.PLACED if facts.placement in SETTLED else Standing.IN_PROGRESS
        return Next(standing, actor, act, None if open_ended else facts.starts_on)
    if facts.proposed_until is not None:
        return Next(Standing.IN_PROGRESS, Actor.STUDENT, Act.AGREE, facts.proposed_until)
    if facts.response is not None and facts.response in RESPONSES:
        actor, act = RESPONSES[facts.response]
        return Next(Standing.IN_PROGRESS, actor, act, facts.response_due or settled_by)
    if facts.status is EnrolmentStatus.INVITED:
        return Next(Standing.WITHOUT, Actor.STUDENT, Act.TAKE_INVITATION, facts.invited_until)
    if facts.status is EnrolmentStatus.CLAIMED:
        return Next(Standing.WITHOUT, Actor.SCHOOL, Act.CONFIRM, settled_by)
    actor, act = MODES[facts.mode]
    return Next(Standing.WITHOUT, actor, act, settled_by)


def furthest(states: Iterable[State]) -> State | None:
    """Of several responses the one that came furthest; None where none is open."""
    return max((state for state in states if state in _LADDER), key=lambda state: _LADDER[state], default=None)


def days_left(starts_on: date, today: date) -> int:
    """Days until a period begins; negative once it has."""
    return (starts_on - today).days


def within(starts_on: date, today: date, weeks: int) -> bool:
    """Whether a period begins in so many weeks, or has begun."""
    return days_left(starts_on, today) <= weeks * 7


def mark(starts_on: date, today: date) -> int | None:
    """The nearest mark, in weeks, that a period which has not begun has passed: 4 or 8; None before."""
    if days_left(starts_on, today) < 0:
        return None
    return next((weeks for weeks in MARKS if within(starts_on, today, weeks)), None)
