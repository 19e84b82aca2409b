"""The life of a round: opening it, who takes part, reminding, publishing and closing."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.attributes import set_committed_value

from ipf_talent import clock
from ipf_talent.accounts import audit
from ipf_talent.cohorts.criteria import USUAL
from ipf_talent.cohorts.rounds import letters, queries
from ipf_talent.cohorts.rounds.kinds import RoundDeed, RoundStatus, after
from ipf_talent.cohorts.rounds.models import Round, RoundStudent
from ipf_talent.cohorts.rounds.preparing import code
from ipf_talent.db import session
from ipf_talent.enrolments import queries as enrolments
from ipf_talent.enrolments.kinds import EnrolmentStatus
from ipf_talent.enrolments.models import Enrolment
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _, ngettext
from ipf_talent.profiles.models import Profile

BETWEEN_REMINDERS = timedelta(hours=20)
"""A student is reminded once a day at most."""


def open_wishes(placing_round: Round, *, by_id: int, now: datetime) -> int:
    """
    Let students state their wishes: places and what they go by are fixed from here on. Gives how many students hear it.

    Raises:
        DomainError: there is no place, no student, or the day has passed.
    """
    begin(placing_round, now=now)
    audit.record(by_id, "open_round", "placing_round", placing_round.id, students=len(placing_round.students))
    return letters.tell_students(placing_round, placing_round.students, "open")


def begin(placing_round: Round, *, now: datetime) -> None:
    """
    Open a round without telling anybody.

    Raises:
        DomainError: there is no place, no student, or the day has passed.
    """
    step(placing_round, RoundDeed.OPEN)
    if not placing_round.places:
        raise DomainError(_("Choose places first."))
    if placing_round.wishes_until < now.astimezone(clock.AMSTERDAM).date():
        raise DomainError(_("The last day for wishes has passed. Choose a later day first."))
    said = queries.priorities_of([place.vacancy_id for place in placing_round.places])
    for place in placing_round.places:
        own = said.get(place.vacancy_id)
        place.criteria = list(own.criteria) if own else [one.value for one in USUAL]
    placing_round.opened_at = now
    take_in(placing_round)
    if not placing_round.students:
        raise DomainError(
            _(
                "No student can take part now: confirmed, with an account and without a place. "
                "Whoever is in another round stays there until it proposes nothing to them, or until they have answered."
            )
        )
    session.flush()


def take_in(placing_round: Round) -> list[RoundStudent]:
    """
    Take in the students who look for a place and are in no other round; gives who is new.

    Raises:
        DomainError: somebody else took them in just now.
    """
    there = {one.enrolment_id for one in placing_round.students}
    there |= queries.wishing_in(placing_round.period_id, but=placing_round.id)
    new = [one for one in looking(placing_round) if one.id not in there]
    homes = _homes([one.student_id for one in new])
    added = [
        RoundStudent(
            key=token_hex(6), code=code("S"), enrolment_id=one.id, student_id=one.student_id,
            home_id=homes.get(one.student_id or 0), enrolment=one, wishes=[],
        )
        for one in new
    ]  # fmt: skip
    placing_round.students.extend(added)
    try:
        session.flush()
    except IntegrityError:
        raise moved_on() from None
    return added


def take_in_late(placing_round: Round, *, by_id: int) -> int:
    """
    Take in students who were confirmed after the round was opened, and tell them; gives how many.

    Raises:
        DomainError: the wishes are closed.
    """
    if placing_round.status is not RoundStatus.WISHES:
        raise DomainError(_("The wishes of this round are closed."))
    new = take_in(placing_round)
    audit.record(by_id, "take_in_students", "placing_round", placing_round.id, number=len(new))
    letters.tell_students(placing_round, new, "open")
    return len(new)


def looking(placing_round: Round) -> list[Enrolment]:
    """The confirmed students of the period who have an account, no place yet, and no other round's proposal to answer."""
    answering = queries.answering_in(placing_round.period_id, but=placing_round.id)
    return [one for one in _unplaced(placing_round) if one.id not in answering]


def _unplaced(placing_round: Round) -> list[Enrolment]:
    placed = queries.placed_in(placing_round.period_id)
    return [
        one
        for one in enrolments.in_period(placing_round.period_id)
        if one.status is EnrolmentStatus.CONFIRMED and one.student_id is not None and one.id not in placed
    ]


@dataclass(frozen=True)
class Prospect:
    """
    Who would take part if a round that is prepared were opened now.

    Attributes:
        answering: who stays out, because another round proposes a place that they have not answered.
        wishing: who stays out, because another round is not published yet.
        seats: what the round has for them.
    """

    students: int
    answering: int
    wishing: int
    seats: int

    @property
    def short(self) -> int:
        """How many students have no seat, whatever they wish."""
        return max(0, self.students - self.seats)


def prospect(placing_round: Round) -> Prospect:
    """Count who would take part now, and the seats."""
    answering = queries.answering_in(placing_round.period_id, but=placing_round.id)
    wishing = queries.wishing_in(placing_round.period_id, but=placing_round.id) - answering
    there = {one.id for one in _unplaced(placing_round)}
    seats = sum(place.seats for place in placing_round.places)
    return Prospect(len(there - answering - wishing), len(there & answering), len(there & wishing), seats)


