"""Nudges that a coordinator gave, and the lists of 8 and 4 weeks that were sent; the keys make that none goes out twice."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ipf_talent.db import Base


class NudgeTo(StrEnum):
    """Whom a nudge goes to."""

    STUDENT = "student"
    COMPANY = "company"
    SELF = "self"


class Nudge(Base):
    """A nudge about one student, at most one a day to each side."""

    __tablename__ = "nudge"
    __table_args__ = (UniqueConstraint("enrolment_id", "receiver", "on_day"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id", ondelete="CASCADE"))
    receiver: Mapped[NudgeTo]
    on_day: Mapped[date]
    """In local time."""
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    at: Mapped[datetime]


class PeriodNotice(Base):
    """The coordinators were told who has no place so many weeks before a period."""

    __tablename__ = "period_notice"
    __table_args__ = (UniqueConstraint("period_id", "weeks"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    period_id: Mapped[int] = mapped_column(ForeignKey("internship_period.id", ondelete="CASCADE"))
    weeks: Mapped[int]
    at: Mapped[datetime]
    unplaced: Mapped[int]
    """How many had no place then."""
