"""Programmes, their offerings and intakes, the skills they teach, and the progressions between them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ipf_talent.db import Base, Sourced
from ipf_talent.organisations.models import Organisation, Place
from ipf_talent.programmes.levels import Level, Mode, ProgrammeType, Standing, StartingPoint, Track
from ipf_talent.programmes.listing import Channel, IntakeState, ListingStatus, intake_state, needs_check, too_old
from ipf_talent.programmes.rules import RuleKind
from ipf_talent.skills.models import Skill

_SEEN_AT_ONCE = ListingStatus.PUBLISHED.value
"""What the region's data holds was published by the school itself."""


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
    url: Mapped[str | None] = mapped_column(String(2048))
    """The school's own page about it."""
    careers_nl: Mapped[str] = mapped_column(Text, default="", server_default="")
    """What one can become."""
    careers_en: Mapped[str] = mapped_column(Text, default="", server_default="")
    status: Mapped[ListingStatus] = mapped_column(default=ListingStatus.PUBLISHED, server_default=_SEEN_AT_ONCE, index=True)
    review_note: Mapped[str] = mapped_column(String(600), default="", server_default="")
    """Why it was returned."""
    made_with: Mapped[str | None] = mapped_column(String(32), unique=True, index=True)
    """Key of the form that made it, so that pressing twice makes one."""
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    institution: Mapped[Organisation] = relationship()
    offerings: Mapped[list["Offering"]] = relationship(
        back_populates="programme", cascade="all, delete-orphan", order_by="Offering.id"
    )
    skills: Mapped[list["ProgrammeSkill"]] = relationship(cascade="all, delete-orphan")
    fields: Mapped[list["ProgrammeField"]] = relationship(cascade="all, delete-orphan")
    electives: Mapped[list["ProgrammeElective"]] = relationship(
        cascade="all, delete-orphan", foreign_keys="ProgrammeElective.programme_id"
    )
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 as SQLAlchemy declares it

    def needs_check(self, today: date) -> bool:
        """Whether its last check is a year old (AC-E7)."""
        return not self.national and needs_check(self.checked_on, today)

    def is_too_old(self, today: date) -> bool:
        """Whether its last check is so old that it is hidden."""
        return not self.national and too_old(self.checked_on, today)


class Offering(Base):
    """A programme at one place in one mode (R18); without a place when the source names none."""

    __tablename__ = "offering"
    __table_args__ = (
        UniqueConstraint("programme_id", "place_id", "mode"),
        CheckConstraint("school_days BETWEEN 0 AND 7", name="school_days"),
        CheckConstraint("work_days BETWEEN 0 AND 7", name="work_days"),
        CheckConstraint("costs_eur >= 0", name="costs_eur"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"), index=True)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), index=True)
    mode: Mapped[Mode]
    status: Mapped[ListingStatus] = mapped_column(default=ListingStatus.PUBLISHED, server_default=_SEEN_AT_ONCE)
    school_days: Mapped[int | None]
    """Days a week at school."""
    work_days: Mapped[int | None]
    """Days a week at a company."""
    costs_eur: Mapped[int | None]
    """What a year costs in all, beside what the law asks."""
    costs_note_nl: Mapped[str] = mapped_column(String(300), default="", server_default="")
    costs_note_en: Mapped[str] = mapped_column(String(300), default="", server_default="")
    url: Mapped[str | None] = mapped_column(String(2048))
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    programme: Mapped[Programme] = relationship(back_populates="offerings")
    place: Mapped[Place | None] = relationship()
    intakes: Mapped[list["Intake"]] = relationship(
        back_populates="offering", cascade="all, delete-orphan", order_by="Intake.starts_on, Intake.id"
    )
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 as SQLAlchemy declares it


class Intake(Base):
    """One moment at which one can start, and how one applies for it."""

    __tablename__ = "intake"
    __table_args__ = (
        UniqueConstraint("offering_id", "starts_on"),
        CheckConstraint("capacity >= 0", name="capacity"),
        CheckConstraint("apply_from <= apply_until", name="apply"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    offering_id: Mapped[int] = mapped_column(ForeignKey("offering.id", ondelete="CASCADE"), index=True)
    starts_on: Mapped[date | None]
    """None: one can start at any time."""
    apply_from: Mapped[date | None]
    apply_until: Mapped[date | None]
    """The last day to apply."""
    channel: Mapped[Channel | None]
    url: Mapped[str | None] = mapped_column(String(2048))
    capacity: Mapped[int | None]
    numerus_fixus: Mapped[bool] = mapped_column(default=False, server_default=false())
    """The number of places is fixed, and the school selects."""
    permission_needed: Mapped[bool] = mapped_column(default=False, server_default=false())
    cancelled_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    offering: Mapped[Offering] = relationship(back_populates="intakes")
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 as SQLAlchemy declares it

    def state(self, today: date) -> IntakeState:
        """Whether one can apply on a day."""
        return intake_state(
            today, starts_on=self.starts_on, apply_from=self.apply_from, apply_until=self.apply_until,
            cancelled=self.cancelled_at is not None,
        )  # fmt: skip


class OpenDay(Base):
    """A moment at which a school shows a programme, or itself."""

    __tablename__ = "open_day"
    __table_args__ = (CheckConstraint("starts_at < ends_at", name="time"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"), index=True)
    """None: a general one, for every programme of the school."""
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    online: Mapped[bool] = mapped_column(default=False, server_default=false())
    location: Mapped[str] = mapped_column(String(120), default="", server_default="")
    url: Mapped[str | None] = mapped_column(String(2048))


class ProgrammeElective(Base):
    """An elective module that one can take in a programme."""

    __tablename__ = "programme_elective"
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"), primary_key=True)
    elective_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"), primary_key=True, index=True)


class StruckSkill(Base):
    """A skill of which the text speaks and that the programme does not teach, so that it is not proposed again."""

    __tablename__ = "programme_struck_skill"
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"), primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id", ondelete="CASCADE"), primary_key=True, index=True)


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
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    """The school that wrote it here; None for one of the region's data."""
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 as SQLAlchemy declares it
