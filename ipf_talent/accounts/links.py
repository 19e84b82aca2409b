"""Links that work once: 256 random bits go out by mail, a hash of them stays here."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import select, update

from ipf_talent.accounts.models import OneTimeLink, Purpose, User
from ipf_talent.db import session

VALID = {Purpose.CONFIRM: timedelta(hours=24), Purpose.RESET: timedelta(minutes=60), Purpose.CHANGE_EMAIL: timedelta(hours=24)}


def new_secret() -> str:
    """256 random bits, fit for an address."""
    return secrets.token_urlsafe(32)


def hashed(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def issue(user: User, purpose: Purpose, *, now: datetime, new_email: str | None = None) -> str:
    """Make a link for a person; gives its secret, which is nowhere else."""
    secret = new_secret()
    link = OneTimeLink(user_id=user.id, purpose=purpose, secret_hash=hashed(secret), new_email=new_email)
    link.created_at, link.expires_at = now, now + VALID[purpose]
    session.add(link)
    session.flush()
    return secret


def find(secret: str, purpose: Purpose, *, now: datetime) -> OneTimeLink | None:
    """The link if it would still work; looking does not use it."""
    wanted = (OneTimeLink.secret_hash == hashed(secret), OneTimeLink.purpose == purpose)
    return session.scalar(select(OneTimeLink).where(*wanted, OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > now))


def use(secret: str, purpose: Purpose, *, now: datetime) -> User | None:
    """The person of the link, for exactly one caller however many come at once; None when it does not work (any more)."""
    wanted = (OneTimeLink.secret_hash == hashed(secret), OneTimeLink.purpose == purpose)
    still = (OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > now)
    taken = session.execute(update(OneTimeLink).where(*wanted, *still).values(used_at=now).returning(OneTimeLink.user_id)).scalar()
    return session.get(User, taken, populate_existing=True) if taken is not None else None


def revoke(user: User, *purposes: Purpose, now: datetime) -> None:
    """End a person's open links of these kinds."""
    open_ones = (OneTimeLink.user_id == user.id, OneTimeLink.purpose.in_(purposes), OneTimeLink.used_at.is_(None))
    session.execute(update(OneTimeLink).where(*open_ones).values(used_at=now))


def last_issued(user: User, purpose: Purpose) -> datetime | None:
    """When a person's newest link of this kind was made."""
    newest = select(OneTimeLink.created_at).where(OneTimeLink.user_id == user.id, OneTimeLink.purpose == purpose)
    return session.scalar(newest.order_by(OneTimeLink.created_at.desc(), OneTimeLink.id.desc()).limit(1))
