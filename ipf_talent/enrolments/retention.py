"""Forgetting in time: enrolments a year after they ended or nobody came, class lists after two days, a birthday once past."""

from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select, update

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.db import session
from ipf_talent.enrolments import importing, personal_data
from ipf_talent.enrolments.kinds import EnrolmentStatus
from ipf_talent.enrolments.models import Enrolment

KEPT = timedelta(days=365)
"""How long an enrolment names the student after it ended."""


def due(now: datetime) -> list[int]:
    """The numbers of enrolments that have to name nobody from now on."""
    ended = and_(Enrolment.status == EnrolmentStatus.ENDED, Enrolment.ended_at < now - KEPT)
    never_came = and_(Enrolment.status == EnrolmentStatus.INVITED, Enrolment.invited_at < now - KEPT)
    over = (Enrolment.erased_at.is_(None), or_(ended, never_came))
    return list(session.scalars(select(Enrolment.id).where(*over).order_by(Enrolment.id)))


def sweep(now: datetime) -> int:
    """Erase what is due; gives how many enrolments. A second time finds nothing."""
    numbers = due(now)
    personal_data.scrub(numbers)
    importing.sweep(now)
    past = update(Enrolment).where(Enrolment.minor_until <= now.astimezone(clock.AMSTERDAM).date())
    session.execute(past.values(minor_until=None).execution_options(synchronize_session=False))
    session.expire_all()
    return len(numbers)


def forget(user: User) -> None:
    """A person leaves the site."""
    personal_data.erase(user.id)
