"""Forgetting in time (R16): ended responses after four weeks, with consent after a year; old drafts; files without a row."""

from datetime import date, datetime, timedelta

from sqlalchemy import delete, or_, select

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.applications import personal_data, queries, services, storage
from ipf_talent.applications.kinds import ENDS, OPEN, PLACED, Deed, ReportStatus, State, Who
from ipf_talent.applications.models import Application, DiscriminationReport
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _

KEPT = timedelta(days=28)
"""How long a response stays after it ended."""

KEPT_WITH_CONSENT = timedelta(days=365)
DRAFTS_KEPT = timedelta(days=90)
REPORTS_KEPT = timedelta(days=365)
"""How long a report stays once it is settled."""

CONSENT_TEXT = 1
"""The version of the words that one agrees to; raised when they change."""


def due(now: datetime) -> list[int]:
    """The numbers of responses whose personal data have to go now."""
    today = now.astimezone(clock.AMSTERDAM).date()
    over = (Application.state.in_(ENDS), Application.erased_at.is_(None), Application.ended_at < now - KEPT)
    no_longer = or_(Application.keep_until.is_(None), Application.keep_until < today)
    return list(session.scalars(select(Application.id).where(*over, no_longer).order_by(Application.id)))


def sweep(now: datetime) -> int:
    """Erase what is due, drop old drafts and settled reports; gives how many responses. A second time finds nothing."""
    numbers = due(now)
    personal_data.scrub(numbers)
    session.execute(delete(Application).where(Application.state == State.DRAFT, Application.created_at < now - DRAFTS_KEPT))
    settled = (DiscriminationReport.status == ReportStatus.SETTLED, DiscriminationReport.changed_at < now - REPORTS_KEPT)
    session.execute(delete(DiscriminationReport).where(*settled))
    return len(numbers)


def sweep_files(now: datetime) -> int:
    """Take away files that no row names any more; a file that is an hour young may be on its way to its row."""
    return storage.sweep(queries.document_names(), older_than=now - timedelta(hours=1))


def keep_longer(application: Application, on: bool, *, by: User, now: datetime) -> None:
    """
    Let an ended response stay for a year, or no longer; the student decides, and may change that at any time.

    Raises:
        DomainError: it has not ended.
    """
    if application.state not in ENDS or application.ended_at is None:
        raise DomainError(_("This response has not ended."))
    application.keep_until = _year_after(application.ended_at) if on else None
    session.flush()
    services.log(application, Who.STUDENT, by, f"consent_{CONSENT_TEXT}" if on else "no_consent", now)


def _year_after(moment: datetime) -> date:
    return (moment + KEPT_WITH_CONSENT).astimezone(clock.AMSTERDAM).date()


def forget(user: User, *, now: datetime) -> None:
    """A person leaves: what is open is withdrawn, a place they had is free again, and nothing says any more that it was them."""
    theirs = select(Application.key).where(Application.student_id == user.id, Application.state.in_(OPEN | PLACED))
    for key in list(session.scalars(theirs)):
        application = queries.get(key)
        if application.state in PLACED:
            services.move(application, Deed.LEAVE, who=Who.STUDENT, by=user, now=now)
        else:
            services.withdraw_one(application, by=user, now=now)
    personal_data.erase(user.id)
