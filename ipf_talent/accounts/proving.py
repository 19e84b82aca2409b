"""Checking a password: counted before it is tried, and hashed while no transaction is open."""

from flask import request

from ipf_talent import clock, db
from ipf_talent.accounts import attempts, passwords, queries, services
from ipf_talent.accounts.models import User
from ipf_talent.db import session


def count(kind: str, account: str) -> None:
    """
    Count a try at something that can be flooded, for good. Afterwards a transaction that may write is open.

    Args:
        account: as in `attempts.take`.

    Raises:
        TooManyTries: a limit is reached.
    """
    db.writing()
    attempts.take(kind, account=account, network=request.remote_addr, now=clock.now())
    session.commit()
    db.writing()


def prove(email: str, password: str) -> User | None:
    """
    The person, if the password is theirs and the address is confirmed. Afterwards a transaction that may write is open.

    Someone whose password is right and whose address is not confirmed gets another confirmation mail, once an hour; the caller
    commits that too, and says the same to everyone.

    Raises:
        TooManyTries: this account, this network or everyone together failed too often.
    """
    user = _try(email, password)
    if user is not None and user.confirmed_at is None:
        services.remind_to_confirm(user, now=clock.now())
        return None
    return user


def prove_unconfirmed(email: str, password: str) -> User | None:
    """The person, if the password is theirs, whether their address is confirmed or not."""
    return _try(email, password)


def _try(email: str, password: str) -> User | None:
    tries = attempts.take("sign_in", account=email, network=request.remote_addr, now=clock.now())
    session.commit()
    user = queries.by_email(email)
    hash_tried = user.password_hash if user else None
    session.commit()
    right = passwords.verify(user, password)
    db.writing()
    user = queries.by_email(email) if right else None
    if user is None or user.password_hash != hash_tried or user.closed_at is not None:
        return None
    if user.confirmed_at is not None:
        attempts.forgive(tries)
    return user


def new_hash(password: str, *, own: tuple[str, ...], field: str = "password", counted: tuple[str, str] | None = None) -> str:
    """
    Check a new password and hash it. Ends the open transaction, and begins one that may write.

    Args:
        counted: kind and address of a try that is counted after the check, which people may need a few times, and before
            the hash, which takes time.

    Raises:
        DomainError: others would guess it.
        TooManyTries: a limit is reached.
    """
    names = queries.organisation_names()
    session.commit()
    passwords.check(password, own=(*own, *names), field=field)
    if counted:
        count(*counted)
        session.commit()
    hashed = passwords.hash_password(password)
    db.writing()
    return hashed
