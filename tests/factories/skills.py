"""Skills and occupations."""

from ipf_talent.db import session
from ipf_talent.skills.models import Occupation, OccupationSkill, Skill, SkillLink


def make_skill(slug: str = "plc-programming", **overrides) -> Skill:
    """A skill; the same row when it was made before."""
    known = session.query(Skill).filter_by(slug=slug).one_or_none()
    if known is not None:
        return known
    words = slug.replace("-", " ")
    values = {"slug": slug, "type": "skill", "field": "automation", "label_nl": f"{words} (nl)", "label_fy": f"{words} (fy)",
              "label_en": words, "label_source": "own-concept"}  # fmt: skip
    skill = Skill(**values | overrides)
    session.add(skill)
    session.commit()
    return skill


def make_link(skill: Skill, other: Skill, kind: str = "broader") -> SkillLink:
    """`skill` has `other` as a broader or related concept."""
    link = SkillLink(skill_id=skill.id, other_id=other.id, kind=kind)
    session.add(link)
    session.commit()
    return link


def make_occupation(slug: str = "mechatronics-technician", essential: tuple[Skill, ...] = (), **overrides) -> Occupation:
    """An occupation with essential skills."""
    words = slug.replace("-", " ")
    values = {"slug": slug, "isco": "3115", "levels": ["mbo_4"], "label_nl": f"{words} (nl)", "label_en": words,
              "skills": [OccupationSkill(skill=skill, essential=True, source="own") for skill in essential]}  # fmt: skip
    occupation = Occupation(**values | overrides)
    session.add(occupation)
    session.commit()
    return occupation
