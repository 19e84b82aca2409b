"""Taking mail from the outbox to the mail server, one at a time, each under a lease."""

import smtplib

import structlog
from flask import current_app

from ipf_talent import clock, db, mail
from ipf_talent.notifications import services

log = structlog.get_logger()
UNREACHABLE_IN_A_ROW = 3
"""So many mails in a row to a server that does not answer, and this round ends."""


def send_due() -> int:
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
