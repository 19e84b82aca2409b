"""A place as schema.org describes a JobPosting, for search engines."""

from typing import Any

from ipf_talent.i18n import language_of, pick
from ipf_talent.programmes.levels import LEVEL_LABELS, Level
from ipf_talent.vacancies.kinds import HBO, MBO, WAGED, AllowancePer, Hybrid, VacancyKind
from ipf_talent.vacancies.models import Vacancy

_CREDENTIAL = {
    **dict.fromkeys((Level.MBO_1, Level.MBO_2, Level.MBO_3, Level.MBO_4), "professional certificate"),
    Level.AD: "associate degree",
    **dict.fromkeys((Level.HBO_BACHELOR, Level.WO_BACHELOR), "bachelor degree"),
    **dict.fromkeys((Level.MASTER, Level.ENGD_PHD), "postgraduate degree"),
}
_UNIT = {AllowancePer.MONTH: "MONTH", AllowancePer.WEEK: "WEEK", AllowancePer.HOUR: "HOUR"}
FULL_TIME = 36
"""Hours a week from which a job is called full time."""


def job_posting(vacancy: Vacancy, url: str) -> dict[str, Any]:
    """
    The JobPosting of an open place in the reader's language.

    Args:
        url: its own address, whole.
    """
    parts = [pick(vacancy, name) for name in ("description", "learn", "bring", "offer")]
    company = vacancy.company
    posting: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": pick(vacancy, "title"),
        "description": "".join(f"<p>{_html(part)}</p>" for part in parts if part),
        "inLanguage": language_of(vacancy, "description"),
        "identifier": {"@type": "PropertyValue", "name": company.name, "value": vacancy.slug},
        "url": url,
        "datePosted": (vacancy.published_at or vacancy.created_at).date().isoformat(),
        "validThrough": f"{(vacancy.respond_by or vacancy.closes_on).isoformat()}T23:59:59",
        "employmentType": _employment(vacancy),
        "hiringOrganization": {"@type": "Organization", "name": company.name}
        | ({"sameAs": company.website} if company.website else {}),
        "jobLocation": _location(vacancy),
        "jobStartDate": vacancy.starts_on.isoformat(),
        "workHours": f"{vacancy.hours_per_week} / week",
        "totalJobOpenings": vacancy.places - vacancy.taken,
        "directApply": False,
        "skills": [_skill(one.skill) for one in vacancy.skills],
    }
    if vacancy.level in _CREDENTIAL:
        requirement = {"@type": "EducationalOccupationalCredential", "credentialCategory": _CREDENTIAL[vacancy.level]}
        posting["educationRequirements"] = requirement | {"educationalLevel": str(LEVEL_LABELS[vacancy.level])}
    if vacancy.hybrid is Hybrid.FULLY:
        posting["jobLocationType"] = "TELECOMMUTE"
        posting["applicantLocationRequirements"] = {"@type": "Country", "name": "Netherlands"}
    if vacancy.allowance_from_eur:
        posting["baseSalary"] = _amount(vacancy)
    return posting


def _html(text: str) -> str:
    """Plain text as HTML of its own; the page's serialiser guards the rest."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped.replace("\n", "<br>")


def _employment(vacancy: Vacancy) -> str | list[str]:
    hours = "FULL_TIME" if vacancy.hours_per_week >= FULL_TIME else "PART_TIME"
    if vacancy.kind is VacancyKind.BBL_APPRENTICESHIP:
        return [hours, "INTERN"]
    if vacancy.kind in WAGED or vacancy.kind is VacancyKind.DUAL:
        return hours
    return "INTERN" if vacancy.kind in MBO | HBO or vacancy.kind is not VacancyKind.ORIENTATION else "OTHER"


def _location(vacancy: Vacancy) -> dict[str, Any]:
    at, town = vacancy.establishment, vacancy.place
    address = {"@type": "PostalAddress", "addressCountry": "NL", "addressLocality": town.name if town else vacancy.company.city}
    if town:
        address["addressRegion"] = town.province
    if at and at.street:
        address["streetAddress"] = at.street
    if at and at.postcode:
        address["postalCode"] = at.postcode
    return {"@type": "Place", "address": address}


def _skill(skill: Any) -> dict[str, Any]:
    term = {"@type": "DefinedTerm", "name": pick(skill, "label")}
    return term | ({"@id": skill.uri, "inDefinedTermSet": "http://data.europa.eu/esco"} if skill.uri else {})


def _amount(vacancy: Vacancy) -> dict[str, Any]:
    value: dict[str, Any] = {"@type": "QuantitativeValue", "unitText": _UNIT[vacancy.allowance_per or AllowancePer.MONTH]}
    value |= {"minValue": vacancy.allowance_from_eur, "maxValue": vacancy.allowance_to_eur or vacancy.allowance_from_eur}
    return {"@type": "MonetaryAmount", "currency": "EUR", "value": value}
