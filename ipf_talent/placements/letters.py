"""Mails about a placement: to the student, a minor's parent, the company, the school. No names of students, no texts."""

from typing import Any

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.accounts.roles import Role
from ipf_talent.applications import queries as people
from ipf_talent.notifications import letters
from ipf_talent.placements.kinds import Who
from ipf_talent.placements.models import Placement

PAGES = {
    Who.STUDENT: "my_placement.show",
    Who.PARENT: "agreements.show",
    Who.COMPANY: "company_placements.show",
    Who.SCHOOL: "placements.show",
}
ROLES = {Who.COMPANY: (Role.COMPANY_MANAGER,), Who.SCHOOL: (Role.COORDINATOR,)}


def tell(placement: Placement, side: Who, what: str, **values: Any) -> int:
    """
    Write to one side of a placement; gives to how many people. A parent is told only while the student is under 18.

    Args:
        what: a deed, or one of `propose changed in_force corrected objected assignment agree lost nudge`.
    """
    known = {
        "side": side.value,
        "what": what,
        "title": placement.title,
        "company": placement.establishment.organisation.name,
        "starts_on": placement.starts_on,
        "ends_on": placement.ends_on,
    }
    link: letters.Link = (PAGES[side], {"slug": placement.key})
    receivers = _people(placement, side)
    for address, language, name in receivers:
        letters.write("placement", to=address, language=language, link=link, values={**known, "name": name, **values})
    return len(receivers)


def _people(placement: Placement, side: Who) -> list[tuple[str, str, str]]:
    if side is Who.STUDENT:
        return _one(placement.student)
    if side is Who.PARENT:
        minor = bool(placement.parent_email) and placement.is_minor(clock.today())
        return [(placement.parent_email, "nl", placement.parent_name)] if minor else []
    number = placement.establishment.organisation_id if side is Who.COMPANY else placement.school_id
    found = {row.email: (row.email, row.language, row.display_name) for row in people.managers_of(number, *ROLES[side])}
    guide = placement.trainer if side is Who.COMPANY else placement.supervisor
    found |= {address: (address, language, name) for address, language, name in _one(guide)}
    return list(found.values())


def _one(user: User | None) -> list[tuple[str, str, str]]:
    return [(user.email, user.language, user.display_name)] if user is not None and user.closed_at is None else []
