"""Towns and organisations of the region, from rows to models."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, select

from ipf_talent.db import session
from ipf_talent.demo.files import REVIEWED_ON, Region, Row
from ipf_talent.demo.rows import bring
from ipf_talent.organisations.kinds import OrganisationKind
from ipf_talent.organisations.models import Establishment, Organisation, Place
from ipf_talent.skills.tables import Changes

KINDS = {
    "school_vmbo": (OrganisationKind.SCHOOL, "vmbo"),
    "school_mbo": (OrganisationKind.SCHOOL, "mbo"),
    "school_hbo": (OrganisationKind.SCHOOL, "hbo"),
    "university": (OrganisationKind.SCHOOL, "wo"),
    "company_school": (OrganisationKind.COMPANY_SCHOOL, "mbo"),
    "institute": (OrganisationKind.INSTITUTE, None),
    "lab": (OrganisationKind.INSTITUTE, None),
}
"""What each kind of the file is, and the education it gives."""

EXAMPLE_NOTE = "Verzonnen organisatie, alleen om het platform te laten zien."
EXAMPLE_STREET = "Voorbeeldstraat 1"
"""Where made-up organisations are, so that an agreement with them shows what an address looks like."""


def load_places(region: Region) -> Changes:
    """Towns; those that are no longer in the file stay."""
    stored = {place.name: place for place in session.scalars(select(Place))}
    changed = 0
    for row in region.places:
        place = stored.get(row["name"])
        if place is None:
            session.add(Place(**row))
        elif any(getattr(place, column) != value for column, value in row.items()):
            place.municipality, place.province, place.lat, place.lon = (row[c] for c in ("municipality", "province", "lat", "lon"))
            changed += 1
    session.flush()
    known = sum(row["name"] in stored for row in region.places)
    return Changes(len(region.places) - known, changed, known - changed)


def place_ids() -> dict[str, int]:
    """The row number of every town, by name."""
    return {name: number for number, name in session.execute(select(Place.id, Place.name))}


def load_real(region: Region) -> tuple[dict[str, Organisation], Changes]:
    """Schools, companies and partners that exist."""
    wanted = {row["slug"]: _institution(row) for row in region.institutions}
    wanted |= {row["slug"]: _company(row) for row in region.companies}
    wanted |= {row["slug"]: _partner(row) for row in region.partners}
    return _load(wanted)


def load_examples(region: Region) -> tuple[dict[str, Organisation], Changes]:
    """The made-up companies, and the made-up school."""
    organisations, changes = _load({row["slug"]: _example(row) for row in region.examples})
    theirs = Establishment.organisation_id.in_([one.id for one in organisations.values()])
    for bare in session.scalars(select(Establishment).where(theirs, Establishment.street.is_(None))):
        bare.street = EXAMPLE_STREET
    return organisations, changes


def _load(wanted: Mapping[str, Mapping[str, Any]]) -> tuple[dict[str, Organisation], Changes]:
    organisations, changes = bring(Organisation, wanted)
    _settle(organisations)
    return organisations, changes


def _settle(organisations: Mapping[str, Organisation]) -> None:
    """Give each organisation in a known town an address there, unless it has one."""
    places = place_ids()
    numbers = [organisation.id for organisation in organisations.values()]
    settled = set(session.scalars(select(Establishment.organisation_id).where(Establishment.organisation_id.in_(numbers))))
    rows = [
        {"organisation_id": one.id, "name": one.name, "place_id": places[one.city]}
        for one in organisations.values()
        if one.city in places and one.id not in settled
    ]
    if rows:
        session.execute(insert(Establishment), rows)


def _sourced(row: Row) -> dict[str, Any]:
    return {"source_url": row["source_url"], "source_note": row["checked"], "checked_on": REVIEWED_ON, "is_example": False}


def _institution(row: Row) -> dict[str, Any]:
    kind, education = KINDS[row["kind"]]
    about = {f"about_{lang}": row[f"note_{lang}"] for lang in ("nl", "fy", "en")}
    names = {column: row[column] for column in ("name", "city", "website")}
    return {"kind": kind, "education": education, **names, **about, **_sourced(row)}


def _company(row: Row) -> dict[str, Any]:
    names = {column: row[column] for column in ("name", "city", "website", "about_nl", "about_en", "technologies")}
    return {"kind": OrganisationKind.COMPANY, "cluster_member": row["cluster_member"] == "yes", **names, **_sourced(row)}


def _partner(row: Row) -> dict[str, Any]:
    about = {"about_nl": row["role_nl"], "about_en": row["role_en"]}
    return {"kind": OrganisationKind.PARTNER, "name": row["name"], "website": row["website"], **about, **_sourced(row)}


def _example(row: Row) -> dict[str, Any]:
    values = {column: value for column, value in row.items() if column not in ("slug", "education")}
    return {**values, "education": row["education"] or None, "source_note": EXAMPLE_NOTE, "is_example": True}
