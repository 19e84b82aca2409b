"""What rounds keep of a person: to hand over, and to erase."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload, selectinload

from ipf_talent.cohorts.rounds.models import Round, RoundPlace, RoundStudent, RoundWish
from ipf_talent.db import session

KEPT = timedelta(days=365)
"""How long after a round closed it is known who its codes were; placements that came of it have terms of their own (R16)."""
FORGOTTEN = {"student_id": None, "enrolment_id": None, "home_id": None, "learning_wish": ""}


def export(user_id: int) -> dict[str, Any]:
    """All that rounds keep of a person; what came out only where it was published."""
    return {"rounds": [_told(one) for one in _entries(user_id)]}


def _entries(user_id: int) -> Sequence[RoundStudent]:
    loads = (
        joinedload(RoundStudent.placing_round),
        selectinload(RoundStudent.wishes).joinedload(RoundWish.place).joinedload(RoundPlace.vacancy),
        joinedload(RoundStudent.got).joinedload(RoundPlace.vacancy),
    )
    query = select(RoundStudent).where(RoundStudent.student_id == user_id).options(*loads)
    return session.scalars(query.order_by(RoundStudent.id)).all()


def _told(one: RoundStudent) -> dict[str, Any]:
    return {
        "round": one.placing_round.name,
        "code": one.code,
        "learning_wish": one.learning_wish,
        "wishes": [wish.place.vacancy.title_nl for wish in one.wishes],
        "stated_at": one.wished_at.isoformat() if one.wished_at else None,
        "proposed": one.got.vacancy.title_nl if one.shown and one.got else None,
        "answer": one.answer.value if one.answer else None,
        "answered_at": one.answered_at.isoformat() if one.answered_at else None,
    }


def erase(user_id: int) -> int:
    """Forget who it was: the code and its list stay for the certificate, with nobody behind them; gives in how many rounds."""
    theirs = update(RoundStudent).where(RoundStudent.student_id == user_id).values(**FORGOTTEN)
    return len(session.execute(theirs.returning(RoundStudent.id).execution_options(synchronize_session="fetch")).all())


def sweep(now: datetime) -> int:
    """Forget who took part in rounds that closed long ago; gives how many parts of students."""
    old = select(Round.id).where(Round.closed_at < now - KEPT)
    known = (RoundStudent.round_id.in_(old), RoundStudent.enrolment_id.is_not(None))
    theirs = update(RoundStudent).where(*known).values(**FORGOTTEN)
    return len(session.execute(theirs.returning(RoundStudent.id).execution_options(synchronize_session="fetch")).all())
