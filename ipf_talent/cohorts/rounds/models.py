"""Rounds of placing: which places and students take part, wishes, locked pairs, what came out; and what a place goes by."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.cohorts.criteria import Limits
from ipf_talent.cohorts.rounds.kinds import SHOWN, Answer, RoundStatus, WishWay
from ipf_talent.db import Base
from ipf_talent.enrolments.models import Enrolment, InternshipPeriod
from ipf_talent.organisations.models import Organisation, Place
from ipf_talent.placements.models import Placement
from ipf_talent.vacancies.models import Vacancy

LONGEST_WISH = 600
LONGEST_NOTE = 300
MOST_SEATS = 50
"""Seats of one place in a round."""


class PlacePriorities(Base):
    """By which facts a place lets students go before others, the first one first, as its company said."""

    __tablename__ = "place_priorities"
    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id", ondelete="CASCADE"), primary_key=True)
    criteria: Mapped[list[str]] = mapped_column(default=list)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))


class Round(Base):
    """Placing the students of a period at once."""

    __tablename__ = "placing_round"
    __table_args__ = (
        CheckConstraint("least_weeks BETWEEN 1 AND 60", name="least_weeks"),
        CheckConstraint("most_km BETWEEN 1 AND 500", name="most_km"),
        CheckConstraint("answer_until >= wishes_until", name="dates"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(16), unique=True)
    """Its name in addresses."""
    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    period_id: Mapped[int] = mapped_column(ForeignKey("internship_period.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    status: Mapped[RoundStatus] = mapped_column(default=RoundStatus.DRAFT)
    seed: Mapped[str] = mapped_column(String(64))
    """Drawn when the round was made; secret until the proposals are published, its SHA-256 is shown from the start."""
    wishes_until: Mapped[date]
    """The last day on which students can change their list."""
    answer_until: Mapped[date]
    """The last day on which they can take what is proposed."""
    least_weeks: Mapped[int | None]
    most_km: Mapped[int | None]
    adjustments: Mapped[bool] = mapped_column(default=True)
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """By student code: what was missed and why; free seats by place code. Emptied when the round goes back to wishes."""
    certificate: Mapped[str] = mapped_column(Text, default="")
    is_example: Mapped[bool] = mapped_column(default=False)
    made_with: Mapped[str | None] = mapped_column(String(32), unique=True)
    """The key of the form that made it, so that a second press makes no second one."""
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    opened_at: Mapped[datetime | None]
    computed_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    school: Mapped[Organisation] = relationship()
    period: Mapped[InternshipPeriod] = relationship()
    places: Mapped[list["RoundPlace"]] = relationship(
        cascade="all, delete-orphan", order_by="RoundPlace.id", back_populates="placing_round"
    )
    students: Mapped[list["RoundStudent"]] = relationship(
        cascade="all, delete-orphan", order_by="RoundStudent.id", back_populates="placing_round"
    )
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 as SQLAlchemy declares it

    @property
    def limits(self) -> Limits:
        """The hard limits that the coordinator set."""
        return Limits(self.least_weeks, self.most_km, self.adjustments)


class RoundPlace(Base):
    """A place in a round, with the seats that are given to it."""

    __tablename__ = "round_place"
    __table_args__ = (
        UniqueConstraint("round_id", "vacancy_id"),
        UniqueConstraint("round_id", "code", name="uq_round_place_code"),
        CheckConstraint(f"seats BETWEEN 1 AND {MOST_SEATS}", name="seats"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("placing_round.id", ondelete="CASCADE"))
    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(String(8))
    """What the certificate calls it."""
    seats: Mapped[int]
    criteria: Mapped[list[str]] = mapped_column(default=list)
    """As they were when the round opened; they do not change after that."""
    placing_round: Mapped[Round] = relationship(back_populates="places")
    vacancy: Mapped[Vacancy] = relationship()


class RoundStudent(Base):
    """A student in a round: how their list came about, what they got, what they answered."""

    __tablename__ = "round_student"
    __table_args__ = (
        UniqueConstraint("round_id", "enrolment_id"),
        UniqueConstraint("round_id", "code", name="uq_round_student_code"),
        CheckConstraint(f"length(learning_wish) <= {LONGEST_WISH}", name="learning_wish"),
        Index("ix_round_student_got", "got_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("placing_round.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(16), unique=True)
    """Its name in addresses."""
    code: Mapped[str] = mapped_column(String(8))
    """What the certificate calls the student; drawn at random, of this round alone."""
    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id", ondelete="SET NULL"), index=True)
    student_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"), index=True)
    home_id: Mapped[int | None] = mapped_column(ForeignKey("place.id", ondelete="SET NULL"))
    """Where the student lived when the round opened; moving later changes nothing."""
    way: Mapped[WishWay | None]
    """None where the student has said nothing yet."""
    learning_wish: Mapped[str] = mapped_column(Text, default="")
    wished_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    got_id: Mapped[int | None] = mapped_column(ForeignKey("round_place.id", ondelete="SET NULL"))
    """The place that is proposed."""
    answer: Mapped[Answer | None]
    answered_at: Mapped[datetime | None]
    placement_id: Mapped[int | None] = mapped_column(ForeignKey("placement.id", ondelete="SET NULL"), index=True)
    placing_round: Mapped[Round] = relationship(back_populates="students")
    enrolment: Mapped[Enrolment | None] = relationship()
    student: Mapped[User | None] = relationship()
    home: Mapped[Place | None] = relationship()
    got: Mapped[RoundPlace | None] = relationship()
    placement: Mapped[Placement | None] = relationship()
    wishes: Mapped[list["RoundWish"]] = relationship(cascade="all, delete-orphan", order_by="RoundWish.rank")
    lock: Mapped["RoundLock | None"] = relationship(cascade="all, delete-orphan")

    @property
    def shown(self) -> bool:
        """Whether the student sees what came out: it was published."""
        return self.placing_round.status in SHOWN and self.placing_round.published_at is not None


class RoundWish(Base):
    """A place on a student's list."""

    __tablename__ = "round_wish"
    __table_args__ = (CheckConstraint("rank >= 1", name="rank"),)
    round_student_id: Mapped[int] = mapped_column(ForeignKey("round_student.id", ondelete="CASCADE"), primary_key=True)
    round_place_id: Mapped[int] = mapped_column(ForeignKey("round_place.id", ondelete="CASCADE"), primary_key=True, index=True)
    rank: Mapped[int]
    """From 1, the dearest."""
    place: Mapped[RoundPlace] = relationship()


class RoundLock(Base):
    """A pair that a coordinator fixed, with the reason."""

    __tablename__ = "round_lock"
    __table_args__ = (CheckConstraint("length(note) > 0", name="note"),)
    round_student_id: Mapped[int] = mapped_column(ForeignKey("round_student.id", ondelete="CASCADE"), primary_key=True)
    round_place_id: Mapped[int] = mapped_column(ForeignKey("round_place.id", ondelete="CASCADE"), index=True)
    note: Mapped[str] = mapped_column(String(LONGEST_NOTE))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    at: Mapped[datetime]
    place: Mapped[RoundPlace] = relationship()
