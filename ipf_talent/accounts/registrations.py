"""Registering an organisation, and the check by platform administration before others see it."""

import re
import unicodedata
from datetime import datetime

from sqlalchemy import Select, delete, func, select
from sqlalchemy.exc import IntegrityError

from ipf_talent.accounts import audit, letters, memberships, queries, services
from ipf_talent.accounts.models import Membership, User
from ipf_talent.accounts.roles import MANAGING, manager_of
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.organisations.kinds import OrganisationKind
from ipf_talent.organisations.models import Establishment, Organisation, Place

KINDS = (OrganisationKind.COMPANY, OrganisationKind.SCHOOL)
"""What people can register by themselves."""

MOST_PENDING = 3
"""Organisations of one person that wait for a check."""


def register(*, name: str, kind: OrganisationKind, kvk: str | None, town: Place, website: str | None, by: User) -> Organisation:
    """
    Register an organisation with this person as its first manager; others see it once it is checked.

    Args:
        kvk: 8 digits; None for a school.

    Raises:
        DomainError: it is here already, or too many of this person's wait for a check.
    """
    services.refuse_example(by)
    if queries.pending_of(by.id) >= MOST_PENDING:
        raise DomainError(_("%(number)s of your organisations wait for a check. Please wait for that first.", number=MOST_PENDING))
    _refuse_known(name, kind, kvk)
    _refuse_own(name, kind, by)
    organisation = Organisation(
        slug=_free_slug(name), name=name, kind=kind, kvk=kvk, city=town.name, website=website, verified_at=None
    )
    organisation.establishments = [Establishment(name=name, place_id=town.id)]
    session.add(organisation)
    session.flush()
    audit.record(by.id, "register", "organisation", organisation.id, kind=kind.value)
    memberships.give(by, organisation, manager_of(kind), by_id=by.id)
    return organisation


def also_waiting(organisation: Organisation) -> bool:
    """Whether another registration with the same KVK number waits for a check; its people are told, and we look at both."""
    same = (Organisation.kvk == organisation.kvk, Organisation.verified_at.is_(None), Organisation.id != organisation.id)
    return organisation.kvk is not None and session.scalar(select(Organisation.id).where(*same).limit(1)) is not None


def verify(organisation: Organisation, *, by: User, now: datetime) -> None:
    """
    Show an organisation to everyone, and tell its managers.

    Raises:
        DomainError: somebody checked it already, or a company with its number is shown.
    """
    _refuse_checked(organisation)
    if organisation.kvk and session.scalar(_shown(OrganisationKind.COMPANY).where(Organisation.kvk == organisation.kvk).limit(1)):
        raise DomainError(_("A company with this KVK number is shown already. Refuse this one, or ask them to invite each other."))
    organisation.verified_at = now
    session.flush()
    for user in _managers(organisation):
        letters.organisation_checked(user, organisation)
    audit.record(by.id, "verify", "organisation", organisation.id)


def refuse(organisation: Organisation, *, by: User) -> None:
    """
    Take away a registration that cannot be confirmed, with its roles and invitations; its managers hear it.

    Raises:
        DomainError: somebody checked it already, or places or programmes hang on it.
    """
    _refuse_checked(organisation)
    managers, name, number = _managers(organisation), organisation.name, organisation.id
    audit.record(by.id, "refuse", "organisation", number)
    session.expire(organisation)
    try:
        with session.begin_nested():
            session.execute(delete(Organisation).where(Organisation.id == number).execution_options(synchronize_session=False))
    except IntegrityError:
        raise DomainError(_("Places or programmes hang on this organisation. They have to go first.")) from None
    for user in managers:
        session.expire(user, ["memberships"])
        services.end_sessions(user)
        letters.organisation_refused(user, name)


def _managers(organisation: Organisation) -> list[User]:
    theirs = select(Membership.user_id).where(Membership.organisation_id == organisation.id, Membership.role.in_(MANAGING))
    return list(session.scalars(select(User).where(User.id.in_(theirs)).order_by(User.id)))


def _refuse_checked(organisation: Organisation) -> None:
    if organisation.verified_at is not None:
        raise DomainError(_("This organisation is checked already."))


def _refuse_known(name: str, kind: OrganisationKind, kvk: str | None) -> None:
    """Only what everyone can see counts: a registration that nobody checked must not keep the real one out."""
    shown = _shown(kind)
    if session.scalar(shown.where(func.lower(Organisation.name) == name.lower()).limit(1)):
        raise DomainError(_("This organisation is here already. Ask a colleague to invite you, or write to us."), field="name")
    if kvk and session.scalar(shown.where(Organisation.kvk == kvk).limit(1)):
        raise DomainError(
            _("A company with this number is here already. Ask a colleague to invite you, or write to us."), field="kvk"
        )


def _refuse_own(name: str, kind: OrganisationKind, by: User) -> None:
    """A second press of the button registers nothing more."""
    mine = select(Membership.organisation_id).where(Membership.user_id == by.id)
    same = (Organisation.kind == kind, func.lower(Organisation.name) == name.lower(), Organisation.verified_at.is_(None))
    if session.scalar(select(Organisation.id).where(Organisation.id.in_(mine), *same).limit(1)):
        raise DomainError(_("You registered this organisation already; it waits for a check."), field="name")


def _shown(kind: OrganisationKind) -> Select[int]:
    return select(Organisation.id).where(Organisation.verified_at.is_not(None), Organisation.kind == kind)


def _free_slug(name: str) -> str:
    """The name as an address, with a number behind it where it is taken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:70].strip("-") or "organisation"
    taken = set(session.scalars(select(Organisation.slug).where(Organisation.slug.startswith(stem, autoescape=True))))
    return next(slug for n in range(1, len(taken) + 2) if (slug := stem if n == 1 else f"{stem}-{n}") not in taken)
