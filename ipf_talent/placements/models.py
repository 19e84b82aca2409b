"""Placements, their agreements with sheets and signatures, assignments of hbo and university, and the rules of a school."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.applications.models import Application
from ipf_talent.db import Base, named
from ipf_talent.enrolments.models import Enrolment, InternshipPeriod
from ipf_talent.organisations.models import Establishment, Organisation
from ipf_talent.placements.kinds import (
    LIVE,
    AgreementStatus,
    AgreementType,
    Answer,
    AssignmentStatus,
    CheckOutcome,
    PlacementStatus,
    Reason,
    SheetStatus,
    SignedIn,
    SigningWay,
    Who,
)
from ipf_talent.programmes.levels import Level
from ipf_talent.programmes.models import Programme
from ipf_talent.vacancies.kinds import HBO, KIND_LABELS, MBO, WO, VacancyKind
from ipf_talent.vacancies.models import Vacancy

LONGEST_TEXT = 3000
LONGEST_NOTE = 500

_STATES = ", ".join(f"'{status.value}'" for status in sorted(LIVE))
_ONE_PLACE = text(f"status IN ({_STATES}) AND student_id IS NOT NULL AND period_id IS NOT NULL")
_ONE_OPEN = text("status IN ('draft', 'sent', 'partly_signed', 'signed')")


class Placement(Base):
    """A student at a company for a while, from proposal to the end."""

    __tablename__ = "placement"
    __table_args__ = (
        CheckConstraint("ends_on > starts_on", name="period"),
        CheckConstraint("hours BETWEEN 1 AND 5000", name="hours_total"),
        CheckConstraint("hours_per_week BETWEEN 1 AND 60", name="hours_week"),
        CheckConstraint("days_per_week BETWEEN 1 AND 7", name="days_week"),
        Index("ix_placement_period_status", "period_id", "status"),
        Index("uq_placement_live", "student_id", "period_id", unique=True, sqlite_where=_ONE_PLACE, postgresql_where=_ONE_PLACE),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(16), unique=True)
    """Its name in addresses; tells nothing of who or what."""
    student_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"), index=True)
    """None once personal data were erased."""
    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id", ondelete="SET NULL"), index=True)
    period_id: Mapped[int | None] = mapped_column(ForeignKey("internship_period.id", ondelete="SET NULL"))
    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id", ondelete="SET NULL"), index=True)
    vacancy_id: Mapped[int | None] = mapped_column(ForeignKey("vacancy.id", ondelete="SET NULL"), index=True)
    application_id: Mapped[int | None] = mapped_column(ForeignKey("application.id", ondelete="SET NULL"), unique=True)
    establishment_id: Mapped[int] = mapped_column(ForeignKey("establishment.id"), index=True)
    leerbedrijf_id: Mapped[str | None] = mapped_column(String(20))
    """Digits, as SBB writes them; another number is another company for the law."""
    crebo: Mapped[str | None] = mapped_column(String(5))
    optional_module: Mapped[str | None] = mapped_column(String(5))
    """Code of the optional module (keuzedeel) that it is for."""
    kind: Mapped[VacancyKind]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    """As planned."""
    ended_on: Mapped[date | None]
    """The last day in fact."""
    hours: Mapped[int]
    """In all."""
    hours_by_year: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """How these are spread over school years, each by the calendar year in which it begins: {"2026": 200}."""
    days_per_week: Mapped[int]
    hours_per_week: Mapped[int]
    trainer_name: Mapped[str] = mapped_column(String(120), default="")
    """Who guides at the company: workplace trainer or company supervisor."""
    trainer_email: Mapped[str] = mapped_column(String(254), default="")
    trainer_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"), index=True)
    supervisor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"), index=True)
    """Who guides at school."""
    employer_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    """Who pays the wage, where that is not the company where the work is done (R14)."""
    status: Mapped[PlacementStatus] = mapped_column(default=PlacementStatus.PROPOSED, index=True)
    approval: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What the coordinator answered to the questions of the approval."""
    recognition_checked_on: Mapped[date | None]
    recognition_checked_at: Mapped[datetime | None]
    recognition_checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    recognition_outcome: Mapped[CheckOutcome | None]
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
    """When something changed that a check of the recognition speaks of: company, qualification, dates, size, guides."""
    adult_on: Mapped[date | None]
    """The day on which the student turns 18, as the school says; None where the student is an adult."""
    parent_name: Mapped[str] = mapped_column(String(120), default="")
    parent_email: Mapped[str] = mapped_column(String(254), default="")
    """Of a parent of a minor, kept by the school for the agreement alone."""
    three_party: Mapped[bool] = mapped_column(default=False)
    """The school asks the agreement between three parties for this student (R13); the company does not see this."""
    reason: Mapped[Reason | None]
    note: Mapped[str] = mapped_column(String(LONGEST_NOTE), default="")
    """The school's own words beside the reason; not for the company."""
    erased_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column(default=1)
    student: Mapped[User | None] = relationship(foreign_keys=student_id)
    enrolment: Mapped[Enrolment | None] = relationship()
    period: Mapped[InternshipPeriod | None] = relationship()
    school: Mapped[Organisation] = relationship(foreign_keys=school_id)
    programme: Mapped[Programme | None] = relationship()
    vacancy: Mapped[Vacancy | None] = relationship()
    application: Mapped[Application | None] = relationship()
    establishment: Mapped[Establishment] = relationship()
    trainer: Mapped[User | None] = relationship(foreign_keys=trainer_id)
    supervisor: Mapped[User | None] = relationship(foreign_keys=supervisor_id)
    employer: Mapped[Organisation | None] = relationship(foreign_keys=employer_id)
    agreements: Mapped[list["Agreement"]] = relationship(
        order_by="Agreement.number", cascade="all, delete-orphan", back_populates="placement"
    )
    assignment: Mapped["Assignment | None"] = relationship(cascade="all, delete-orphan", back_populates="placement")
    events: Mapped[list["PlacementEvent"]] = relationship(order_by="PlacementEvent.id", cascade="all, delete-orphan")
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 as SQLAlchemy declares it

    @property
    def is_mbo(self) -> bool:
        """Whether recognition and the practical training agreement of mbo apply."""
        return self.kind in MBO

    @property
    def title(self) -> str:
        """What it is, in one line: the place, or else what kind of place."""
        return self.vacancy.title_nl if self.vacancy is not None else str(KIND_LABELS[self.kind])

    @property
    def asks_assignment(self) -> bool:
        """Whether the school approves an assignment first."""
        return self.kind in HBO | WO

    @property
    def check_is_fresh(self) -> bool:
        """Whether a person found the recognition after the last change (R2)."""
        looked = self.recognition_checked_at
        return self.recognition_outcome is CheckOutcome.RECOGNISED and looked is not None and looked >= self.changed_at

    @property
    def last_day(self) -> date:
        """The last day in fact, and until there is one the planned day."""
        return self.ended_on or self.ends_on

    @property
    def agreement(self) -> "Agreement | None":
        """The one that holds or is being made; former ones stay as history."""
        return self.agreements[-1] if self.agreements else None

    @property
    def earlier(self) -> list["Agreement"]:
        """Former agreements that were sent, the newest on top; they can still be read."""
        return [one for one in reversed(self.agreements[:-1]) if one.sheets]

    def is_minor(self, day: date) -> bool:
        """Whether the student is under 18 on that day, as far as the school said."""
        return self.adult_on is not None and day < self.adult_on


