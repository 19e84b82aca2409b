"""Matchmaking days: rooms, who takes part, what is marked before, and the talks with what came of them."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.applications.models import Application
from ipf_talent.cohorts.days.clock import Slot, slots
from ipf_talent.cohorts.days.kinds import DayStatus, Mark, Outcome
from ipf_talent.db import Base, named
from ipf_talent.organisations.models import Organisation
from ipf_talent.programmes.levels import Level
from ipf_talent.vacancies.models import Vacancy

LONGEST_ABOUT, LONGEST_NOTE = 2000, 300
MOST_ROUNDS, MOST_TABLES, MOST_TALKS = 16, 5, 80


class MatchDay(Base):
    """A day on which students and companies talk in rounds."""

    __tablename__ = "match_day"
    __table_args__ = (
        CheckConstraint(f"rounds BETWEEN 1 AND {MOST_ROUNDS}", name="rounds"),
        CheckConstraint("talk_minutes BETWEEN 5 AND 60", name="talk"),
        CheckConstraint("change_minutes BETWEEN 0 AND 30", name="change"),
        CheckConstraint("least BETWEEN 0 AND most AND most BETWEEN 1 AND rounds", name="talks"),
        CheckConstraint("sign_up_until <= held_on", name="sign_up"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    venue: Mapped[str] = mapped_column(String(200))
    about: Mapped[str] = mapped_column(Text, default="")
    held_on: Mapped[date] = mapped_column(index=True)
    starts_at: Mapped[time]
    """In local time."""
    rounds: Mapped[int]
    talk_minutes: Mapped[int]
    change_minutes: Mapped[int]
    breaks: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Minutes of break after a round, by its number."""
    least: Mapped[int]
    """Talks that are guaranteed to each student."""
    most: Mapped[int]
    """Talks that a student has at most."""
    sign_up_until: Mapped[date]
    """The last day to sign up and to mark companies, in local time."""
    status: Mapped[DayStatus] = mapped_column(default=DayStatus.DRAFT)
    proposal: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """The plan that was made last: talks by code, figures, reasons, and a hash of what was asked; empty before."""
    proposed_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    made_with: Mapped[str | None] = mapped_column(String(32), unique=True)
    """The key of the form that made it, so that a second press makes no second one."""
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    is_example: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    rooms: Mapped[list["DayRoom"]] = relationship(cascade="all, delete-orphan", order_by="DayRoom.id")
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 as SQLAlchemy declares it

    @property
    def slots(self) -> list[Slot]:
        """Its rounds on the clock."""
        hours = {"rounds": self.rounds, "talk_minutes": self.talk_minutes, "change_minutes": self.change_minutes}
        return slots(self.held_on, self.starts_at, breaks=self.breaks, **hours)

    def has_begun(self, now: datetime) -> bool:
        """Whether the first round has begun."""
        return now >= self.slots[0].begins

    def takes_sign_ups(self, today: date) -> bool:
        """Whether one can sign up and mark today."""
        return self.status is DayStatus.OPEN and today <= self.sign_up_until


