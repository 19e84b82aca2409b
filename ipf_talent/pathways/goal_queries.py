"""Reading what a plan can lead to: occupations with what they need, and what places ask."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import and_, select

from ipf_talent.db import session
from ipf_talent.programmes.queries import AnyRow
from ipf_talent.skills.models import Occupation, OccupationSkill, Skill
from ipf_talent.vacancies import queries as vacancies
from ipf_talent.vacancies.models import Vacancy, VacancySkill


def occupations(chosen: Collection[str] = ()) -> Sequence[AnyRow]:
    """
    Slug, labels and levels of every occupation, in one statement.

    Args:
        chosen: slugs; each of these stands once for every skill that is essential for it, as `skill`.
    """
    essential = select(OccupationSkill.occupation_id, Skill.slug).join(OccupationSkill.skill)
    needs = essential.where(OccupationSkill.essential.is_(True)).subquery()
    columns = (Occupation.slug, Occupation.label_nl, Occupation.label_fy, Occupation.label_en, Occupation.levels)
    link = and_(needs.c.occupation_id == Occupation.id, Occupation.slug.in_(chosen))
    query = select(*columns, needs.c.slug.label("skill")).join(needs, link, isouter=True)
    return session.execute(query.order_by(Occupation.slug, needs.c.slug)).all()


def places(today: date, chosen: Collection[str] = ()) -> Sequence[AnyRow]:
    """
    Lines of all places that are open, newest first, in one statement.

    Args:
        chosen: slugs; each of these stands once for every skill that it asks, as `skill`, the must-haves first.
    """
    asks = select(VacancySkill.vacancy_id, Skill.slug, VacancySkill.must).join(VacancySkill.skill).subquery()
    link = and_(asks.c.vacancy_id == Vacancy.id, Vacancy.slug.in_(chosen))
    query = vacancies.open_on(today).add_columns(asks.c.slug.label("skill")).join(asks, link, isouter=True)
    return session.execute(query.order_by(*vacancies.newest(), asks.c.must.desc(), asks.c.slug)).all()


def needing(skills: Collection[str]) -> Sequence[AnyRow]:
    """The occupations for which one of these skills is essential, each once for every skill that is, as `skill`."""
    wanted = select(OccupationSkill.occupation_id).join(OccupationSkill.skill)
    wanted = wanted.where(OccupationSkill.essential.is_(True), Skill.slug.in_(skills))
    columns = (Occupation.slug, Occupation.label_nl, Occupation.label_fy, Occupation.label_en, Occupation.levels)
    query = select(*columns, Skill.slug.label("skill")).join(OccupationSkill, OccupationSkill.occupation_id == Occupation.id)
    query = query.join(OccupationSkill.skill).where(OccupationSkill.essential.is_(True), Occupation.id.in_(wanted))
    return session.execute(query.order_by(Occupation.slug, Skill.slug)).all()
