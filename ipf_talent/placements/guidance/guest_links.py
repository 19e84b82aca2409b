"""Guest links: somebody without an account does one thing for one placement, once, within fourteen days or a term of its own."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from secrets import token_hex
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import joinedload

from ipf_talent import clock
from ipf_talent.accounts import audit, links
from ipf_talent.accounts.models import User
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.notifications.letters import Link
from ipf_talent.organisations.models import Establishment
from ipf_talent.placements.guidance.kinds import LinkPurpose
from ipf_talent.placements.guidance.models import GuestLink
from ipf_talent.placements.models import Placement

VALID = timedelta(days=14)
"""The longest that a link works, unless what it is for has a last day of its own."""

MOST_A_DAY = 20
"""Links of one placement in a day, so that nobody floods an address."""


class Standing(StrEnum):
    """How a link stands at a moment."""

    OPEN = "open"
    USED = "used"
    REVOKED = "revoked"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Opened:
    """A link that exists, and how it stands."""

    link: GuestLink
    standing: Standing


def issue(
    placement: Placement,
    purpose: LinkPurpose,
    subject: str,
    *,
    name: str,
    email: str,
    by: User | None,
    now: datetime,
    until: datetime | None = None,
) -> str:
    """
    Make a link; an open one of the same person for the same thing gives way to it.

    Args:
        until: when it stops working, where that is not after fourteen days.

    Returns:
        The secret, which is nowhere else.

    Raises:
        DomainError: too many were made today.
    """
    email = email.strip().lower()
    since = (GuestLink.placement_id == placement.id, GuestLink.created_at > now - timedelta(days=1))
    if (session.scalar(select(func.count()).select_from(GuestLink).where(*since)) or 0) >= MOST_A_DAY:
        raise DomainError(_("Too many links were sent today. Try again tomorrow."))
    same = (GuestLink.placement_id == placement.id, GuestLink.purpose == purpose, GuestLink.subject == subject)
    _end(*same, GuestLink.email == email, now=now)
    secret = links.new_secret()
    to_trainer = email == placement.trainer_email.strip().lower()
    link = GuestLink(
        key=token_hex(6), placement_id=placement.id, purpose=purpose, subject=subject, secret_hash=links.hashed(secret),
        name=name.strip() or email.partition("@")[0], email=email, to_trainer=to_trainer, asked_by_id=by.id if by else None,
        created_at=now, expires_at=until or now + VALID,
    )  # fmt: skip
    session.add(link)
    session.flush()
    audit.record(by.id if by else None, "send_guest_link", "placement", placement.id, link=link.id, purpose=purpose.value)
    return secret


def address(secret: str) -> Link:
    """The page that a secret opens, for a letter."""
    return "guests.show", {"token": secret}


def for_trainer(placement: Placement, purpose: LinkPurpose, subject: str, *, by: User | None, now: datetime) -> Link | None:
    """A link for the trainer whom the placement names, where they have no account; None where none is needed or possible."""
    has_account = placement.trainer is not None and placement.trainer.closed_at is None
    if has_account or not placement.trainer_email:
        return None
    named: dict[str, Any] = {"name": placement.trainer_name, "email": placement.trainer_email}
    return address(issue(placement, purpose, subject, **named, by=by, now=now))


def find(secret: str, *, now: datetime) -> Opened | None:
    """The link with this secret, and how it stands; looking changes nothing. None where there never was one."""
    loads = (
        joinedload(GuestLink.placement).joinedload(Placement.student),
        joinedload(GuestLink.placement).joinedload(Placement.school),
        joinedload(GuestLink.placement).joinedload(Placement.supervisor),
        joinedload(GuestLink.placement).joinedload(Placement.trainer),
        joinedload(GuestLink.placement).joinedload(Placement.establishment).joinedload(Establishment.organisation),
        joinedload(GuestLink.asked_by),
    )
    query = select(GuestLink).where(GuestLink.secret_hash == links.hashed(secret)).options(*loads)
    link = session.scalar(query.execution_options(populate_existing=True))
    return Opened(link, standing(link, now)) if link is not None else None


def standing(link: GuestLink, now: datetime) -> Standing:
    """How a link stands; one that was used stays so, until its time is over."""
    if link.revoked_at is not None or link.placement.student_id is None or _changed_hands(link):
        return Standing.REVOKED
    if link.expires_at <= now:
        return Standing.EXPIRED
    return Standing.USED if link.used_at is not None else Standing.OPEN


def _changed_hands(link: GuestLink) -> bool:
    """Whether it went to a trainer, or a parent, whom the placement does not name any more; a student of age has no parent here."""
    if link.of_parent:
        parent = link.placement.parent_email.strip().lower()
        return parent != link.email or not link.placement.is_minor(clock.today())
    return link.to_trainer and link.placement.trainer_email.strip().lower() != link.email


def note_opened(link: GuestLink, *, now: datetime) -> None:
    """Keep that a link was opened for the first time."""
    first = update(GuestLink).where(GuestLink.id == link.id, GuestLink.opened_at.is_(None)).values(opened_at=now)
    done = session.execute(first.returning(GuestLink.id).execution_options(synchronize_session=False)).scalar()
    if done is not None:
        link.opened_at = now
        audit.record(None, "open_guest_link", "placement", link.placement_id, link=link.id, purpose=link.purpose.value)


def use(link: GuestLink, *, now: datetime) -> None:
    """
    Use a link up, for exactly one caller however many come at once.

    Raises:
        DomainError: it was used, taken back, or its time is over.
    """
    still = (GuestLink.used_at.is_(None), GuestLink.revoked_at.is_(None), GuestLink.expires_at > now)
    mine = update(GuestLink).where(GuestLink.id == link.id, *still).values(used_at=now).returning(GuestLink.id)
    if session.execute(mine.execution_options(synchronize_session=False)).scalar() is None or _changed_hands(link):
        raise DomainError(_("This link no longer works: it was used, taken back, or its time is over."))
    link.used_at = now
    audit.record(None, "use_guest_link", "placement", link.placement_id, link=link.id, purpose=link.purpose.value)


def revoke(link: GuestLink, *, by: User, now: datetime) -> bool:
    """Take a link back; tells whether it was still open."""
    open_one = (GuestLink.id == link.id, GuestLink.revoked_at.is_(None), GuestLink.used_at.is_(None))
    taken = update(GuestLink).where(*open_one).values(revoked_at=now).returning(GuestLink.id)
    if session.execute(taken.execution_options(synchronize_session=False)).scalar() is None:
        return False
    link.revoked_at = now
    audit.record(by.id, "revoke_guest_link", "placement", link.placement_id, link=link.id, purpose=link.purpose.value)
    return True


def _end(*which, now: datetime) -> None:  # type: ignore[no-untyped-def]
    still = (GuestLink.used_at.is_(None), GuestLink.revoked_at.is_(None))
    session.execute(update(GuestLink).where(*which, *still).values(revoked_at=now).execution_options(synchronize_session=False))
