"""No silence: reminders after 5 and 10 working days, an end after 15, what repeated silence does. Twice does it once."""

from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from ipf_talent import db
from ipf_talent.accounts import audit
from ipf_talent.accounts.models import User
from ipf_talent.applications import answer_queries, letters, queries, services, workflow
from ipf_talent.applications.kinds import Deed, Reason, State, Who
from ipf_talent.applications.models import Application, ApplicationReminder
from ipf_talent.applications.standing import Standing
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.organisations.models import Organisation
from ipf_talent.vacancies.models import Vacancy

log = structlog.get_logger()
REMIND_AFTER = (5, 10)
"""Working days of a turn after which whoever is silent is reminded."""


@dataclass
class Done:
    """What one round did."""

    reminded: int = 0
    expired: int = 0
    failed: int = 0


def keep(now: datetime, *, only: str | None = None) -> Done:
    """
    Remind and end whatever is due, each response in a transaction of its own, so that one that fails holds up no other.

    A round that comes late sends the last reminder that is due and no earlier one.

    Args:
        only: the key of the one response to look at.
    """
    done = Done()
    with db.transaction():
        numbers = list(queries.waiting_since(now, only=only))
        marked = answer_queries.companies_marked()
    for number in numbers:
        try:
            with db.transaction():
                _keep_one(number, now, done)
        except Exception as error:  # one that fails must not hold up the others; it is tried again in an hour
            done.failed += 1
            log.error("deadline_failed", application=number, error=type(error).__name__)
    for company_id in marked:
        with db.transaction():
            mark(company_id, now)
    return done


def _keep_one(number: int, now: datetime, done: Done) -> None:
    key = session.scalar(select(Application.key).where(Application.id == number))
    application = queries.get(key or "")
    days = services.days_waiting(application, now)
    if days >= services.TERM:
        done.expired += expire(application, now)
    elif due := [number for number in REMIND_AFTER if days >= number]:
        done.reminded += remind(application, due[-1], now)


def remind(application: Application, days: int, now: datetime) -> bool:
    """Remind whoever's turn it is, once per turn and number of days; tells whether anything was sent."""
    turn, since = workflow.TURNS.get(application.state), application.waits_since
    if turn is None or since is None:
        return False
    row = ApplicationReminder(application_id=application.id, waits_since=since, days=days, sent_at=now)
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:  # it was sent
        return False
    services.log(application, Who.SYSTEM, None, f"remind_{days}", now)
    letters.tell(application, turn, "remind", days=days)
    return True


def expire(application: Application, now: datetime) -> bool:
    """End a response on which nobody answered, name who was silent, and see what that does to the company."""
    application.silent = workflow.TURNS.get(application.state)
    if not services.move(application, Deed.EXPIRE, who=Who.SYSTEM, by=None, now=now):
        return False
    if application.silent is Who.COMPANY:
        mark(application.vacancy.company_id, now)
    return True


def mark(company_id: int, now: datetime) -> Standing:
    """Let the places of a company stand where its answers put them, and tell it when that changes."""
    found = answer_queries.silence(company_id, now).standing
    former = session.execute(select(Organisation.silence, Organisation.name).where(Organisation.id == company_id)).one()
    if former.silence != found:
        changing = update(Organisation).where(Organisation.id == company_id, Organisation.silence == former.silence)
        session.execute(changing.values(silence=int(found)).execution_options(synchronize_session=False))
        for row in session:
            if isinstance(row, Organisation) and row.id == company_id:
                session.expire(row, ["silence"])
        audit.record(None, "mark_silence", "organisation", company_id, to=found.name.lower())
        letters.silence(company_id, former.name, found.name.lower())
    return found


def answer_late(application: Application, *, by: User, reason: Reason, note: str, now: datetime) -> bool:
    """
    Answer after all: the response stays ended, the student hears why, and the silence no longer counts. This is the way back.

    Returns:
        False where it was answered late before.

    Raises:
        DomainError: the company was not the silent one, or the reason cannot be said.
    """
    if application.state is not State.EXPIRED or application.silent is not Who.COMPANY:
        raise DomainError(_("There is nothing to answer here any more."))
    if application.late_answer_at is not None:
        return False
    services.check_reason(application, Deed.REFUSE, reason, note)
    application.late_answer_at, application.reason, application.reason_note = now, reason, note
    session.flush()
    services.log(application, Who.COMPANY, by, "late_answer", now, reason=reason)
    letters.tell(application, Who.STUDENT, "late_answer")
    mark(application.vacancy.company_id, now)
    return True


def end_with(vacancy: Vacancy, reason: Reason, now: datetime) -> int:
    """The place has closed, so whatever is open there ends with that reason; gives how many."""
    number = 0
    for row in queries.open_at(vacancy.id):
        application = queries.get(row.key)
        number += services.move(application, Deed.CLOSE, who=Who.SYSTEM, by=None, now=now, reason=reason)
    return number
