"""
Changing a listing: the one place through which people and imports set its fields.

`create_programme(values, by) -> Programme`
    a new one, as a draft; `values` must hold `institution_id`, `title_nl`, `type` and `level`.
`change_programme(programme, values, by) -> set[str]`
    the names of the fields that changed; none where all were so already.
`put_offering(programme, place, mode, values, by) -> Offering`
    makes or changes the one at this place (None: no place is named) in this mode (R18).
`put_intake(offering, values, by) -> Intake`
    makes or changes the one that starts on `values["starts_on"]` (None: at any time).
`kept_fields(programme) -> frozenset[str]`
    fields that a person edited last: `title_nl`; of an offering `Drachten/bol/costs_eur` (`/bol/…` without a place); of an intake
    `Drachten/bol/2027-09-01.capacity` (`any.` where one can start at any time). `offering_name` and `intake_name` make these names.

`by` is a User, or None for an import, which leaves kept fields as they are by itself. What is added is a draft, also to a published
programme; `services` hands it in. An import of many rows gives its `log` (`edit_log.GatheredLog`) to each of these, so that they
are written together; new rows have their numbers once it has written them. Who edited which field last stands in the table
`listing_field`. Values not named stay; None or "" empties a field. The fields are PROGRAMME_FIELDS, OFFERING_FIELDS and
INTAKE_FIELDS; `fields` (codes), `skills` (slugs, or slugs with the words that say so) and `electives` (slugs) are lists, set as a
whole. A value that cannot be is a DomainError that names its field. All is recorded in the audit trail; the caller commits.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from ipf_talent.accounts.models import User
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.organisations.models import Organisation, Place
from ipf_talent.programmes import codes, news
from ipf_talent.programmes.checks import mode_fits
from ipf_talent.programmes.edit_log import Changed, EditLog, spot
from ipf_talent.programmes.field_values import INTAKE_FIELDS, LISTS, OFFERING_FIELDS, PROGRAMME_FIELDS, cleaned
from ipf_talent.programmes.levels import NLQF, Level, Mode, ProgrammeType, Standing
from ipf_talent.programmes.listing import ListingStatus
from ipf_talent.programmes.listing_parts import SETTERS, keep_parts
from ipf_talent.programmes.models import Intake, Offering, Programme

__all__ = (
    "INTAKE_FIELDS", "LISTS", "OFFERING_FIELDS", "PROGRAMME_FIELDS", "Changed", "change_programme", "create_programme",
    "intake_name", "kept_fields", "offering_name", "put_intake", "put_offering",
)  # fmt: skip
_AT_ONCE = EditLog()
_WITHOUT_NLQF = frozenset(
    {ProgrammeType.ELECTIVE, ProgrammeType.MINOR, ProgrammeType.COURSE, ProgrammeType.PREMASTER, ProgrammeType.PRACTICE_STATEMENT,
     ProgrammeType.MBO_CERTIFICATE, ProgrammeType.MICROCREDENTIAL}
)  # fmt: skip
_DATES = frozenset({"starts_on", "apply_from", "apply_until"})
_TEXTS = tuple(f"{name}_{language}" for name in ("description", "admission", "careers") for language in ("nl", "en"))


def create_programme(values: Mapping[str, Any], by: User | None, *, key: str | None = None, log: EditLog = _AT_ONCE) -> Programme:
    """
    Make a programme of a school.

    Args:
        key: of the form that it comes from; the same key gives the same programme.
        log: where it is written down.

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
        slug=log.free_slug(given["title_nl"], school.slug), institution_id=school.id, title_nl=given["title_nl"], title_en="",
        type=given["type"], level=given["level"], nlqf=_nlqf(given["type"], given["level"]), languages=["nl"],
        standing=Standing.RUNNING, national=False, status=ListingStatus.DRAFT, is_example=school.is_example, edited_fields=[],
        made_with=key, **dict.fromkeys(_TEXTS, ""),
    )  # fmt: skip
    session.add(programme)
    _set(programme, given, frozenset(), log)
    log.flush()
    log.note(programme, None, given, by)
    log.record(by, "create_listing", programme)
    return programme


def change_programme(programme: Programme, values: Mapping[str, Any], by: User | None, *, log: EditLog = _AT_ONCE) -> set[str]:
    """
    Change fields of a programme.

    Raises:
        Changed: somebody else changed it in the same moment.
        DomainError: a value cannot be.
    """
    kept = log.kept(programme) if by is None else frozenset()
    given = cleaned(PROGRAMME_FIELDS, {name: value for name, value in values.items() if name not in kept})
    changed = _set(programme, given, kept, log)
    if changed:
        log.flush()
        log.note(programme, None, changed, by)
        log.record(by, "edit_listing", programme, fields=sorted(changed))
    return changed


