"""Corrections: what readers say is wrong in how a place or programme is read."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ipf_talent import clock
from ipf_talent.db import Base
from ipf_talent.matching.kinds import CorrectionAbout, CorrectionKind, CorrectionStatus

MOST = 1_000
"""Characters of a reader's own words."""


class Correction(Base):
    """A reader's word that a line is wrong, for whoever owns the place or programme; open until somebody settles it."""

    __tablename__ = "match_correction"
    __table_args__ = (
        CheckConstraint(f"length(text) <= {MOST}", name="text"),
        CheckConstraint("(status = 'settled') = (settled_at IS NOT NULL)", name="settled"),
        Index("ix_match_correction_owner", "organisation_id", "status", "created_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    kind: Mapped[CorrectionKind]
    slug: Mapped[str] = mapped_column(String(80))
    """Of the place or programme; no foreign key, so that what was said outlives it."""
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))
    """Who owned it when it was said."""
    about: Mapped[CorrectionAbout]
    skill: Mapped[str | None] = mapped_column(String(80))
    """Slug of the skill that is meant."""
    text: Mapped[str] = mapped_column(Text, default="")
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"), index=True)
    """None for a guest, and once the account is closed; only the cluster office sees who it is."""
    language: Mapped[str] = mapped_column(String(2))
    model: Mapped[str] = mapped_column(String(64), default="")
    background: Mapped[str] = mapped_column(String(64), default="")
    taxonomy: Mapped[str] = mapped_column(String(64), default="")
    """The versions that the page was made with; empty where there was no index."""
    status: Mapped[CorrectionStatus] = mapped_column(default=CorrectionStatus.OPEN)
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"), index=True)
