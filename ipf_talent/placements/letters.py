"""
Mails about a placement: to the student, a minor's parent, the company and who guides there, the school.

Whoever knows of a placement hears which student it is about. Who has no account gets a link of their own to the agreement.
"""

from typing import Any, NamedTuple

from sqlalchemy import select

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.accounts.roles import Role
from ipf_talent.applications import queries as people
from ipf_talent.db import session
from ipf_talent.notifications import letters
from ipf_talent.placements import signals
from ipf_talent.placements.kinds import Who
from ipf_talent.placements.models import Placement
from ipf_talent.vacancies.kinds import KIND_LABELS

PAGES = {
    Who.STUDENT: "my_placement.show",
    Who.PARENT: "agreements.show",
    Who.COMPANY: "company_placements.show",
    Who.SCHOOL: "placements.show",
}
ROLES = {Who.COMPANY: (Role.COMPANY_MANAGER,), Who.SCHOOL: (Role.COORDINATOR,)}
SIGNED = frozenset({"send", "sign", "changed", "in_force", "corrected"})
"""What is told of an agreement that was sent: it leads there, and the signers of the company hear it too."""
WITHOUT_ACCOUNT = SIGNED | {"redo", "interrupt", "resume", "complete", "end_early", "cancel"}
"""What people without an account hear, once an agreement was sent."""


class To(NamedTuple):
    """Whom a mail goes to; `does` is what their own link lets them do, `bare` that there is no page for them."""

    email: str
    language: str
    name: str
    link: letters.Link
    does: str = ""
    bare: bool = False


def tell(placement: Placement, side: Who, what: str, **values: Any) -> int:
    """
    Write to one side of a placement; gives to how many people. A parent is told only while the student is under 18.

    Args:
        what: a deed, or one of `propose changed in_force corrected assignment_… lost nudge`.
        values: what else the letter says, or says otherwise: `student=""` where nobody may be named.
    """
    receivers = _people(placement, side, what)
    for one in receivers:
        write(placement, side, what, one, **values)
    return len(receivers)


def write(placement: Placement, side: Who, what: str, to: To, **values: Any) -> None:
    """Write to one person of a side."""
    closed = side is Who.COMPANY and what == "decline"  # its page is closed to the company, and so is the name
    named = placement.student if side is not Who.STUDENT and not closed else None
    known = {
        "side": side.value,
        "what": what,
        "student": named.display_name if named else "",
        "title": placement.vacancy.title_nl if placement.vacancy is not None else KIND_LABELS[placement.kind],
        "company": placement.establishment.organisation.name,
        "school": placement.school.name,
        "starts_on": placement.starts_on,
        "ends_on": placement.last_day,
        "name": to.name,
        "does": to.does,
        "bare": to.bare or closed,
    }
    letters.write("placement", to=to.email, language=to.language, link=to.link, values=known | values)


def _people(placement: Placement, side: Who, what: str) -> list[To]:
    page = ("agreements.show" if what in SIGNED else PAGES[side], {"slug": placement.key})
    if side is Who.STUDENT:
        return _one(placement.student, page)
    if side is Who.PARENT:
        return _parent(placement, what, page)
    number = placement.establishment.organisation_id if side is Who.COMPANY else placement.school_id
    roles = (*ROLES[side], Role.SIGNER) if side is Who.COMPANY and what in SIGNED else ROLES[side]
    found = {row.email: To(row.email, row.language, row.display_name, page) for row in people.managers_of(number, *roles)}
    guide = placement.trainer if side is Who.COMPANY else placement.supervisor
    found |= {one.email: one for one in _one(guide, page)}
    if side is Who.COMPANY and guide is None and placement.trainer_email.strip().lower() not in found:
        return [*found.values(), *_without_account(placement, side, what, placement.trainer_name, placement.trainer_email)]
    return list(found.values())


def _parent(placement: Placement, what: str, page: letters.Link) -> list[To]:
    if not placement.parent_email or not placement.is_minor(clock.today()):
        return []
    address = placement.parent_email.strip().lower()
    theirs = (User.email == address, User.confirmed_at.is_not(None), User.closed_at.is_(None))
    language = session.scalar(select(User.language).where(*theirs))
    if language is not None:
        return [To(address, language, placement.parent_name, page)]
    return _without_account(placement, Who.PARENT, what, placement.parent_name, address)


def _without_account(placement: Placement, side: Who, what: str, name: str, email: str) -> list[To]:
    sent = any(one.sheets for one in placement.agreements)
    if not email or not sent or what not in WITHOUT_ACCOUNT:
        return []
    asked: dict[str, Any] = {"side": side, "what": what, "name": name, "email": email}
    does, link = next((found for _listener, found in signals.reaching.send(placement, **asked) if found), ("", ("home.index", {})))
    return [To(email, "nl", name, link, does, bare=not does)]


def _one(user: User | None, page: letters.Link) -> list[To]:
    return [To(user.email, user.language, user.display_name, page)] if user is not None and user.closed_at is None else []
