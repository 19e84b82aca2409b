"""Programmes, their offerings, the skills they teach, and the progressions between them."""

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ipf_talent.db import Base, Sourced
from ipf_talent.organisations.models import Organisation, Place
from ipf_talent.programmes.levels import Level, Mode, ProgrammeType, Standing, StartingPoint, Track
from ipf_talent.programmes.rules import RuleKind
from ipf_talent.skills.models import Skill


class Programme(Sourced, Base):
    """What a school teaches; a national mbo qualification is one too, without an offering."""

    __tablename__ = "programme"
    __table_args__ = (
        CheckConstraint("duration_months > 0", name="duration"),
        CheckConstraint("nlqf BETWEEN 1 AND 8", name="nlqf"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    title_nl: Mapped[str] = mapped_column(String(256))
    title_en: Mapped[str] = mapped_column(String(256), default="")
    type: Mapped[ProgrammeType] = mapped_column(index=True)
    level: Mapped[Level] = mapped_column(index=True)
    nlqf: Mapped[int | None]
    code: Mapped[str | None] = mapped_column(String(12), index=True)
    code_kind: Mapped[str | None] = mapped_column(String(6))
    """crebo or croho."""
    credits_ects: Mapped[int | None]
    sbu: Mapped[int | None]
    duration_months: Mapped[int | None]
    languages: Mapped[list[str]] = mapped_column(default=list)
    description_nl: Mapped[str] = mapped_column(Text, default="")
    description_en: Mapped[str] = mapped_column(Text, default="")
    admission_nl: Mapped[str] = mapped_column(Text, default="")
    admission_en: Mapped[str] = mapped_column(Text, default="")
    national: Mapped[bool] = mapped_column(default=False)
    """A national qualification and not an offering of a school."""
    track: Mapped[Track | None] = mapped_column(index=True)
    standing: Mapped[Standing] = mapped_column(default=Standing.RUNNING)
    institution: Mapped[Organisation] = relationship()
    offerings: Mapped[list["Offering"]] = relationship(back_populates="programme", cascade="all, delete-orphan")
    skills: Mapped[list["ProgrammeSkill"]] = relationship(cascade="all, delete-orphan")
    fields: Mapped[list["ProgrammeField"]] = relationship(cascade="all, delete-orphan")


class Offering(Base):
    """A programme at one place in one mode (R18); without a place when the source names none."""

    __tablename__ = "offering"
    __table_args__ = (UniqueConstraint("programme_id", "place_id", "mode"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"), index=True)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), index=True)
    mode: Mapped[Mode]
    programme: Mapped[Programme] = relationship(back_populates="offerings")
    place: Mapped[Place | None] = relationship()


class ProgrammeSkill(Base):
    """A skill that a programme teaches, and the words of the source that say so."""

    __tablename__ = "programme_skill"
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"), primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id", ondelete="CASCADE"), primary_key=True, index=True)
    words: Mapped[str] = mapped_column(String(200), default="")
    skill: Mapped[Skill] = relationship()


class ProgrammeField(Base):
    """A field that a programme belongs to."""

    __tablename__ = "programme_field"
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"), primary_key=True)
    field: Mapped[str] = mapped_column(String(20), primary_key=True, index=True)


class Progression(Sourced, Base):
    """An edge: from a starting point, a programme or a school's programmes, to a level, type, programme or school."""

    __tablename__ = "progression"
    __table_args__ = (
        CheckConstraint(
            "from_point IS NOT NULL OR from_programme_id IS NOT NULL OR from_institution_id IS NOT NULL", name="has_from"
        ),
        CheckConstraint(
            "to_level IS NOT NULL OR to_type IS NOT NULL OR to_programme_id IS NOT NULL OR to_institution_id IS NOT NULL",
            name="has_to",
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    from_point: Mapped[StartingPoint | None]
    from_programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"), index=True)
    from_institution_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    to_level: Mapped[Level | None]
    to_type: Mapped[ProgrammeType | None]
    to_programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"), index=True)
    to_institution_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    rule_kind: Mapped[RuleKind]
    condition_nl: Mapped[str] = mapped_column(Text, default="")
    condition_en: Mapped[str] = mapped_column(Text, default="")
    extra_nl: Mapped[str] = mapped_column(Text, default="")
    extra_en: Mapped[str] = mapped_column(Text, default="")
    months: Mapped[int | None]
    months_meaning: Mapped[str | None] = mapped_column(String(6))
    """total, added or saved."""
    national: Mapped[bool] = mapped_column(default=False)
    """A rule of the whole country; a school's own edge overrides it."""
