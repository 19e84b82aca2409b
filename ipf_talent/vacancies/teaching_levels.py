"""On which levels skills are taught."""

from collections.abc import Collection

from sqlalchemy import func, select

from ipf_talent.db import session
from ipf_talent.programmes.models import Programme, ProgrammeSkill
from ipf_talent.programmes.queries import is_listed
from ipf_talent.skills.models import Skill


def taught_between(slugs: Collection[str]) -> dict[str, tuple[int, int]]:
    """The lowest and the highest NLQF level of the programmes of schools that teach each skill; what none teaches is left out."""
    if not slugs:
        return {}
    query = select(Skill.slug, func.min(Programme.nlqf), func.max(Programme.nlqf)).select_from(ProgrammeSkill)
    query = query.join(ProgrammeSkill.skill).join(Programme, Programme.id == ProgrammeSkill.programme_id)
    schools = (Programme.national.is_(False), Programme.nlqf.is_not(None), is_listed())
    query = query.where(Skill.slug.in_(slugs), *schools).group_by(Skill.slug)
    return {slug: (low or 0, high or 0) for slug, low, high in session.execute(query)}
