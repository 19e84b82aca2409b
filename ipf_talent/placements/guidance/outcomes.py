"""Where students are six and twelve months after a placement: asked once by letter, answered by its link or on the site."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from ipf_talent.accounts import audit
from ipf_talent.accounts.models import User
from ipf_talent.db import session
from ipf_talent.placements.guidance import guest_links, letters
from ipf_talent.placements.guidance.kinds import MONTHS, LinkPurpose, OutcomeKind, OutcomeTerm
from ipf_talent.placements.guidance.models import Outcome
from ipf_talent.placements.kinds import PlacementStatus
from ipf_talent.placements.models import Placement

LONGEST_WAIT = 3
"""Months after its day that a question is still put; one that comes later would say something else."""


def due_terms(ended_on: date, today: date) -> list[OutcomeTerm]:
    """The questions whose day has come, and has not long passed."""
    terms = MONTHS.items()
    return [
        term for term, number in terms if months_after(ended_on, number) <= today < months_after(ended_on, number + LONGEST_WAIT)
    ]


def months_after(day: date, number: int) -> date:
    """The same day so many months later, or the last one of that month."""
    year, month = divmod(day.month - 1 + number, 12)
    first_of_next = date(day.year + year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (first_of_next.toordinal()) - 1
    return min(date.fromordinal(last), date(day.year + year, month + 1, min(day.day, date.fromordinal(last).day)))


class Question(NamedTuple):
    """What is asked some months after a placement: when, and what was said; no row as long as it was not asked."""

    term: OutcomeTerm
    months: int
    day: date
    row: Outcome | None


def questions(placement: Placement, rows: Sequence[Outcome]) -> list[Question]:
    """All that is asked after a placement that was completed, the first term first."""
    there = {row.term: row for row in rows}
    return [Question(term, number, months_after(placement.last_day, number), there.get(term)) for term, number in MONTHS.items()]


def ask(placement: Placement, term: OutcomeTerm, *, now: datetime) -> bool:
    """Put the question once, to the student and to the company; tells whether it was put."""
    student = placement.student
    if placement.status is not PlacementStatus.COMPLETED or student is None or student.closed_at is not None:
        return False
    if session.scalar(select(Outcome.id).where(Outcome.placement_id == placement.id, Outcome.term == term)) is not None:
        return False
    try:
        with session.begin_nested():
            session.add(Outcome(placement_id=placement.id, term=term, asked_at=now))
    except IntegrityError:  # another round was just before
        return False
    named: dict[str, Any] = {"name": student.display_name, "email": student.email}
    secret = guest_links.issue(placement, LinkPurpose.OUTCOME, term.value, **named, by=None, now=now)
    to = letters.To(student.email, student.language, student.display_name)
    letters.tell_guest(placement, "outcome", to, guest_links.address(secret), months=MONTHS[term])
    letters.tell_company(placement, "employed", months=MONTHS[term])
    audit.record(None, "ask_outcome", "placement", placement.id, term=term.value)
    return True


def answer(outcome: Outcome, kind: OutcomeKind, *, by: User | None, now: datetime) -> None:
    """Keep the answer; a later one takes its place."""
    outcome.answer, outcome.answered_at = kind, now
    session.flush()
    audit.record(by.id if by else None, "answer_outcome", "placement", outcome.placement_id, term=outcome.term.value)


def say_employed(outcome: Outcome, employed: bool, *, by: User, now: datetime) -> None:
    """Keep whether the company employs this person; what the student said stands beside it, and the company does not see it."""
    outcome.employed, outcome.employed_at = employed, now
    session.flush()
    audit.record(by.id, "say_employed", "placement", outcome.placement_id, term=outcome.term.value)
