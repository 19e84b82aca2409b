"""Publishing a plan: tables for the companies, talks that stay, move, come and go, and who hears of it."""

from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from ipf_talent.accounts import audit
from ipf_talent.accounts.models import User
from ipf_talent.cohorts.days import letters, life
from ipf_talent.cohorts.days.arranging import Asked, asked, digest, flush, is_fresh
from ipf_talent.cohorts.days.life import DayDeed
from ipf_talent.cohorts.days.models import DayCompany, DayTalk, MatchDay
from ipf_talent.cohorts.days.services import refuse_example
from ipf_talent.cohorts.timetable.question import Talk
from ipf_talent.cohorts.timetable.seating import Room, TooFewTables, rooms_of, seats
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _


class Told(NamedTuple):
    """What publishing changed: talks that are new, moved and gone, and how many students heard of it."""

    new: int
    moved: int
    gone: int
    students: int


def publish(day: MatchDay, *, by: User, now: datetime, quiet: bool = False) -> Told:
    """
    Make the proposal the timetable, and tell those for whom something changes.

    Args:
        quiet: write to nobody, as for an example.

    Raises:
        DomainError: there is no proposal, it is out of date, somebody misses the minimum, or the rooms are too small.
    """
    refuse_example(day, by)
    line = life.step(day.status, DayDeed.PUBLISH)
    if line is None:
        raise DomainError(_("Close the sign-up first: then nothing changes any more while you publish."))
    if day.has_begun(now):
        raise DomainError(_("This day has begun: the timetable stays as it is."))
    found = asked(day)
    if not is_fresh(day, found.question):
        raise DomainError(_("Something has changed since this plan was made. Plan again."))
    if day.proposal["short"]:
        raise DomainError(_("Somebody would have fewer talks than you guarantee. Lower the minimum, or mend what is in the way."))
    _seat(day, found.companies)
    wanted = [Talk(*one) for one in day.proposal["talks"]]
    told = _write(day, found, wanted, first=day.published_at is None, quiet=quiet)
    day.status, day.published_at = line.after, now
    day.proposal = {**day.proposal, "asked": digest(replace(found.question, former=frozenset(wanted)))}
    flush()
    audit.record(by.id, "publish_day", "match_day", day.id, new=told.new, moved=told.moved, gone=told.gone)
    return told


def _seat(day: MatchDay, companies: dict[str, DayCompany]) -> None:
    rooms = [Room(room.name, room.tables) for room in day.rooms]
    need, held = {slug: row.tables for slug, row in companies.items()}, {slug: row.seats for slug, row in companies.items()}
    try:
        given = seats(rooms, need, held)
    except TooFewTables as error:
        raise DomainError(_("The rooms hold fewer tables than the companies asked for.")) from error
    for slug, row in companies.items():
        row.seats = given[slug]


def _write(day: MatchDay, found: Asked, wanted: list[Talk], *, first: bool, quiet: bool) -> Told:
    there = {(talk.student.code, talk.company.company.slug): talk for talk in found.talks}
    before = {pair: (talk.round, talk.table) for pair, talk in there.items()}
    touched, moved, new = set[tuple[str, str]](), 0, 0
    for talk, table in _at_tables(wanted, found.companies, there):
        pair = (talk.student, talk.company)
        row = there.pop(pair, None)
        if row is None:
            student_id, company_id = found.students[talk.student].id, found.companies[talk.company].id
            row = DayTalk(day_student_id=student_id, day_company_id=company_id, round=talk.round, table=table)
            session.add(row)
            new += 1
            touched.add(pair)
        elif before[pair] != (talk.round, table):
            row.round, row.table = talk.round, table
            moved += 1
            touched.add(pair)
    for pair, row in there.items():
        session.delete(row)
        touched.add(pair)
    session.flush()
    codes, slugs = {code for code, _slug in touched}, {slug for _code, slug in touched}
    students = [row for code, row in found.students.items() if code in codes]
    if not quiet:
        what = "timetable" if first else "changed"
        letters.to_students(day, students, what)
        for slug, company in found.companies.items():
            if first or slug in slugs:
                letters.to_company(day, company, what)
    return Told(new, moved, len(there), len(students))


def _at_tables(
    wanted: list[Talk], companies: dict[str, DayCompany], there: dict[tuple[str, str], DayTalk]
) -> list[tuple[Talk, int]]:
    """Every talk with a table of its company; a talk that stays in its round stays at its table where that is still one."""
    found: list[tuple[Talk, int]] = []
    groups: dict[tuple[str, int], list[Talk]] = {}
    for talk in sorted(wanted):
        groups.setdefault((talk.company, talk.round), []).append(talk)
    for (slug, number), talks in sorted(groups.items()):
        free = list(companies[slug].seats)
        rest = []
        for talk in talks:
            row = there.get((talk.student, slug))
            if row is not None and row.round == number and row.table in free:
                free.remove(row.table)
                found.append((talk, row.table))
            else:
                rest.append(talk)
        found += zip(rest, free, strict=False)
    return found


def room_names(day: MatchDay) -> dict[int, str]:
    """The room of each table of a day."""
    return rooms_of(Room(room.name, room.tables) for room in day.rooms)
