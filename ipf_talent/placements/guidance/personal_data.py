"""What guidance keeps of a person: all of it as plain values, and taking it away. `personal_data` asks for both."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import selectinload

from ipf_talent.accounts.models import User
from ipf_talent.db import session
from ipf_talent.organisations.models import Establishment
from ipf_talent.placements.guidance.models import (
    Assessment,
    ContactMoment,
    GuestLink,
    GuidanceNotice,
    HoursEntry,
    HoursWeek,
    Outcome,
)
from ipf_talent.placements.models import Placement


def export(user_id: int) -> dict[str, list[dict[str, Any]]]:
    """Hours, talks, assessments and answers of a student; and what a person approved, advised, noted and asked at work."""
    mine = select(Placement.id).where(Placement.student_id == user_id)
    hours = select(HoursEntry).where(HoursEntry.placement_id.in_(mine)).order_by(HoursEntry.placement_id, HoursEntry.day)
    talks = select(ContactMoment).where(ContactMoment.placement_id.in_(mine)).order_by(ContactMoment.id)
    marks = select(Assessment).where(Assessment.placement_id.in_(mine)).options(selectinload(Assessment.lines))
    outcomes = select(Outcome).where(Outcome.placement_id.in_(mine)).order_by(Outcome.id)
    told = select(GuidanceNotice).where(GuidanceNotice.placement_id.in_(mine), GuidanceNotice.what.in_(("ill", "well")))
    return {
        "hours": [_day(row) for row in session.scalars(hours)],
        "talks": [_talk(row) for row in session.scalars(talks)],
        "assessments": [_mark(row) for row in session.scalars(marks.order_by(Assessment.id))],
        "outcomes": [
            {
                "months": row.term.value,
                "answer": row.answer.value if row.answer else None,
                "asked": row.asked_at.isoformat(),
                "company_says_employed": row.employed,
            }
            for row in session.scalars(outcomes)
        ],
        "ill_and_back": [{"what": row.what, "at": row.at.isoformat()} for row in session.scalars(told.order_by(GuidanceNotice.id))],
        "at_work": _at_work(user_id),
    }


def _day(row: HoursEntry) -> dict[str, Any]:
    return {
        "day": row.day.isoformat(),
        "minutes": row.minutes,
        "kind": row.kind.value,
        "state": row.state.value,
        "reason": row.reason,
        "approved_by": row.approved_name,
    }


def _talk(row: ContactMoment) -> dict[str, Any]:
    return {
        "kind": row.kind.value,
        "planned": row.planned_on.isoformat(),
        "held": row.held_on.isoformat() if row.held_on else None,
        "present": row.present,
        "agreements": row.agreements,
        "remark": row.remark,
        "agreed_by_company": row.company_name,
    }


def _mark(row: Assessment) -> dict[str, Any]:
    return {
        "moment": row.moment.value,
        "attempt": row.attempt,
        "state": row.state.value,
        "lines": [{"part": line.title, "grade": line.grade.value if line.grade else None} for line in row.lines],
        "attitude": row.attitude.value if row.attitude else None,
        "advice": row.advice.value if row.advice else None,
        "advice_text": row.advice_text,
        "advised_by": row.advised_name,
        "decision": row.decision.value if row.decision else None,
        "decision_text": row.decision_text,
    }


def _at_work(user_id: int) -> list[dict[str, Any]]:
    """What a person did for others, without their data; and links that were sent to the address of this person."""
    email = session.scalar(select(User.email).where(User.id == user_id)) or "-"
    approved = select(HoursEntry.day, HoursEntry.approved_at).where(HoursEntry.approved_by_id == user_id)
    advised = select(Assessment).where(or_(Assessment.advised_by_id == user_id, Assessment.decided_by_id == user_id))
    noted = select(ContactMoment).where(ContactMoment.noted_by_id == user_id)
    links = select(GuestLink).where(GuestLink.email == email)
    return [
        *({"what": "approved hours", "of": row.day.isoformat()} for row in session.execute(approved.order_by(HoursEntry.id))),
        *({"what": "assessed", "text": _own_text(row, user_id)} for row in session.scalars(advised.order_by(Assessment.id))),
        *({"what": "noted a talk", "text": row.agreements} for row in session.scalars(noted.order_by(ContactMoment.id))),
        *(
            {"what": "was asked by a link", "name": row.name, "purpose": row.purpose.value, "sent": row.created_at.isoformat()}
            for row in session.scalars(links.order_by(GuestLink.id))
        ),
    ]


def _own_text(row: Assessment, user_id: int) -> str:
    return row.advice_text if row.advised_by_id == user_id else row.decision_text


def erase(user: User) -> None:
    """Take a person's name out of what they did for others; what is about them goes with `scrub`."""
    quietly = {"synchronize_session": False}
    at_work = (
        update(HoursEntry).where(HoursEntry.approved_by_id == user.id).values(approved_name="", approved_by_id=None),
        update(Assessment).where(Assessment.advised_by_id == user.id).values(advised_name="", advised_by_id=None),
        update(Assessment).where(Assessment.decided_by_id == user.id).values(decided_by_id=None),
        update(ContactMoment).where(ContactMoment.noted_by_id == user.id).values(noted_by_id=None),
        update(ContactMoment).where(ContactMoment.company_name == user.display_name, _guided_by(user)).values(company_name=""),
    )
    for change in at_work:
        session.execute(change.execution_options(**quietly))
    session.execute(delete(GuestLink).where(GuestLink.email == user.email).execution_options(**quietly))
    session.expire_all()


def _guided_by(user: User) -> ColumnElement[bool]:
    """Talks about placements that this person guided at the company, or that lie at a company where they work."""
    own = select(Establishment.id).where(Establishment.organisation_id.in_([m.organisation_id for m in user.memberships]))
    there = select(Placement.id).where(or_(Placement.trainer_id == user.id, Placement.establishment_id.in_(own)))
    return ContactMoment.placement_id.in_(there)


def scrub(numbers: Collection[int]) -> None:
    """
    Erase what guidance keeps of the students of these placements.

    That a talk took place, and where somebody was afterwards, stays as a count; it names nobody.
    """
    if not numbers:
        return
    for table in (HoursEntry, HoursWeek, Assessment, GuestLink, GuidanceNotice):
        session.execute(delete(table).where(table.placement_id.in_(numbers)).execution_options(synchronize_session=False))
    empty: dict[str, Any] = {"agreements": "", "remark": "", "remark_by": None, "company_name": "", "present": []}
    talks = update(ContactMoment).where(ContactMoment.placement_id.in_(numbers)).values(**empty)
    session.execute(talks.execution_options(synchronize_session=False))
    session.expire_all()
