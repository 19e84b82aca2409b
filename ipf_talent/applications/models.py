"""Responses to places and what hangs on them: trail, releases, messages, reminders; documents; reports of discrimination."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.applications.files import FileKind
from ipf_talent.applications.kinds import Deed, Reason, Release, ReportStatus, State, Who
from ipf_talent.db import Base, named
from ipf_talent.organisations.models import Organisation
from ipf_talent.vacancies.kinds import PlacingMode
from ipf_talent.vacancies.models import Vacancy

LONGEST_MESSAGE = 1500
LONGEST_WISH = 600
LONGEST_NOTE = 500


_LIVE = text("ended_at IS NULL AND student_id IS NOT NULL")


class Document(Base):
    """A CV that a student uploaded; the file lies outside the web root under a random name."""

    __tablename__ = "document"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    """Of the file in the folder of documents."""
    label: Mapped[str] = mapped_column(String(80))
    """What the student called it, cleaned."""
    kind: Mapped[FileKind]
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    uploaded_at: Mapped[datetime] = mapped_column(default=clock.now)
    scanned_at: Mapped[datetime | None]
    """When a scanner found nothing in it; None = nobody looked, and the page says so."""


class Application(Base):
    """A student's response to a place."""

    __tablename__ = "application"
    __table_args__ = (
        CheckConstraint(f"length(message) <= {LONGEST_MESSAGE}", name="message"),
        CheckConstraint(f"length(wish) <= {LONGEST_WISH}", name="wish"),
        Index("uq_application_live", "student_id", "vacancy_id", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE),
        Index("ix_application_waiting", "state", "waits_since"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(16), unique=True)
    """Its name in addresses; tells nothing of who or what."""
    code: Mapped[str] = mapped_column(String(8))
    """What a company calls the student by before it knows a name."""
    student_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"), index=True)
    """None once personal data were erased."""
    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id"), index=True)
    school_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    """The school that places, where the school does so."""
    mode: Mapped[PlacingMode]
    state: Mapped[State] = mapped_column(default=State.DRAFT)
    message: Mapped[str] = mapped_column(Text, default="")
    wish: Mapped[str] = mapped_column(Text, default="")
    """What the student wants to learn here; goes to the school."""
    minor: Mapped[bool] = mapped_column(default=False)
    """Under 18 on the day the place starts, as the student said."""
    card: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What the company sees from the start: skills, availability, hours, travel band; as it was when it was sent."""
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    sent_at: Mapped[datetime | None]
    waits_since: Mapped[datetime | None]
    """Since when somebody's turn lasts; with `state` it says whose, and reminders count from it."""
    due_on: Mapped[date | None]
    """The day on which the present turn should be over: the promised day, or the last one."""
    answered_at: Mapped[datetime | None]
    """The first answer of the company: an invitation, an offer, a confirmation or a no."""
    in_time: Mapped[bool | None]
    """Whether the first answer came on the promised day at the latest."""
    ended_at: Mapped[datetime | None] = mapped_column(index=True)
    reason: Mapped[Reason | None]
    reason_note: Mapped[str] = mapped_column(String(LONGEST_NOTE), default="")
    helpful_skills: Mapped[list[str]] = mapped_column(default=list)
    """Slugs of skills that would have helped, of those the place asks."""
    silent: Mapped[Who | None]
    """Who did not answer, where it expired."""
    late_answer_at: Mapped[datetime | None]
    """When a silent company answered after all."""
    keep_until: Mapped[date | None]
    """The student's consent to keep it a year after it ended."""
    erased_at: Mapped[datetime | None]
    student: Mapped[User | None] = relationship()
    vacancy: Mapped[Vacancy] = relationship()
    school: Mapped[Organisation | None] = relationship()
    document: Mapped[Document | None] = relationship()
    events: Mapped[list["ApplicationEvent"]] = relationship(order_by="ApplicationEvent.id", cascade="all, delete-orphan")
    shown: Mapped[list["ApplicationRelease"]] = relationship(order_by="ApplicationRelease.id", cascade="all, delete-orphan")
    messages: Mapped[list["ApplicationMessage"]] = relationship(order_by="ApplicationMessage.id", cascade="all, delete-orphan")

    @property
    def releases(self) -> frozenset[Release]:
        """What the company may see at this moment."""
        return frozenset(one.what for one in self.shown if one.taken_back_at is None)


class ApplicationEvent(Base):
    """A line of the trail of a response: a step of its life, or something that was shown or seen; added and never changed."""

    __tablename__ = "application_event"
    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    who: Mapped[Who]
    user_id: Mapped[int | None]
    """The person's number; no foreign key, so that the line outlives the account. Emptied for a student at erasure."""
    what: Mapped[str] = mapped_column(String(30))
    """A deed of the table, or one of `release take_back seen remind message late_answer ask`."""
    before: Mapped[State | None] = mapped_column(named(State, "state_before"))
    after: Mapped[State | None] = mapped_column(named(State, "state_after"))
    reason: Mapped[Reason | None]
    part: Mapped[Release | None]
    """What was released, taken back or seen."""


class ApplicationRelease(Base):
    """Something a student shows the company, from when, and until when if they took it back."""

    __tablename__ = "application_release"
    __table_args__ = (UniqueConstraint("application_id", "what"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"))
    what: Mapped[Release]
    given_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]


class ApplicationMessage(Base):
    """What one side wrote to the other."""

    __tablename__ = "application_message"
    __table_args__ = (CheckConstraint(f"length(body) BETWEEN 1 AND {LONGEST_MESSAGE}", name="body"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    who: Mapped[Who]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    once: Mapped[str] = mapped_column(String(32), unique=True)
    """Of the form that it was typed in, so that sending twice writes once."""
    body: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]
    read_at: Mapped[datetime | None]


class ApplicationReminder(Base):
    """A reminder that was sent; the key makes that it cannot be sent again."""

    __tablename__ = "application_reminder"
    __table_args__ = (UniqueConstraint("application_id", "waits_since", "days"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"))
    waits_since: Mapped[datetime]
    days: Mapped[int]
    """Working days that had passed: 5 or 10."""
    sent_at: Mapped[datetime]


class DiscriminationReport(Base):
    """What somebody says of how they were treated; read by platform administration alone."""

    __tablename__ = "discrimination_report"
    id: Mapped[int] = mapped_column(primary_key=True)
    vacancy_id: Mapped[int | None] = mapped_column(ForeignKey("vacancy.id", ondelete="SET NULL"))
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    """None where it was reported without a name."""
    body: Mapped[str] = mapped_column(Text)
    status: Mapped[ReportStatus] = mapped_column(default=ReportStatus.RECEIVED)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    changed_at: Mapped[datetime | None]
    vacancy: Mapped[Vacancy | None] = relationship()
    reporter: Mapped[User | None] = relationship()


DEEDS = frozenset(deed.value for deed in Deed)
"""Values of `ApplicationEvent.what` that move a response on."""
