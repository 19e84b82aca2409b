"""The rows of the files that leave the site: which columns, from which facts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.db import session
from ipf_talent.i18n import _, pick
from ipf_talent.placements.guidance import queries, record_queries, week_hours
from ipf_talent.placements.kinds import STATUS_LABELS, PlacementStatus
from ipf_talent.programmes.queries import AnyRow
from ipf_talent.tables import Cell
from ipf_talent.vacancies.kinds import VacancyKind


@dataclass(frozen=True)
class Table:
    """A table to send: keys for programs, a header in the reader's language, and rows of cells, states as `PlacementStatus`."""

    keys: Sequence[str]
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]

    @property
    def lines(self) -> list[Sequence[Cell]]:
        """The header and the rows, with the words for a state: people read these."""
        return [self.header, *([_said(cell) for cell in row] for row in self.rows)]

    @property
    def objects(self) -> list[dict[str, Any]]:
        """The rows with their keys; days in ISO form, and a state by its code: programs read these."""
        return [dict(zip(self.keys, map(_plain, row), strict=True)) for row in self.rows]


def _plain(cell: Cell) -> Any:
    if isinstance(cell, PlacementStatus):
        return cell.value
    return cell.isoformat() if isinstance(cell, date) else cell


def _said(cell: Cell) -> Cell:
    return str(STATUS_LABELS[cell]) if isinstance(cell, PlacementStatus) else cell


RECORD_KEYS = (
    "sequence_number", "student_number", "placement", "closing_date", "start", "planned_end", "actual_end", "size_hours",
    "leerbedrijf_id", "programme_code", "optional_module", "status",
)  # fmt: skip


def of_school(user: User) -> Table:
    """
    The record for the school's own system (AC-E6): a row for each placement.

    An agreement that ended for a new one keeps a row of its own. The sequence number counts the rows of one student at this
    school, in order of their first day.
    """
    header = [
        _("Sequence number"), _("Student number of the school"), _("Placement"), _("Closing date"), _("Start"), _("Planned end"),
        _("Actual end"), _("Size in hours"), _("Leerbedrijf-ID"), _("Programme code"), _("Optional module"), _("State"),
    ]  # fmt: skip
    found = [(row, row.starts_on, _cells_of_placed(row)) for row in session.execute(record_queries.of_record(user))]
    found = [(row, _began(row), _cells_of_ended(row)) for row in record_queries.ended_of_record(user)] + found
    found.sort(key=lambda one: (one[0].student_number is None, one[0].student_number or "", one[1], one[0].id))
    seen: Counter[tuple[int, int]] = Counter()
    rows: list[list[Cell]] = []
    for row, _first_day, cells in found:
        whose = (row.school_id, row.enrolment_id or -(row.student_id or row.id))
        seen[whose] += 1
        rows.append([seen[whose], row.student_number, row.key, *cells])
    return Table(RECORD_KEYS, header, rows)


def _cells_of_placed(row: AnyRow) -> list[Cell]:
    """From the closing date on."""
    return [
        row.closing_on, row.starts_on, row.ends_on, row.ended_on, row.hours, row.leerbedrijf_id, row.crebo or row.programme_code,
        row.optional_module, row.status,
    ]  # fmt: skip


def _began(row: AnyRow) -> date:
    return date.fromisoformat(row.content["period"]["starts_on"])


def _cells_of_ended(row: AnyRow) -> list[Cell]:
    """The same of an agreement that ended, as its last sheet in force has it."""
    period, programme = row.content["period"], row.content["programme"]
    ended_on = row.ended_at.astimezone(clock.AMSTERDAM).date()
    state = PlacementStatus.ENDED_EARLY if ended_on >= _began(row) else PlacementStatus.CANCELLED
    return [
        row.closing_on, _began(row), date.fromisoformat(period["ends_on"]), ended_on, period["hours"],
        row.content["company"]["leerbedrijf_id"], programme["crebo"] or row.programme_code, programme["optional_module"], state,
    ]  # fmt: skip


WEEK_KEYS = (
    "student", "programme", "crebo", "company", "leerbedrijf_id", "trainer", "year", "week", "monday", "approved_hours",
    "guidance_hours", "contact_moments",
)  # fmt: skip


def of_company(user: User) -> Table:
    """Approved hours and guidance per student and week, of apprentices (bbl) whom one guides (AC-C6)."""
    header = [
        _("Student"), _("Programme"), "Crebo", _("Company"), _("Leerbedrijf-ID"), _("Workplace trainer"), _("Year"), _("Week"),
        _("Week from"), _("Approved hours"), _("Hours of guidance"), _("Contact moments"),
    ]  # fmt: skip
    days = [row for row in record_queries.weekly_of_company(user) if row.place_kind is VacancyKind.BBL_APPRENTICESHIP]
    guided, talks = _guidance({row.placement_id for row in days})
    minutes: Counter[tuple[int, date]] = Counter()
    facts: dict[tuple[int, date], Any] = {}
    for row in days:
        whose = (row.placement_id, week_hours.monday(row.day))
        minutes[whose] += row.minutes
        facts.setdefault(whose, row)
    rows: list[list[Cell]] = []
    for (number, monday), row in facts.items():
        year, week, _day = monday.isocalendar()
        rows.append([
            row.student, pick(row, "programme"), row.crebo, row.company, row.leerbedrijf_id, row.trainer_name, year, week, monday,
            round(minutes[number, monday] / 60, 2), _hours(guided.get((number, monday))), talks[number, monday],
        ])  # fmt: skip
    return Table(WEEK_KEYS, header, rows)


def _hours(minutes: int | None) -> float | None:
    return None if minutes is None else round(minutes / 60, 2)


def _guidance(placement_ids: set[int]) -> tuple[dict[tuple[int, date], int], Counter[tuple[int, date]]]:
    """What was noted of guidance, and how many talks took place, by placement and Monday."""
    talks: Counter[tuple[int, date]] = Counter()
    for number, moments in queries.moments_of_many(placement_ids).items():
        talks.update((number, week_hours.monday(one.held_on)) for one in moments if one.held_on is not None)
    return dict(queries.weeks_noted(placement_ids)), talks
