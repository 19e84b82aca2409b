"""Changes to who may do what where: inviting, accepting, taking back, removing. Who may, says the policy; the caller asks it."""

from datetime import datetime, timedelta

from sqlalchemy import select, update

from ipf_talent.accounts import audit, letters, links, queries, services
from ipf_talent.accounts.models import Invitation, Membership, User
from ipf_talent.accounts.roles import MANAGING, Role, fitting
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.organisations.kinds import OrganisationKind
from ipf_talent.organisations.models import Organisation

VALID = timedelta(days=14)
"""How long an invitation waits."""

MOST_OPEN = 50
"""Invitations of one organisation at once."""


def invite(organisation: Organisation, *, email: str, role: Role, by: User, now: datetime) -> str:
    """
    Ask somebody by mail to take a role. An open invitation to the same address for the same role gives way to this one.

    The mail and the answer are the same whether or not the address has an account.

    Returns:
        The secret of the link, which is nowhere else.

    Raises:
        DomainError: the role does not fit this kind of organisation, the person has it, or too many invitations are open.
    """
    services.refuse_example(by)
    email = email.strip().lower()
    if role not in fitting(OrganisationKind(organisation.kind)):
        raise DomainError(_("This role does not fit this organisation."), field="role")
    if any(row.email == email and row.role == role for row in queries.people_of(organisation.id)):
        raise DomainError(_("This person has this role already."), field="email")
    open_ones = queries.invitations_of(organisation.id, now)
    for former in (one for one in open_ones if one.email == email and one.role == role):
        former.used_at = now
    if len(open_ones) >= MOST_OPEN:
        raise DomainError(_("There are %(number)s open invitations. Take some back first.", number=MOST_OPEN))
    secret = links.new_secret()
    row = Invitation(email=email, organisation=organisation, role=role, secret_hash=links.hashed(secret))
    row.created_at, row.expires_at = now, now + VALID
    session.add(row)
    letters.invitation(email, by.language, organisation, secret)
    audit.record(by.id, "invite", "organisation", organisation.id, role=role.value)
    return secret


def find_invitation(secret: str, *, now: datetime) -> Invitation | None:
    """The invitation if it would still work; looking does not use it."""
    still = (Invitation.secret_hash == links.hashed(secret), Invitation.used_at.is_(None), Invitation.expires_at > now)
    return session.scalar(select(Invitation).where(*still))


def accept(secret: str, user: User, *, now: datetime) -> Membership:
    """
    Take the role that one was invited to, for exactly one caller however many come at once. The person's sessions end.

    Only the account with the invited address can accept: a link that was passed on, or found, opens nothing.

    Raises:
        DomainError: the invitation was used or taken back, is too old, or is for another address.
    """
    services.refuse_example(user)
    found = find_invitation(secret, now=now)
    if found is not None and found.email != user.email:
        raise DomainError(_("This invitation is for another address. Sign in with the account of that address."))
    mine = update(Invitation).where(Invitation.secret_hash == links.hashed(secret), Invitation.email == user.email)
    still = mine.where(Invitation.used_at.is_(None), Invitation.expires_at > now).values(used_at=now).returning(Invitation.id)
    taken = session.execute(still.execution_options(synchronize_session=False)).scalar()
    if found is None or taken is None:
        raise DomainError(_("This invitation no longer works. Ask for a new one."))
    return give(user, found.organisation, found.role, by_id=user.id, action="accept_invitation")


def give(user: User, organisation: Organisation | None, role: Role, *, by_id: int | None, action: str = "give_role") -> Membership:
    """Give someone a role; having it already changes nothing. Sessions begun without it end."""
    wanted = organisation.id if organisation else None
    for held in user.memberships:
        if held.role == role and held.organisation_id == wanted:
            return held
    membership = Membership(role=role, organisation_id=wanted)
    user.memberships.append(membership)
    session.flush()
    services.end_sessions(user)
    audit.record(by_id, action, "membership", membership.id, role=role.value, user=user.id, organisation=wanted)
    return membership


def take_platform_role(user: User, role: Role) -> bool:
    """Take a role on the platform itself away, by command; tells whether the person had it. Their sessions end."""
    held = next((one for one in user.memberships if one.role == role and one.organisation_id is None), None)
    if held is None:
        return False
    audit.record(None, "remove_role", "membership", held.id, role=role.value, user=user.id)
    user.memberships.remove(held)
    services.end_sessions(user)
    letters.roles_changed(user, None)
    return True


def withdraw(invitation: Invitation, *, by: User, now: datetime) -> None:
    """Take an invitation back."""
    services.refuse_example(by)
    invitation.used_at = now
    audit.record(by.id, "withdraw_invitation", "organisation", invitation.organisation_id, role=invitation.role.value)


def remove(membership: Membership, *, by: User) -> None:
    """
    Take a role away. The person's sessions end at the next request, and they hear of it by mail.

    Raises:
        DomainError: it is the last manager of the organisation.
    """
    services.refuse_example(by)
    user, organisation_id = membership.user, membership.organisation_id
    found = session.scalar(select(Organisation).where(Organisation.id == organisation_id).with_for_update())
    if found is not None and membership.role in MANAGING and queries.managers_of(found.id) <= 1:
        raise DomainError(_("This is the last manager. Give somebody else this role first."))
    audit.record(
        by.id, "remove_role", "membership", membership.id, role=membership.role.value, user=user.id, organisation=organisation_id
    )
    user.memberships.remove(membership)
    services.end_sessions(user)
    letters.roles_changed(user, found)
