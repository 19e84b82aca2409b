"""Vacancies and the skills they ask."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ipf_talent import clock
from ipf_talent.db import Base, Sourced, named
from ipf_talent.organisations.models import Establishment, Organisation, Place
from ipf_talent.programmes.levels import Level
from ipf_talent.skills.models import Skill
from ipf_talent.vacancies.kinds import (
    AllowancePer,
    CollectiveAgreement,
    Confidentiality,
    Expenses,
    Hybrid,
    Minors,
    Ownership,
    PlacingMode,
    RequirementKind,
    VacancyKind,
    VacancyStatus,
)


class Vacancy(Sourced, Base):
    """A place that a company offers; seen by others while published and until `closes_on`."""

    __tablename__ = "vacancy"
    __table_args__ = (
        CheckConstraint("hours_per_week BETWEEN 4 AND 40", name="hours"),
        CheckConstraint("days_per_week BETWEEN 1 AND 5", name="days"),
        CheckConstraint("places BETWEEN 1 AND 50", name="places"),
        CheckConstraint("taken BETWEEN 0 AND places", name="taken"),
        CheckConstraint("ends_on > starts_on", name="period"),
        CheckConstraint("allowance_month_eur >= 0", name="allowance"),
        CheckConstraint("allowance_from_eur >= 0 AND allowance_from_eur <= allowance_to_eur", name="allowance_range"),
        CheckConstraint("starts_until >= starts_on", name="start"),
        CheckConstraint("total_hours BETWEEN 1 AND 5000", name="total_hours"),
        CheckConstraint("target_year BETWEEN 1 AND 8", name="target_year"),
        CheckConstraint("mentor_hours BETWEEN 1 AND 40", name="mentor_hours"),
        CheckConstraint("answer_days BETWEEN 1 AND 15", name="answer_days"),
        CheckConstraint("reactions_per_month BETWEEN 1 AND 500", name="reactions_per_month"),
        Index("ix_vacancy_open", "status", "closes_on"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    establishment_id: Mapped[int | None] = mapped_column(ForeignKey("establishment.id"), index=True)
    """The address where the work is done, and whose recognitions count (R1)."""
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), index=True)
    text_language: Mapped[str] = mapped_column(String(2), default="nl")
    """The language in which the company writes its texts first: nl or en."""
    kind: Mapped[VacancyKind] = mapped_column(index=True)
    level: Mapped[Level] = mapped_column(index=True)
    status: Mapped[VacancyStatus] = mapped_column(default=VacancyStatus.DRAFT)
    title_nl: Mapped[str] = mapped_column(String(120))
    title_en: Mapped[str] = mapped_column(String(120), default="")
    catchy_title_nl: Mapped[str] = mapped_column(String(120), default="")
    catchy_title_en: Mapped[str] = mapped_column(String(120), default="")
    description_nl: Mapped[str] = mapped_column(Text)
    description_en: Mapped[str] = mapped_column(Text, default="")
    learn_nl: Mapped[str] = mapped_column(Text, default="")
    learn_en: Mapped[str] = mapped_column(Text, default="")
    bring_nl: Mapped[str] = mapped_column(Text, default="")
    bring_en: Mapped[str] = mapped_column(Text, default="")
    offer_nl: Mapped[str] = mapped_column(Text, default="")
    offer_en: Mapped[str] = mapped_column(Text, default="")
    pay_note_nl: Mapped[str] = mapped_column(Text, default="")
    pay_note_en: Mapped[str] = mapped_column(Text, default="")
    programmes: Mapped[list[str]] = mapped_column(default=list)
    """Crebo codes or programme fields it suits; of a published mbo place the crebos that it is published for."""
    target_types: Mapped[list[str]] = mapped_column(default=list)
    """Types of programme, where no crebo is asked."""
    target_year: Mapped[int | None]
    """From which year of the programme on."""
    work_processes: Mapped[list[str]] = mapped_column(default=list)
    """Codes of what can be practised here, such as B1-K1-W2."""
    hybrid: Mapped[Hybrid] = mapped_column(default=Hybrid.NEVER)
    hours_per_week: Mapped[int]
    days_per_week: Mapped[int]
    starts_on: Mapped[date]
    starts_until: Mapped[date | None]
    """The last day on which one can start; None where `starts_on` is the day."""
    ends_on: Mapped[date | None]
    rolling: Mapped[bool] = mapped_column(default=False)
    """Whether one can start at any time."""
    total_hours: Mapped[int | None]
    places: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)
    placing_mode: Mapped[PlacingMode]
    expenses: Mapped[Expenses | None]
    """None where there is a wage instead (bbl, EngD)."""
    allowance_month_eur: Mapped[int | None]
    """What `allowance_from_eur` comes to in a month."""
    allowance_from_eur: Mapped[int | None]
    allowance_to_eur: Mapped[int | None]
    allowance_per: Mapped[AllowancePer | None]
    travel_costs: Mapped[bool] = mapped_column(default=False)
    """Whether travel is paid."""
    collective_agreement: Mapped[CollectiveAgreement | None]
    mentor_name: Mapped[str] = mapped_column(String(120), default="")
    """Who guides; shown to the company alone."""
    mentor_level: Mapped[Level | None] = mapped_column(named(Level, "mentor_level"))
    mentor_hours: Mapped[int | None]
    """Hours of guidance a week."""
    work_languages: Mapped[list[str]] = mapped_column(default=list)
    minors: Mapped[Minors]
    minors_reason: Mapped[str] = mapped_column(Text, default="")
    """Why not, for safety only."""
    confidentiality: Mapped[Confidentiality] = mapped_column(default=Confidentiality.NONE)
    ownership: Mapped[Ownership] = mapped_column(default=Ownership.STUDENT)
    features: Mapped[list[str]] = mapped_column(default=list)
    respond_by: Mapped[date | None]
    """The last day to respond; None where that is `closes_on`."""
    answer_days: Mapped[int | None]
    """Working days within which the company promises an answer."""
    reactions_per_month: Mapped[int | None]
    """How many responses a month the company can answer; None is no limit."""
    template_name: Mapped[str | None] = mapped_column(String(80))
    """Set on a draft that is kept to make others from; it is never published itself."""
    tasks_done: Mapped[list[str]] = mapped_column(default=list)
    """The pages of the posting that were saved; the others hold what we filled in."""
    made_with: Mapped[str | None] = mapped_column(String(32), unique=True, index=True)
    """The key of the form that made it, so that a second press of the button makes no second one."""
    paused_for: Mapped[str | None] = mapped_column(String(12))
    """company or recognition."""
    closed_at: Mapped[datetime | None]
    closes_on: Mapped[date]
    """The last day on which it is shown, in local time."""
    published_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now)
    version: Mapped[int] = mapped_column(default=1)
    company: Mapped[Organisation] = relationship()
    place: Mapped[Place | None] = relationship()
    skills: Mapped[list["VacancySkill"]] = relationship(cascade="all, delete-orphan")
    fields: Mapped[list["VacancyField"]] = relationship(cascade="all, delete-orphan")
    establishment: Mapped[Establishment | None] = relationship()
    crebos: Mapped[list["VacancyCrebo"]] = relationship(cascade="all, delete-orphan", order_by="VacancyCrebo.crebo")
    requirements: Mapped[list["VacancyRequirement"]] = relationship(
        cascade="all, delete-orphan", order_by="VacancyRequirement.kind"
    )
    hints: Mapped[list["VacancyHint"]] = relationship(cascade="all, delete-orphan", order_by="VacancyHint.code")
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 as SQLAlchemy declares it

    def is_open(self, today: date) -> bool:
        """Whether a student can find it today."""
        return self.status is VacancyStatus.PUBLISHED and today <= self.closes_on and self.taken < self.places

    def takes_responses(self, today: date, *, this_month: int) -> bool:
        """
        Whether somebody can respond today.

        Args:
            this_month: responses that came in since the first of this month.
        """
        in_time = today <= (self.respond_by or self.closes_on)
        return self.is_open(today) and in_time and (self.reactions_per_month is None or this_month < self.reactions_per_month)


class VacancySkill(Base):
    """A skill that a vacancy asks: a must, or nice to have."""

    __tablename__ = "vacancy_skill"
    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id", ondelete="CASCADE"), primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id", ondelete="CASCADE"), primary_key=True, index=True)
    must: Mapped[bool]
    words: Mapped[str] = mapped_column(String(200), default="")
    skill: Mapped[Skill] = relationship()


class VacancyField(Base):
    """A field that a vacancy belongs to."""

    __tablename__ = "vacancy_field"
    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id", ondelete="CASCADE"), primary_key=True)
    field: Mapped[str] = mapped_column(String(20), primary_key=True, index=True)


class VacancyCrebo(Base):
    """A qualification that an mbo place is meant for, and whether it is published for it (R1)."""

    __tablename__ = "vacancy_crebo"
    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id", ondelete="CASCADE"), primary_key=True)
    crebo: Mapped[str] = mapped_column(String(5), primary_key=True, index=True)
    published: Mapped[bool] = mapped_column(default=False)


class VacancyRequirement(Base):
    """Something asked beside skills, with the reason that lies in the work (R5)."""

    __tablename__ = "vacancy_requirement"
    __table_args__ = (CheckConstraint("length(reason) > 0", name="reason"),)
    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[RequirementKind] = mapped_column(primary_key=True)
    reason: Mapped[str] = mapped_column(String(300))
    detail: Mapped[str] = mapped_column(String(20), default="")
    """Of a language: which, and its level, such as nl B1."""
    legal_ground: Mapped[str] = mapped_column(String(300), default="")
    """Of a screening: the law that asks it."""


class VacancyHint(Base):
    """A hint of the clinic that the company set aside, and why."""

    __tablename__ = "vacancy_hint"
    __table_args__ = (CheckConstraint("length(reason) > 0", name="reason"),)
    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(String(80), primary_key=True)
    reason: Mapped[str] = mapped_column(String(300))
    by_id: Mapped[int | None]
    """The person's number; no foreign key, so that the reason outlives the account."""
    at: Mapped[datetime] = mapped_column(default=clock.now)


class VacancyCount(Base):
    """How often a place was seen on one day; nobody is in it."""

    __tablename__ = "vacancy_count"
    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    listed: Mapped[int] = mapped_column(default=0)
    """Times it stood in a list that somebody looked at."""
    opened: Mapped[int] = mapped_column(default=0)
