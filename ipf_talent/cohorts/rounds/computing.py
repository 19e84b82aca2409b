"""Placing everybody of a round: as a trial, or kept with its certificate; and what the fixed pairs cost."""

from dataclasses import dataclass
from datetime import datetime

from ipf_talent import clock
from ipf_talent.accounts import audit
from ipf_talent.cohorts import certificate, checker
from ipf_talent.cohorts.assignment import BadProblem, Cost, Lock, Placing, Problem, assign, cost_of_lock
from ipf_talent.cohorts.rounds import facts, queries, services
from ipf_talent.cohorts.rounds.facts import Known
from ipf_talent.cohorts.rounds.kinds import RoundDeed, RoundStatus
from ipf_talent.cohorts.rounds.models import Round, RoundLock, RoundStudent
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _


@dataclass(frozen=True)
class Trial:
    """A round as it would come out now; nothing is kept."""

    problem: Problem
    placing: Placing
    known: Known
    looking: frozenset[int]
    """Numbers of the enrolments that still look for a place."""


def trial(placing_round: Round) -> Trial:
    """
    Place everybody without keeping it.

    Raises:
        DomainError: a locked pair cannot be any more.
    """
    known = facts.gather(placing_round)
    looking = frozenset(one.id for one in services.looking(placing_round))
    try:
        problem = facts.problem_of(placing_round, known, lambda one: one.enrolment_id in looking)
    except BadProblem:
        raise DomainError(_("A locked pair cannot be any more: its place has no seat left, or a hard limit forbids it.")) from None
    return Trial(problem, assign(problem), known, looking)


def compute(placing_round: Round, *, by_id: int, now: datetime, early: bool = False) -> Placing:
    """
    Place everybody, check it, and keep what came out with its certificate; students see it once it is published.

    Args:
        early: end the wishes before the promised day, though somebody has said nothing yet.

    Raises:
        DomainError: this cannot be done now, or a locked pair cannot be any more.
        RuntimeError: the independent check found a fault, which would be ours.
    """
    if placing_round.status is RoundStatus.WISHES and not early and would_be_early(placing_round, now):
        raise DomainError(
            _("Students were promised time until the last day, and not all have answered. Confirm that you end it early."),
            field="early",
        )
    services.step(placing_round, RoundDeed.COMPUTE)
    done = trial(placing_round)
    written = certificate.written(done.problem, done.placing)
    verdict = checker.check_text(written)
    if not verdict.sound:
        raise RuntimeError(f"the check of round {placing_round.id} found {verdict.faults}")
    places = {place.code: place for place in placing_round.places}
    for one in placing_round.students:
        code = done.placing.pairs.get(one.code)
        one.got = places[code] if code else None
    placing_round.result = {
        "missed": {
            student: [[miss.place, miss.why.value, miss.limit] for miss in missed]
            for student, missed in done.placing.missed.items()
            if missed
        },
        "free": dict(done.placing.free),
        "locks": [
            {"student": one.code, "hurt": [change.student for change in cost.hurt], "others": len(cost.changes) - len(cost.hurt)}
            for one, _lock, cost in costs(placing_round, done)
        ],
    }
    placing_round.certificate, placing_round.computed_at = written.decode(), now
    session.flush()
    audit.record(by_id, "compute_round", "placing_round", placing_round.id, input_sha256=verdict.input_sha256)
    return done.placing


def would_be_early(placing_round: Round, now: datetime) -> bool:
    """Whether computing now takes time away from a student who has said nothing yet."""
    promised = now.astimezone(clock.AMSTERDAM).date() <= placing_round.wishes_until
    return promised and any(one.wished_at is None for one in placing_round.students)


def reopen(placing_round: Round, *, by_id: int, now: datetime) -> None:
    """
    Let students change their wishes again; what was computed is thrown away.

    Raises:
        DomainError: it was published, or the last day for wishes has passed.
    """
    services.step(placing_round, RoundDeed.REOPEN)
    if placing_round.wishes_until < now.astimezone(clock.AMSTERDAM).date():
        raise DomainError(_("The last day for wishes has passed. Choose a later day first."))
    for one in placing_round.students:
        one.got = None
    placing_round.result, placing_round.certificate, placing_round.computed_at = {}, "", None
    session.flush()
    audit.record(by_id, "reopen_round", "placing_round", placing_round.id)


def costs(placing_round: Round, now: Trial) -> list[tuple[RoundStudent, RoundLock, Cost]]:
    """Every fixed pair with what it costs the others, by what the round is now."""
    codes = {place.id: place.code for place in placing_round.places}
    fixed = queries.locks_of(placing_round)
    return [
        (one, lock, cost_of_lock(now.problem, Lock(one.code, codes[lock.round_place_id])))
        for one, lock in fixed
        if one.enrolment_id in now.looking
    ]