class DayRoom(Base):
    """A room of the day, and how many tables stand in it."""

    __tablename__ = "day_room"
    __table_args__ = (UniqueConstraint("day_id", "name"), CheckConstraint("tables BETWEEN 1 AND 60", name="tables"))
    id: Mapped[int] = mapped_column(primary_key=True)
    day_id: Mapped[int] = mapped_column(ForeignKey("match_day.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(60))
    tables: Mapped[int]


class DayCompany(Base):
    """A company at a day: how much it talks, and which students it looks for, in facts and never by person (R6)."""

    __tablename__ = "day_company"
    __table_args__ = (
        UniqueConstraint("day_id", "company_id"),
        CheckConstraint(f"tables BETWEEN 1 AND {MOST_TABLES}", name="tables"),
        CheckConstraint(f"talks BETWEEN 1 AND {MOST_TALKS}", name="talks"),
        CheckConstraint(f"length(note) <= {LONGEST_NOTE}", name="note"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    day_id: Mapped[int] = mapped_column(ForeignKey("match_day.id", ondelete="CASCADE"))
    company_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    tables: Mapped[int] = mapped_column(default=1)
    talks: Mapped[int | None]
    """How many talks it wants at most; None as many as its tables hold."""
    levels: Mapped[list[str]] = mapped_column(default=list)
    """Levels it looks for; none named means any."""
    fields: Mapped[list[str]] = mapped_column(default=list)
    """Fields of study it looks for; none named means any."""
    note: Mapped[str] = mapped_column(String(LONGEST_NOTE), default="")
    away: Mapped[list[int]] = mapped_column(JSON, default=list)
    """Rounds in which nobody sits at its tables."""
    seats: Mapped[list[int]] = mapped_column(JSON, default=list)
    """The numbers of its tables, once a timetable is published."""
    signed_up_at: Mapped[datetime] = mapped_column(default=clock.now)
    withdrawn_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    company: Mapped[Organisation] = relationship()
    day: Mapped[MatchDay] = relationship()
    places: Mapped[list["DayPlace"]] = relationship(cascade="all, delete-orphan", order_by="DayPlace.vacancy_id")
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 as SQLAlchemy declares it


class DayPlace(Base):
    """A place that a company brings to the day; a response after a talk goes to one of these."""

    __tablename__ = "day_place"
    day_company_id: Mapped[int] = mapped_column(ForeignKey("day_company.id", ondelete="CASCADE"), primary_key=True)
    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id", ondelete="CASCADE"), primary_key=True, index=True)
    vacancy: Mapped[Vacancy] = relationship()


class DayStudent(Base):
    """A student at a day, by a code; what the company's conditions are held against is kept as it was at sign-up."""

    __tablename__ = "day_student"
    __table_args__ = (UniqueConstraint("day_id", "student_id"), UniqueConstraint("day_id", "code", name="uq_day_student_code"))
    id: Mapped[int] = mapped_column(primary_key=True)
    day_id: Mapped[int] = mapped_column(ForeignKey("match_day.id", ondelete="CASCADE"))
    student_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"), index=True)
    """None once personal data were erased."""
    code: Mapped[str] = mapped_column(String(8))
    """What plans and lists call the student by; says nothing of who it is."""
    level: Mapped[Level]
    fields: Mapped[list[str]] = mapped_column(default=list)
    named: Mapped[bool] = mapped_column(default=False)
    """The student's consent: the companies they talk with see their name on the list of their table."""
    fill_up: Mapped[bool] = mapped_column(default=False)
    """Whether companies that were not marked may fill up to the minimum."""
    minor: Mapped[bool] = mapped_column(default=False)
    """Under 18 when a place would start, as the student said."""
    away: Mapped[list[int]] = mapped_column(JSON, default=list)
    """Rounds in which the student is not there."""
    signed_up_at: Mapped[datetime] = mapped_column(default=clock.now)
    withdrawn_at: Mapped[datetime | None]
    student: Mapped[User | None] = relationship()
    day: Mapped[MatchDay] = relationship()
    wishes: Mapped[list["DayWish"]] = relationship(cascade="all, delete-orphan", order_by="DayWish.day_company_id")


class DayInvitation(Base):
    """A company or school that was told of a day by mail; once, whoever presses again."""

    __tablename__ = "day_invitation"
    day_id: Mapped[int] = mapped_column(ForeignKey("match_day.id", ondelete="CASCADE"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True, index=True)
    told_at: Mapped[datetime] = mapped_column(default=clock.now)
    people: Mapped[int]
    """How many of its people got the mail."""
    organisation: Mapped[Organisation] = relationship()


class DayWish(Base):
    """A company that a student marked."""

    __tablename__ = "day_wish"
    day_student_id: Mapped[int] = mapped_column(ForeignKey("day_student.id", ondelete="CASCADE"), primary_key=True)
    day_company_id: Mapped[int] = mapped_column(ForeignKey("day_company.id", ondelete="CASCADE"), primary_key=True, index=True)
    mark: Mapped[Mark]


class DayLock(Base):
    """A talk that must be in the plan, in this round."""

    __tablename__ = "day_lock"
    day_student_id: Mapped[int] = mapped_column(ForeignKey("day_student.id", ondelete="CASCADE"), primary_key=True)
    day_company_id: Mapped[int] = mapped_column(ForeignKey("day_company.id", ondelete="CASCADE"), primary_key=True, index=True)
    round: Mapped[int]


class DayTalk(Base):
    """A talk of the published timetable, and what both sides say after it."""

    __tablename__ = "day_talk"
    __table_args__ = (UniqueConstraint("day_student_id", "day_company_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    day_student_id: Mapped[int] = mapped_column(ForeignKey("day_student.id", ondelete="CASCADE"))
    day_company_id: Mapped[int] = mapped_column(ForeignKey("day_company.id", ondelete="CASCADE"), index=True)
    round: Mapped[int]
    table: Mapped[int] = mapped_column("table_number")
    student_says: Mapped[Outcome | None] = mapped_column(named(Outcome, "student_says"))
    company_says: Mapped[Outcome | None] = mapped_column(named(Outcome, "company_says"))
    agreed_at: Mapped[datetime | None]
    """When the student agreed that a response is sent once both are interested."""
    vacancy_id: Mapped[int | None] = mapped_column(ForeignKey("vacancy.id", ondelete="SET NULL"), index=True)
    """The place that the company would offer."""
    application_id: Mapped[int | None] = mapped_column(ForeignKey("application.id", ondelete="SET NULL"), index=True)
    """The response that came of it."""
    student: Mapped[DayStudent] = relationship()
    company: Mapped[DayCompany] = relationship()
    application: Mapped[Application | None] = relationship()
