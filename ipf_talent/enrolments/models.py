"""Who studies what at a school: internship periods, classes and enrolments. No number of the state is asked or kept (R17)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.db import Base
from ipf_talent.enrolments.kinds import EnrolmentStatus
from ipf_talent.organisations.models import Organisation
from ipf_talent.programmes.models import Programme
from ipf_talent.vacancies.kinds import PlacingMode

LONGEST_GOAL = 1500
LONGEST_NOTE = 500
_HERE = text("status <> 'ended' AND student_id IS NOT NULL")


class InternshipPeriod(Base):
    """When students of a school do their internship, how much of it, what for, and who brings student and place together (R4)."""

    __tablename__ = "internship_period"
    __table_args__ = (
        CheckConstraint("ends_on > starts_on", name="dates"),
        CheckConstraint("year BETWEEN 1 AND 8", name="year"),
        CheckConstraint("hours BETWEEN 1 AND 4000", name="hours"),
        CheckConstraint("days_per_week BETWEEN 1 AND 5", name="days"),
        CheckConstraint(f"length(goal) <= {LONGEST_GOAL}", name="goal"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    """Its name in addresses."""
    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"), index=True)
    """None = for all programmes of the school."""
    name: Mapped[str] = mapped_column(String(80))
    year: Mapped[int | None]
    """Of study, 1 to 8; None = every year."""
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    hours: Mapped[int]
    """In all."""
    days_per_week: Mapped[int | None]
    goal: Mapped[str] = mapped_column(Text, default="")
    """What a student learns in it."""
    placing_mode: Mapped[PlacingMode] = mapped_column(default=PlacingMode.SCHOOL_PLACES)
    version: Mapped[int] = mapped_column(default=1)
    school: Mapped[Organisation] = relationship()
    programme: Mapped[Programme | None] = relationship()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 as SQLAlchemy declares it


class SchoolClass(Base):
    """A class of a school in one school year."""

    __tablename__ = "school_class"
    __table_args__ = (
        UniqueConstraint("school_id", "name", "starts_year"),
        CheckConstraint("year BETWEEN 1 AND 8", name="year"),
        CheckConstraint("starts_year BETWEEN 2000 AND 2100", name="starts_year"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    name: Mapped[str] = mapped_column(String(40))
    starts_year: Mapped[int]
    """The school year in which it runs, by the calendar year in which that begins."""
    year: Mapped[int | None]
    """Of study, 1 to 8."""
    supervisor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"), index=True)
    period_id: Mapped[int | None] = mapped_column(ForeignKey("internship_period.id", ondelete="SET NULL"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    school: Mapped[Organisation] = relationship()
    programme: Mapped[Programme] = relationship()
    supervisor: Mapped[User | None] = relationship()
    period: Mapped[InternshipPeriod | None] = relationship()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 as SQLAlchemy declares it

    @property
    def school_year(self) -> str:
        """As people write it: 2026/27."""
        return f"{self.starts_year}/{(self.starts_year + 1) % 100:02}"


class Enrolment(Base):
    """A student of a school, as the school says it; with an account once the student took the invitation."""

    __tablename__ = "enrolment"
    __table_args__ = (
        UniqueConstraint("school_id", "number"),
        CheckConstraint("year BETWEEN 1 AND 8", name="year"),
        CheckConstraint("travel_km BETWEEN 1 AND 500", name="travel"),
        CheckConstraint(f"length(note) <= {LONGEST_NOTE}", name="note"),
        Index("uq_enrolment_student", "school_id", "student_id", unique=True, sqlite_where=_HERE, postgresql_where=_HERE),
        Index("ix_enrolment_school", "school_id", "status"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(16), unique=True)
    """Its name in addresses; tells nothing of who."""
    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))
    class_id: Mapped[int | None] = mapped_column(ForeignKey("school_class.id", ondelete="SET NULL"), index=True)
    student_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"), index=True)
    """None until the invitation is taken."""
    email: Mapped[str] = mapped_column(String(254), index=True)
    """Lower case."""
    name: Mapped[str] = mapped_column(String(80))
    number: Mapped[str] = mapped_column(String(40))
    """The school's own number of the student; never one that the state gave."""
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    year: Mapped[int | None]
    """Of study, 1 to 8."""
    cohort: Mapped[str | None] = mapped_column(String(9))
    """The school year in which the student began: 2024 or 2024-2025."""
    status: Mapped[EnrolmentStatus] = mapped_column(default=EnrolmentStatus.INVITED)
    period_id: Mapped[int | None] = mapped_column(ForeignKey("internship_period.id", ondelete="SET NULL"), index=True)
    """A period of their own; None = that of the class."""
    travel_km: Mapped[int | None]
    minor_until: Mapped[date | None]
    """The day on which the student turns 18, as the school says; None = 18 already, or not said."""
    support: Mapped[bool] = mapped_column(default=False)
    """Whether arrangements for support exist at the school; what they are stays there."""
    excused: Mapped[bool] = mapped_column(default=False)
    """Whether the student needs no place in this period."""
    secret_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    """Of the invitation that works now."""
    secret_until: Mapped[datetime | None]
    invited_at: Mapped[datetime | None]
    claimed_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    said_programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id", ondelete="SET NULL"))
    """What the student's profile said when the school last confirmed; something else since then asks to confirm again."""
    said_year: Mapped[int | None]
    note: Mapped[str] = mapped_column(String(LONGEST_NOTE), default="")
    """What the student says is wrong."""
    noted_at: Mapped[datetime | None]
    """When they said so; emptied once the school has dealt with it."""
    ended_at: Mapped[datetime | None] = mapped_column(index=True)
    erased_at: Mapped[datetime | None]
    """When its personal data went; it only counts since then."""
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column(default=1)
    school: Mapped[Organisation] = relationship()
    school_class: Mapped[SchoolClass | None] = relationship()
    student: Mapped[User | None] = relationship(foreign_keys=[student_id])
    programme: Mapped[Programme] = relationship(foreign_keys=[programme_id])
    own_period: Mapped[InternshipPeriod | None] = relationship()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 as SQLAlchemy declares it

    @property
    def period(self) -> InternshipPeriod | None:
        """The period that holds for this student: an own one, else that of the class."""
        return self.own_period or (self.school_class.period if self.school_class else None)

    def is_minor(self, on: date) -> bool:
        """Whether the student is under 18 on that day, as far as the school said."""
        return self.minor_until is not None and on < self.minor_until


class ClassList(Base):
    """A class list that was sent and waits to be applied; its rows go as soon as it is, or after two days."""

    __tablename__ = "class_list"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(16), unique=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    starts_year: Mapped[int]
    """The school year that it is of."""
    filename: Mapped[str] = mapped_column(String(120))
    encoding: Mapped[str] = mapped_column(String(12), default="")
    separator: Mapped[str] = mapped_column(String(1), default="")
    entries: Mapped[list[Any]] = mapped_column(JSON, default=list)
    """The rows as `class_list.Entry` keeps them."""
    ignored: Mapped[list[str]] = mapped_column(default=list)
    """Columns that were not read."""
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """How many rows of each kind, once it is applied."""
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    applied_at: Mapped[datetime | None]
    school: Mapped[Organisation] = relationship()
