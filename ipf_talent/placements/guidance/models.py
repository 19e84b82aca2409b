"""Guidance of a placement: hours, contact moments, assessment, outcome, guest links, replacement tasks, and what was told."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.db import Base, named
from ipf_talent.placements.guidance.kinds import (
    OF_AGREEMENT,
    Advice,
    AssessmentMoment,
    AssessmentState,
    Decision,
    Grade,
    HoursKind,
    HoursState,
    LinkPurpose,
    MomentForm,
    MomentKind,
    OutcomeKind,
    OutcomeTerm,
)
from ipf_talent.placements.guidance.week_hours import MOST
from ipf_talent.placements.kinds import PlacementStatus, Reason, Who
from ipf_talent.placements.models import Placement

LONGEST_WORDS = 500
LONGEST_TEXT = 2000
_ONE_OF_EACH = text("kind <> 'extra'")
_OPEN = text("done_at IS NULL")


class HoursEntry(Base):
    """What a student did on one day of a placement."""

    __tablename__ = "hours_entry"
    __table_args__ = (
        UniqueConstraint("placement_id", "day"),
        CheckConstraint(f"minutes BETWEEN 0 AND {MOST}", name="minutes"),
        CheckConstraint("state <> 'approved' OR approved_at IS NOT NULL", name="approved"),
        Index("ix_hours_entry_state", "state", "placement_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"))
    day: Mapped[date]
    minutes: Mapped[int]
    kind: Mapped[HoursKind] = mapped_column(default=HoursKind.WORK)
    state: Mapped[HoursState] = mapped_column(default=HoursState.ENTERED)
    submitted_at: Mapped[datetime | None]
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    approved_name: Mapped[str] = mapped_column(String(120), default="")
    """Who approved, by the name on the guest link or of the account."""
    reason: Mapped[str] = mapped_column(String(LONGEST_WORDS), default="")
    """Why it was sent back; emptied when the student changes it."""


class HoursWeek(Base):
    """What a company notes of its guidance in one week; kept beside the approved hours of that week."""

    __tablename__ = "hours_week"
    __table_args__ = (
        UniqueConstraint("placement_id", "monday"),
        CheckConstraint("guided_minutes BETWEEN 0 AND 3600", name="guided"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"))
    monday: Mapped[date]
    guided_minutes: Mapped[int]
    noted_at: Mapped[datetime]


class ContactMoment(Base):
    """A talk of student, company and school: planned, and noted once it was there (R23)."""

    __tablename__ = "contact_moment"
    __table_args__ = (
        Index(
            "uq_contact_moment_kind", "placement_id", "kind", unique=True, sqlite_where=_ONE_OF_EACH, postgresql_where=_ONE_OF_EACH
        ),
        Index("ix_contact_moment_due", "held_on", "planned_on"),
        CheckConstraint(f"length(agreements) <= {LONGEST_TEXT}", name="agreements"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"), index=True)
    kind: Mapped[MomentKind]
    planned_on: Mapped[date]
    by_hand: Mapped[bool] = mapped_column(default=False)
    """Whether a person chose the day; a day that follows from the dates moves along with them."""
    form: Mapped[MomentForm | None]
    held_on: Mapped[date | None]
    present: Mapped[list[str]] = mapped_column(default=list)
    """Who was there, as values of `Present`."""
    agreements: Mapped[str] = mapped_column(Text, default="")
    noted_at: Mapped[datetime | None]
    noted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    student_agreed_at: Mapped[datetime | None]
    company_agreed_at: Mapped[datetime | None]
    company_name: Mapped[str] = mapped_column(String(120), default="")
    """Who agreed for the company."""
    remark: Mapped[str] = mapped_column(String(LONGEST_WORDS), default="")
    """What somebody says is not right in the note, or in the day."""
    remark_by: Mapped[Who | None]
    version: Mapped[int] = mapped_column(default=1)
    placement: Mapped[Placement] = relationship()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 as SQLAlchemy declares it


class Assessment(Base):
    """What the company advises and the school decides, halfway or at the end (R11); one more each time it is done again."""

    __tablename__ = "assessment"
    __table_args__ = (
        UniqueConstraint("placement_id", "moment", "attempt"),
        CheckConstraint("attempt BETWEEN 1 AND 9", name="attempt"),
        CheckConstraint("state <> 'decided' OR decision IS NOT NULL", name="decided"),
        CheckConstraint("state = 'draft' OR advice IS NOT NULL", name="advised"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"), index=True)
    moment: Mapped[AssessmentMoment]
    attempt: Mapped[int] = mapped_column(default=1)
    state: Mapped[AssessmentState] = mapped_column(default=AssessmentState.DRAFT)
    attitude: Mapped[Grade | None]
    """How the student works with others and keeps to what was agreed."""
    advice: Mapped[Advice | None]
    advice_text: Mapped[str] = mapped_column(Text, default="")
    advised_at: Mapped[datetime | None]
    advised_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    advised_name: Mapped[str] = mapped_column(String(120), default="")
    decision: Mapped[Decision | None]
    decision_text: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    version: Mapped[int] = mapped_column(default=1)
    placement: Mapped[Placement] = relationship()
    lines: Mapped[list["AssessmentLine"]] = relationship(order_by="AssessmentLine.position", cascade="all, delete-orphan")
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 as SQLAlchemy declares it


class AssessmentLine(Base):
    """One work process, or another part of the agreement, with what the company says of it."""

    __tablename__ = "assessment_line"
    __table_args__ = (UniqueConstraint("assessment_id", "position"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(300))
    grade: Mapped[Grade | None]


class Outcome(Base):
    """Where somebody is six or twelve months after a placement; asked once, by letter."""

    __tablename__ = "outcome"
    __table_args__ = (UniqueConstraint("placement_id", "term"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"))
    term: Mapped[OutcomeTerm]
    asked_at: Mapped[datetime]
    answer: Mapped[OutcomeKind | None]
    answered_at: Mapped[datetime | None]
    employed: Mapped[bool | None]
    """Whether the company says that it employs this person; None as long as it has not said."""
    employed_at: Mapped[datetime | None]


class GuestLink(Base):
    """A link that lets somebody without an account do one thing for one placement, once, for at most fourteen days."""

    __tablename__ = "guest_link"
    __table_args__ = (Index("ix_guest_link_placement", "placement_id", "purpose"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(16), unique=True)
    """Its name on the pages of the school; opens nothing."""
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"))
    purpose: Mapped[LinkPurpose]
    subject: Mapped[str] = mapped_column(String(20))
    """What of it: a week, the number of a contact moment, which assessment, which term, a party with agreement and sheet."""
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254))
    to_trainer: Mapped[bool]
    """Whether it went to the trainer whom the placement names; another trainer ends it."""
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    """Who asked; None for the site itself."""
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    """When it was opened for the first time."""
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    placement: Mapped[Placement] = relationship()
    asked_by: Mapped[User | None] = relationship()

    @property
    def of_parent(self) -> bool:
        """Whether it is for a parent, who signs, answers or reads."""
        return self.purpose in OF_AGREEMENT and self.subject.startswith(Who.PARENT.value)


class ReplacementTask(Base):
    """Find a replacement place (R20): a task of the coordinators of a school."""

    __tablename__ = "replacement_task"
    __table_args__ = (Index("uq_replacement_task_open", "placement_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),)
    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"), index=True)
    reason: Mapped[Reason] = mapped_column(named(Reason, "replacement_reason"))
    made_at: Mapped[datetime]
    due_on: Mapped[date]
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    found: Mapped[bool | None]
    """Whether another place was found; None as long as it is open."""
    replacement_id: Mapped[int | None] = mapped_column(ForeignKey("placement.id", ondelete="SET NULL"), index=True)
    """The placement that was proposed in its stead, from this task."""
    placement: Mapped[Placement] = relationship(foreign_keys=placement_id)
    replacement: Mapped[Placement | None] = relationship(foreign_keys=replacement_id)

    @property
    def proposed(self) -> Placement | None:
        """The replacement, unless nothing came of it."""
        one = self.replacement
        return None if one is None or one.status in (PlacementStatus.DECLINED, PlacementStatus.CANCELLED) else one


class GuidanceNotice(Base):
    """Something that was told once; the key makes that it cannot be told again."""

    __tablename__ = "guidance_notice"
    __table_args__ = (UniqueConstraint("placement_id", "what", "subject"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"))
    what: Mapped[str] = mapped_column(String(30))
    """`ill`, `well`, `shortfall`, `moment_supervisor`, `moment_coordinator` or `nudge`."""
    subject: Mapped[str] = mapped_column(String(40))
    """Of what: a day, a contact moment with its planned day."""
    at: Mapped[datetime]
