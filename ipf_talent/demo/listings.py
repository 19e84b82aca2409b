"""Made-up programmes of the made-up school, with what a school keeps of them: offerings, intakes, open days, electives."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from ipf_talent.accounts import audit
from ipf_talent.accounts.models import User
from ipf_talent.clock import AMSTERDAM
from ipf_talent.db import session
from ipf_talent.demo.listing_texts import PROGRAMMES
from ipf_talent.demo.people import ACCOUNTS
from ipf_talent.demo.rows import bring
from ipf_talent.organisations.models import Organisation
from ipf_talent.programmes.levels import Mode
from ipf_talent.programmes.listing import Channel, ListingStatus
from ipf_talent.programmes.listing_models import Submission
from ipf_talent.programmes.models import Intake, Offering, OpenDay, Programme, ProgrammeElective, ProgrammeField, ProgrammeSkill
from ipf_talent.skills.tables import Changes

SCHOOL = "voorbeeldcollege-drachten"
TOWN = "Drachten"
NOTE = "Voorbeeld: een verzonnen opleiding van een verzonnen school. Het crebo bestaat en komt uit de regeling van 2015."
URL = "https://www.voorbeeldcollege.example/opleidingen/"
OLD = "voorbeeld-verspaning-2"
"""Checked so long ago that it asks for another look."""
WAITING = {"voorbeeld-engineering-4": ACCOUNTS["school"], "voorbeeld-keuzedeel-robotica": ACCOUNTS["colleague"]}
"""Handed in by one example account, so that the other has to look at it."""
ELECTIVE = "voorbeeld-keuzedeel-plc"
TAKES_IT = ("voorbeeld-mechatronica-4", "voorbeeld-elektrotechniek-4")
LONG_AGO = timedelta(days=400)
_WEEKS: Mapping[Mode, tuple[int, int]] = {Mode.BOL: (4, 0), Mode.BBL: (1, 4)}
"""Days at school and at work."""


def load(
    organisations: Mapping[str, Organisation], places: Mapping[str, int], skills: Mapping[str, int], *, today: date
) -> Changes:
    """Bring the example programmes; what people edited stays, and a second time on one day writes nothing."""
    school = organisations[SCHOOL]
    wanted = {slug: _values(slug, row, school) for slug, row in PROGRAMMES.items()}
    parts = selectinload(Programme.offerings).selectinload(Offering.intakes)
    stored = session.scalars(select(Programme).where(Programme.slug.in_(wanted)).options(parts)).all()
    there = {one.slug for one in stored}
    programmes, changes = bring(Programme, wanted, first=lambda slug: _first(slug, today))
    new = [programme for slug, programme in programmes.items() if slug not in there]
    for programme in new:
        _hang_on(programme, PROGRAMMES[programme.slug], places, skills)
    if new:
        _choose_elective(programmes)
        _show(school, programmes[TAKES_IT[0]], today)
    session.flush()
    for programme in programmes.values():
        _keep_fresh(programme, today)
    session.flush()
    return changes


def _values(slug: str, row: Mapping[str, Any], school: Organisation) -> dict[str, Any]:
    left_out = {"modes", "skills", "fields"}
    columns = {name: value for name, value in row.items() if name not in left_out}
    return {
        "institution_id": school.id, "languages": ["nl"], "is_example": True, "source_note": NOTE, "url": URL + slug,
        "code_kind": "crebo" if row["code"] else None, **columns,
    }  # fmt: skip


def _first(slug: str, today: date) -> dict[str, Any]:
    status = ListingStatus.IN_REVIEW if slug in WAITING else ListingStatus.PUBLISHED
    return {"status": status, "checked_on": today - LONG_AGO if slug == OLD else today}


def _hang_on(programme: Programme, row: Mapping[str, Any], places: Mapping[str, int], skills: Mapping[str, int]) -> None:
    programme.skills = [ProgrammeSkill(skill_id=skills[slug], words="") for slug in row["skills"]]
    programme.fields = [ProgrammeField(field=field) for field in row["fields"]]
    programme.offerings = [_offering(programme, mode, places[TOWN]) for mode in row["modes"]]
    if email := WAITING.get(programme.slug):
        by = session.scalar(select(User.id).where(User.email == email, User.is_demo.is_(True)))
        session.add(Submission(programme_id=programme.id, by_id=by))
        for deed in ("create_listing", "submit_programme"):
            audit.record(by, deed, "programme", programme.id)


def _offering(programme: Programme, mode: Mode, place_id: int) -> Offering:
    school_days, work_days = _WEEKS.get(mode, (None, None))
    return Offering(
        place_id=place_id, mode=mode, status=programme.status, school_days=school_days, work_days=work_days,
        costs_eur=None if mode is Mode.PARTTIME else 350,
        costs_note_nl="" if mode is Mode.PARTTIME else "Voorbeeld: boeken, werkkleding en gereedschap in het eerste jaar.",
        costs_note_en="" if mode is Mode.PARTTIME else "Example: books, work clothes and tools in the first year.",
    )  # fmt: skip


def _choose_elective(programmes: Mapping[str, Programme]) -> None:
    chosen = set(session.scalars(select(ProgrammeElective.programme_id)))
    owners = [programmes[slug] for slug in TAKES_IT]
    rows = [ProgrammeElective(programme_id=one.id, elective_id=programmes[ELECTIVE].id) for one in owners if one.id not in chosen]
    session.add_all(rows)


def _show(school: Organisation, programme: Programme, today: date) -> None:
    """Two open days ahead: a general one, and one of a programme online."""
    if session.scalar(select(OpenDay.id).where(OpenDay.institution_id == school.id).limit(1)) is not None:
        return
    session.add(_open_day(school, None, today + timedelta(weeks=8), location="Voorbeeldstraat 1, Drachten"))
    session.add(_open_day(school, programme, today + timedelta(weeks=11), online=True))


def _open_day(school: Organisation, programme: Programme | None, day: date, *, online: bool = False, location: str = "") -> OpenDay:
    start = datetime.combine(day, time(19 if online else 15), AMSTERDAM)
    return OpenDay(
        institution_id=school.id, programme_id=programme.id if programme else None, starts_at=start,
        ends_at=start + timedelta(hours=1 if online else 4), online=online, location=location, url=URL,
    )  # fmt: skip


def _keep_fresh(programme: Programme, today: date) -> None:
    """A check of this year and a start ahead, so that the examples do not grow old by themselves."""
    if programme.needs_check(today) and programme.slug != OLD:
        programme.refresh(checked_on=today)
    if "offerings" in (programme.edited_fields or []):
        return
    for offering in programme.offerings:
        starts = [one.starts_on for one in offering.intakes]
        for start in _starts(offering.mode, today):
            if start not in starts:
                offering.intakes.append(_intake(offering, start))


def _starts(mode: Mode, today: date) -> Sequence[date]:
    """The coming September, and February for who works and learns."""
    september = date(today.year + (today >= date(today.year, 9, 1)), 9, 1)
    return [september] if mode is not Mode.BBL else [september, date(september.year + 1, 2, 1)]


def _intake(offering: Offering, start: date) -> Intake:
    until = date(start.year, 4, 1) if start.month == 9 else date(start.year - 1, 12, 15)
    return Intake(
        starts_on=start, apply_from=date(start.year - 1, 10, 1) if start.month == 9 else date(start.year - 1, 9, 1),
        apply_until=until, channel=Channel.CAMBO, url=f"{URL}aanmelden", capacity=24 if offering.mode is Mode.BOL else 12,
        numerus_fixus=False, permission_needed=offering.mode is Mode.BBL,
    )  # fmt: skip
