"""The region's data as it lies in `region/`: read whole, every fault of every file named at once by file, row and column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from ipf_talent.demo import checks
from ipf_talent.demo.cells import between, day, degrees, each, shorter, url, whole
from ipf_talent.organisations.kinds import OrganisationKind
from ipf_talent.organisations.models import SizeBand
from ipf_talent.programmes.levels import Level, Mode, ProgrammeType, Standing, StartingPoint, Track
from ipf_talent.programmes.rules import RuleKind
from ipf_talent.sheets import Fault, FaultyFile, Reader, matching, needed, number, one_of, optional, read, several, text, truth
from ipf_talent.skills.fields import Field
from ipf_talent.skills.files import DATA, MANY, SLUG
from ipf_talent.vacancies.kinds import Expenses, Minors, PlacingMode, VacancyKind

REGION = Path(__file__).parent / "region"
REVIEWED_ON = date(2026, 11, 23)
"""When the rows were last reviewed; a row with a day of its own says so itself."""

Row = dict[str, Any]
LIST = several(";")
SCHOOLS = ("school_vmbo", "school_mbo", "school_hbo", "university", "company_school", "institute", "lab")

PLACES: dict[str, Reader] = {
    "name": shorter(80),
    "municipality": shorter(80),
    "province": shorter(40),
    "lat": degrees(50, 54),
    "lon": degrees(3, 8),
}
INSTITUTIONS: dict[str, Reader] = {
    "slug": SLUG,
    "name": shorter(120),
    "kind": matching("|".join(SCHOOLS), f"kind of institution ({', '.join(SCHOOLS)})"),
    "city": text,
    "website": optional(url),
    "note_nl": needed,
    "note_en": needed,
    "note_fy": text,
    "source_url": url,
    "checked": needed,
}
COMPANIES: dict[str, Reader] = {
    "slug": SLUG,
    "name": shorter(120),
    "city": text,
    "website": optional(url),
    "about_nl": needed,
    "about_en": needed,
    "technologies": LIST,
    "cluster_member": matching("yes|unknown", "yes or unknown"),
    "source_url": url,
    "checked": needed,
    "example": truth,
}
PARTNERS: dict[str, Reader] = {
    "slug": SLUG,
    "name": shorter(120),
    "role_nl": needed,
    "role_en": needed,
    "website": optional(url),
    "source_url": url,
    "checked": needed,
}
EXAMPLES: dict[str, Reader] = {
    "slug": SLUG,
    "kind": one_of(OrganisationKind),
    "name": shorter(120),
    "city": needed,
    "about_nl": needed,
    "about_fy": needed,
    "about_en": needed,
    "technologies": LIST,
    "size_band": optional(one_of(SizeBand)),
    "education": text,
}
PROGRAMMES: dict[str, Reader] = {
    "slug": SLUG,
    "institution": needed,
    "title": shorter(256),
    "title_en": shorter(256),
    "type": one_of(ProgrammeType),
    "level": one_of(Level),
    "nlqf": optional(between(1, 8)),
    "code": optional(shorter(12)),
    "code_kind": optional(matching("crebo|croho", "crebo or croho")),
    "credits_ects": number,
    "sbu": number,
    "duration_months": optional(between(1, 120)),
    "modes": each(Mode),
    "language": LIST,
    "city": LIST,
    "fields": each(Field),
    "description_nl": needed,
    "description_en": needed,
    "skills_taught": LIST,
    "admission_nl": text,
    "admission_en": text,
    "national": truth,
    "track": optional(one_of(Track)),
    "status": one_of(Standing),
    "source_url": url,
    "checked": needed,
    "checked_on": optional(day),
}
PROGRESSIONS: dict[str, Reader] = {
    "slug": SLUG,
    "source_id": LIST,
    "from_point": optional(one_of(StartingPoint)),
    "from_programme": optional(needed),
    "from_institution": optional(needed),
    "to_level": optional(one_of(Level)),
    "to_type": optional(one_of(ProgrammeType)),
    "to_programme": optional(needed),
    "to_institution": optional(needed),
    "rule_kind": one_of(RuleKind),
    "condition_nl": needed,
    "condition_en": needed,
    "extra_nl": text,
    "extra_en": text,
    "months": optional(between(0, 120)),
    "months_meaning": optional(matching("total|added|saved", "total, added or saved")),
    "national": truth,
    "source_url": url,
    "source_note": needed,
    "checked_on": day,
}
PATTERNS: dict[str, Reader] = {
    "id": SLUG,
    "company_kind": needed,
    "company_id": optional(needed),
    "title": needed,
    "kind": needed,
    "level": needed,
    "required_skills": LIST,
    "nice_to_have_skills": LIST,
    "description": needed,
    "source_url": url,
    "checked": needed,
}
VACANCIES: dict[str, Reader] = {
    "slug": SLUG,
    "pattern_id": needed,
    "company": needed,
    "place": needed,
    "kind": one_of(VacancyKind),
    "level": one_of(Level),
    "title_nl": shorter(80),
    "title_en": shorter(80),
    "description_nl": whole,
    "description_en": whole,
    "learn_nl": needed,
    "learn_en": needed,
    "offer_nl": needed,
    "offer_en": needed,
    "pay_note_nl": text,
    "pay_note_en": text,
    "must": LIST,
    "nice": LIST,
    "fields": each(Field),
    "programmes": LIST,
    "hours": between(4, 40),
    "days": between(1, 5),
    "start_in_months": between(2, 12),
    "lasts_months": between(1, 48),
    "places": between(1, 50),
    "placing_mode": one_of(PlacingMode),
    "expenses": optional(one_of(Expenses)),
    "allowance_month_eur": optional(between(0, 5000)),
    "work_languages": LIST,
    "minors": one_of(Minors),
}
TERMS: dict[str, Reader] = {"term": needed, "skills": MANY, "note": text}


class Sheet(NamedTuple):
    """One of the files: its columns, and the column whose values all differ."""

    file: str
    columns: Mapping[str, Reader]
    key: str


SHEETS = {
    "places": Sheet("places.csv", PLACES, "name"),
    "institutions": Sheet("institutions.csv", INSTITUTIONS, "slug"),
    "companies": Sheet("companies.csv", COMPANIES, "slug"),
    "partners": Sheet("stakeholders.csv", PARTNERS, "slug"),
    "examples": Sheet("example_organisations.csv", EXAMPLES, "slug"),
    "programmes": Sheet("programmes.csv", PROGRAMMES, "slug"),
    "progressions": Sheet("progressions.csv", PROGRESSIONS, "slug"),
    "patterns": Sheet("vacancy_patterns.csv", PATTERNS, "id"),
    "vacancies": Sheet("vacancies.csv", VACANCIES, "slug"),
}


@dataclass(frozen=True)
class Region:
    """All rows of all files; every reference in them leads to a row that is there."""

    places: Sequence[Row]
    institutions: Sequence[Row]
    companies: Sequence[Row]
    partners: Sequence[Row]
    examples: Sequence[Row]
    programmes: Sequence[Row]
    progressions: Sequence[Row]
    patterns: Sequence[Row]
    vacancies: Sequence[Row]
    terms: Mapping[str, Sequence[str]]
    """Slugs of skills by the words of the region's sources."""


def read_region(skills: set[str], folder: Path = REGION) -> Region:
    """
    Read every file.

    Args:
        skills: slugs of the skills that there are.

    Raises:
        FaultyFile: with every fault of every file.
    """
    faults: list[Fault] = []
    rows = {name: _rows(folder / sheet.file, sheet, faults) for name, sheet in SHEETS.items()}
    terms = {row["term"]: row["skills"] for row in read(DATA / "term_skills.csv", TERMS, key="term")}
    names = {name: sheet.file for name, sheet in SHEETS.items()}
    faults += checks.everything(rows, names, skills=skills, terms=terms)
    if faults:
        raise FaultyFile(faults)
    return Region(terms=terms, **{name: found or [] for name, found in rows.items()})


def _rows(path: Path, sheet: Sheet, faults: list[Fault]) -> list[Row] | None:
    """The rows of a file; None where it has faults, which are then added to the list."""
    try:
        return read(path, sheet.columns, key=sheet.key)
    except FaultyFile as error:
        faults += error.faults
        return None
