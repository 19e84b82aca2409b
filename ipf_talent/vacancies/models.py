"""Vacancies and the skills they ask."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ipf_talent import clock
from ipf_talent.db import Base, Sourced
from ipf_talent.organisations.models import Organisation, Place
from ipf_talent.programmes.levels import Level
from ipf_talent.skills.models import Skill
from ipf_talent.vacancies.kinds import Expenses, Minors, PlacingMode, VacancyKind, VacancyStatus


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
        Index("ix_vacancy_open", "status", "closes_on"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), index=True)
    kind: Mapped[VacancyKind] = mapped_column(index=True)
    level: Mapped[Level] = mapped_column(index=True)
    status: Mapped[VacancyStatus] = mapped_column(default=VacancyStatus.DRAFT)
    title_nl: Mapped[str] = mapped_column(String(120))
    title_en: Mapped[str] = mapped_column(String(120), default="")
    description_nl: Mapped[str] = mapped_column(Text)
    description_en: Mapped[str] = mapped_column(Text, default="")
    learn_nl: Mapped[str] = mapped_column(Text, default="")
    learn_en: Mapped[str] = mapped_column(Text, default="")
    offer_nl: Mapped[str] = mapped_column(Text, default="")
    offer_en: Mapped[str] = mapped_column(Text, default="")
    pay_note_nl: Mapped[str] = mapped_column(Text, default="")
    pay_note_en: Mapped[str] = mapped_column(Text, default="")
    programmes: Mapped[list[str]] = mapped_column(default=list)
    """Crebo codes or programme fields it suits."""
    hours_per_week: Mapped[int]
    days_per_week: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    places: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)
    placing_mode: Mapped[PlacingMode]
    expenses: Mapped[Expenses | None]
    """None where there is a wage instead (bbl, EngD)."""
    allowance_month_eur: Mapped[int | None]
    work_languages: Mapped[list[str]] = mapped_column(default=list)
    minors: Mapped[Minors]
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
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 as SQLAlchemy declares it

    def is_open(self, today: date) -> bool:
        """Whether a student can find it today."""
        return self.status is VacancyStatus.PUBLISHED and today <= self.closes_on and self.taken < self.places


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
