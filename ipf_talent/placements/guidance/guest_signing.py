"""The agreement by a link of one's own: a parent, or somebody at the company, reads it, signs it, or answers a change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.accounts.roles import Role
from ipf_talent.applications import queries as people
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.notifications.letters import Link
from ipf_talent.placements import amending, letters, signing
from ipf_talent.placements.agreements import page as agreement_page
from ipf_talent.placements.guidance import guest_links
from ipf_talent.placements.guidance.kinds import LinkPurpose
from ipf_talent.placements.guidance.models import GuestLink
from ipf_talent.placements.kinds import Answer, Who
from ipf_talent.placements.models import Agreement, AgreementSheet, Placement

BY_LINK = (Who.PARENT, Who.COMPANY)
"""Parties who can sign by a link; a student, and a school, have an account."""


@dataclass(frozen=True)
class Shown:
    """
    What a link to an agreement shows.

    Attributes:
        sheets: the newest on top, each with its words.
        waits: the sheet that can be signed or answered now with this link; None where nothing is asked any more.
    """

    party: Who
    agreement: Agreement
    sheets: Sequence[tuple[AgreementSheet, dict[str, Any]]]
    waits: AgreementSheet | None


def reach(placement: Placement, side: Who, what: str, *, name: str, email: str, now: datetime) -> tuple[str, Link] | None:
    """What a letter to somebody without an account lets them do, and its link; None where there is nothing to see."""
    agreement = _newest(placement)
    if agreement is None:
        return None
    purpose = _purpose(placement, side, what)
    if purpose is LinkPurpose.READ and agreement is not placement.agreement:
        return None
    named = {"name": name, "email": email}
    try:
        return purpose.value, guest_links.address(_issue(placement, agreement, purpose, side, **named, by=None, now=now))
    except DomainError:  # too many links of this placement today: the letter goes without one
        return None


def _purpose(placement: Placement, side: Who, what: str) -> LinkPurpose:
    """Who guides at the company reads; that person signs only where nobody at the company has an account for that."""
    acts = side is Who.PARENT or not has_signers(placement)
    if acts and what == "send" and side in signing.waits_for(placement):
        return LinkPurpose.SIGN
    pending = placement.agreement.pending if placement.agreement else None
    if acts and what == "changed" and pending is not None and side in pending.parties:
        return LinkPurpose.ANSWER
    return LinkPurpose.READ


def has_signers(placement: Placement) -> bool:
    """Whether somebody at the company can sign with an account."""
    return bool(people.managers_of(placement.establishment.organisation_id, Role.COMPANY_MANAGER, Role.SIGNER))


def ask(placement: Placement, party: Who, *, name: str, email: str, by: User, now: datetime) -> None:
    """
    The school sends somebody a link by which they sign for a party.

    Args:
        name: of whoever signs, which stands on the sheet; for a parent that is the one whom the placement names.

    Raises:
        DomainError: this party does not wait to sign or cannot by a link, nobody is named, or too many links were made today.
    """
    if party not in BY_LINK or party not in signing.waits_for(placement):
        raise DomainError(_("This party is not asked to sign."))
    if party is Who.PARENT:
        name, email = placement.parent_name, placement.parent_email.strip().lower()
    if not name.strip():
        raise DomainError(_("Write the name of whoever signs."), field="name")
    agreement = placement.agreement
    assert agreement is not None
    secret = _issue(placement, agreement, LinkPurpose.SIGN, party, name=name, email=email, by=by, now=now)
    to = letters.To(email, "nl", name.strip(), guest_links.address(secret), LinkPurpose.SIGN.value)
    letters.write(placement, party, "send", to)


def _issue(placement: Placement, agreement: Agreement, purpose: LinkPurpose, side: Who, **how: Any) -> str:
    sheet = agreement.sheets[-1]
    subject = f"{side.value}-{agreement.number}" + (f"-{sheet.version}" if purpose is LinkPurpose.ANSWER else "")
    until = _end_of(sheet) if purpose is LinkPurpose.ANSWER else None
    return guest_links.issue(placement, purpose, subject, **how, until=until)


def _end_of(sheet: AgreementSheet) -> datetime | None:
    """The end of the last day on which somebody can object."""
    if sheet.object_until is None:
        return None
    return datetime.combine(sheet.object_until + timedelta(days=1), time(), clock.AMSTERDAM)


def _newest(placement: Placement) -> Agreement | None:
    return next((one for one in reversed(placement.agreements) if one.sheets), None)


def shown(link: GuestLink) -> Shown | None:
    """What is seen through a link; None where its agreement is not there any more."""
    side, number, *_version = link.subject.split("-")
    agreement = next((one for one in link.placement.agreements if one.number == int(number) and one.sheets), None)
    if agreement is None:
        return None
    party = Who(side)
    sheets = [(one, agreement_page.told(one)) for one in reversed(agreement.sheets)]
    return Shown(party, agreement, sheets, _waits(link, agreement, party))


def _waits(link: GuestLink, agreement: Agreement, party: Who) -> AgreementSheet | None:
    if agreement is not link.placement.agreement:
        return None
    if link.purpose is LinkPurpose.SIGN:
        return agreement.first if party in signing.waits_for(link.placement) else None
    sheet = agreement.pending
    asked = sheet is not None and link.subject.endswith(f"-{sheet.version}") and party in sheet.parties - sheet.answered_by
    return sheet if link.purpose is LinkPurpose.ANSWER and asked else None


def sign(link: GuestLink, sha256: str, *, now: datetime) -> None:
    """
    Sign with a link, under the name to which the school sent it.

    Raises:
        DomainError: nothing waits to be signed, the sheet is another one, or the link was used.
    """
    found = shown(link)
    if found is None or found.waits is None:
        raise DomainError(_("There is nothing to sign now."))
    guest_links.use(link, now=now)
    signing.click(link.placement, found.party, name=link.name, sha256=sha256, by=None, now=now)


def answer(link: GuestLink, said: Answer, words: str, *, now: datetime) -> None:
    """
    Agree with a changed sheet with a link, or object to it.

    Raises:
        DomainError: nothing waits, an objection comes without words, or the link was used.
    """
    found = shown(link)
    if found is None or found.waits is None:
        raise DomainError(_("This change does not wait any more. Look at the page again."))
    guest_links.use(link, now=now)
    version = found.waits.version
    amending.answer(link.placement, found.party, said, words=words, version=version, by=None, now=now, name=link.name)
