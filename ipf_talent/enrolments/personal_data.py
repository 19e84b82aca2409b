"""What schools keep here of a student: all of it as plain values, and taking it away."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from ipf_talent import clock
from ipf_talent.db import session
from ipf_talent.enrolments.kinds import EnrolmentStatus
from ipf_talent.enrolments.models import ClassList, Enrolment, SchoolClass


def export(user_id: int) -> dict[str, list[dict[str, Any]]]:
    """A person's enrolments, as their schools keep them here."""
    loads = (
        joinedload(Enrolment.school),
        joinedload(Enrolment.programme),
        joinedload(Enrolment.own_period),
        joinedload(Enrolment.school_class).joinedload(SchoolClass.period),
    )
    theirs = select(Enrolment).where(Enrolment.student_id == user_id).options(*loads).order_by(Enrolment.id)
    return {"enrolments": [_enrolment(row) for row in session.scalars(theirs)]}


def _enrolment(row: Enrolment) -> dict[str, Any]:
    return {
        "school": row.school.name,
        "class": row.school_class.name if row.school_class else None,
        "number": row.number,
        "name": row.name,
        "email": row.email,
        "programme": row.programme.slug,
        "year": row.year,
        "cohort": row.cohort,
        "status": row.status.value,
        "period": row.period.name if row.period else None,
        "travel_km": row.travel_km,
        "turns_18_on": row.minor_until.isoformat() if row.minor_until else None,
        "arrangements_for_support": row.support,
        "needs_no_place": row.excused,
        "said_to_be_wrong": row.note,
        "invited": _moment(row.invited_at),
        "came": _moment(row.claimed_at),
        "confirmed": _moment(row.confirmed_at),
        "ended": _moment(row.ended_at),
    }


def _moment(value: datetime | None) -> str | None:
    return value.isoformat() if value else None


def erase(user_id: int) -> None:
    """Take away all that names the person, while the account stays; what remains only counts, and the school has its own list."""
    scrub(list(session.scalars(select(Enrolment.id).where(Enrolment.student_id == user_id))))
    session.execute(update(ClassList).where(ClassList.by_id == user_id).values(by_id=None))
    session.expire_all()


def scrub(numbers: list[int]) -> None:
    """Make these enrolments name nobody, and end those that had not."""
    if not numbers:
        return
    now = clock.now()
    empty: dict[str, Any] = {
        "student_id": None,
        "name": "",
        "email": "",
        "number": "-" + Enrolment.key,
        "note": "",
        "noted_at": None,
    }
    empty |= {"travel_km": None, "minor_until": None, "support": False, "cohort": None, "secret_hash": None, "secret_until": None}
    empty |= {"status": EnrolmentStatus.ENDED, "erased_at": now, "said_programme_id": None, "said_year": None}
    mine = update(Enrolment).where(Enrolment.id.in_(numbers)).execution_options(synchronize_session=False)
    session.execute(mine.values(empty))
    session.execute(mine.where(Enrolment.ended_at.is_(None)).values(ended_at=now))
    session.expire_all()
