"""Outgoing mail: one message to one person, over the back end that the settings name."""

import smtplib
from email.message import EmailMessage
from email.utils import formatdate
from pathlib import Path

from flask import current_app

sent: list[EmailMessage] = []
"""What the `memory` back end kept; tests read and clear it."""


def message(to: str, subject: str, body: str, message_id: str) -> EmailMessage:
    """
    Make a plain text mail.

    Raises:
        ValueError: an address or the subject holds a line end.
    """
    mail = EmailMessage()
    mail["From"] = current_app.config["MAIL_FROM"]
    mail["To"] = to
    mail["Subject"] = subject
    mail["Date"] = formatdate(localtime=False)
    mail["Message-ID"] = message_id
    mail.set_content(body)
    return mail


def send(mail: EmailMessage) -> None:
    """
    Send one message.

    Raises:
        OSError: the server cannot be reached or refuses; `smtplib.SMTPException` is one.
    """
    match current_app.config["MAIL_BACKEND"]:
        case "memory":
            sent.append(mail)
        case "file":
            folder = Path(current_app.config["INSTANCE"]) / "mail"
            folder.mkdir(parents=True, exist_ok=True)
            name = str(mail["Message-ID"]).strip("<>").partition("@")[0]
            (folder / f"{name}.eml").write_bytes(mail.as_bytes())
        case _:
            _send_smtp(mail)


def _send_smtp(mail: EmailMessage) -> None:
    settings = current_app.config
    with smtplib.SMTP(settings["SMTP_HOST"], settings["SMTP_PORT"], timeout=10) as server:
        if settings["SMTP_STARTTLS"]:
            server.starttls()
        if settings["SMTP_USER"]:
            server.login(settings["SMTP_USER"], settings["SMTP_PASSWORD"])
        server.send_message(mail)
