"""What responses keep of a person: all of it as plain values, and taking it away."""

from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import joinedload, selectinload

from ipf_talent import clock
from ipf_talent.applications.kinds import Who
from ipf_talent.applications.models import (
    Application,
    ApplicationEvent,
    ApplicationMessage,
    ApplicationRelease,
    DiscriminationReport,
    Document,
)
from ipf_talent.db import session


def export(user_id: int) -> dict[str, list[dict[str, Any]]]:
    """A person's responses, documents and reports with their name on; and what they wrote for a company they work at."""
    loads = (
        joinedload(Application.vacancy),
        selectinload(Application.events),
        selectinload(Application.shown),
        selectinload(Application.messages),
    )
    own = select(Application).where(Application.student_id == user_id).options(*loads).order_by(Application.id)
    documents = select(Document).where(Document.user_id == user_id).order_by(Document.id)
    reports = select(DiscriminationReport).where(DiscriminationReport.reporter_id == user_id).order_by(DiscriminationReport.id)
    at_work = select(ApplicationMessage).where(ApplicationMessage.author_id == user_id, ApplicationMessage.who == Who.COMPANY)
    return {
        "responses": [_response(row) for row in session.scalars(own)],
        "documents": [
            {"name": row.label, "bytes": row.size, "uploaded": row.uploaded_at.isoformat()} for row in session.scalars(documents)
        ],
        "reports": [
            {"text": row.body, "status": row.status.value, "written": row.created_at.isoformat()}
            for row in session.scalars(reports)
        ],
        "written_at_work": [{"text": row.body, "written": row.written_at.isoformat()} for row in session.scalars(at_work)],
    }


def _response(row: Application) -> dict[str, Any]:
    return {
        "place": row.vacancy.slug,
        "state": row.state.value,
        "message": row.message,
        "wish": row.wish,
        "under_18": row.minor,
        "shown_from_the_start": row.card,
        "reason": row.reason.value if row.reason else None,
        "reason_note": row.reason_note,
        "keep_until": row.keep_until.isoformat() if row.keep_until else None,
        "begun": row.created_at.isoformat(),
        "sent": row.sent_at.isoformat() if row.sent_at else None,
        "ended": row.ended_at.isoformat() if row.ended_at else None,
        "trail": [
            {"at": one.at.isoformat(), "who": one.who.value, "what": one.what, "part": one.part.value if one.part else None}
            for one in row.events
        ],
        "shown": [
            {
                "what": one.what.value,
                "from": one.given_at.isoformat(),
                "until": one.taken_back_at.isoformat() if one.taken_back_at else None,
            }
            for one in row.shown
        ],
        "messages": [{"who": one.who.value, "text": one.body, "written": one.written_at.isoformat()} for one in row.messages],
    }


def erase(user_id: int) -> None:
    """Take away all that is theirs, while the account stays; what remains of a response names nobody and only counts."""
    scrub(list(session.scalars(select(Application.id).where(Application.student_id == user_id))))
    session.execute(delete(Document).where(Document.user_id == user_id))
    session.execute(update(DiscriminationReport).where(DiscriminationReport.reporter_id == user_id).values(reporter_id=None))
    session.execute(update(ApplicationEvent).where(ApplicationEvent.user_id == user_id).values(user_id=None))
    session.execute(update(ApplicationMessage).where(ApplicationMessage.author_id == user_id).values(author_id=None))
    session.expire_all()


def scrub(numbers: list[int]) -> None:
    """Make these responses name nobody: texts, messages, releases, card and the link to the person go; state and reason stay."""
    if not numbers:
        return
    for table in (ApplicationMessage, ApplicationRelease):
        session.execute(delete(table).where(table.application_id.in_(numbers)))
    theirs = (ApplicationEvent.application_id.in_(numbers), ApplicationEvent.who == Who.STUDENT)
    session.execute(update(ApplicationEvent).where(*theirs).values(user_id=None))
    empty: dict[str, Any] = {"student_id": None, "document_id": None, "keep_until": None, "erased_at": clock.now()}
    empty |= {"message": "", "wish": "", "minor": False, "card": {}, "reason_note": "", "code": ""}
    session.execute(
        update(Application).where(Application.id.in_(numbers)).values(empty).execution_options(synchronize_session=False)
    )
    session.expire_all()
