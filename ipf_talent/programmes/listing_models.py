"""What is kept about listings: who edited which field last, who follows a programme, and what is to be told them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from ipf_talent import clock
from ipf_talent.db import Base


class FieldSource(StrEnum):
    """Where the value of a field comes from."""

    PERSON = "person"
    IMPORT = "import"


class NewsKind(StrEnum):
    """What followers of a programme hear of."""

    DATES = "dates"
    INTAKE = "intake"
    INTAKE_CANCELLED = "intake_cancelled"
    OFFERING_CANCELLED = "offering_cancelled"
    RESTING = "resting"
    RESUMED = "resumed"
    ARCHIVED = "archived"
    CANCELLED = "cancelled"


class Submission(Base):
    """Who handed a programme or an offering in for review, and so cannot publish it; the newest one counts."""

    __tablename__ = "listing_submission"
    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"), index=True)
    offering_id: Mapped[int | None] = mapped_column(ForeignKey("offering.id", ondelete="CASCADE"))
    """None: the programme itself."""
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(default=clock.now)


class ListingField(Base):
    """Who edited one field last; a field that a person edited survives an import."""

    __tablename__ = "listing_field"
    __table_args__ = (
        Index(
            "uq_listing_field_programme", "programme_id", "field", unique=True,
            sqlite_where=text("offering_id IS NULL"), postgresql_where=text("offering_id IS NULL"),
        ),
        Index(
            "uq_listing_field_offering", "offering_id", "field", unique=True,
            sqlite_where=text("offering_id IS NOT NULL"), postgresql_where=text("offering_id IS NOT NULL"),
        ),
    )  # fmt: skip
    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"), index=True)
    offering_id: Mapped[int | None] = mapped_column(ForeignKey("offering.id", ondelete="CASCADE"))
    """None: a field of the programme itself."""
    field: Mapped[str] = mapped_column(String(60))
    """Its name; of an intake with the day of its start before it: `2027-09-01.capacity`."""
    edited_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    source: Mapped[FieldSource]
    at: Mapped[datetime] = mapped_column(default=clock.now)


class ProgrammeFollow(Base):
    """A person who wants to hear of changes in a programme."""

    __tablename__ = "programme_follow"
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"), primary_key=True, index=True)
    followed_at: Mapped[datetime] = mapped_column(default=clock.now)
    told_until: Mapped[datetime] = mapped_column(default=clock.now)
    """News up to this moment was mailed, or seen when it began."""


class ListingNews(Base):
    """A change that followers hear of."""

    __tablename__ = "listing_news"
    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"), index=True)
    kind: Mapped[NewsKind]
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Mode, place and days, as codes."""
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
