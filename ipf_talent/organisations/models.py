"""Organisations, their establishments, and what these are recognised for."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Float, ForeignKey, Index, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ipf_talent import clock
from ipf_talent.db import Base, Sourced, UtcDateTime
from ipf_talent.organisations.kinds import OrganisationKind
from ipf_talent.organisations.recognition import RecognitionSource, RecognitionStatus, asks_check

_CHECKED_NUMBER = text("verified_at IS NOT NULL AND kvk IS NOT NULL")
_VERIFIED = text("status = 'verified'")


class SizeBand(StrEnum):
    """People employed, in bands."""

    MICRO = "1-9"
    SMALL = "10-49"
    MEDIUM = "50-249"
    LARGE = "250+"


class Place(Base):
    """A town, so that distances can be computed without asking anyone outside."""

    __tablename__ = "place"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    municipality: Mapped[str] = mapped_column(String(80))
    province: Mapped[str] = mapped_column(String(40))
    lat: Mapped[float] = mapped_column(Float)
    """Degrees north."""
    lon: Mapped[float] = mapped_column(Float)
    """Degrees east."""


class Organisation(Sourced, Base):
    """A company, school, company school, institute or partner."""

    __tablename__ = "organisation"
    __table_args__ = (
        CheckConstraint("length(kvk) = 8 OR kvk IS NULL", name="kvk"),
        Index("uq_organisation_kvk", "kvk", unique=True, sqlite_where=_CHECKED_NUMBER, postgresql_where=_CHECKED_NUMBER),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[OrganisationKind] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(120))
    city: Mapped[str] = mapped_column(String(80), default="")
    website: Mapped[str | None] = mapped_column(String(2048))
    about_nl: Mapped[str] = mapped_column(Text, default="")
    about_fy: Mapped[str] = mapped_column(Text, default="")
    about_en: Mapped[str] = mapped_column(Text, default="")
    technologies: Mapped[list[str]] = mapped_column(default=list)
    """Company: what they work with, as the source says it (Dutch)."""
    education: Mapped[str | None] = mapped_column(String(20))
    """School: vmbo, mbo, hbo or wo."""
    kvk: Mapped[str | None] = mapped_column(String(8))
    brin: Mapped[str | None] = mapped_column(String(4))
    size_band: Mapped[SizeBand | None]
    cluster_member: Mapped[bool] = mapped_column(default=False)
    """True where a source names it as a participant at some moment."""
    open_interest: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether hbo and university students may come with an idea of their own, without a place being offered."""
    interest_nl: Mapped[str] = mapped_column(Text, default="", server_default="")
    interest_en: Mapped[str] = mapped_column(Text, default="", server_default="")
    silence: Mapped[int] = mapped_column(default=0, server_default="0")
    """Company: 0 answers responses; 1 too often not, so its places stand last; 2 so often not that they are hidden."""
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    verified_at: Mapped[datetime | None] = mapped_column(UtcDateTime().evaluates_none(), default=clock.now)
    """When platform administration checked it; None = not shown to others. Rows from the region's data count as checked at once."""
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    establishments: Mapped[list["Establishment"]] = relationship(back_populates="organisation", order_by="Establishment.id")
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 as SQLAlchemy declares it


class Establishment(Base):
    """One address of an organisation."""

    __tablename__ = "establishment"
    __table_args__ = (UniqueConstraint("organisation_id", "name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), index=True)
    postcode: Mapped[str | None] = mapped_column(String(7))
    street: Mapped[str | None] = mapped_column(String(120))
    """Street and number."""
    branch_number: Mapped[str | None] = mapped_column(String(12))
    """Of the trade register: 12 digits."""
    public_transport: Mapped[bool | None]
    """Whether one comes there by public transport; None where nobody said."""
    accessible: Mapped[bool | None]
    """Whether people with a physical disability can work there; None where nobody said."""
    access_note: Mapped[str] = mapped_column(String(300), default="", server_default="")
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    organisation: Mapped[Organisation] = relationship(back_populates="establishments")
    place: Mapped[Place | None] = relationship()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 as SQLAlchemy declares it


class Recognition(Base):
    """
    Whether one address may train for one mbo qualification: the outcome of a check, never a copy of what SBB holds (R2).

    There is no expiry date (R3); `needs_check` tells when somebody should look it up again.
    """

    __tablename__ = "recognition"
    __table_args__ = (
        UniqueConstraint("establishment_id", "crebo"),
        CheckConstraint("length(crebo) = 5", name="crebo"),
        CheckConstraint("length(leerbedrijf_id) BETWEEN 1 AND 20", name="leerbedrijf_id"),
        CheckConstraint("level BETWEEN 1 AND 4", name="level"),
        CheckConstraint("status = 'declared' OR (checked_on IS NOT NULL AND source IS NOT NULL)", name="checked"),
        Index(
            "uq_recognition_verified", "leerbedrijf_id", "crebo", unique=True, sqlite_where=_VERIFIED, postgresql_where=_VERIFIED
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    establishment_id: Mapped[int] = mapped_column(ForeignKey("establishment.id", ondelete="CASCADE"), index=True)
    crebo: Mapped[str] = mapped_column(String(5), index=True)
    level: Mapped[int]
    """Of mbo, 1 to 4."""
    leerbedrijf_id: Mapped[str] = mapped_column(String(20))
    """Digits, as SBB writes them; another number is another company for the law."""
    work_processes: Mapped[list[str]] = mapped_column(default=list)
    """What a student can practise here: a code and a name each, in the words of the company."""
    status: Mapped[RecognitionStatus] = mapped_column(default=RecognitionStatus.DECLARED, index=True)
    declared_at: Mapped[datetime] = mapped_column(default=clock.now)
    declared_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    checked_on: Mapped[date | None]
    """The day of the last check, in local time."""
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    checked_for_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id", ondelete="SET NULL"))
    """The school whose coordinator checked it; None for platform administration."""
    source: Mapped[RecognitionSource | None]
    source_url: Mapped[str | None] = mapped_column(String(2048))
    note: Mapped[str] = mapped_column(String(600), default="")
    """What whoever checked it says; the company reads it."""
    version: Mapped[int] = mapped_column(default=1)
    establishment: Mapped[Establishment] = relationship()
    checked_for: Mapped[Organisation | None] = relationship()
    trainers: Mapped[list["RecognitionTrainer"]] = relationship(cascade="all, delete-orphan")
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 as SQLAlchemy declares it

    def needs_check(self, today: date) -> bool:
        """Whether it was verified so long ago that somebody should look it up again."""
        return asks_check(self.status, self.checked_on, today)


class RecognitionTrainer(Base):
    """A workplace trainer who guides students of one recognition."""

    __tablename__ = "recognition_trainer"
    recognition_id: Mapped[int] = mapped_column(ForeignKey("recognition.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True, index=True)