class PlacementEvent(Base):
    """A line of the trail of a placement; added and never changed."""

    __tablename__ = "placement_event"
    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    who: Mapped[Who]
    user_id: Mapped[int | None]
    """The person's number; no foreign key, so that the line outlives the account. Emptied for a student at erasure."""
    what: Mapped[str] = mapped_column(String(30))
    """A deed of the table, or another thing that was done, such as `check` or `amend`."""
    before: Mapped[PlacementStatus | None] = mapped_column(named(PlacementStatus, "status_before"))
    after: Mapped[PlacementStatus | None] = mapped_column(named(PlacementStatus, "status_after"))
    reason: Mapped[Reason | None]


class Agreement(Base):
    """What student, school and company agree on (R9); its data stand on numbered sheets once it is sent."""

    __tablename__ = "agreement"
    __table_args__ = (
        UniqueConstraint("placement_id", "number"),
        Index("uq_agreement_open", "placement_id", unique=True, sqlite_where=_ONE_OPEN, postgresql_where=_ONE_OPEN),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"), index=True)
    number: Mapped[int] = mapped_column(default=1)
    """1, and one more for each new agreement after another leerbedrijf-ID or a redone one."""
    type: Mapped[AgreementType]
    status: Mapped[AgreementStatus] = mapped_column(default=AgreementStatus.DRAFT)
    language: Mapped[str] = mapped_column(String(2), default="nl")
    """In which it is made: nl or en."""
    parts: Mapped[list[str]] = mapped_column(default=list)
    """Parts of the qualification or the optional module that are learnt there, a line each."""
    guidance_text: Mapped[str] = mapped_column(Text, default="")
    assessment_text: Mapped[str] = mapped_column(Text, default="")
    ending_text: Mapped[str] = mapped_column(Text, default="")
    """On which grounds and how it can be ended before its time."""
    tasks_text: Mapped[str] = mapped_column(Text, default="")
    goals_text: Mapped[str] = mapped_column(Text, default="")
    relevance_text: Mapped[str] = mapped_column(Text, default="")
    """Why the work belongs to the programme, in the words of the school."""
    allowance_text: Mapped[str] = mapped_column(String(LONGEST_NOTE), default="")
    insurance_text: Mapped[str] = mapped_column(String(LONGEST_NOTE), default="")
    confidentiality_text: Mapped[str] = mapped_column(String(LONGEST_NOTE), default="")
    ownership_text: Mapped[str] = mapped_column(String(LONGEST_NOTE), default="")
    week: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    """Working times, a row for each day on which something happens; read by `minors.week_of`."""
    contract_present: Mapped[bool] = mapped_column(default=False)
    """Bbl: the coordinator saw the employment contract (R7)."""
    signed_in: Mapped[SignedIn | None]
    closing_on: Mapped[date | None]
    """The day on which the last party signed."""
    reference: Mapped[str] = mapped_column(String(60), default="")
    """Of the school's own system."""
    sent_at: Mapped[datetime | None]
    signed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column(default=1)
    placement: Mapped[Placement] = relationship(back_populates="agreements")
    sheets: Mapped[list["AgreementSheet"]] = relationship(
        order_by="AgreementSheet.version", cascade="all, delete-orphan", back_populates="agreement"
    )
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 as SQLAlchemy declares it

    @property
    def is_complete(self) -> bool:
        """Whether every party has signed."""
        first = self.first
        return first is not None and first.parties <= first.signed_by

    @property
    def first(self) -> "AgreementSheet | None":
        """The sheet that is signed; later ones are not signed again (R10)."""
        return self.sheets[0] if self.sheets else None

    @property
    def in_force(self) -> "AgreementSheet | None":
        """The newest sheet in force."""
        return next((one for one in reversed(self.sheets) if one.status is SheetStatus.IN_FORCE), None)

    @property
    def objected(self) -> "AgreementSheet | None":
        """A changed sheet that an objection took back, as long as the school has not taken note of it."""
        last = self.sheets[-1] if self.sheets else None
        return last if last is not None and last.status is SheetStatus.CORRECTED and last.noted_at is None else None

    @property
    def pending(self) -> "AgreementSheet | None":
        """A changed sheet on which somebody can still object."""
        later = (one for one in reversed(self.sheets) if one.version > 1 and one.status is SheetStatus.SENT)
        return next(later, None)


class AgreementSheet(Base):
    """The data of an agreement as they were sent: frozen, numbered, with a fingerprint that signatures name."""

    __tablename__ = "agreement_sheet"
    __table_args__ = (UniqueConstraint("agreement_id", "version"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id", ondelete="CASCADE"), index=True)
    version: Mapped[int]
    content: Mapped[dict[str, Any]]
    sha256: Mapped[str] = mapped_column(String(64))
    """Of `content` as canonical JSON."""
    status: Mapped[SheetStatus] = mapped_column(default=SheetStatus.SENT, index=True)
    asked_by: Mapped[Who | None]
    """Who asked for the change; None for the first sheet."""
    changes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Of a later sheet: field to its value before and after, applied to the placement once in force."""
    sent_at: Mapped[datetime]
    object_until: Mapped[date | None]
    """The last day on which a party can object; None for the first sheet."""
    in_force_on: Mapped[date | None]
    settled_at: Mapped[datetime | None]
    """When it came into force or was withdrawn."""
    noted_at: Mapped[datetime | None]
    """When the school took note of an objection: by leaving it as it was, or by sending another sheet."""
    agreement: Mapped[Agreement] = relationship(back_populates="sheets")
    signatures: Mapped[list["Signature"]] = relationship(order_by="Signature.id", cascade="all, delete-orphan")
    answers: Mapped[list["SheetAnswer"]] = relationship(order_by="SheetAnswer.id", cascade="all, delete-orphan")

    @property
    def parties(self) -> frozenset[Who]:
        """Who is asked to sign, or can object to a later sheet."""
        return frozenset(Who(one) for one in self.content["parties"])

    @property
    def answered_by(self) -> frozenset[Who]:
        """Parties who said something of a later sheet."""
        return frozenset(one.party for one in self.answers)

    @property
    def signed_by(self) -> frozenset[Who]:
        """Parties whose signature is there."""
        return frozenset(one.party for one in self.signatures)


class Signature(Base):
    """One party's yes to a sheet: by a click, on paper, or in the school's own system."""

    __tablename__ = "signature"
    __table_args__ = (UniqueConstraint("sheet_id", "party"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("agreement_sheet.id", ondelete="CASCADE"), index=True)
    party: Mapped[Who]
    way: Mapped[SigningWay]
    name: Mapped[str] = mapped_column(String(120))
    """Of the account that clicked, of whom a link was sent to, or as it stands on the paper."""
    user_id: Mapped[int | None]
    """Who clicked or wrote it down, None for somebody without an account; no foreign key, so that it outlives the account."""
    sha256: Mapped[str] = mapped_column(String(64))
    """The fingerprint of the sheet that was signed."""
    reference: Mapped[str] = mapped_column(String(60), default="")
    """Of the school's system, where it was signed there."""
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("signature_scan.id", ondelete="SET NULL"))
    signed_on: Mapped[date]
    at: Mapped[datetime]
    """When it was written down here."""
    scan: Mapped["SignatureScan | None"] = relationship()


class SignatureScan(Base):
    """A scan of a signed sheet; the file lies outside the web root under a random name."""

    __tablename__ = "signature_scan"
    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    """Of the file in the folder of scans."""
    label: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(4))
    """pdf, jpg or png."""
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    uploaded_at: Mapped[datetime]
    placement: Mapped[Placement] = relationship()


class SheetAnswer(Base):
    """What a party says of a changed sheet."""

    __tablename__ = "sheet_answer"
    __table_args__ = (UniqueConstraint("sheet_id", "party"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("agreement_sheet.id", ondelete="CASCADE"), index=True)
    party: Mapped[Who]
    answer: Mapped[Answer]
    words: Mapped[str] = mapped_column(String(LONGEST_NOTE), default="")
    name: Mapped[str] = mapped_column(String(120), default="", server_default="")
    """Of whoever answered."""
    user_id: Mapped[int | None]
    """None for somebody without an account."""
    at: Mapped[datetime]


class Assignment(Base):
    """What an hbo or university student will work on; the school approves it before there is an agreement (R12)."""

    __tablename__ = "assignment"
    __table_args__ = (
        CheckConstraint("ec BETWEEN 1 AND 60", name="ec"),
        CheckConstraint("status = 'proposed' OR length(title) > 0", name="title"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"), unique=True)
    title: Mapped[str] = mapped_column(String(120), default="")
    problem: Mapped[str] = mapped_column(Text, default="")
    goal: Mapped[str] = mapped_column(Text, default="")
    deliverables: Mapped[str] = mapped_column(Text, default="")
    method: Mapped[str] = mapped_column(Text, default="")
    ec: Mapped[int | None]
    supervisor_level: Mapped[Level | None]
    """The level of whoever guides at the company."""
    no_family: Mapped[bool] = mapped_column(default=False)
    """Said: student and company supervisor are not family."""
    proposed_by: Mapped[Who]
    status: Mapped[AssignmentStatus] = mapped_column(default=AssignmentStatus.PROPOSED)
    note: Mapped[str] = mapped_column(Text, default="")
    """What the school says of it."""
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    version: Mapped[int] = mapped_column(default=1)
    placement: Mapped[Placement] = relationship(back_populates="assignment")

    @property
    def is_approved(self) -> bool:
        """Whether the school said yes, which unlocks the agreement."""
        return self.status is AssignmentStatus.APPROVED

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 as SQLAlchemy declares it


class PlacementRules(Base):
    """How a school wants it; a school without a row has the usual rules."""

    __tablename__ = "placement_rules"
    __table_args__ = (CheckConstraint("most_per_trainer BETWEEN 1 AND 50", name="most_per_trainer"),)
    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True)
    parents_sign: Mapped[bool] = mapped_column(default=True, server_default=true())
    """Whether a parent signs beside a student under 18."""
    most_per_trainer: Mapped[int] = mapped_column(default=5, server_default="5")
    """Students at once per workplace trainer, above which there is a warning (R22)."""
