"""The skills that a company works with."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ipf_talent.db import Base
from ipf_talent.skills.models import Skill


class CompanySkill(Base):
    """A skill that a company works with, read from its words; one that the company struck stays, so that nobody reads it again."""

    __tablename__ = "company_skill"
    company_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id", ondelete="CASCADE"), primary_key=True, index=True)
    words: Mapped[str] = mapped_column(String(200))
    """The words that showed it, as they stand in the source."""
    source_url: Mapped[str | None] = mapped_column(String(2048))
    """Where these words were read; None: the company says so itself."""
    read_on: Mapped[date]
    """The day on which the source was read, or on which the company said it."""
    struck_at: Mapped[datetime | None]
    struck_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    skill: Mapped[Skill] = relationship()
