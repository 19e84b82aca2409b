"""What placements keep of a person: all of it as plain values, and taking it away; `guidance.personal_data` does its own."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import joinedload, selectinload

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.db import session
from ipf_talent.organisations.models import Establishment
from ipf_talent.placements.kinds import Who
from ipf_talent.placements.models import (
    Agreement,
    AgreementSheet,
    Assignment,
    Placement,
    PlacementEvent,
    SheetAnswer,
    Signature,
    SignatureScan,
)


def export(user_id: int) -> dict[str, list[dict[str, Any]]]:
    """A person's placements with agreements and signatures; what they signed for others; where they guide or are the parent."""
    loads = (
        joinedload(Placement.establishment).joinedload(Establishment.organisation),
        joinedload(Placement.school),
        joinedload(Placement.assignment),
        selectinload(Placement.events),
        selectinload(Placement.agreements).selectinload(Agreement.sheets).selectinload(AgreementSheet.signatures),
        selectinload(Placement.agreements).selectinload(Agreement.sheets).selectinload(AgreementSheet.answers),
    )
    own = select(Placement).where(Placement.student_id == user_id).options(*loads).order_by(Placement.id)
    signed = select(Signature).where(Signature.user_id == user_id).order_by(Signature.id)
    answered = select(SheetAnswer).where(SheetAnswer.user_id == user_id).order_by(SheetAnswer.id)
    guided = select(Placement.key, Placement.starts_on, Placement.ends_on).where(
        (Placement.trainer_id == user_id) | (Placement.supervisor_id == user_id)
    )
    email = session.scalar(select(User.email).where(User.id == user_id)) or "-"
    child = select(Placement.key, Placement.parent_name, Placement.parent_email).where(Placement.parent_email == email)
    return {
        "placements": [_placement(one) for one in session.scalars(own)],
        "signatures": [
            {"party": one.party.value, "way": one.way.value, "name": one.name, "on": one.signed_on.isoformat(), "sheet": one.sha256}
            for one in session.scalars(signed)
        ],
        "answers_to_changes": [
            {"party": one.party.value, "answer": one.answer.value, "words": one.words, "at": one.at.isoformat()}
            for one in session.scalars(answered)
        ],
        "guided": [
            {"placement": row.key, "from": row.starts_on.isoformat(), "until": row.ends_on.isoformat()}
            for row in session.execute(guided.order_by(Placement.id))
        ],
        "as_parent": [
            {"placement": row.key, "name": row.parent_name, "email": row.parent_email}
            for row in session.execute(child.order_by(Placement.id))
        ],
    }


def _placement(one: Placement) -> dict[str, Any]:
    return {
        "key": one.key,
        "status": one.status.value,
        "kind": one.kind.value,
        "company": one.establishment.organisation.name,
        "school": one.school.name,
        "from": one.starts_on.isoformat(),
        "until": one.last_day.isoformat(),
        "hours": one.hours,
        "adult_on": one.adult_on.isoformat() if one.adult_on else None,
        "parent": {"name": one.parent_name, "email": one.parent_email},
        "three_party": one.three_party,
        "reason": one.reason.value if one.reason else None,
        "note": one.note,
        "assignment": _assignment(one.assignment),
        "agreements": [_agreement(agreement) for agreement in one.agreements],
        "trail": [{"at": line.at.isoformat(), "who": line.who.value, "what": line.what} for line in one.events],
    }


def _assignment(one: Assignment | None) -> dict[str, Any] | None:
    if one is None:
        return None
    names = ("title", "problem", "goal", "deliverables", "method", "ec", "note")
    return {**{name: getattr(one, name) for name in names}, "status": one.status.value}


def _agreement(agreement: Agreement) -> dict[str, Any]:
    return {
        "number": agreement.number,
        "type": agreement.type.value,
        "status": agreement.status.value,
        "sheets": [
            {
                "version": sheet.version,
                "status": sheet.status.value,
                "content": sheet.content,
                "sha256": sheet.sha256,
                "signatures": [
                    {"party": line.party.value, "name": line.name, "on": line.signed_on.isoformat()} for line in sheet.signatures
                ],
                "answers": [
                    {"party": line.party.value, "answer": line.answer.value, "words": line.words} for line in sheet.answers
                ],
            }
            for sheet in agreement.sheets
        ],
    }


def erase(user_id: int) -> None:
    """Take a person out of every placement: their own as a whole, and their name where they guided or were the parent."""
    scrub(list(session.scalars(select(Placement.id).where(Placement.student_id == user_id))), now=clock.now())
    now_nobody = {"trainer_name": "", "trainer_email": "", "trainer_id": None}
    quietly = {"synchronize_session": False}
    session.execute(update(Placement).where(Placement.trainer_id == user_id).values(**now_nobody).execution_options(**quietly))
    for column in (Placement.supervisor_id, Placement.recognition_checked_by_id):
        session.execute(update(Placement).where(column == user_id).values({column: None}).execution_options(**quietly))
    session.execute(update(PlacementEvent).where(PlacementEvent.user_id == user_id).values(user_id=None))
    email = session.scalar(select(User.email).where(User.id == user_id))
    gone = update(Placement).where(Placement.parent_email == email, Placement.parent_email != "")
    session.execute(gone.values(parent_name="", parent_email="").execution_options(**quietly))
    session.expire_all()


def scrub(numbers: Collection[int], *, now: datetime) -> None:
    """Erase the personal data of these placements: agreements, signatures, scans and texts go, dates and counts stay."""
    if not numbers:
        return
    there = Placement.id.in_(numbers)
    session.execute(delete(SignatureScan).where(SignatureScan.placement_id.in_(numbers)))
    session.execute(delete(Agreement).where(Agreement.placement_id.in_(numbers)))
    session.execute(delete(Assignment).where(Assignment.placement_id.in_(numbers)))
    own = (PlacementEvent.placement_id.in_(numbers), PlacementEvent.who.in_((Who.STUDENT, Who.PARENT)))
    session.execute(update(PlacementEvent).where(*own).values(user_id=None))
    nobody = {
        "student_id": None, "enrolment_id": None, "application_id": None, "adult_on": None, "parent_name": "", "parent_email": "",
        "three_party": False, "note": "", "trainer_name": "", "trainer_email": "", "erased_at": now,
    }  # fmt: skip
    session.execute(update(Placement).where(there).values(**nobody).execution_options(synchronize_session=False))
    session.expire_all()