def _homes(student_ids: Collection[int | None]) -> dict[int, int | None]:
    query = select(Profile.user_id, Profile.place_id).where(Profile.user_id.in_(student_ids))
    return {row.user_id: row.place_id for row in session.execute(query)}


def remind(placing_round: Round, *, by_id: int, now: datetime) -> int:
    """
    Write to the students who have said nothing yet, once a day at most; gives to how many.

    Raises:
        DomainError: the wishes are closed.
    """
    if placing_round.status is not RoundStatus.WISHES:
        raise DomainError(_("The wishes of this round are closed."))
    silent = [one for one in placing_round.students if one.wished_at is None]
    due = [one for one in silent if one.reminded_at is None or one.reminded_at <= now - BETWEEN_REMINDERS]
    for one in due:
        one.reminded_at = now
    audit.record(by_id, "remind_round", "placing_round", placing_round.id, number=len(due))
    return letters.tell_students(placing_round, due, "remind")


def publish(placing_round: Round, *, by_id: int, now: datetime) -> int:
    """
    Propose to every student what came out, and reveal the seed; gives how many hear it.

    Raises:
        DomainError: it was not computed, the days to answer are over, or somebody got a place in another way since.
    """
    step(placing_round, RoundDeed.PUBLISH)
    if placing_round.answer_until < now.astimezone(clock.AMSTERDAM).date():
        raise DomainError(_("The last day to answer has passed. Choose a later day first."))
    looks = {one.id for one in looking(placing_round)}
    if any(one.got_id and one.enrolment_id is not None and one.enrolment_id not in looks for one in placing_round.students):
        raise DomainError(_("Somebody who would be proposed a place got one in another way since. Compute again first."))
    placing_round.published_at = now
    took_part = {student["code"] for student in json.loads(placing_round.certificate)["input"]["students"]}
    there = [one for one in placing_round.students if one.code in took_part]
    told = letters.tell_students(placing_round, [one for one in there if one.got_id], "proposed")
    told += letters.tell_students(placing_round, [one for one in there if not one.got_id], "none")
    session.flush()
    audit.record(by_id, "publish_round", "placing_round", placing_round.id, seed=placing_round.seed)
    return told


def unanswered(placing_round: Round) -> list[RoundStudent]:
    """Who has a proposal of the round that they have not answered."""
    if placing_round.status is not RoundStatus.PROPOSED:
        return []
    return [one for one in placing_round.students if one.got_id is not None and one.answer is None]


def close(placing_round: Round, *, by_id: int | None, now: datetime, sure: bool = False) -> int:
    """
    End a round; who did not answer keeps nothing and hears so, and the seats are free again. Gives how many hear it.

    Args:
        sure: whether whoever closes it has confirmed that somebody loses by it.

    Raises:
        DomainError: it is not open, or it was not confirmed.
    """
    published, lapsed = placing_round.status is RoundStatus.PROPOSED, unanswered(placing_round)
    if not sure and lapsed:
        raise DomainError(
            ngettext(
                "%(num)d student has not answered yet and loses the proposed place. Confirm that you close the round.",
                "%(num)d students have not answered yet and lose the proposed place. Confirm that you close the round.",
                len(lapsed),
            ),
            field="sure",
        )
    if not sure and not published:
        raise DomainError(_("Nobody gets a place by this round then. Confirm that you close it."), field="sure")
    step(placing_round, RoundDeed.CLOSE)
    placing_round.closed_at = now
    session.flush()
    audit.record(by_id, "close_round", "placing_round", placing_round.id, lapsed=len(lapsed))
    if published:
        return letters.tell_students(placing_round, lapsed, "lapsed")
    return letters.tell_students(placing_round, placing_round.students, "ended")


def close_over(now: datetime) -> int:
    """Close the rounds whose last day to answer has passed; gives how many."""
    today = now.astimezone(clock.AMSTERDAM).date()
    over = session.scalars(select(Round).where(Round.status == RoundStatus.PROPOSED, Round.answer_until < today)).all()
    for placing_round in over:
        close(placing_round, by_id=None, now=now, sure=True)
    return len(over)


def step(placing_round: Round, deed: RoundDeed) -> None:
    """
    Take a step of the table, once however many people press at the same time: the second one is told that it has moved on.

    Raises:
        DomainError: the table has no such step from here.
    """
    to = after(placing_round.status, deed)
    if to is None:
        raise moved_on()
    session.flush()
    as_read = (Round.id == placing_round.id, Round.status == placing_round.status, Round.version == placing_round.version)
    mine = update(Round).where(*as_read).values(status=to, version=Round.version + 1).returning(Round.version)
    version = session.execute(mine.execution_options(synchronize_session=False)).scalar()
    if version is None:
        raise moved_on()
    set_committed_value(placing_round, "status", to)
    set_committed_value(placing_round, "version", version)


def moved_on() -> DomainError:
    """The refusal for whoever looked at the round before somebody else moved it on."""
    return DomainError(_("This is not possible now: the round has moved on. Look at the page again."))
