"""What is told once: whoever writes the line tells it, and nobody else can."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from ipf_talent.db import session
from ipf_talent.placements.guidance.models import GuidanceNotice


def claim(placement_id: int, what: str, subject: str, *, now: datetime) -> bool:
    """Take it upon oneself to tell something: true for exactly one caller."""
    if told(placement_id, what, subject):
        return False
    try:
        with session.begin_nested():
            session.add(GuidanceNotice(placement_id=placement_id, what=what, subject=subject, at=now))
    except IntegrityError:  # somebody else was just before
        return False
    return True


def told(placement_id: int, what: str, subject: str) -> bool:
    """Whether it was told already."""
    wanted = (GuidanceNotice.placement_id == placement_id, GuidanceNotice.what == what, GuidanceNotice.subject == subject)
    return session.scalar(select(GuidanceNotice.id).where(*wanted)) is not None


def last(placement_id: int, what: str) -> GuidanceNotice | None:
    """The newest line of this kind."""
    wanted = (GuidanceNotice.placement_id == placement_id, GuidanceNotice.what == what)
    return session.scalar(select(GuidanceNotice).where(*wanted).order_by(GuidanceNotice.subject.desc()).limit(1))
