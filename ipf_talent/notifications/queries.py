"""Reading the outbox."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select

from ipf_talent.db import session
from ipf_talent.notifications.models import OutboxMail


@dataclass(frozen=True)
class OutboxStatus:
    """How the mail stands: counts, and since when the oldest waiting one waits."""

    waiting: int
    sent: int
    given_up: int
    waiting_since: datetime | None


def status() -> OutboxStatus:
    """How the mail stands."""
    open_ = OutboxMail.sent_at.is_(None) & OutboxMail.given_up_at.is_(None)
    tests = (open_, OutboxMail.sent_at.is_not(None), OutboxMail.given_up_at.is_not(None))
    count = [func.coalesce(func.sum(case((test, 1), else_=0)), 0) for test in tests]
    oldest = func.min(case((open_, OutboxMail.created_at)))
    columns: list[Any] = [*count, oldest]
    waiting, sent, given_up, since = session.execute(select(*columns)).one()
    return OutboxStatus(int(waiting), int(sent), int(given_up), since)


def given_up(most: int = 20) -> Sequence[tuple[int, int, str]]:
    """Mails that will not be tried again, the newest first: number, tries, last error. No address, no text."""
    columns = select(OutboxMail.id, OutboxMail.tries, func.coalesce(OutboxMail.last_error, ""))
    dead = columns.where(OutboxMail.given_up_at.is_not(None)).order_by(OutboxMail.given_up_at.desc(), OutboxMail.id.desc())
    return [(number, tries, error) for number, tries, error in session.execute(dead.limit(most))]


def to_addresses(addresses: Collection[str], most: int = 20) -> Sequence[OutboxMail]:
    """The newest mails to some addresses."""
    query = select(OutboxMail).where(OutboxMail.to_address.in_(addresses))
    return session.scalars(query.order_by(OutboxMail.created_at.desc(), OutboxMail.id.desc()).limit(most)).all()
