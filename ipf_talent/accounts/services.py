"""Changes to accounts. Passwords come in as hashes: hashing is slow, so the caller does it while no transaction is open."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from ipf_talent.accounts import audit, letters, links, passwords, queries, signals
from ipf_talent.accounts.models import Invitation, OneTimeLink, Purpose, User
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.organisations.models import Organisation

AGAIN_AFTER = timedelta(hours=1)
"""How long after a confirmation mail a next one may follow by itself."""

UNCONFIRMED_KEPT = timedelta(days=7)
"""How long an account waits for its address to be confirmed; the links to it work for a day."""


def sign_up(*, email: str, display_name: str, password_hash: str, language: str, now: datetime) -> User | None:
    """
    Ask for an account.

    A confirmed address keeps its account and its owner gets a mail; an unconfirmed one starts afresh with these values,
    and only the newest mail's link works. The page says the same in each case.

    Returns:
        The person who was made or made afresh; None when the address had an account.
    """
    email = email.strip().lower()
    user = queries.by_email(email) or _new(email, display_name, password_hash)
    if user is None or user.confirmed_at is not None:
        _tell_owner(user or queries.by_email(email))
        return None
    user.display_name, user.password_hash, user.language = display_name, password_hash, language
    links.revoke(user, Purpose.CONFIRM, now=now)
    letters.confirm(user, links.issue(user, Purpose.CONFIRM, now=now))
    audit.record(user.id, "sign_up", "user", user.id)
    return user


def _new(email: str, display_name: str, password_hash: str) -> User | None:
    """A new row; None when another request made it in the same moment."""
    user = User(email=email, display_name=display_name, password_hash=password_hash, memberships=[])
    try:
        with session.begin_nested():
            session.add(user)
    except IntegrityError:
        return None
    return user


def _tell_owner(user: User | None) -> None:
    if user is not None and not user.is_demo:
        letters.known(user)


def remind_to_confirm(user: User, *, now: datetime) -> None:
    """Send another confirmation mail, at most once an hour."""
    last = links.last_issued(user, Purpose.CONFIRM)
    if last is None or now - last >= AGAIN_AFTER:
        letters.confirm(user, links.issue(user, Purpose.CONFIRM, now=now))


def confirm(secret: str, *, now: datetime) -> User:
    """
    Confirm an address by the link that was sent to it.

    Raises:
        DomainError: the link has been used, has expired, or never was.
    """
    user = _used(secret, Purpose.CONFIRM, now)
    user.confirmed_at = now
    links.revoke(user, Purpose.CONFIRM, now=now)
    audit.record(user.id, "confirm", "user", user.id)
    return user


def note_sign_in(user: User, password: str) -> None:
    """Keep that someone signed in; hash their password anew where the settings have changed since."""
    if passwords.needs_rehash(user):
        user.password_hash = passwords.hash_password(password)
    audit.record(user.id, "sign_in", "user", user.id)


def forget_password(email: str, *, now: datetime) -> None:
    """Send a link to choose a new password, if there is an account; example accounts have none to choose."""
    user = queries.by_email(email)
    if user is None or user.closed_at is not None or user.is_demo:
        _same_work(email)
        return
    letters.reset(user, links.issue(user, Purpose.RESET, now=now))
    audit.record(user.id, "forgot_password", "user", user.id)


def _same_work(email: str) -> None:
    """Write the mail for a person who is not there and take it back, so that the answer takes as long."""
    with session.begin_nested() as nested:
        letters.reset(User(email=email, display_name="", language="nl"), links.new_secret())
        nested.rollback()


def reset_password(secret: str, *, password_hash: str, now: datetime) -> User:
    """
    Choose a new password by the link that was sent; the link also proves the address. All sessions end.

    Raises:
        DomainError: the link has been used, has expired, or never was.
    """
    user = _used(secret, Purpose.RESET, now)
    user.confirmed_at = user.confirmed_at or now
    _set_password(user, password_hash, now)
    audit.record(user.id, "reset_password", "user", user.id)
    return user


def change_password(user: User, *, password_hash: str, now: datetime) -> None:
    """Take another password; all sessions end, and the caller begins this one anew."""
    refuse_example(user)
    _set_password(user, password_hash, now)
    audit.record(user.id, "change_password", "user", user.id)


def _set_password(user: User, password_hash: str, now: datetime) -> None:
    user.password_hash = password_hash
    links.revoke(user, *Purpose, now=now)
    end_sessions(user)
    letters.password_changed(user)


def ask_new_email(user: User, new_email: str, *, now: datetime) -> None:
    """
    Ask the new address to confirm itself, and tell the present one.

    Raises:
        DomainError: it is the present address.
    """
    refuse_example(user)
    new_email = new_email.strip().lower()
    if new_email == user.email:
        raise DomainError(_("This is your address already."), field="email")
    owner = queries.by_email(new_email)
    if owner is not None and owner.confirmed_at is not None:
        _tell_owner(owner)
    else:
        links.revoke(user, Purpose.CHANGE_EMAIL, now=now)
        letters.change_email(user, new_email, links.issue(user, Purpose.CHANGE_EMAIL, now=now, new_email=new_email))
    letters.email_changing(user)
    audit.record(user.id, "ask_new_email", "user", user.id)


def confirm_new_email(secret: str, *, now: datetime) -> User:
    """
    Take the new address; all sessions end, links sent to the former address stop working, and that address is told.

    Raises:
        DomainError: the link does not work (any more), or somebody else has confirmed that address meanwhile.
    """
    link = links.find(secret, Purpose.CHANGE_EMAIL, now=now)
    user = _used(secret, Purpose.CHANGE_EMAIL, now)
    new_email = link.new_email if link else None
    owner = queries.by_email(new_email or "")
    if not new_email or (owner is not None and owner.confirmed_at is not None):
        raise DomainError(_("This address cannot be used. Please choose another."))
    if owner is not None:  # somebody typed it once and never confirmed
        session.delete(owner)
        session.flush()
    old_email, user.email = user.email, new_email
    links.revoke(user, *Purpose, now=now)
    end_sessions(user)
    letters.email_changed(user, old_email)
    audit.record(user.id, "change_email", "user", user.id)
    return user


def change_details(user: User, *, display_name: str, language: str) -> None:
    """Change how someone is called, and the language of their mail."""
    refuse_example(user)
    user.display_name, user.language = display_name, language
    audit.record(user.id, "change_details", "user", user.id)


def close(user: User) -> None:
    """Delete an account with all that hangs on it; the trail keeps its number only."""
    refuse_example(user)
    email, language = user.email, user.language
    signals.closing.send(user)
    letters.closed(email, language)
    audit.record(user.id, "close", "user", user.id)
    session.delete(user)
    session.flush()


def end_sessions(user: User) -> None:
    """End every open session of a person at its next request."""
    user.session_epoch += 1
    session.flush()


def refuse_example(user: User, of: Organisation | None = None) -> None:
    """
    Example accounts are shared, so nobody changes them, and they change example organisations only.

    Args:
        of: the organisation that something would change of; None for the account itself.

    Raises:
        DomainError: it is one.
    """
    if user.is_demo and not (of and of.is_example):
        raise DomainError(_("This is an example account. Make an account of your own to change this."))


def _used(secret: str, purpose: Purpose, now: datetime) -> User:
    user = links.use(secret, purpose, now=now)
    if user is None:
        raise DomainError(_("This link no longer works. Ask for a new one."))
    return user


def tidy(*, now: datetime) -> None:
    """Take away accounts that nobody confirmed, and links whose time is over: they hold addresses that people only typed."""
    waiting = (User.confirmed_at.is_(None), User.is_demo.is_(False), User.created_at < now - UNCONFIRMED_KEPT)
    asked_again = select(OneTimeLink.id).where(OneTimeLink.user_id == User.id, OneTimeLink.expires_at > now).exists()
    session.execute(delete(User).where(*waiting, ~asked_again).execution_options(synchronize_session=False))
    for kind in (OneTimeLink, Invitation):
        session.execute(delete(kind).where(kind.expires_at < now - UNCONFIRMED_KEPT))
