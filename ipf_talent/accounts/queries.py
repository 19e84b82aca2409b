"""Reading people, who works where, and organisations that wait for a check."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, exists, func, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from ipf_talent.accounts.models import Invitation, Membership, User
from ipf_talent.accounts.roles import MANAGING, STAFF
from ipf_talent.db import session
from ipf_talent.errors import NotFound
from ipf_talent.i18n import _
from ipf_talent.organisations.models import Organisation, Place

AnyRow = Row[*tuple[Any, ...]]
"""A line of a list."""


def by_email(email: str) -> User | None:
    """The person with this address, fresh from the database; capitals do not matter."""
    query = select(User).where(User.email == email.strip().lower()).options(selectinload(User.memberships))
    return session.scalar(query.execution_options(populate_existing=True))


def organisation_names() -> Sequence[str]:
    """Names that a password may not be made of."""
    return session.scalars(select(Organisation.name).order_by(Organisation.id)).all()


def organisation(slug: str) -> Organisation:
    """
    An organisation, checked or not; who may see it says the policy.

    Raises:
        NotFound: there is none.
    """
    found = session.scalar(select(Organisation).where(Organisation.slug == slug))
    if found is None:
        raise NotFound(_("There is no such organisation."))
    return found


def town(name: str) -> Place:
    """
    The town with exactly this name.

    Raises:
        NotFound: we know none.
    """
    found = session.scalar(select(Place).where(Place.name == name))
    if found is None:
        raise NotFound(_("We do not know this town."))
    return found


def people_of(organisation_id: int) -> Sequence[AnyRow]:
    """Who works at an organisation in which role, by name: membership id, user id, name, address, role, since. No students."""
    columns = (Membership.id, Membership.user_id, User.display_name, User.email, Membership.role, Membership.created_at)
    here = select(*columns).join(Membership.user).where(Membership.organisation_id == organisation_id, Membership.role.in_(STAFF))
    return session.execute(here.order_by(func.lower(User.display_name), Membership.id)).all()


def membership_at(number: int, organisation_id: int) -> Membership:
    """
    A membership of staff at this organisation and no other.

    Raises:
        NotFound: there is none with this number here.
    """
    wanted = (Membership.id == number, Membership.organisation_id == organisation_id, Membership.role.in_(STAFF))
    found = session.scalar(select(Membership).where(*wanted).options(joinedload(Membership.user).selectinload(User.memberships)))
    if found is None:
        raise NotFound(_("This person no longer has this role here."))
    return found


def managers_of(organisation_id: int) -> int:
    """How many managers an organisation has."""
    here = (Membership.organisation_id == organisation_id, Membership.role.in_(MANAGING))
    return session.scalar(select(func.count()).select_from(Membership).where(*here)) or 0


def invitations_of(organisation_id: int, now: datetime) -> Sequence[Invitation]:
    """Invitations that can still be accepted, the newest first."""
    still = (Invitation.organisation_id == organisation_id, Invitation.used_at.is_(None), Invitation.expires_at > now)
    return session.scalars(select(Invitation).where(*still).order_by(Invitation.id.desc())).all()


def invitation_at(number: int, organisation_id: int, now: datetime) -> Invitation:
    """
    An open invitation of this organisation and no other.

    Raises:
        NotFound: there is none with this number here.
    """
    found = next((one for one in invitations_of(organisation_id, now) if one.id == number), None)
    if found is None:
        raise NotFound(_("This invitation is no longer open."))
    return found


def pending() -> Sequence[AnyRow]:
    """
    Organisations that nobody checked yet, the longest waiting first, with the name and address of a manager, and as `twin` the name
    of another one with the same KVK number.
    """
    other = aliased(Organisation)
    twin = select(func.min(other.name)).where(other.kvk == Organisation.kvk, other.id != Organisation.id)
    first = select(func.min(Membership.user_id)).where(Membership.organisation_id == Organisation.id, Membership.role.in_(MANAGING))
    columns = (
        Organisation.slug, Organisation.name, Organisation.kind, Organisation.city, Organisation.kvk, Organisation.website,
        Organisation.created_at, User.display_name, User.email, twin.correlate(Organisation).scalar_subquery().label("twin"),
    )  # fmt: skip
    query = select(*columns).join(User, User.id == first.correlate(Organisation).scalar_subquery(), isouter=True)
    return session.execute(query.where(Organisation.verified_at.is_(None)).order_by(Organisation.created_at, Organisation.id)).all()


def pending_of(user_id: int) -> int:
    """How many organisations of this person wait for a check."""
    theirs = exists().where(Membership.organisation_id == Organisation.id, Membership.user_id == user_id)
    return session.scalar(select(func.count()).select_from(Organisation).where(Organisation.verified_at.is_(None), theirs)) or 0
