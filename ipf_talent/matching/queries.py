"""Reading what the match pages show beside the index: facts of places, what they ask, what programmes teach."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, and_, select
from sqlalchemy.orm import aliased

from ipf_talent.db import session
from ipf_talent.errors import NotFound
from ipf_talent.i18n import _
from ipf_talent.organisations.models import Organisation, Place
from ipf_talent.organisations.queries import is_shown
from ipf_talent.programmes import queries as programmes
from ipf_talent.programmes.levels import Level
from ipf_talent.programmes.models import Programme, ProgrammeSkill
from ipf_talent.skills.models import Occupation, OccupationSkill, Skill
from ipf_talent.vacancies import queries as vacancies
from ipf_talent.vacancies.kinds import VacancyStatus
from ipf_talent.vacancies.models import Vacancy, VacancySkill

AnyRow = Row[*tuple[Any, ...]]
_Home = aliased(Place)
HIDDEN = (VacancyStatus.DRAFT, VacancyStatus.IN_REVIEW, VacancyStatus.ARCHIVED)
"""States in which a place is nobody's business but the company's."""


def open_places(today: date, *, home: str | None = None, programme: str | None = None) -> Sequence[AnyRow]:
    """
    Lines of all places that are open, newest first, in one statement, each with the crebos that it is recognised for.

    Args:
        home: name of the town someone starts from; `home_lat` and `home_lon` are then its place, on every row.
        programme: slug of what they follow; `own_crebo` is then its crebo, on every row.
    """
    where = (_Home.name == home) if home else _Home.id.is_(None)
    lat, lon = (select(column).where(where).scalar_subquery() for column in (_Home.lat, _Home.lon))
    follows = (Programme.slug == programme) if programme else Programme.id.is_(None)
    own = select(Programme.code).where(follows, Programme.code_kind == "crebo").scalar_subquery()
    said = (lat.label("home_lat"), lon.label("home_lon"), own.label("own_crebo"), vacancies.recognised_for())
    query = vacancies.open_on(today).add_columns(*said)
    return session.execute(query.order_by(*vacancies.newest())).all()


def open_among(slugs: Collection[str], today: date, adult_on: date | None = None) -> dict[str, AnyRow]:
    """Lines of those of these places that are open, by slug; without those for which somebody is too young."""
    query = vacancies.open_on(today, adult_on).where(Vacancy.slug.in_(slugs))
    return {row.slug: row for row in session.execute(query)} if slugs else {}


def was_shown(slug: str) -> bool:
    """Whether there is such a place and people could see it, now or earlier."""
    query = select(Vacancy.id).where(Vacancy.slug == slug, Vacancy.status.not_in(HIDDEN), Vacancy.company.has(is_shown()))
    return session.scalar(query) is not None


def asked_by(vacancy_id: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The skills that a place requires, and those it would like, by slug."""
    query = select(Skill.slug, VacancySkill.must).join(VacancySkill.skill).where(VacancySkill.vacancy_id == vacancy_id)
    rows = session.execute(query.order_by(Skill.slug)).all()
    return tuple(slug for slug, must in rows if must), tuple(slug for slug, must in rows if not must)


def occupations(chosen: str = "") -> Sequence[AnyRow]:
    """
    Slug and labels of every occupation, in one statement; the chosen one stands once for each skill that is essential for it.

    Returns:
        Rows with `skill`, a slug: None for all but the chosen occupation.
    """
    essential = select(OccupationSkill.occupation_id, Skill.slug).join(OccupationSkill.skill)
    needs = essential.where(OccupationSkill.essential.is_(True)).subquery()
    columns = (Occupation.slug, Occupation.label_nl, Occupation.label_fy, Occupation.label_en, needs.c.slug.label("skill"))
    link = and_(needs.c.occupation_id == Occupation.id, Occupation.slug == chosen)
    return session.execute(select(*columns).join(needs, link, isouter=True).order_by(Occupation.slug, needs.c.slug)).all()


def teaching(skills: Collection[str] | None = None, *, level: Level | None = None) -> Sequence[AnyRow]:
    """
    Which programmes of schools teach which skill, by programme: each programme stands once for each skill.

    Args:
        skills: only these, by slug; None for all.
        level: only programmes of this level.
    """
    columns = (
        Programme.id, Programme.slug, Programme.title_nl, Programme.title_en, Programme.duration_months, Programme.sbu,
        Programme.credits_ects, Programme.level, Programme.type, Programme.standing, Programme.is_example,
        Organisation.name.label("institution"), Skill.slug.label("skill"),
    )  # fmt: skip
    query = select(*columns).join(Programme.skills).join(ProgrammeSkill.skill).join(Programme.institution)
    query = query.where(Programme.national.is_(False), programmes.is_listed()).order_by(Programme.slug, Skill.slug)
    if skills is not None:
        query = query.where(Skill.slug.in_(skills))
    return session.execute(query.where(Programme.level == level) if level else query).all()


def programme(slug: str) -> tuple[AnyRow, tuple[str, ...]]:
    """
    One programme's line, and the skills it teaches, in one statement; national qualifications too.

    Raises:
        NotFound: there is no such programme.
    """
    query = programmes.rows().add_columns(Programme.sbu, Programme.credits_ects, Skill.slug.label("skill"))
    query = query.join(Programme.skills, isouter=True).join(ProgrammeSkill.skill, isouter=True)
    rows = session.execute(query.where(Programme.slug == slug).order_by(Skill.slug)).all()
    if not rows:
        raise NotFound(_("There is no such programme."))
    return rows[0], tuple(row.skill for row in rows if row.skill)
