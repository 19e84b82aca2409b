"""What is printed of a matchmaking day: a sheet for each student and for each table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ipf_talent.cohorts.days import queries
from ipf_talent.cohorts.days.models import DayCompany, DayStudent, DayTalk, MatchDay
from ipf_talent.cohorts.days.telling import Hour, hours


@dataclass(frozen=True)
class Sheet:
    """A timetable on a sheet of its own: of one student, or of one table of a company."""

    row: DayStudent | DayCompany
    hours: list[Hour]
    talks: int
    table: int = 0


def sheets_of_students(day: MatchDay, talks: Sequence[DayTalk], students: Iterable[DayStudent]) -> list[Sheet]:
    """A sheet for each student who comes, by code."""
    own: dict[int, list[DayTalk]] = {}
    for talk in talks:
        own.setdefault(talk.day_student_id, []).append(talk)
    return [Sheet(row, hours(day, found := own.get(row.id, [])), len(found)) for row in students]


def sheets_of_tables(day: MatchDay, talks: Sequence[DayTalk], companies: Iterable[DayCompany]) -> list[Sheet]:
    """A sheet for each table that a company sits at."""
    own: dict[tuple[int, int], list[DayTalk]] = {}
    for talk in talks:
        own.setdefault((talk.day_company_id, talk.table), []).append(talk)
    places = [(row, table) for row in companies for table in row.seats]
    return [Sheet(row, hours(day, found := own.get((row.id, table), [])), len(found), table) for row, table in places]


def every_sheet(day: MatchDay) -> dict[str, list[Sheet]]:
    """All sheets of a day: those of its `students`, and those of its `tables`."""
    talks, students, companies = queries.talks(day.id), queries.students(day.id), queries.companies(day.id)
    return {"students": sheets_of_students(day, talks, students), "tables": sheets_of_tables(day, talks, companies)}
