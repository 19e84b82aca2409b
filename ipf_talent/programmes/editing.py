"""
Changing a listing: the one place through which people and imports set its fields.

`create_programme(values, by) -> Programme`
    a new one; `values` must hold `institution_id`, `title_nl`, `type` and `level`. By a person it is a draft, by an import it waits
    for review.
`change_programme(programme, values, by) -> set[str]`
    the names of the fields that changed; none where all were so already.
`put_offering(programme, place, mode, values, by) -> Offering`
    makes or changes the one at this place (None: no place is named) in this mode (R18).
`put_intake(offering, values, by) -> Intake`
    makes or changes the one that starts on `values["starts_on"]` (None: at any time).
`kept_fields(programme) -> frozenset[str]`
    fields that a person edited last: `title_nl`; of an offering `Drachten/bol/costs_eur` (`/bol/…` without a place); of an intake
    `Drachten/bol/2027-09-01.capacity` (`any.` where one can start at any time). `offering_name` and `intake_name` make these names.

`by` is a User, or None for an import. An import leaves kept fields as they are, by itself; it never changes a status, and what it
adds to a published programme waits for review too. Who edited which field last stands in the table `listing_field`. Values not
named stay; None or "" empties a field. The fields are PROGRAMME_FIELDS, OFFERING_FIELDS and INTAKE_FIELDS; `fields` (codes),
`skills` (slugs, or slugs with the words that say so) and `electives` (slugs) are lists, set as a whole. A value that cannot be is a
DomainError that names its field. Everything is flushed and recorded in the audit trail; the caller commits.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from ipf_talent import clock
from ipf_talent.accounts import audit
from ipf_talent.accounts.models import User
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.organisations.models import Organisation, Place
from ipf_talent.programmes import news
from ipf_talent.programmes.field_values import INTAKE_FIELDS, LISTS, OFFERING_FIELDS, PROGRAMME_FIELDS, cleaned
from ipf_talent.programmes.levels import NLQF, Level, Mode, ProgrammeType
from ipf_talent.programmes.listing import ListingStatus
from ipf_talent.programmes.listing_models import FieldSource, ListingField
from ipf_talent.programmes.listing_parts import SETTERS, keep_parts
from ipf_talent.programmes.models import Intake, Offering, Programme

__all__ = (
    "INTAKE_FIELDS", "LISTS", "OFFERING_FIELDS", "PROGRAMME_FIELDS", "change_programme", "create_programme", "free_slug",
    "intake_name", "kept_fields", "offering_name", "put_intake", "put_offering",
)  # fmt: skip
RESERVED = frozenset({"new", "edges", "open-days", "import", "export", "review", "following"})
"""Addresses of pages of their own."""
_WITHOUT_NLQF = frozenset(
    {ProgrammeType.ELECTIVE, ProgrammeType.MINOR, ProgrammeType.COURSE, ProgrammeType.PREMASTER, ProgrammeType.PRACTICE_STATEMENT,
     ProgrammeType.MBO_CERTIFICATE, ProgrammeType.MICROCREDENTIAL}
)  # fmt: skip
_DATES = frozenset({"starts_on", "apply_from", "apply_until"})


class Changed(DomainError):
    """Somebody else saved this listing in the meantime; nothing was overwritten."""

    def __init__(self) -> None:
        super().__init__(_("Somebody at your school changed this while you were typing. Nothing of theirs is overwritten."))


def create_programme(values: Mapping[str, Any], by: User | None, *, key: str | None = None) -> Programme:
    """
    Make a programme of a school.

    Args:
        key: of the form that it comes from; the same key gives the same programme.

    Raises:
        DomainError: a value cannot be, or one that is needed is missing.
    """
    for name in ("institution_id", "title_nl", "type", "level"):
        if not values.get(name):
            raise DomainError(_("“%(field)s” is needed.", field=name), field=name)
    if key and (known := session.scalar(select(Programme).where(Programme.made_with == key))) is not None:
        if known.institution_id == values["institution_id"]:
            return known
        key = None
    given = cleaned(PROGRAMME_FIELDS, {name: value for name, value in values.items() if name != "institution_id"})
    school = session.get_one(Organisation, values["institution_id"])
    programme = Programme(
        slug=free_slug(given["title_nl"], school.slug), institution_id=school.id, title_nl=given["title_nl"],
        type=given["type"], level=given["level"], nlqf=_nlqf(given["type"], given["level"]), languages=["nl"],
        status=ListingStatus.DRAFT if by else ListingStatus.IN_REVIEW, is_example=school.is_example,
        edited_fields=[], made_with=key,
    )  # fmt: skip
    session.add(programme)
    session.flush()
    _set(programme, given, by, frozenset())
    note_fields(programme, None, given, by)
    audit.record(by.id if by else None, "create_listing", "programme", programme.id)
    return programme


def change_programme(programme: Programme, values: Mapping[str, Any], by: User | None) -> set[str]:
    """
    Change fields of a programme.

    Raises:
        Changed: somebody else changed it in the same moment.
        DomainError: a value cannot be.
    """
    kept = kept_fields(programme) if by is None else frozenset()
    given = cleaned(PROGRAMME_FIELDS, {name: value for name, value in values.items() if name not in kept})
    changed = _set(programme, given, by, kept)
    if changed:
        _flush()
        note_fields(programme, None, changed, by)
        audit.record(by.id if by else None, "edit_listing", "programme", programme.id, fields=sorted(changed))
    return changed


def put_offering(programme: Programme, place: Place | None, mode: Mode, values: Mapping[str, Any], by: User | None) -> Offering:
    """
    Make or change the offering of a programme at a place in a mode (R18, AC-E1).

    Raises:
        Changed: somebody else changed it in the same moment.
        DomainError: a value cannot be.
    """
    place_id = place.id if place else None
    offering = next((one for one in programme.offerings if (one.place_id, one.mode) == (place_id, mode)), None)
    given = cleaned(OFFERING_FIELDS, values)
    if offering is None:
        offering = _new_offering(programme, place, mode, by)
    elif by is None:
        kept, at = kept_fields(programme), offering_name(offering)
        given = {name: value for name, value in given.items() if f"{at}/{name}" not in kept}
    if (given.get("school_days") or 0) + (given.get("work_days") or 0) > 7:
        raise DomainError(_("A week has seven days."), field="school_days")
    changed = {name for name, value in given.items() if getattr(offering, name) != value}
    for name in changed:
        setattr(offering, name, given[name])
    if changed:
        _flush()
        keep_parts(programme, "offerings")
        note_fields(programme, offering, changed, by)
        audit.record(
            by.id if by else None, "edit_offering", "programme", programme.id, offering=offering.id, fields=sorted(changed)
        )
    return offering


def put_intake(offering: Offering, values: Mapping[str, Any], by: User | None, *, intake: Intake | None = None) -> Intake:
    """
    Make or change an intake of an offering. Changed dates of a published listing are told to followers.

    Args:
        intake: the one to change, where its start itself may change; found by `starts_on` when left out.

    Raises:
        Changed: somebody else changed it in the same moment.
        DomainError: a value cannot be, or there is another intake on that day.
    """
    given = cleaned(INTAKE_FIELDS, values)
    there = {one.starts_on: one for one in offering.intakes}
    if intake is None:
        intake = there.get(given.get("starts_on"))
    elif "starts_on" in given and there.get(given["starts_on"], intake) is not intake:
        raise DomainError(_("There is an intake on that day already."), field="starts_on")
    is_new = intake is None
    if intake is None:
        intake = Intake(offering=offering, starts_on=given.get("starts_on"), numerus_fixus=False, permission_needed=False)
        session.add(intake)
    elif by is None:
        kept = kept_fields(offering.programme)
        given = {name: value for name, value in given.items() if f"{intake_name(intake)}.{name}" not in kept}
    changed = {name for name, value in given.items() if getattr(intake, name) != value}
    before = {name: getattr(intake, name) for name in _DATES}
    for name in changed:
        setattr(intake, name, given[name])
    _refuse_odd(intake)
    if not (changed or is_new):
        return intake
    _flush()
    keep_parts(offering.programme, "offerings")
    start = _day(intake.starts_on)
    note_fields(offering.programme, offering, {f"{start}.{name}" for name in (given if is_new else changed)}, by)
    audit.record(by.id if by else None, "edit_intake", "programme", offering.programme_id, intake=intake.id, fields=sorted(changed))
    if is_new:
        news.tell_intake(intake)
    elif changed & _DATES:
        news.tell_dates(intake, before)
    return intake


def kept_fields(programme: Programme) -> frozenset[str]:
    """Names of the fields that a person edited last, as the head of this module tells."""
    query = select(ListingField.field, Offering.mode, Place.name, ListingField.offering_id)
    query = query.join(Offering, Offering.id == ListingField.offering_id, isouter=True).join(Offering.place, isouter=True)
    query = query.where(ListingField.programme_id == programme.id, ListingField.source == FieldSource.PERSON)
    return frozenset(
        field if number is None else f"{_at(place, mode)}/{field}" for field, mode, place, number in session.execute(query)
    )


def offering_name(offering: Offering) -> str:
    """How an offering is called in the names of kept fields."""
    return _at(offering.place.name if offering.place else None, offering.mode)


def intake_name(intake: Intake) -> str:
    """How an intake is called in the names of kept fields."""
    return f"{offering_name(intake.offering)}/{_day(intake.starts_on)}"


def _at(place: str | None, mode: Mode) -> str:
    return f"{place or ''}/{mode.value}"


def _day(day: date | None) -> str:
    return day.isoformat() if day else "any"


def free_slug(title: str, school: str) -> str:
    """School and title as an address, with a number behind it where it is taken."""
    plain = unicodedata.normalize("NFKD", f"{school} {title}").encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:70].strip("-") or "programme"
    taken = set(session.scalars(select(Programme.slug).where(Programme.slug.startswith(stem, autoescape=True)))) | RESERVED
    return next(slug for n in range(1, len(taken) + 2) if (slug := stem if n == 1 else f"{stem}-{n}") not in taken)


def _nlqf(type: ProgrammeType, level: Level) -> int | None:
    return None if type in _WITHOUT_NLQF else NLQF.get(level)


def _set(programme: Programme, given: Mapping[str, Any], by: User | None, kept: Collection[str]) -> set[str]:
    columns = {name: value for name, value in given.items() if name not in LISTS and getattr(programme, name) != value}
    if columns.keys() & {"type", "level"}:
        columns["nlqf"] = _nlqf(columns.get("type", programme.type), columns.get("level", programme.level))
    if "code" in columns:
        columns["code_kind"] = "crebo" if re.fullmatch(r"[0-9]{5}", columns["code"] or "") and _is_mbo(programme, columns) else None
    if columns:
        programme.edit(**columns)
    changed = set(columns) - {"nlqf", "code_kind"}
    changed |= {name for name in LISTS if name in given and name not in kept and SETTERS[name](programme, given[name])}
    return changed


def _is_mbo(programme: Programme, columns: Mapping[str, Any]) -> bool:
    return columns.get("type", programme.type) in (ProgrammeType.MBO_DIPLOMA, ProgrammeType.MBO_CERTIFICATE)


def _new_offering(programme: Programme, place: Place | None, mode: Mode, by: User | None) -> Offering:
    if programme.national:
        raise DomainError(_("A national qualification is not offered by a school."))
    status = ListingStatus.DRAFT if by else ListingStatus.IN_REVIEW
    offering = Offering(programme=programme, place=place, mode=mode, status=status)
    session.add(offering)
    session.flush()
    keep_parts(programme, "offerings")
    audit.record(by.id if by else None, "create_offering", "programme", programme.id, offering=offering.id)
    return offering


def _refuse_odd(intake: Intake) -> None:
    if intake.apply_from and intake.apply_until and intake.apply_from > intake.apply_until:
        raise DomainError(_("The last day to apply lies before the first."), field="apply_until")
    if intake.starts_on and intake.apply_until and intake.apply_until > intake.starts_on:
        raise DomainError(_("The last day to apply lies after the start."), field="apply_until")


def _flush() -> None:
    try:
        session.flush()
    except StaleDataError:
        raise Changed from None


def note_fields(programme: Programme, offering: Offering | None, fields: Iterable[str], by: User | None) -> None:
    """Write down who edited these fields last."""
    number = offering.id if offering else None
    same = ListingField.offering_id == number if number is not None else ListingField.offering_id.is_(None)
    query = select(ListingField).where(ListingField.programme_id == programme.id, same)
    held = {one.field: one for one in session.scalars(query)}
    source = FieldSource.PERSON if by else FieldSource.IMPORT
    for field in sorted(fields):
        row = held.get(field)
        if row is None:
            row = ListingField(programme_id=programme.id, offering_id=number, field=field)
            session.add(row)
        row.edited_by_id, row.source, row.at = (by.id if by else None), source, clock.now()
    session.flush()
