"""Nudges of a coordinator, once a day to each side and logged; and the lists of who has no place 8 and 4 weeks before a period."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from ipf_talent import clock, db
from ipf_talent.accounts import audit
from ipf_talent.accounts.models import User
from ipf_talent.accounts.roles import Role
from ipf_talent.accounts.services import refuse_example
from ipf_talent.applications import queries as applications
from ipf_talent.applications.models import Application
from ipf_talent.cohorts.board import queries
from ipf_talent.cohorts.board.lines import Row
from ipf_talent.cohorts.board.models import Nudge, NudgeTo, PeriodNotice
from ipf_talent.cohorts.board.standing import ACT_LABELS, MARKS, Actor, mark
from ipf_talent.db import session
from ipf_talent.enrolments import queries as enrolments
from ipf_talent.enrolments import services as enrolling
from ipf_talent.enrolments.kinds import EnrolmentStatus
from ipf_talent.enrolments.models import InternshipPeriod
from ipf_talent.notifications import letters
from ipf_talent.organisations.models import Organisation
from ipf_talent.placements import letters as placement_letters
from ipf_talent.placements import queries as placements
from ipf_talent.placements.kinds import Who
from ipf_talent.vacancies.models import Vacancy


@dataclass
class Nudged:
    """What came of nudging: how many were, were today already, or have nobody to be written to."""

    sent: int = 0
    before: int = 0
    nobody: int = 0


def nudge(rows: Sequence[Row], receiver: NudgeTo, school: Organisation, *, by: User, now: datetime) -> Nudged:
    """
    Nudge about these students of one school: students or companies whose turn it is, or a reminder to oneself.

    Who was nudged today is not nudged again, however many coordinators press at the same time.
    """
    refuse_example(by, of=school)
    today, done = now.astimezone(clock.AMSTERDAM).date(), Nudged()
    before = queries.nudged_on([row.enrolment_id for row in rows], receiver, today)
    new: list[Row] = []
    for row in rows:
        if row.enrolment_id in before:
            done.before += 1
        elif receiver is not NudgeTo.SELF and not _can_act(row, receiver):
            done.nobody += 1
        elif not _mark(row, receiver, by, today, now):
            done.before += 1
        else:
            new.append(row)
    for row in new:
        sent = True if receiver is NudgeTo.SELF else _write(row, receiver, by, now)
        done.sent, done.nobody = done.sent + sent, done.nobody + (not sent)
    if receiver is NudgeTo.SELF and new:
        _remind_oneself(new, by)
    return done


def _can_act(row: Row, receiver: NudgeTo) -> bool:
    if receiver is NudgeTo.STUDENT:
        return row.step.actor in (Actor.STUDENT, Actor.PARTIES)
    return row.step.actor is Actor.COMPANY or (row.step.actor is Actor.PARTIES and row.placement_id is not None)


def _mark(row: Row, receiver: NudgeTo, by: User, today: date, now: datetime) -> bool:
    """Write the nudge down; False where somebody else just did."""
    try:
        with session.begin_nested():
            session.add(Nudge(enrolment_id=row.enrolment_id, receiver=receiver, on_day=today, by_id=by.id, at=now))
    except IntegrityError:
        return False
    audit.record(by.id, f"nudge_{receiver.value}", "enrolment", row.enrolment_id)
    return True


def _write(row: Row, receiver: NudgeTo, by: User, now: datetime) -> bool:
    return _to_student(row, by, now) if receiver is NudgeTo.STUDENT else _to_company(row)


def _to_student(row: Row, by: User, now: datetime) -> bool:
    """A word to the student; who did not come yet gets a new invitation instead."""
    enrolment = enrolments.by_key(row.key)
    if enrolment.status is EnrolmentStatus.INVITED:
        enrolling.invite(enrolment, by=by, now=now)
        return True
    student = enrolment.student
    if student is None:
        return False
    pages = {"my_placement.index": row.placement_id, "my_rounds.index": row.proposed, "applications.index": row.response_id}
    page = next((name for name, there in pages.items() if there), "matching.places")
    values = {"name": student.display_name, "school": enrolment.school.name, "starts_on": row.starts_on}
    values |= {"act": ACT_LABELS[row.step.act] if row.step.actor in (Actor.STUDENT, Actor.PARTIES) else ""}
    letters.write("nudge_student", to=student.email, language=student.language, link=(page, {}), values=values)
    return True


def _to_company(row: Row) -> bool:
    """A word to the company; neither student nor school is named, since the student decides what it sees."""
    if row.placement_id is not None:
        return placement_letters.tell(placements.by_id(row.placement_id), Who.COMPANY, "nudge") > 0
    loads = joinedload(Application.vacancy).joinedload(Vacancy.company)
    response = session.scalar(select(Application).where(Application.id == row.response_id).options(loads))
    if response is None or response.sent_at is None:
        return False
    people = applications.managers_of(response.vacancy.company_id, Role.COMPANY_MANAGER)
    for one in people:
        values = {"name": one.display_name, "title": response.vacancy.title_nl, "code": response.code, "due": response.due_on}
        link: letters.Link = ("received.show", {"slug": response.key})
        letters.write("nudge_company", to=one.email, language=one.language, link=link, values=values)
    return bool(people)


def _remind_oneself(rows: Iterable[Row], by: User) -> None:
    """One mail to the coordinator, however many students it is about; it names them by their number at school alone."""
    told = [(row.number, row.class_name) for row in rows]
    values = {"name": by.display_name, "students": told}
    letters.write("nudge_self", to=by.email, language=by.language, link=("board.index", {}), values=values)


def announce(now: datetime) -> int:
    """
    Tell coordinators who has no place 8 and 4 weeks before a period, once at each mark; gives how many periods were told of.

    A round that comes late tells of the last mark that has passed and no earlier one.
    """
    today = now.astimezone(clock.AMSTERDAM).date()
    with db.transaction():
        numbers = list(queries.to_announce(today, today + timedelta(weeks=max(MARKS))))
    told = 0
    for number in numbers:
        with db.transaction():
            told += _announce_one(number, today, now)
    return told


def _announce_one(number: int, today: date, now: datetime) -> bool:
    period = session.get_one(InternshipPeriod, number)
    weeks = mark(period.starts_on, today)
    if weeks is None or weeks in queries.announced(period.id):
        return False
    unplaced = sum(row.unplaced for row in queries.rows([period], today))
    try:
        with session.begin_nested():
            session.add(PeriodNotice(period_id=period.id, weeks=weeks, at=now, unplaced=unplaced))
    except IntegrityError:  # it was told
        return False
    if not unplaced:
        return False
    for one in enrolments.coordinators_of(period.school_id):
        values = {"name": one.display_name, "period": period.name, "weeks": weeks, "unplaced": unplaced}
        link: letters.Link = ("board.index", {"period": period.slug, "weeks": str(weeks)})
        letters.write("unplaced", to=one.email, language=one.language, link=link, values=values)
    audit.record(None, "tell_unplaced", "internship_period", period.id, weeks=weeks, unplaced=unplaced)
    return True
