"""The assignment of an hbo or university student (4.4): written by student or company, judged by the school (R12)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ipf_talent.accounts.models import User
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.placements import letters, services
from ipf_talent.placements.kinds import AssignmentStatus, Who
from ipf_talent.placements.models import Assignment, Placement
from ipf_talent.programmes.levels import Level
from ipf_talent.vacancies.kinds import HBO, Confidentiality

FIELDS = ("title", "problem", "goal", "deliverables", "method", "ec", "supervisor_level", "no_family")
WANTED = ("title", "problem", "goal", "deliverables", "method")
"""What the school reads before it decides."""
_S = AssignmentStatus


@dataclass(frozen=True)
class Step:
    """One line: this side can bring an assignment from these states to that one."""

    before: frozenset[AssignmentStatus]
    after: AssignmentStatus
    sides: frozenset[Who]


STEPS = (
    Step(frozenset({_S.PROPOSED, _S.REVISE}), _S.IN_REVIEW, frozenset({Who.STUDENT, Who.COMPANY})),
    Step(frozenset({_S.IN_REVIEW}), _S.APPROVED, frozenset({Who.SCHOOL})),
    Step(frozenset({_S.IN_REVIEW}), _S.REVISE, frozenset({Who.SCHOOL})),
    Step(frozenset({_S.IN_REVIEW}), _S.REJECTED, frozenset({Who.SCHOOL})),
)
"""All there are; only an approved one unlocks the agreement."""


def may_move(before: AssignmentStatus, after: AssignmentStatus, side: Who) -> bool:
    """Whether this side may bring it there."""
    return any(before in one.before and one.after is after and side in one.sides for one in STEPS)


def write(placement: Placement, values: Mapping[str, Any], *, side: Who, by: User, now: datetime) -> Assignment:
    """
    Write or change an assignment that is not at the school.

    Raises:
        DomainError: this placement has none, or the school has it or has decided.
    """
    if not placement.asks_assignment:
        raise DomainError(_("Only hbo and university placements have an assignment."))
    one = placement.assignment
    if one is None:
        one = Assignment(proposed_by=side, status=_S.PROPOSED, note="")
        placement.assignment = one
    elif one.status not in (_S.PROPOSED, _S.REVISE):
        raise DomainError(_("The school has the assignment now, so it cannot be changed."))
    for name in FIELDS:
        if name in values:
            setattr(one, name, values[name])
    session.flush()
    services.log(placement, side, by, "assignment_written", now)
    return one


def submit(placement: Placement, *, side: Who, by: User, now: datetime) -> bool:
    """
    Ask the school to judge it.

    Returns:
        False where it is there already.

    Raises:
        DomainError: something is missing, the supervisor's level is too low, or it was decided.
    """
    one = _existing(placement)
    if one.status is _S.IN_REVIEW:
        return False
    _refuse_move(one, _S.IN_REVIEW, side)
    for name in WANTED:
        if not str(getattr(one, name) or "").strip():
            raise DomainError(_("The school needs all parts of the assignment."), field=name)
    _refuse_supervisor(placement, one)
    one.status, one.note = _S.IN_REVIEW, ""
    session.flush()
    services.log(placement, side, by, "assignment_in_review", now)
    letters.tell(placement, Who.SCHOOL, "assignment_in_review")
    return True


def decide(placement: Placement, after: AssignmentStatus, *, note: str, by: User, now: datetime) -> bool:
    """
    The school approves, asks to change it, or rejects it.

    Returns:
        False where exactly this was decided before.

    Raises:
        DomainError: it is not at the school, or there is no word of why it is not approved.
    """
    one = _existing(placement)
    if one.status is after:
        return False
    _refuse_move(one, after, Who.SCHOOL)
    if after is not _S.APPROVED and not note.strip():
        raise DomainError(_("Say what has to be different, or why not."), field="note")
    one.status, one.note, one.decided_at, one.decided_by_id = after, note.strip(), now, by.id
    session.flush()
    services.log(placement, Who.SCHOOL, by, f"assignment_{after.value}", now)
    for side in (Who.STUDENT, Who.COMPANY):
        letters.tell(placement, side, f"assignment_{after.value}")
    return True


def levels_for(placement: Placement) -> tuple[Level, ...]:
    """The levels that whoever guides at the company needs at least (R12)."""
    bachelor = (Level.HBO_BACHELOR, Level.WO_BACHELOR, Level.MASTER, Level.ENGD_PHD)
    return bachelor if placement.kind in HBO else bachelor[1:]


def is_secret(placement: Placement) -> bool:
    """Whether the place asks for secrecy that the examiner has to be able to read past (R12)."""
    return placement.vacancy is not None and placement.vacancy.confidentiality is not Confidentiality.NONE


def _existing(placement: Placement) -> Assignment:
    if placement.assignment is None:
        raise DomainError(_("There is no assignment yet."))
    return placement.assignment


def _refuse_move(one: Assignment, after: AssignmentStatus, side: Who) -> None:
    if not may_move(one.status, after, side):
        raise DomainError(_("This is not possible now: the assignment has moved on. Look at the page again."))


def _refuse_supervisor(placement: Placement, one: Assignment) -> None:
    if one.supervisor_level not in levels_for(placement):
        raise DomainError(_("Whoever guides at the company has at least the level of the programme."), field="supervisor_level")
    if not one.no_family:
        raise DomainError(_("Student and company supervisor may not be family."), field="no_family")
