"""Which agreement a placement asks, what it has to say (R9, R13), and how hours are spread over school years."""

from collections.abc import Mapping
from datetime import date, timedelta

from ipf_talent.placements.kinds import AgreementType
from ipf_talent.vacancies.kinds import VacancyKind

_T, _K = AgreementType, VacancyKind
_MBO_TYPES = {_K.BOL_INTERNSHIP: _T.POK_BOL, _K.BBL_APPRENTICESHIP: _T.POK_BBL, _K.PRACTICE_CERTIFICATE: _T.PRACTICE_CERTIFICATE}
MBO_TYPES = frozenset({_T.POK_BOL, _T.POK_BBL, _T.POK_OPTIONAL, _T.PRACTICE_CERTIFICATE})

ALWAYS = ("guidance_text", "assessment_text", "ending_text")
"""Texts that every agreement has."""
WANTED_TEXTS: Mapping[AgreementType, tuple[str, ...]] = {
    _T.POK_BOL: (*ALWAYS, "insurance_text", "allowance_text"),
    _T.POK_BBL: ALWAYS,
    _T.POK_OPTIONAL: (*ALWAYS, "insurance_text"),
    _T.PRACTICE_CERTIFICATE: (*ALWAYS, "insurance_text"),
    _T.INTERNSHIP: (*ALWAYS, "insurance_text", "ownership_text"),
    _T.THREE_PARTY_NON_EU: (
        *ALWAYS,
        "tasks_text",
        "goals_text",
        "relevance_text",
        "allowance_text",
        "insurance_text",
        "ownership_text",
    ),
}
"""Texts without which an agreement of this type cannot be sent."""
SCHOOL_YEAR_BEGINS = (8, 1)


def fitting(kind: VacancyKind, *, crebo: str | None, optional_module: str | None, three_party: bool) -> AgreementType:
    """The agreement for a kind of place; for an optional module alone it is one of its own."""
    if kind in _MBO_TYPES:
        alone = kind is _K.BOL_INTERNSHIP and optional_module is not None and crebo is None
        return _T.POK_OPTIONAL if alone else _MBO_TYPES[kind]
    return _T.THREE_PARTY_NON_EU if three_party else _T.INTERNSHIP


def school_year(day: date) -> int:
    """The school year in which a day lies, by the calendar year in which that begins."""
    return day.year if (day.month, day.day) >= SCHOOL_YEAR_BEGINS else day.year - 1


def spread(starts_on: date, ends_on: date, hours: int) -> dict[str, int]:
    """Hours over school years, after the days that lie in each; together exactly `hours`."""
    years = range(school_year(starts_on), school_year(ends_on) + 1)
    total, given, result = (ends_on - starts_on).days + 1, 0, {}
    passed = 0
    for year in years:
        last = min(ends_on, date(year + 1, *SCHOOL_YEAR_BEGINS) - timedelta(days=1))
        passed = (last - starts_on).days + 1
        result[str(year)] = round(hours * passed / total) - given
        given += result[str(year)]
    return result
