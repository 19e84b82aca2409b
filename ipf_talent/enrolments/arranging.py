"""How a school arranges its year: internship periods and classes."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from secrets import token_hex
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from ipf_talent.accounts import audit
from ipf_talent.accounts.models import User
from ipf_talent.accounts.services import refuse_example
from ipf_talent.db import session
from ipf_talent.enrolments import queries
from ipf_talent.enrolments.models import InternshipPeriod, SchoolClass
from ipf_talent.enrolments.services import flush
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.organisations.models import Organisation
from ipf_talent.vacancies.company_editing import Stale
from ipf_talent.vacancies.kinds import PlacingMode

MOST_OF_A_SCHOOL = 500
"""Periods, and classes, of one school."""

Thing = InternshipPeriod | SchoolClass


def school_year(day: date) -> int:
    """The school year of a day, by the calendar year in which it begins: 1 August."""
    return day.year if day.month >= 8 else day.year - 1


def usual_mode(year: int | None) -> PlacingMode:
    """Who places, unless the school chooses otherwise: the school in the first year, the company after it (R4)."""
    return PlacingMode.SCHOOL_PLACES if year in (None, 1) else PlacingMode.COMPANY_CHOOSES


def add_period(school: Organisation, values: Mapping[str, Any], *, by: User) -> InternshipPeriod:
    """
    A new internship period of a school; `values` are columns.

    Raises:
        DomainError: there are too many.
    """
    refuse_example(by, of=school)
    if (session.scalar(select(func.count()).where(InternshipPeriod.school_id == school.id)) or 0) >= MOST_OF_A_SCHOOL:
        raise DomainError(_("A school has at most %(number)s of these. Take old ones away first.", number=MOST_OF_A_SCHOOL))
    period = InternshipPeriod(slug=_slug(str(values["name"])), school_id=school.id, **values)
    session.add(period)
    flush()
    audit.record(by.id, "add_period", "internship_period", period.id, school=school.id, mode=period.placing_mode.value)
    return period


def _slug(name: str) -> str:
    """The name as an address, with signs of chance behind it, since schools call their periods alike."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:31].strip("-") or "period"
    return f"{stem}-{token_hex(4)}"


def add_class(school: Organisation, values: Mapping[str, Any], *, by: User) -> SchoolClass:
    """
    A new class of a school; `values` are columns.

    Raises:
        DomainError: there is one of this name in that school year, or there are too many.
    """
    refuse_example(by, of=school)
    if (session.scalar(select(func.count()).where(SchoolClass.school_id == school.id)) or 0) >= MOST_OF_A_SCHOOL:
        raise DomainError(_("A school has at most %(number)s of these. Take old ones away first.", number=MOST_OF_A_SCHOOL))
    _refuse_same_class(school.id, values, None)
    row = SchoolClass(school_id=school.id, **values)
    session.add(row)
    flush()
    audit.record(by.id, "add_class", "school_class", row.id, school=school.id)
    return row


def change(thing: Thing, values: Mapping[str, Any], *, version: int, by: User) -> None:
    """
    Change a period or a class.

    Raises:
        Stale: somebody else saved since.
        DomainError: there is a class of this name in that school year.
    """
    refuse_example(by, of=thing.school)
    if thing.version != version:
        raise Stale
    changed = sorted(name for name, value in values.items() if getattr(thing, name) != value)
    if not changed:
        return
    if isinstance(thing, SchoolClass):
        _refuse_same_class(thing.school_id, values, thing.id)
    for name in changed:
        setattr(thing, name, values[name])
    flush()
    session.expire(thing)
    audit.record(by.id, f"change_{_noun(thing)}", thing.__tablename__, thing.id, fields=changed)


def remove(thing: Thing, *, by: User) -> None:
    """
    Take a period away, or a class in which nobody is.

    Raises:
        DomainError: students, placements or a round hang on it.
    """
    refuse_example(by, of=thing.school)
    if isinstance(thing, SchoolClass) and queries.of_class(thing.id):
        raise DomainError(_("There are students in this class. Put them in another class, or end their enrolment first."))
    if isinstance(thing, InternshipPeriod) and queries.students_of_period(thing.id):
        raise DomainError(_("Students do their internship in this period. Give their class another one first."))
    number, noun, school_id = thing.id, _noun(thing), thing.school_id
    try:
        with session.begin_nested():
            session.delete(thing)
    except IntegrityError:
        raise DomainError(_("Placements hang on this. It has to stay.")) from None
    audit.record(by.id, f"remove_{noun}", "organisation", school_id, number=number)


def _noun(thing: Thing) -> str:
    return "class" if isinstance(thing, SchoolClass) else "period"


def _refuse_same_class(school_id: int, values: Mapping[str, Any], own: int | None) -> None:
    same = (SchoolClass.school_id == school_id, SchoolClass.starts_year == values["starts_year"])
    named = (func.lower(SchoolClass.name) == str(values["name"]).lower(), SchoolClass.id != (own or 0))
    if session.scalar(select(SchoolClass.id).where(*same, *named).limit(1)):
        raise DomainError(_("There is a class of this name in that school year."), field="name")
