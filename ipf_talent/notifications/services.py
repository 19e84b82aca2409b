"""The outbox: a mail is a row in the transaction of its reason, and sending is a matter between the sender and that row."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import delete, select, update

from ipf_talent.db import session
from ipf_talent.notifications.models import OutboxMail

LEASE = timedelta(minutes=5)
"""How long a sender has for one mail; after it another may take over, so a killed sender loses nothing."""

MOST_TRIES = 48
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=4)
KEPT = timedelta(days=30)
"""How long a row stays after it was sent or given up."""

POSTED = "posted"
"""Mark on the session: this transaction writes mail."""


def post(to: str, subject: str, body: str, *, domain: str) -> OutboxMail:
    """Write a mail down; it goes out after the commit, and not at all without one."""
    subject = " ".join(subject.split())[:200]
    mail = OutboxMail(to_address=to, subject=subject, body=body, message_id=f"<{uuid4().hex}@{domain}>")
    session.add(mail)
    session.flush()
    session.info[POSTED] = True
    return mail


def lease(number: int, *, now: datetime) -> OutboxMail | None:
    """Take a mail to send it; None when it is not due, or another sender has it."""
    waiting = (OutboxMail.sent_at.is_(None), OutboxMail.given_up_at.is_(None), OutboxMail.not_before <= now)
    mine = update(OutboxMail).where(OutboxMail.id == number, *waiting).values(not_before=now + LEASE, tries=OutboxMail.tries + 1)
    taken = session.execute(mine.returning(OutboxMail.id).execution_options(synchronize_session=False)).scalar()
    return session.get(OutboxMail, taken, populate_existing=True) if taken is not None else None


def note_sent(number: int, *, now: datetime, keep_body: bool) -> None:
    """It is out; its text may hold a link that opens an account, so it is not kept, except where nothing is really sent."""
    values: dict[str, object] = {"sent_at": now, "last_error": None}
    session.execute(update(OutboxMail).where(OutboxMail.id == number).values(values if keep_body else values | {"body": ""}))


def note_failed(number: int, error: str, *, now: datetime, for_good: bool = False) -> None:
    """It did not go out: try again later, twice as long each time up to 4 hours, or give up."""
    mail = session.get_one(OutboxMail, number, populate_existing=True)
    mail.last_error = error[:200]
    if for_good or mail.tries >= MOST_TRIES:
        mail.given_up_at = now
    else:
        mail.not_before = now + pause_after(mail.tries)


def pause_after(tries: int) -> timedelta:
    """How long to wait after so many tries: 1 minute, 2, 4 … 4 hours."""
    doubled: timedelta = FIRST_PAUSE * 2 ** min(tries - 1, 10)
    return min(doubled, LONGEST_PAUSE)


def forget_mail_to(address: str) -> None:
    """Take away what was and would be sent to an address."""
    session.execute(delete(OutboxMail).where(OutboxMail.to_address == address))


def tidy(*, now: datetime) -> None:
    """Take away rows whose mail is long gone."""
    old = now - KEPT
    session.execute(delete(OutboxMail).where(OutboxMail.sent_at < old))
    session.execute(delete(OutboxMail).where(OutboxMail.given_up_at < old))


def due(*, now: datetime, most: int = 100) -> Sequence[int]:
    """The numbers of mails that may be tried now, the longest waiting first."""
    waiting = (OutboxMail.sent_at.is_(None), OutboxMail.given_up_at.is_(None), OutboxMail.not_before <= now)
    return session.scalars(select(OutboxMail.id).where(*waiting).order_by(OutboxMail.not_before, OutboxMail.id).limit(most)).all()
