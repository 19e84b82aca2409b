"""Signing up for a matchmaking day, marking companies, and leaving it again: students and companies."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from ipf_talent import clock
from ipf_talent.accounts import audit
from ipf_talent.accounts.models import User
from ipf_talent.applications.services import new_code
from ipf_talent.cohorts.days import letters, queries
from ipf_talent.cohorts.days.kinds import DayStatus, Mark
from ipf_talent.cohorts.days.models import DayCompany, DayLock, DayPlace, DayStudent, DayTalk, DayWish, MatchDay
from ipf_talent.cohorts.days.services import refuse_example
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.organisations.models import Organisation
from ipf_talent.profiles import queries as profiles
from ipf_talent.programmes.levels import Level
from ipf_talent.vacancies import wording
from ipf_talent.vacancies.company_editing import Stale


def sign_up_student(
    day: MatchDay, student: User, *, named: bool, fill_up: bool, minor: bool, away: Collection[int] = (), now: datetime
) -> DayStudent:
    """
    Come to a day, or change what was said at sign-up; level and fields are taken from the profile as it is now.

    Args:
        named: consent to the name on the list of the tables where one talks.
        fill_up: companies that were not marked may fill up to the minimum.
        away: rounds in which the student is not there.

    Raises:
        DomainError: the sign-up is over, the profile does not say what they study, or they are never there.
    """
    refuse_example(day, student)
    _refuse_late(day, now)
    level, fields = _facts(student)
    gone = _rounds(day, away)
    row = queries.student_at(day.id, student.id)
    if row is None:
        row = DayStudent(day_id=day.id, student_id=student.id, code=_free_code(day.id), level=level, signed_up_at=now, wishes=[])
        try:
            with session.begin_nested():
                session.add(row)
        except IntegrityError:  # the same click twice
            there = queries.student_at(day.id, student.id)
            assert there is not None
            row = there
    again = row.withdrawn_at is not None
    row.level, row.fields, row.named, row.fill_up, row.minor = level, fields, named, fill_up, minor
    row.away, row.withdrawn_at = gone, None
    session.flush()
    audit.record(student.id, "join_day" if not again else "join_day_again", "day_student", row.id, named=named, fill_up=fill_up)
    return row


def _facts(student: User) -> tuple[Level, list[str]]:
    profile = profiles.of(student.id)
    if profile is None or (profile.programme is None and (profile.point is None or profile.point.level is Level.NONE)):
        raise DomainError(_("Say in your profile what you study first: companies look for levels and fields of study."))
    if profile.programme is not None:
        return profile.programme.level, sorted(one.field for one in profile.programme.fields)
    assert profile.point is not None
    return profile.point.level, []


def _free_code(day_id: int) -> str:
    taken = queries.codes(day_id)
    return next(code for code in iter(new_code, "") if code not in taken)


def _rounds(day: MatchDay, away: Collection[int]) -> list[int]:
    gone = sorted({number for number in away if 1 <= number <= day.rounds})
    if len(gone) == day.rounds:
        raise DomainError(_("Be there in one round at least."), field="away")
    return gone


def _refuse_late(day: MatchDay, now: datetime) -> None:
    if not day.takes_sign_ups(now.astimezone(clock.AMSTERDAM).date()):
        raise DomainError(_("The sign-up for this day is closed."))


def _refuse_begun(day: MatchDay, now: datetime) -> None:
    if day.status is DayStatus.HELD or now >= day.slots[0].begins:
        raise DomainError(_("This day has begun: the lists stay as they are."))


def mark(row: DayStudent, day: MatchDay, marks: Mapping[int, Mark], *, by: User, now: datetime) -> None:
    """
    Keep which companies a student marks; what is not named is no.

    Args:
        marks: by the number of the company's row at this day; other numbers are left out.

    Raises:
        DomainError: the sign-up is over.
    """
    _refuse_late(day, now)
    there = {one.id for one in queries.companies(day.id)}
    known = {wish.day_company_id: wish for wish in row.wishes}
    for number in there:
        said = marks.get(number)
        if said is None and number in known:
            row.wishes.remove(known[number])
        elif said is not None and number in known:
            known[number].mark = said
        elif said is not None:
            row.wishes.append(DayWish(day_company_id=number, mark=said))
    session.flush()
    audit.record(by.id, "mark_companies", "day_student", row.id, number=len(row.wishes))


def leave_student(row: DayStudent, day: MatchDay, *, by: User, now: datetime) -> None:
    """
    Not come after all; the companies of talks that were published hear it.

    Raises:
        DomainError: the day has begun.
    """
    if row.withdrawn_at is not None:
        return
    _refuse_begun(day, now)
    own = queries.talks_of_student(row.id)
    row.withdrawn_at, row.wishes = now, []
    session.execute(delete(DayLock).where(DayLock.day_student_id == row.id))
    session.execute(delete(DayTalk).where(DayTalk.day_student_id == row.id))
    session.flush()
    audit.record(by.id, "leave_day", "day_student", row.id, talks=len(own))
    for talk in own:
        letters.to_company(day, talk.company, "student_withdrawn")


def sign_up_company(
    day: MatchDay,
    company: Organisation,
    values: Mapping[str, Any],
    *,
    places: Collection[int],
    version: int,
    by: User,
    now: datetime,
) -> DayCompany:
    """
    Bring a company to a day, or change what it said.

    Args:
        values: `tables`, `talks`, `levels`, `fields`, `note`, `away`.
        places: numbers of open places that it brings; others are left out.
        version: the one that the form was opened with; 0 for a first sign-up.

    Raises:
        Stale: a colleague saved since.
        DomainError: the sign-up is over, the tables are given away, or the note says what rule R5 forbids.
    """
    refuse_example(day, by)
    _refuse_late(day, now)
    if by.is_demo and not company.is_example:
        raise DomainError(_("This is an example account. Make an account of your own to change this."))
    if company.verified_at is None:
        raise DomainError(_("We still check this company. As soon as that is done it can sign up."))
    _refuse_words(str(values["note"]))
    row = queries.company_at(day.id, company.id)
    _refuse_full(day, company.id, int(values["tables"]))
    if row is None:
        row = DayCompany(day_id=day.id, company_id=company.id, signed_up_at=now, places=[])
        row.company = company
        session.add(row)
    elif row.version != version:
        raise Stale
    kept = dict(values) | {"away": _rounds(day, values["away"])}
    for name, value in kept.items():
        setattr(row, name, value)
    row.withdrawn_at = None
    own = {one.id for one in queries.places_of(company.id, now.astimezone(clock.AMSTERDAM).date())}
    row.places = [one for one in row.places if one.vacancy_id in places]
    row.places += [DayPlace(vacancy_id=n) for n in sorted(own & set(places) - {one.vacancy_id for one in row.places})]
    try:
        session.flush()
    except (IntegrityError, StaleDataError) as error:
        raise Stale from error
    audit.record(by.id, "company_at_day", "day_company", row.id, tables=row.tables, places=len(row.places))
    return row


def _refuse_full(day: MatchDay, company_id: int, tables: int) -> None:
    others = sum(one.tables for one in queries.companies(day.id) if one.company_id != company_id)
    left = sum(room.tables for room in day.rooms) - others
    if tables > left:
        raise DomainError(_("Only %(number)s tables are left at this day.", number=max(0, left)), field="tables")


def _refuse_words(note: str) -> None:
    for found in wording.findings(note):
        if found.weight is wording.Weight.STOPS:
            raise DomainError(f"“{found.words}”: {found.why} ({found.rule})", field="note")


def leave_company(row: DayCompany, day: MatchDay, *, by: User, now: datetime) -> int:
    """
    Not come after all; talks that were published fall out, and their students and the organiser hear it.

    Returns:
        How many talks fell out.

    Raises:
        DomainError: the day has begun.
    """
    refuse_example(day, by)
    if row.withdrawn_at is not None:
        return 0
    _refuse_begun(day, now)
    own = queries.talks_of_company(row.id)
    row.withdrawn_at, row.seats = now, []
    session.execute(delete(DayLock).where(DayLock.day_company_id == row.id))
    session.execute(delete(DayTalk).where(DayTalk.day_company_id == row.id))
    session.flush()
    audit.record(by.id, "company_leaves_day", "day_company", row.id, talks=len(own))
    if day.status is not DayStatus.DRAFT:
        letters.to_students(day, [talk.student for talk in own], "withdrawn")
        letters.to_organisers(day, "withdrawn", row.company.name)
    return len(own)
