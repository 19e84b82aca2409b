"""Mails about a matchmaking day: what changed, and where one reads it. No name of a student, no talk, no outcome."""

from collections.abc import Iterable

from ipf_talent.accounts.roles import Role
from ipf_talent.applications import queries as people
from ipf_talent.cohorts.days import queries
from ipf_talent.cohorts.days.models import DayCompany, DayStudent, MatchDay
from ipf_talent.notifications import letters


def to_students(day: MatchDay, students: Iterable[DayStudent], what: str) -> int:
    """
    Tell students something; gives how many.

    Args:
        what: one of `timetable changed withdrawn cancelled moved`.
    """
    told = [one.student for one in students if one.student is not None and one.student.closed_at is None]
    for user in told:
        _write(day, what, "student", (user.display_name, user.email, user.language), ("my_day.show", {"slug": day.slug}))
    return len(told)


def to_company(day: MatchDay, row: DayCompany, what: str) -> int:
    """Tell the managers of a company something; gives how many."""
    managers = people.managers_of(row.company_id, Role.COMPANY_MANAGER)
    for one in managers:
        person = (one.display_name, one.email, one.language)
        _write(day, what, "company", person, ("company_day.show", {"slug": day.slug}), company=row.company.name)
    return len(managers)


def to_organisers(day: MatchDay, what: str, company: str = "") -> int:
    """Tell the cluster office something; gives how many."""
    organisers = queries.organisers()
    for one in organisers:
        person = (one.display_name, one.email, one.language)
        _write(day, what, "office", person, ("office_day.show", {"slug": day.slug}), company=company)
    return len(organisers)


def invite(day: MatchDay, organisation: str, *, company: bool, person: tuple[str, str, str]) -> None:
    """
    Tell somebody of a company or a school that there is a day.

    Args:
        person: name, address and language.
    """
    page = "company_day.sign_up" if company else "events.show"
    _write(day, "invited", "company" if company else "school", person, (page, {"slug": day.slug}), company=organisation)


def _write(day: MatchDay, what: str, side: str, person: tuple[str, str, str], link: letters.Link, company: str = "") -> None:
    name, address, language = person
    values = {"what": what, "side": side, "name": name, "title": day.title, "held_on": day.held_on, "company": company}
    values["until"] = day.sign_up_until
    letters.write("day", to=address, language=language, link=link, values=values)
