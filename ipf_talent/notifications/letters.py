"""Writing mails: a template in the receiver's language becomes a row in the outbox. Links start at BASE_URL."""

from typing import Any

from flask import current_app

from ipf_talent.accounts import signals
from ipf_talent.accounts.models import User
from ipf_talent.i18n import speaking
from ipf_talent.notifications import services

Link = tuple[str, dict[str, str]]


def write(letter: str, *, to: str, language: str, link: Link, values: dict[str, Any]) -> None:
    """
    Write `templates/mail/<letter>.txt` to one person.

    Args:
        link: endpoint and arguments of the page it leads to; the template sees the address as `link`.
        values: what else the template sees.
    """
    with speaking(language):
        template = current_app.jinja_env.get_template(f"mail/{letter}.txt")
        module = template.make_module({**values, "link": address_of(*link)})
    services.post(to, str(module.subject), str(module).strip() + "\n", domain=_domain())  # type: ignore[attr-defined]


def address_of(endpoint: str, values: dict[str, str]) -> str:
    """The whole address of a page."""
    path = current_app.url_map.bind("localhost").build(endpoint, values)
    return str(current_app.config["BASE_URL"]).rstrip("/") + path


def _domain() -> str:
    return str(current_app.config["MAIL_FROM"]).rpartition("@")[2].strip(" >")


def _on_letter(letter: str, **wanted: Any) -> None:
    write(letter, **wanted)


def _on_closing(user: User) -> None:
    services.forget_mail_to(user.email)


def listen() -> None:
    """Write the mails that accounts ask for, and take a person's mail away when their account closes."""
    signals.letter.connect(_on_letter)
    signals.closing.connect(_on_closing)
