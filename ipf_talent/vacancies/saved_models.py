"""Searches that people keep, with the mail they want of them, and places that they keep."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.db import Base
from ipf_talent.vacancies.filters import Alert


class SavedSearch(Base):
    """A search as the query of its address, and how often its owner hears of new places."""

    __tablename__ = "saved_search"
    __table_args__ = (
        UniqueConstraint("user_id", "query"),
        CheckConstraint("length(name) BETWEEN 1 AND 80", name="name"),
        Index("ix_saved_search_due", "alert", "told_until"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(12), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    query: Mapped[str] = mapped_column(String(1000))
    """As `VacancyFilter.query` writes it; empty asks every open place."""
    alert: Mapped[Alert]
    language: Mapped[str] = mapped_column(String(2))
    """In which it was made, so that the mail reads the same words."""
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    told_until: Mapped[datetime] = mapped_column(default=clock.now)
    """Places published up to this moment were told, or seen when it was made."""
    user: Mapped[User] = relationship()


class Favourite(Base):
    """A place that a person keeps."""

    __tablename__ = "favourite"
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True)
    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id", ondelete="CASCADE"), primary_key=True, index=True)
    kept_at: Mapped[datetime] = mapped_column(default=clock.now)
