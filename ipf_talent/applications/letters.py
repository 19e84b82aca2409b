"""Mails about a response: to the student, to the managers of the company or the coordinators of the school. No names, no texts."""

from typing import Any

from ipf_talent.accounts.roles import Role
from ipf_talent.applications import queries
from ipf_talent.applications.kinds import Who
from ipf_talent.applications.models import Application
from ipf_talent.notifications import letters

PAGES = {Who.STUDENT: "applications.show", Who.COMPANY: "received.show", Who.SCHOOL: "school_wishes.index"}
ROLES = {Who.COMPANY: (Role.COMPANY_MANAGER,), Who.SCHOOL: (Role.COORDINATOR,)}


def tell(application: Application, side: Who, what: str, **values: Any) -> int:
    """
    Write to one side of a response; gives to how many people.

    A company hears nothing of what has not reached it, and a school only of students it places.

    Args:
        what: a deed, or one of `message release ask remind late_answer`.
    """
    if side is Who.COMPANY and application.sent_at is None:
        return 0
    link: letters.Link = (PAGES[side], {} if side is Who.SCHOOL else {"slug": application.key})
    vacancy = application.vacancy
    known = {
        "side": side.value,
        "what": what,
        "title": vacancy.title_nl,
        "company": vacancy.company.name,
        "code": application.code,
        "due": application.due_on,
        "silent": application.silent.value if application.silent else "",
    }
    people = _people(application, side)
    for address, language, name in people:
        letters.write("response", to=address, language=language, link=link, values={**known, "name": name, **values})
    return len(people)


def _people(application: Application, side: Who) -> list[tuple[str, str, str]]:
    if side is Who.STUDENT:
        student = application.student
        return [(student.email, student.language, student.display_name)] if student else []
    organisation_id = application.vacancy.company_id if side is Who.COMPANY else application.school_id
    if organisation_id is None:
        return []
    return [(row.email, row.language, row.display_name) for row in queries.managers_of(organisation_id, *ROLES[side])]


def silence(organisation_id: int, company: str, standing: str) -> None:
    """Tell the managers of a company what its silence does to its places, or that it is over: `fine`, `sinks` or `hidden`."""
    for row in queries.managers_of(organisation_id, Role.COMPANY_MANAGER):
        values = {"name": row.display_name, "company": company, "standing": standing}
        letters.write("silence", to=row.email, language=row.language, link=("received.index", {}), values=values)


def reported() -> None:
    """Tell platform administration that somebody reports discrimination; what, stands on the page alone."""
    for row in queries.administrators():
        values = {"name": row.display_name}
        letters.write("discrimination", to=row.email, language=row.language, link=("reports.index", {}), values=values)
