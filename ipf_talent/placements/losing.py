"""A company loses its recognition (R20): what runs there is interrupted, and what has not begun needs a new check."""

from datetime import datetime

from sqlalchemy import select

from ipf_talent.db import session
from ipf_talent.placements import letters, queries, services
from ipf_talent.placements.kinds import BEFORE_START, STARTED, CheckOutcome, Deed, PlacementStatus, Reason, Who
from ipf_talent.placements.models import Placement
from ipf_talent.vacancies.kinds import MBO


def lose(establishment_id: int, crebo: str, *, now: datetime) -> int:
    """Deal with every placement that depends on this recognition; gives how many."""
    there = (
        Placement.establishment_id == establishment_id,
        Placement.crebo == crebo,
        Placement.kind.in_(MBO),
        Placement.status.in_(BEFORE_START | STARTED),
    )
    numbers = list(session.scalars(select(Placement.id).where(*there).order_by(Placement.id)))
    for number in numbers:
        placement = queries.by_id(number)
        services.note_check(placement, CheckOutcome.NOT_RECOGNISED, by=None, now=now)
        if placement.status is PlacementStatus.RUNNING:
            services.move(placement, Deed.INTERRUPT, who=Who.SYSTEM, by=None, now=now, reason=Reason.RECOGNITION)
        else:
            services.log(placement, Who.SYSTEM, None, "lost", now, reason=Reason.RECOGNITION)
            letters.tell(placement, Who.SCHOOL, "lost")
    return len(numbers)
