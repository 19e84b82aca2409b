"""Programmes with what hangs on them, and the progressions between them, from rows to models."""

from collections.abc import Mapping, Sequence
from typing import Any

from ipf_talent.demo.files import REVIEWED_ON, Region, Row
from ipf_talent.demo.rows import bring, bring_parts
from ipf_talent.organisations.models import Organisation
from ipf_talent.programmes.models import Offering, Programme, ProgrammeField, ProgrammeSkill, Progression
from ipf_talent.skills.tables import Changes

SAME = (
    "title_en", "type", "level", "nlqf", "code", "code_kind", "credits_ects", "sbu", "duration_months", "description_nl",
    "description_en", "admission_nl", "admission_en", "national", "track", "source_url",
)  # fmt: skip
"""Columns that the file and the table call the same."""
LONGEST_WORDS = 200
"""Characters of the source's words that are kept beside a skill."""


def load_programmes(
    region: Region, schools: Mapping[str, Organisation], places: Mapping[str, int], skills: Mapping[str, int]
) -> tuple[dict[str, Programme], Changes, Changes]:
    """
    Programmes with offerings, skills and fields.

    Args:
        schools: organisations by slug.
        places: row numbers of towns by name.
        skills: row numbers of skills by slug.

    Returns:
        Programmes by slug, how many of them were touched, and how many of what hangs on them.
    """
    wanted = {row["slug"]: _programme(row, schools[row["institution"]].id) for row in region.programmes}
    programmes, changes = bring(Programme, wanted)
    owners, rows = list(programmes.values()), [(programmes[row["slug"]].id, row) for row in region.programmes]
    offered = [part for number, row in rows for part in _offerings(number, row, places)]
    taught = [part for number, row in rows for part in _taught(number, row, region, skills)]
    fields = [{"programme_id": number, "field": field} for number, row in rows for field in row["fields"]]
    parts = bring_parts(Offering, "offerings", "programme_id", owners, offered, key=("programme_id", "place_id", "mode"))
    parts += bring_parts(ProgrammeSkill, "skills", "programme_id", owners, taught, key=("programme_id", "skill_id"))
    parts += bring_parts(ProgrammeField, "fields", "programme_id", owners, fields, key=("programme_id", "field"))
    return programmes, changes, parts


def _programme(row: Row, school_id: int) -> dict[str, Any]:
    return {
        "institution_id": school_id,
        "title_nl": row["title"],
        "languages": row["language"],
        "standing": row["status"],
        "source_note": row["checked"],
        "checked_on": row["checked_on"] or REVIEWED_ON,
        "is_example": False,
        **{column: row[column] for column in SAME},
    }


def _offerings(number: int, row: Row, places: Mapping[str, int]) -> list[Row]:
    """One for each mode in each town; where the source names no town, one without. A national qualification has none (R18)."""
    if row["national"]:
        return []
    towns: list[int | None] = [places[town] for town in row["city"]]
    return [{"programme_id": number, "place_id": town, "mode": mode} for town in towns or [None] for mode in row["modes"]]


def _taught(number: int, row: Row, region: Region, skills: Mapping[str, int]) -> list[Row]:
    words: dict[str, list[str]] = {}
    for term in row["skills_taught"]:
        for slug in region.terms[term]:
            words.setdefault(slug, []).append(term)
    return [
        {"programme_id": number, "skill_id": skills[slug], "words": "; ".join(found)[:LONGEST_WORDS]}
        for slug, found in words.items()
    ]


def load_progressions(region: Region, schools: Mapping[str, Organisation], programmes: Mapping[str, Programme]) -> Changes:
    """The edges; a school's own and the country's."""
    wanted = {row["slug"]: _edge(row, schools, programmes) for row in region.progressions}
    return bring(Progression, wanted)[1]


def _edge(row: Row, schools: Mapping[str, Organisation], programmes: Mapping[str, Programme]) -> dict[str, Any]:
    ends: dict[str, int | None] = {}
    tables: Sequence[tuple[str, Mapping[str, Any]]] = (("programme", programmes), ("institution", schools))
    for end in ("from", "to"):
        for what, known in tables:
            slug = row[f"{end}_{what}"]
            ends[f"{end}_{what}_id"] = known[slug].id if slug else None
    left_out = {"slug", "source_id", "from_programme", "to_programme", "from_institution", "to_institution"}
    return {**{column: value for column, value in row.items() if column not in left_out}, **ends}
