"""Messages between a student and a company about one response; mail only says that there is one."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from ipf_talent.accounts.models import User
from ipf_talent.applications import letters
from ipf_talent.applications.kinds import ENDS, State, Who
from ipf_talent.applications.models import Application, ApplicationMessage
from ipf_talent.applications.services import log
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.vacancies.kinds import PlacingMode

MOST_A_DAY = 30
"""Messages of one side in a day."""

OTHER = {Who.STUDENT: Who.COMPANY, Who.COMPANY: Who.STUDENT}


def can_write(application: Application) -> bool:
    """Whether there is somebody to write to: after it arrived, before it ended; where the school places, once it is confirmed."""
    if application.mode is PlacingMode.SCHOOL_PLACES:
        return application.state is State.CONFIRMED
    return application.state not in ENDS | {State.DRAFT}


def write(application: Application, who: Who, *, by: User, body: str, once: str, now: datetime) -> bool:
    """
    Write to the other side. Only the first message that waits to be read is told by mail.

    Args:
        once: of the form; a second message with it is not written.

    Returns:
        False where it was written before.

    Raises:
        DomainError: one cannot write here now, there is no text, or there were too many today.
    """
    if session.scalar(select(ApplicationMessage.id).where(ApplicationMessage.once == once)) is not None:
        return False
    if not can_write(application):
        raise DomainError(_("There is nobody to write to here now."))
    if not body:
        raise DomainError(_("Write a message first."), field="body")
    own = [one for one in application.messages if one.who is who]
    if sum((now - one.written_at).days < 1 for one in own) >= MOST_A_DAY:
        raise DomainError(_("That is a lot for one day. Write again tomorrow."), field="body")
    first = all(one.read_at is not None for one in own)
    message = ApplicationMessage(application_id=application.id, who=who, author_id=by.id, once=once, body=body, written_at=now)
    try:
        with session.begin_nested():
            session.add(message)
    except IntegrityError:  # the same click twice
        return False
    application.messages.append(message)
    log(application, who, by, "message", now)
    if first:
        letters.tell(application, OTHER[who], "message")
    return True


def unread(application: Application, side: Who) -> list[ApplicationMessage]:
    """What the other side wrote and this side has not opened yet."""
    return [one for one in application.messages if one.who is not side and one.read_at is None]


def note_read(messages: list[ApplicationMessage], *, now: datetime) -> None:
    """Keep that these were opened."""
    for one in messages:
        one.read_at = now
    session.flush()
