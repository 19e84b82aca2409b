"""Plans that people keep, and the copies of plans that others may look at for a while."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from ipf_talent import clock
from ipf_talent.db import Base
from ipf_talent.pathways.kept import LONGEST_NAME


class SavedPlan(Base):
    """A question to the planner and the way that was chosen; what it means today is computed anew when it is opened."""

    __tablename__ = "plan"
    __table_args__ = (CheckConstraint(f"length(name) BETWEEN 1 AND {LONGEST_NAME}", name="name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(12), unique=True)
    """Its name in addresses; means nothing to anyone but its owner."""
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    question: Mapped[dict[str, Any]]
    """As `Question.address` gives it."""
    legs: Mapped[list[list[str]]] = mapped_column(JSON)
    """As `kept.legs_as_json` gives them."""
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 SQLAlchemy reads it from the class


class PlanShare(Base):
    """A copy of the parts of a plan that its owner chose to show, without their name, for whoever holds the link."""

    __tablename__ = "plan_share"
    __table_args__ = (CheckConstraint("expires_at > created_at", name="expires"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(12), unique=True)
    """By this its owner takes it back; a guest's session holds it."""
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    """Of the secret in the link, which is nowhere else on our side."""
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    """None for a guest's: such a row says nothing of who made it."""
    plan_key: Mapped[str] = mapped_column(String(12), index=True)
    content: Mapped[dict[str, Any]]
    """As `sharing.content` gives it: only what was ticked."""
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime] = mapped_column(index=True)
