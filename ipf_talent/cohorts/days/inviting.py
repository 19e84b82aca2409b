"""Telling companies and schools of a matchmaking day by mail: each of them once."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy.exc import IntegrityError

from ipf_talent import clock
from ipf_talent.accounts import audit
from ipf_talent.accounts.models import User
from ipf_talent.cohorts.days import letters, queries
from ipf_talent.cohorts.days.models import DayInvitation, MatchDay
from ipf_talent.cohorts.days.services import refuse_example
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.organisations.kinds import OrganisationKind


class Reach(NamedTuple):
    """How many companies and schools, and how many people there."""

    companies: int
    schools: int
    people: int


def waiting(day: MatchDay) -> Reach:
    """Who would hear of a day now."""
    found = queries.to_invite(day)
    kinds = {row.id: row.kind for row in found}
    companies = sum(kind is OrganisationKind.COMPANY for kind in kinds.values())
    return Reach(companies, len(kinds) - companies, len(found))


def told(day_id: int) -> tuple[list[DayInvitation], list[DayInvitation]]:
    """Companies and schools that were told of a day, by name."""
    found = queries.invitations(day_id)
    companies = [one for one in found if one.organisation.kind is OrganisationKind.COMPANY]
    return companies, [one for one in found if one not in companies]


def invite(day: MatchDay, *, by: User, now: datetime) -> Reach:
    """
    Write to every company and school that has not heard of a day yet; one that has signed up needs no letter.

    Raises:
        DomainError: nobody can sign up now, there is nobody left to tell, or somebody else did it at this moment.
    """
    refuse_example(day, by)
    if not day.takes_sign_ups(now.astimezone(clock.AMSTERDAM).date()):
        raise DomainError(_("Open the sign-up first: then people can sign up at once."))
    reach, found = waiting(day), queries.to_invite(day)
    if not found:
        raise DomainError(_("Everyone has been told already."))
    numbers = {row.id: sum(one.id == row.id for one in found) for row in found}
    try:
        with session.begin_nested():
            rows = [
                DayInvitation(day_id=day.id, organisation_id=one, told_at=now, people=number) for one, number in numbers.items()
            ]
            session.add_all(rows)
    except IntegrityError as error:
        raise DomainError(_("Somebody else has just changed this day. Look at the page again.")) from error
    for row in found:
        letters.invite(day, row.name, company=row.kind is OrganisationKind.COMPANY, person=row[3:6])
    audit.record(by.id, "invite_to_day", "match_day", day.id, companies=reach.companies, schools=reach.schools, people=reach.people)
    return reach