def put_offering(
    programme: Programme, place: Place | None, mode: Mode, values: Mapping[str, Any], by: User | None, *, log: EditLog = _AT_ONCE
) -> Offering:
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
        offering = _new_offering(programme, place, mode, by, log)
    elif by is None:
        kept, at = log.kept(programme), offering_name(offering)
        given = {name: value for name, value in given.items() if f"{at}/{name}" not in kept}
    if (given.get("school_days") or 0) + (given.get("work_days") or 0) > 7:
        raise DomainError(_("A week has seven days."), field="school_days")
    changed = {name for name, value in given.items() if getattr(offering, name) != value}
    for name in changed:
        setattr(offering, name, given[name])
    if changed:
        keep_parts(programme, "offerings")
        log.flush()
        log.note(programme, offering, changed, by)
        log.record(by, "edit_offering", programme, offering=offering, fields=sorted(changed))
    return offering


def put_intake(
    offering: Offering, values: Mapping[str, Any], by: User | None, *, intake: Intake | None = None, log: EditLog = _AT_ONCE
) -> Intake:
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
        kept = log.kept(offering.programme)
        given = {name: value for name, value in given.items() if f"{intake_name(intake)}.{name}" not in kept}
    changed = {name for name, value in given.items() if getattr(intake, name) != value}
    before = {name: getattr(intake, name) for name in _DATES}
    for name in changed:
        setattr(intake, name, given[name])
    _refuse_odd(intake)
    if not (changed or is_new):
        return intake
    keep_parts(offering.programme, "offerings")
    log.flush()
    start = _day(intake.starts_on)
    log.note(offering.programme, offering, {f"{start}.{name}" for name in (given if is_new else changed)}, by)
    log.record(by, "edit_intake", offering.programme, intake=intake, fields=sorted(changed))
    if is_new:
        news.tell_intake(intake)
    elif changed & _DATES:
        news.tell_dates(intake, before)
    return intake


def kept_fields(programme: Programme) -> frozenset[str]:
    """Names of the fields that a person edited last, as the head of this module tells."""
    return _AT_ONCE.kept(programme)


def offering_name(offering: Offering) -> str:
    """How an offering is called in the names of kept fields."""
    return spot(offering.place.name if offering.place else None, offering.mode)


def intake_name(intake: Intake) -> str:
    """How an intake is called in the names of kept fields."""
    return f"{offering_name(intake.offering)}/{_day(intake.starts_on)}"


def _day(day: date | None) -> str:
    return day.isoformat() if day else "any"


def _nlqf(type: ProgrammeType, level: Level) -> int | None:
    return None if type in _WITHOUT_NLQF else NLQF.get(level)


def _set(programme: Programme, given: Mapping[str, Any], kept: Collection[str], log: EditLog) -> set[str]:
    columns = {name: value for name, value in given.items() if name not in LISTS and getattr(programme, name) != value}
    if columns.keys() & {"type", "level"}:
        columns["nlqf"] = _nlqf(columns.get("type", programme.type), columns.get("level", programme.level))
    if "code" in columns:
        columns["code_kind"] = codes.kind_of(columns["code"], columns.get("type", programme.type))
    if columns:
        programme.edit(**columns)
    changed = set(columns) - {"nlqf", "code_kind"}
    changed |= {name for name in LISTS if name in given and name not in kept and SETTERS[name](programme, given[name], log)}
    return changed


def _new_offering(programme: Programme, place: Place | None, mode: Mode, by: User | None, log: EditLog) -> Offering:
    if programme.national:
        raise DomainError(_("A national qualification is not offered by a school."))
    if not mode_fits(programme.type, mode):
        raise DomainError(_("This way does not go with this kind of programme."), field="mode")
    offering = Offering(
        programme=programme, place=place, place_id=place.id if place else None, mode=mode, status=ListingStatus.DRAFT,
        costs_note_nl="", costs_note_en="",
    )  # fmt: skip
    session.add(offering)
    keep_parts(programme, "offerings")
    log.flush()
    log.record(by, "create_offering", programme, offering=offering)
    return offering


def _refuse_odd(intake: Intake) -> None:
    if intake.apply_from and intake.apply_until and intake.apply_from > intake.apply_until:
        raise DomainError(_("The last day to apply lies before the first."), field="apply_until")
    if intake.starts_on and intake.apply_until and intake.apply_until > intake.starts_on:
        raise DomainError(_("The last day to apply lies after the start."), field="apply_until")
