"""Organisations and their establishments."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Float, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ipf_talent import clock
from ipf_talent.db import Base, Sourced, UtcDateTime
from ipf_talent.organisations.kinds import OrganisationKind


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
    __table_args__ = (CheckConstraint("length(kvk) = 8 OR kvk IS NULL", name="kvk"),)
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
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    verified_at: Mapped[datetime | None] = mapped_column(UtcDateTime().evaluates_none(), default=clock.now)
    """When platform administration checked it; None = not shown to others. Rows from the region's data count as checked at once."""
    establishments: Mapped[list["Establishment"]] = relationship(back_populates="organisation", order_by="Establishment.id")


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
    organisation: Mapped[Organisation] = relationship(back_populates="establishments")
    place: Mapped[Place | None] = relationship()
