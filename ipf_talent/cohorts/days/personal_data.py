"""What matchmaking days keep of a person: all of it as plain values, and taking it away."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import joinedload, selectinload

from ipf_talent import clock
from ipf_talent.cohorts.days.kinds import DayStatus
from ipf_talent.cohorts.days.models import DayCompany, DayLock, DayStudent, DayTalk, DayWish, MatchDay
from ipf_talent.db import session
from ipf_talent.programmes.levels import Level

KEPT = timedelta(days=28)
"""How long after a day it is known who was there; responses that came of it have terms of their own (R16)."""


def export(user_id: int) -> dict[str, list[dict[str, Any]]]:
    """The days that a person signed up for, with what they marked, the talks they had and what they said of them."""
    query = select(DayStudent).where(DayStudent.student_id == user_id).order_by(DayStudent.id)
    rows = session.scalars(query.options(joinedload(DayStudent.day), selectinload(DayStudent.wishes))).all()
    numbers = [row.id for row in rows]
    loads = joinedload(DayTalk.company).joinedload(DayCompany.company)
    found = session.scalars(select(DayTalk).where(DayTalk.day_student_id.in_(numbers)).options(loads).order_by(DayTalk.id)).all()
    marked = [wish.day_company_id for row in rows for wish in row.wishes]
    query_names = select(DayCompany).where(DayCompany.id.in_(marked)).options(joinedload(DayCompany.company))
    names = {row.id: row.company.slug for row in session.scalars(query_names)}
    return {"matchmaking_days": [_day(row, [talk for talk in found if talk.day_student_id == row.id], names) for row in rows]}


def _day(row: DayStudent, talks: list[DayTalk], names: dict[int, str]) -> dict[str, Any]:
    return {
        "day": row.day.slug,
        "code": row.code,
        "level": row.level.value,
        "fields": row.fields,
        "name_on_lists": row.named,
        "fill_up": row.fill_up,
        "under_18": row.minor,
        "away_in_rounds": row.away,
        "signed_up": row.signed_up_at.isoformat(),
        "withdrawn": row.withdrawn_at.isoformat() if row.withdrawn_at else None,
        "marked": {names[wish.day_company_id]: wish.mark.value for wish in row.wishes},
        "talks": [
            {
                "company": talk.company.company.slug,
                "round": talk.round,
                "said": talk.student_says.value if talk.student_says else None,
                "response_may_be_sent": talk.agreed_at.isoformat() if talk.agreed_at else None,
            }
            for talk in talks
        ],
    }


def erase(user_id: int) -> None:
    """Take away all that is theirs, while the account stays: of a day to come the talks too, of one that was only counts stay."""
    theirs = select(DayStudent.id).where(DayStudent.student_id == user_id)
    coming = select(MatchDay.id).where(MatchDay.status.not_in((DayStatus.HELD, DayStatus.CANCELLED)))
    ahead = list(session.scalars(theirs.where(DayStudent.day_id.in_(coming))))
    session.execute(delete(DayTalk).where(DayTalk.day_student_id.in_(ahead), DayTalk.student_says.is_(None)))
    scrub(list(session.scalars(theirs)), withdrawn=ahead)


def due(now: datetime) -> list[int]:
    """The numbers of rows of students whose day is so long over that nobody needs to know any more who was there."""
    before = (now - KEPT).astimezone(clock.AMSTERDAM).date()
    old = select(MatchDay.id).where(MatchDay.held_on < before, MatchDay.is_example.is_(False))
    query = select(DayStudent.id).where(DayStudent.day_id.in_(old), DayStudent.student_id.is_not(None))
    return list(session.scalars(query.order_by(DayStudent.id)))


def scrub(numbers: list[int], *, withdrawn: list[int] | None = None) -> None:
    """Make these rows name nobody: marks, fixed talks, facts and the link to the person go; outcomes stay as counts."""
    if not numbers:
        return
    for table in (DayWish, DayLock):
        session.execute(delete(table).where(table.day_student_id.in_(numbers)))
    session.execute(update(DayTalk).where(DayTalk.day_student_id.in_(numbers)).values(agreed_at=None))
    empty: dict[str, Any] = {"student_id": None, "level": Level.NONE, "fields": [], "named": False, "minor": False, "away": []}
    session.execute(update(DayStudent).where(DayStudent.id.in_(numbers)).values(empty).execution_options(synchronize_session=False))
    gone = (DayStudent.id.in_(withdrawn or ()), DayStudent.withdrawn_at.is_(None))
    session.execute(update(DayStudent).where(*gone).values(withdrawn_at=clock.now()).execution_options(synchronize_session=False))
    session.expire_all()
