"""
Mails about guidance: to student, trainer, company and school. Marks and what was agreed stand on the pages alone.

Only what the school decided stands in the mail to a trainer without an account, who has no page to read it on.
"""

from typing import Any, NamedTuple

from ipf_talent.notifications import letters
from ipf_talent.placements.guidance import queries
from ipf_talent.placements.models import Placement

STUDENT, COMPANY, SCHOOL = "own_guidance.show", "company_guidance.show", "school_guidance.show"
OWN_HOURS, WAITING, TASKS = "hours.week", "company_guidance.index", "replacements.index"


class To(NamedTuple):
    """Whom a mail goes to."""

    email: str
    language: str
    name: str


def tell_student(placement: Placement, what: str, page: str = STUDENT, *, week: str | None = None, **values: Any) -> int:
    """Write to the student; gives to how many people."""
    student = placement.student
    if student is None or student.closed_at is not None:
        return 0
    link = {"slug": placement.key} | ({"week": week} if week else {})
    _write(placement, what, To(student.email, student.language, student.display_name), (page, link), own=True, **values)
    return 1


def tell_trainer(placement: Placement, what: str, *, guest: letters.Link | None = None, **values: Any) -> int:
    """Write to who guides at the company: to their page with an account, else with a guest link; managers where it is nobody."""
    trainer = placement.trainer
    if trainer is not None and trainer.closed_at is None:
        _write(placement, what, To(trainer.email, trainer.language, trainer.display_name), _at_company(placement, what), **values)
        return 1
    if placement.trainer_email:
        to = To(placement.trainer_email, "nl", placement.trainer_name)
        _write(placement, what, to, guest or ("home.index", {}), guest=guest is not None, bare=guest is None, **values)
        return 1
    return tell_company(placement, what, **values)


def tell_guest(placement: Placement, what: str, to: To, guest: letters.Link, **values: Any) -> None:
    """Write to somebody who was asked by name."""
    _write(placement, what, to, guest, guest=True, **values)


def tell_company(placement: Placement, what: str, **values: Any) -> int:
    """Write to the managers of the company."""
    people = queries.managers_of(placement.establishment.organisation_id)
    for row in people:
        _write(placement, what, To(row.email, row.language, row.display_name), _at_company(placement, what), **values)
    return len(people)


def _at_company(placement: Placement, what: str) -> letters.Link:
    """The page of a company that a letter leads to."""
    return (WAITING, {}) if what == "hours_submitted" else (COMPANY, _key(placement))


def tell_supervisor(placement: Placement, what: str, **values: Any) -> int:
    """Write to who guides at school; to the coordinators where that is nobody."""
    supervisor = placement.supervisor
    if supervisor is None or supervisor.closed_at is not None:
        return tell_coordinators(placement, what, **values)
    _write(placement, what, To(supervisor.email, supervisor.language, supervisor.display_name), (SCHOOL, _key(placement)), **values)
    return 1


def tell_coordinators(placement: Placement, what: str, page: str = SCHOOL, **values: Any) -> int:
    """Write to the coordinators of the school."""
    people = queries.coordinators_of(placement.school_id)
    link = (page, _key(placement) if page == SCHOOL else {})
    for row in people:
        _write(placement, what, To(row.email, row.language, row.display_name), link, **values)
    return len(people)


def _key(placement: Placement) -> dict[str, str]:
    return {"slug": placement.key}


def _write(placement: Placement, what: str, to: To, link: letters.Link, **values: Any) -> None:
    known = {
        "what": what,
        "name": to.name,
        "student": placement.student.display_name if placement.student else "",
        "company": placement.establishment.organisation.name,
        "school": placement.school.name,
        "own": False,
        "guest": False,
        "bare": False,
    }
    letters.write("guidance", to=to.email, language=to.language, link=link, values=known | values)
