"""The mails that accounts ask for. Who listens to `signals.letter` writes them down, in the language given, in this transaction."""

from typing import Any

from ipf_talent.accounts import signals
from ipf_talent.accounts.models import User
from ipf_talent.organisations.models import Organisation


def confirm(user: User, secret: str) -> None:
    """Confirm your address; no name in it, since anyone can type one with somebody else's address."""
    _ask("confirm", user.email, user.language, link=("accounts.confirm", {"token": secret}))


def known(user: User) -> None:
    """Somebody signs up with an address that has an account: its owner hears it, the other does not."""
    _ask("known", user.email, user.language, link=("accounts.forgot", {}))


def reset(user: User, secret: str) -> None:
    """Choose a new password."""
    _ask("reset", user.email, user.language, name=user.display_name, link=("accounts.reset", {"token": secret}))


def password_changed(user: User) -> None:
    """Your password was changed; if that was not you, do this."""
    _ask("password_changed", user.email, user.language, name=user.display_name, link=("accounts.forgot", {}))


def change_email(user: User, new_email: str, secret: str) -> None:
    """To the new address: confirm it."""
    _ask("change_email", new_email, user.language, link=("accounts.confirm_email", {"token": secret}))


def email_changing(user: User) -> None:
    """To the present address: somebody asked to change it."""
    _ask("email_changing", user.email, user.language, name=user.display_name, link=("accounts.forgot", {}))


def email_changed(user: User, old_email: str) -> None:
    """To the former address: it no longer belongs to the account."""
    _ask("email_changed", old_email, user.language, name=user.display_name, link=("home.help", {}))


def closed(email: str, language: str) -> None:
    """The account is gone."""
    _ask("closed", email, language, link=("home.index", {}))


def invitation(email: str, language: str, organisation: Organisation, secret: str) -> None:
    """Somebody asks you to take a role at an organisation."""
    _ask("invitation", email, language, organisation=organisation.name, link=("people.invitation", {"token": secret}))


def roles_changed(user: User, organisation: Organisation | None) -> None:
    """What you may do has changed; you are signed out and see the change when you sign in."""
    values = {"name": user.display_name, "organisation": organisation.name if organisation else ""}
    _ask("roles_changed", user.email, user.language, **values, link=("accounts.settings", {}))


def organisation_checked(user: User, organisation: Organisation) -> None:
    """Your organisation is checked and can be seen by everyone."""
    values = {"name": user.display_name, "organisation": organisation.name}
    _ask("organisation_checked", user.email, user.language, **values, link=("people.index", {}))


def organisation_refused(user: User, organisation: str) -> None:
    """Your organisation could not be confirmed and is taken away."""
    _ask(
        "organisation_refused", user.email, user.language, name=user.display_name, organisation=organisation, link=("home.help", {})
    )


def _ask(letter: str, to: str, language: str, *, link: tuple[str, dict[str, str]], **values: Any) -> None:
    if not signals.letter.receivers:
        raise RuntimeError("nobody writes the mails that accounts ask for")
    signals.letter.send(letter, to=to, language=language, link=link, values=values)
