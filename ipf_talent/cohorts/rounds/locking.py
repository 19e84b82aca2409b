"""Fixing a pair beforehand: what it costs the others, fixing it, letting it go."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from ipf_talent.accounts import audit
from ipf_talent.cohorts.assignment import BadProblem, Cost, Lock, cost_of_lock
from ipf_talent.cohorts.rounds import computing, services
from ipf_talent.cohorts.rounds.kinds import LIMIT_LABELS, LOCKABLE, RoundStatus
from ipf_talent.cohorts.rounds.models import Round, RoundLock, RoundPlace, RoundStudent
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _


def lock(placing_round: Round, student: str, place: str, note: str, *, by_id: int, now: datetime) -> Cost:
    """
    Fix a pair by codes, with the reason; gives what it costs the others.

    Raises:
        DomainError: a hard limit forbids it, the place has no seat left for it, or it is too late.
    """
    _refuse_unless_lockable(placing_round)
    one, at = _pair(placing_round, student, place)
    cost = cost_now(placing_round, one, at)
    if not note:
        raise DomainError(_("Say why: whoever checks the round later reads it."), field="note")
    if one.lock is not None:
        one.lock.round_place_id, one.lock.place, one.lock.note, one.lock.by_id, one.lock.at = at.id, at, note, by_id, now
    else:
        one.lock = RoundLock(round_place_id=at.id, place=at, note=note, by_id=by_id, at=now)
    _flush()
    audit.record(by_id, "lock_pair", "placing_round", placing_round.id, student=one.code, place=at.code, hurt=len(cost.hurt))
    _compute_anew(placing_round, by_id, now)
    return cost


def unlock(placing_round: Round, student: str, *, by_id: int, now: datetime) -> bool:
    """
    Let a fixed pair go; False where it was gone already.

    Raises:
        DomainError: it is too late.
    """
    _refuse_unless_lockable(placing_round)
    one = next((each for each in placing_round.students if each.code == student), None)
    if one is None or one.lock is None:
        return False
    one.lock = None
    _flush()
    audit.record(by_id, "unlock_pair", "placing_round", placing_round.id, student=one.code)
    _compute_anew(placing_round, by_id, now)
    return True


def cost_of(placing_round: Round, student: str, place: str) -> Cost:
    """
    The same by codes.

    Raises:
        DomainError: there is no such student or place here, or the pair cannot be.
    """
    return cost_now(placing_round, *_pair(placing_round, student, place))


def cost_now(placing_round: Round, one: RoundStudent, at: RoundPlace) -> Cost:
    """
    What it costs to fix a pair, whether or not it is fixed now.

    Raises:
        DomainError: it cannot be.
    """
    now = computing.trial(placing_round)
    if one.enrolment_id not in now.looking:
        raise DomainError(_("This student has a place already, or is not in the class any more."), field="student")
    if (limit := now.known.barred(one, at)) is not None:
        forbidden = _("A hard limit forbids this pair, and nobody can lift it.")
        raise DomainError(f"{forbidden} {LIMIT_LABELS[limit]}", field="place")
    try:
        return cost_of_lock(now.problem, Lock(one.code, at.code))
    except BadProblem:
        raise DomainError(_("All seats of this place are locked already."), field="place") from None


def _pair(placing_round: Round, student: str, place: str) -> tuple[RoundStudent, RoundPlace]:
    one = next((each for each in placing_round.students if each.code == student), None)
    at = next((each for each in placing_round.places if each.code == place), None)
    if one is None:
        raise DomainError(_("Choose a student."), field="student")
    if at is None:
        raise DomainError(_("Choose a place."), field="place")
    return one, at


def _refuse_unless_lockable(placing_round: Round) -> None:
    if placing_round.status not in LOCKABLE:
        raise services.moved_on()


def _flush() -> None:
    try:
        session.flush()
    except (IntegrityError, StaleDataError):  # two coordinators at once, for one student
        raise services.moved_on() from None


def _compute_anew(placing_round: Round, by_id: int, now: datetime) -> None:
    """What was computed before a pair was fixed or let go no longer holds."""
    if placing_round.status is RoundStatus.COMPUTED:
        computing.compute(placing_round, by_id=by_id, now=now)
