"""What an agreement says, as plain data with a fingerprint, and what is still missing before it can be sent (R9)."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from ipf_talent.db import session
from ipf_talent.i18n import _
from ipf_talent.placements.agreements import kinds
from ipf_talent.placements.kinds import AgreementType, Who
from ipf_talent.placements.models import Agreement, Placement
from ipf_talent.programmes.models import Programme

TEXTS = (
    "guidance_text", "assessment_text", "ending_text", "tasks_text", "goals_text", "relevance_text",
    "allowance_text", "insurance_text", "confidentiality_text", "ownership_text",
)  # fmt: skip
ON_PLACEMENT = (
    "starts_on", "ends_on", "hours", "hours_by_year", "days_per_week", "hours_per_week", "trainer_name", "trainer_email",
    "optional_module",
)  # fmt: skip
"""Fields of a placement that a later sheet can change."""
ON_AGREEMENT = ("parts", "week")
"""Fields of the agreement that a later sheet can change."""


@dataclass(frozen=True)
class Missing:
    """Something without which an agreement cannot be sent: where it is filled in, and a sentence."""

    where: str
    words: str


def of(
    placement: Placement, agreement: Agreement, *, version: int, parties: Sequence[Who], over: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """
    Everything an agreement says, as JSON values.

    Args:
        parties: who signs, in the order in which they stand.
        over: values of a change that is asked, by field, as JSON values.
    """
    held = {name: plain(getattr(placement, name)) for name in ON_PLACEMENT}
    held |= {name: plain(getattr(agreement, name)) for name in ON_AGREEMENT}
    held |= dict(over or {})
    period = ("starts_on", "ends_on", "hours", "hours_by_year", "days_per_week", "hours_per_week", "week")
    programme, supervisor = placement.programme, placement.supervisor
    crebo = placement.crebo if placement.is_mbo else None
    return {
        "type": agreement.type.value,
        "key": placement.key,
        "number": agreement.number,
        "version": version,
        "parties": [one.value for one in parties],
        "student": placement.student.display_name if placement.student else "",
        "minor": placement.is_minor(date.fromisoformat(held["starts_on"])),
        "parent": placement.parent_name,
        "school": _school(placement),
        "supervisor": supervisor.display_name if supervisor else "",
        "company": _company(placement),
        "employer": placement.employer.name if placement.employer else "",
        "trainer": {"name": held["trainer_name"], "email": held["trainer_email"]},
        "programme": {
            "nl": programme.title_nl if programme else "",
            "en": (programme.title_en or programme.title_nl) if programme else "",
            "crebo": crebo,
            "qualification": _qualification(crebo) if crebo else None,
            "optional_module": held["optional_module"],
        },
        "period": {name: held[name] for name in period},
        "parts": held["parts"],
        "texts": {name: getattr(agreement, name) for name in TEXTS},
        "assignment": _assignment(placement),
    }


def _school(placement: Placement) -> dict[str, Any]:
    school = placement.school
    there = next((one for one in school.establishments if one.street), None)
    town = there.place.name if there is not None and there.place else school.city
    address = {"street": there.street or "", "postcode": there.postcode or ""} if there is not None else {}
    return {"name": school.name, "city": town, **address}


def _qualification(crebo: str) -> dict[str, str] | None:
    """What the national qualification of a number is called."""
    known = (Programme.national.is_(True), Programme.code_kind == "crebo", Programme.code == crebo)
    row = session.execute(select(Programme.title_nl, Programme.title_en).where(*known).order_by(Programme.id)).first()
    return {"nl": row[0], "en": row[1] or row[0]} if row is not None else None


def _company(placement: Placement) -> dict[str, Any]:
    there = placement.establishment
    return {
        "name": there.organisation.name,
        "establishment": there.name,
        "street": there.street or "",
        "postcode": there.postcode or "",
        "city": there.place.name if there.place else there.organisation.city,
        "leerbedrijf_id": placement.leerbedrijf_id if placement.is_mbo else None,
    }


def _assignment(placement: Placement) -> dict[str, Any] | None:
    one = placement.assignment
    if one is None or not one.is_approved:
        return None
    return {name: getattr(one, name) for name in ("title", "problem", "goal", "deliverables", "method", "ec")}


def plain(value: Any) -> Any:
    """A value as JSON holds it."""
    return value.isoformat() if isinstance(value, date) else value


def canonical(content: Mapping[str, Any]) -> bytes:
    """The one way to write content down: sorted names, no spaces, UTF-8."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def fingerprint(content: Mapping[str, Any]) -> str:
    """SHA-256 of content in its one way of writing, in hexadecimal."""
    return hashlib.sha256(canonical(content)).hexdigest()


def missing(placement: Placement, agreement: Agreement, *, parent_signs: bool) -> list[Missing]:
    """What has to be filled in before an agreement can be sent; empty where nothing is."""
    found = [*_missing_facts(placement, agreement), *_missing_texts(agreement)]
    if parent_signs and not (placement.parent_name and placement.parent_email):
        found.append(Missing("facts", _("The name and e-mail address of a parent: the student is under 18.")))
    return found


def _missing_facts(placement: Placement, agreement: Agreement) -> list[Missing]:
    mbo = agreement.type in kinds.MBO_TYPES
    asked = [
        (placement.student is not None, "facts", _("The student.")),
        (bool(placement.trainer_name), "facts", _("Who guides at the company.")),
        (placement.supervisor_id is not None, "facts", _("Who guides at school.")),
        (sum(placement.hours_by_year.values()) == placement.hours, "facts", _("The hours per school year, together all hours.")),
        (not mbo or bool(placement.leerbedrijf_id), "facts", _("The leerbedrijf-ID of the company.")),
        (not mbo or bool(placement.crebo or placement.optional_module), "facts", _("The qualification or the optional module.")),
        (not mbo or bool(agreement.parts), "agreement", _("The parts of the qualification that are learnt there.")),
        (not placement.asks_assignment or placement.assignment is not None, "assignment", _("The assignment.")),
        (bool(agreement.week), "agreement", _("The working times of a week.")),
    ]
    return [Missing(where, words) for there, where, words in asked if not there]


def _missing_texts(agreement: Agreement) -> list[Missing]:
    wanted = kinds.WANTED_TEXTS[AgreementType(agreement.type)]
    return [Missing("agreement", text_words(name)) for name in wanted if not getattr(agreement, name).strip()]


def text_words(name: str) -> str:
    """What a text of the agreement is about, as a heading."""
    words = {
        "guidance_text": _("Guidance by school and company"),
        "assessment_text": _("How the work is assessed"),
        "ending_text": _("When and how it can be ended"),
        "tasks_text": _("Tasks"),
        "goals_text": _("Learning goals"),
        "relevance_text": _("Why this belongs to the programme"),
        "allowance_text": _("Allowance or wage"),
        "insurance_text": _("Insurance"),
        "confidentiality_text": _("Confidentiality"),
        "ownership_text": _("Who owns the result"),
    }
    return str(words[name])
