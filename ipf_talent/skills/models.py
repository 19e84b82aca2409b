"""Skills and occupations as rows; labels in three languages, links between them."""

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ipf_talent.db import Base


class Skill(Base):
    """A skill, piece of knowledge or tool; mostly a concept of ESCO."""

    __tablename__ = "skill"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    uri: Mapped[str | None] = mapped_column(String(200), unique=True)
    """ESCO's URI; none for a concept of our own."""
    type: Mapped[str] = mapped_column(String(20))
    field: Mapped[str] = mapped_column(String(20), index=True)
    label_nl: Mapped[str] = mapped_column(String(160))
    label_fy: Mapped[str] = mapped_column(String(160), default="")
    label_en: Mapped[str] = mapped_column(String(160))
    alts_nl: Mapped[list[str]] = mapped_column(default=list)
    alts_fy: Mapped[list[str]] = mapped_column(default=list)
    alts_en: Mapped[list[str]] = mapped_column(default=list)
    label_source: Mapped[str] = mapped_column(String(20))
    """Where the labels come from: esco-en, own-concept, esco-official-en or esco-official."""


class SkillLink(Base):
    """`skill` has `other` as a broader or related concept; related links stand in both directions."""

    __tablename__ = "skill_link"
    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id", ondelete="CASCADE"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("skill.id", ondelete="CASCADE"), primary_key=True, index=True)
    kind: Mapped[str] = mapped_column(String(10))
    """broader or related."""


class Occupation(Base):
    """An occupation of ESCO, with the levels at which people usually enter it."""

    __tablename__ = "occupation"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    uri: Mapped[str | None] = mapped_column(String(200), unique=True)
    isco: Mapped[str] = mapped_column(String(4))
    levels: Mapped[list[str]] = mapped_column(default=list)
    label_nl: Mapped[str] = mapped_column(String(160))
    label_fy: Mapped[str] = mapped_column(String(160), default="")
    label_en: Mapped[str] = mapped_column(String(160))
    alts_nl: Mapped[list[str]] = mapped_column(default=list)
    alts_en: Mapped[list[str]] = mapped_column(default=list)
    description_nl: Mapped[str] = mapped_column(Text, default="")
    description_en: Mapped[str] = mapped_column(Text, default="")
    skills: Mapped[list["OccupationSkill"]] = relationship(back_populates="occupation", cascade="all, delete-orphan")


class OccupationSkill(Base):
    """A skill that an occupation needs (essential) or gains from (optional)."""

    __tablename__ = "occupation_skill"
    occupation_id: Mapped[int] = mapped_column(ForeignKey("occupation.id", ondelete="CASCADE"), primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id", ondelete="CASCADE"), primary_key=True, index=True)
    essential: Mapped[bool]
    source: Mapped[str] = mapped_column(String(10))
    """esco or own (our reviewed file), or release (an official release that was imported)."""
    occupation: Mapped[Occupation] = relationship(back_populates="skills")
    skill: Mapped[Skill] = relationship()


class TaxonomyVersion(Base):
    """The digest of the taxonomy as the last load or import left it: one row, so that every process sees a change at once."""

    __tablename__ = "taxonomy_version"
    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(32))
