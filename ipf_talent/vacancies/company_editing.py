"""What a company changes of itself: what it does, where it is, and whether students may come with an idea."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from ipf_talent.accounts import audit
from ipf_talent.accounts.models import AuditEntry, User
from ipf_talent.accounts.services import refuse_example
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.notifications import letters
from ipf_talent.organisations.models import Establishment, Organisation, Recognition
from ipf_talent.vacancies import company_queries, company_skills
from ipf_talent.vacancies.models import Vacancy

MOST_ADDRESSES = 50
"""Establishments of one company."""

ONE_PRESS = timedelta(minutes=10)


class Stale(DomainError):
    """Somebody else changed the thing since the page was opened; nothing was overwritten."""

    def __init__(self) -> None:
        super().__init__(
            _("A colleague changed this while you were typing. What you typed is still here. Compare, and save again.")
        )


def describe(company: Organisation, values: Mapping[str, Any], *, version: int, by: User, today: date) -> None:
    """
    Change what a company says of itself, and read its skills again.

    Args:
        values: columns of the organisation.
        version: the one that the page was opened with.

    Raises:
        Stale: somebody else saved since.
    """
    refuse_example(by, of=company)
    if company.version != version:
        raise Stale
    changed = [name for name, value in values.items() if getattr(company, name) != value]
    if not changed:
        return
    company.edit(**{name: values[name] for name in changed})
    _flush()
    if "technologies" in changed:
        company_skills.read([company], today)
    audit.record(by.id, "describe", "organisation", company.id, fields=sorted(changed))


def add_address(company: Organisation, values: Mapping[str, Any], *, by: User) -> Establishment:
    """
    Add an establishment.

    Raises:
        DomainError: there is one with this name, or there are too many.
    """
    refuse_example(by, of=company)
    if len(company.establishments) >= MOST_ADDRESSES:
        raise DomainError(_("A company has at most %(number)s addresses here.", number=MOST_ADDRESSES))
    row = Establishment(organisation=company, **values)
    session.add(row)
    _flush(_same_name)
    audit.record(by.id, "add", "establishment", row.id)
    return row


def change_address(row: Establishment, values: Mapping[str, Any], *, version: int, by: User) -> None:
    """
    Change an establishment.

    Raises:
        Stale: somebody else saved since.
        DomainError: there is another one with this name, or it is recognised and would move to another town.
    """
    refuse_example(by, of=row.organisation)
    if row.version != version:
        raise Stale
    for name, value in values.items():
        setattr(row, name, value)
    _flush(_same_name)
    audit.record(by.id, "change", "establishment", row.id)


def remove_address(row: Establishment, *, by: User) -> None:
    """
    Take an establishment away.

    Raises:
        DomainError: it is the last one, or recognitions or places hang on it.
    """
    refuse_example(by, of=row.organisation)
    if len(row.organisation.establishments) <= 1:
        raise DomainError(_("This is your only address. Change it instead."))
    if session.scalar(select(func.count()).select_from(Recognition).where(Recognition.establishment_id == row.id)):
        raise DomainError(_("Recognitions hang on this address, so it stays."))
    if session.scalar(select(func.count()).select_from(Vacancy).where(Vacancy.establishment_id == row.id)):
        raise DomainError(_("Places hang on this address, so it stays."))
    audit.record(by.id, "remove", "establishment", row.id)
    row.organisation.establishments.remove(row)
    session.delete(row)
    session.flush()


def write_interest(company: Organisation, text: str, *, by: User, now: datetime) -> None:
    """
    Send the managers of a company what a student has in mind; the student chose to tell name and address with it. A second time
    within a few minutes is a second press of the button, and sends nothing.

    Raises:
        DomainError: the company does not ask for it, or is an example.
    """
    if not company.open_interest:
        raise DomainError(_("This company does not ask for ideas of students now."))
    if company.is_example or by.is_demo:
        raise DomainError(_("This is an example, so nothing is sent."))
    lately = (AuditEntry.actor_id == by.id, AuditEntry.action == "write_interest", AuditEntry.thing_id == company.id)
    if session.scalar(select(AuditEntry.id).where(*lately, AuditEntry.at > now - ONE_PRESS).limit(1)) is not None:
        return
    link: letters.Link = ("company.show", {"slug": company.slug})
    for manager in company_queries.managers_of(company.id):
        values = {"name": manager.display_name, "organisation": company.name, "student": by.display_name, "address": by.email}
        letters.write("interest", to=manager.email, language=manager.language, link=link, values=values | {"text": text})
    audit.record(by.id, "write_interest", "organisation", company.id)


def _same_name() -> DomainError:
    return DomainError(_("There is an address with this name already."), field="name")


def _flush(refusal: Callable[[], DomainError] | None = None) -> None:
    """Send the changes to the database; a row that somebody else changed in the meantime is told, not overwritten."""
    try:
        with session.begin_nested():
            session.flush()
    except StaleDataError:
        raise Stale from None
    except IntegrityError:
        if refusal is None:
            raise
        raise refusal() from None
