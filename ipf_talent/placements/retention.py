"""Forgetting in time (R16): two years after the end nothing tells any more who it was; counts stay."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, select

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.applications import storage
from ipf_talent.db import session
from ipf_talent.placements import letters, personal_data, queries, services
from ipf_talent.placements.guidance import personal_data as guidance_data
from ipf_talent.placements.kinds import BEFORE_START, ENDS, STARTED, Deed, Reason, Who
from ipf_talent.placements.models import Placement, SignatureScan

KEPT = timedelta(days=731)
"""Two years, whatever leap day they hold."""
ROOM = "scans"
"""The folder of scans of signed paper."""


def due(today: date) -> list[int]:
    """The numbers of placements whose personal data have to go now."""
    last = func.coalesce(Placement.ended_on, Placement.ends_on)
    over = and_(Placement.status.in_(ENDS), last < today - KEPT)
    query = select(Placement.id).where(over, Placement.erased_at.is_(None)).order_by(Placement.id)
    return list(session.scalars(query))


def sweep(now: datetime) -> int:
    """Erase what is due; gives how many placements. A second time finds nothing."""
    numbers = due(now.astimezone(clock.AMSTERDAM).date())
    guidance_data.scrub(numbers)
    personal_data.scrub(numbers, now=now)
    return len(numbers)


def sweep_files(now: datetime) -> int:
    """Take away scans that no row names any more; one that is an hour young may be on its way to its row."""
    names = session.scalars(select(SignatureScan.name))
    return storage.sweep(names, older_than=now - timedelta(hours=1), room=ROOM)


def forget(user: User, *, now: datetime) -> None:
    """A student leaves: what has not begun is cancelled, what runs ends, the school hears it, and nothing says who it was."""
    theirs = select(Placement.id).where(Placement.student_id == user.id, Placement.status.in_(BEFORE_START | STARTED))
    for number in list(session.scalars(theirs.order_by(Placement.id))):
        placement = queries.by_id(number)
        if placement.status in BEFORE_START:
            services.move(placement, Deed.CANCEL, who=Who.SCHOOL, by=user, now=now, reason=Reason.STUDENT, leaving=True)
            letters.tell(placement, Who.SCHOOL, "cancel", student="")
        else:
            today = now.astimezone(clock.AMSTERDAM).date()
            last = max(placement.starts_on, min(today, placement.ends_on))
            ending: dict[str, Any] = {"reason": Reason.STUDENT, "last_day": last, "heard": True, "leaving": True}
            services.move(placement, Deed.END_EARLY, who=Who.SCHOOL, by=user, now=now, **ending)
            letters.tell(placement, Who.SCHOOL, "end_early", student="")
    erase(user)


def erase(user: User) -> None:
    """Take a person out of all that placements and their guidance keep."""
    guidance_data.erase(user)
    guidance_data.scrub(list(session.scalars(select(Placement.id).where(Placement.student_id == user.id))))
    personal_data.erase(user.id)
