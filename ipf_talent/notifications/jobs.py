"""Sending what the outbox holds: every minute, and right after a commit that wrote mail."""

import smtplib

import structlog
from flask import current_app, has_app_context
from sqlalchemy import event
from sqlalchemy.orm import Session

from ipf_talent import clock, db, jobs, mail
from ipf_talent.accounts import attempts, audit
from ipf_talent.accounts import services as accounts
from ipf_talent.db import session
from ipf_talent.notifications import letters, services

log = structlog.get_logger()
UNREACHABLE_IN_A_ROW = 3
"""So many mails in a row to a server that does not answer, and this round ends."""

letters.listen()


@jobs.job(every="*")
def sweep_outbox() -> int:
    """Send what is due; gives how many went out."""
    with db.transaction():
        numbers = services.due(now=clock.now())
    sent = silent = 0
    for number in numbers:
        outcome = send_one(number)
        sent += outcome == "sent"
        silent = silent + 1 if outcome == "unreachable" else 0
        if silent >= UNREACHABLE_IN_A_ROW:
            break
    return sent


@jobs.job()
def send_mail_soon() -> int:
    """The same, on request."""
    return int(sweep_outbox())


@jobs.job(every="17")
def tidy_outbox() -> None:
    """Take away mail, counted tries, dead links and old lines of the trail, as the privacy page promises."""
    now = clock.now()
    with db.transaction():
        services.tidy(now=now)
        accounts.tidy(now=now)
        attempts.sweep(now)
        audit.sweep(now)


def send_one(number: int) -> str:
    """Try one mail: `sent`, `refused`, `unreachable`, or `taken` when it is another's or not due."""
    with db.transaction():
        row = services.lease(number, now=clock.now())
        letter = (row.to_address, row.subject, row.body, row.message_id) if row else None
    if letter is None:
        return "taken"
    try:
        mail.send(mail.message(*letter))
    except (OSError, ValueError) as error:
        return _failed(number, error)
    with db.transaction():
        services.note_sent(number, now=clock.now(), keep_body=current_app.config["DEMO"])
    return "sent"


def _failed(number: int, error: OSError | ValueError) -> str:
    code = getattr(error, "smtp_code", None)
    name = f"{type(error).__name__} {code}" if code else type(error).__name__
    log.warning("mail_not_sent", mail=number, error=name)
    with db.transaction():
        services.note_failed(number, name, now=clock.now(), for_good=isinstance(error, ValueError))
    answered = isinstance(error, ValueError | smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused)
    return "refused" if answered else "unreachable"


def _after_commit(done: Session) -> None:
    """Ask for sending as soon as a transaction that wrote mail is kept; a request never waits for a mail server."""
    if done.in_nested_transaction() or not done.info.pop(services.POSTED, False):
        return
    if not has_app_context() or not current_app.config["JOBS"]:
        return
    try:
        jobs.soon(current_app._get_current_object(), send_mail_soon)  # type: ignore[attr-defined]
    except Exception as error:  # the mail is safe in its row, and the next round takes it
        log.warning("mail_not_queued", error=type(error).__name__)


event.listen(session, "after_commit", _after_commit)
event.listen(session, "after_rollback", lambda done: done.info.pop(services.POSTED, None))
