"""A person's profile; a guest's lives in the signed session instead."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.db import Base
from ipf_talent.organisations.models import Place
from ipf_talent.programmes.levels import StartingPoint
from ipf_talent.programmes.models import Programme
from ipf_talent.skills.models import Skill


class Profile(Base):
    """Where someone stands and what they look for; one per person."""

    __tablename__ = "profile"
    __table_args__ = (
        CheckConstraint("year BETWEEN 1 AND 8", name="year"),
        CheckConstraint("travel_km BETWEEN 1 AND 500", name="travel"),
        CheckConstraint("hours_per_week BETWEEN 4 AND 40", name="hours"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), unique=True)
    point: Mapped[StartingPoint | None]
    """Where they are now."""
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"))
    year: Mapped[int | None]
    wish: Mapped[str] = mapped_column(Text, default="")
    """What they want to learn, in their own words; at most 600 characters."""
    kinds: Mapped[list[str]] = mapped_column(default=list)
    """Kinds of place they look for; empty means any that fits their level."""
    languages: Mapped[list[str]] = mapped_column(default=list)
    """Languages they can work in: nl, fy, en, de; empty means not said."""
    available_from: Mapped[date | None]
    available_until: Mapped[date | None]
    hours_per_week: Mapped[int | None]
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    travel_km: Mapped[int | None]
    """How far from home, as the crow flies."""
    adult_on: Mapped[date | None]
    """The first day on which they are 18, for safety at work alone (R8); no company sees it."""
    looking: Mapped[bool] = mapped_column(default=True)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now)
    user: Mapped[User] = relationship()
    programme: Mapped[Programme | None] = relationship()
    place: Mapped[Place | None] = relationship()
    skills: Mapped[list["ProfileSkill"]] = relationship(cascade="all, delete-orphan", order_by="ProfileSkill.position")


class ProfileSkill(Base):
    """A skill someone says they have, in the order in which they said it."""

    __tablename__ = "profile_skill"
    profile_id: Mapped[int] = mapped_column(ForeignKey("profile.id", ondelete="CASCADE"), primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id", ondelete="CASCADE"), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(default=0)
    words: Mapped[str] = mapped_column(String(80), default="")
    """What they typed; empty when chosen from the list."""
    skill: Mapped[Skill] = relationship()
