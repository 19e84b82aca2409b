"""Reading what the match pages show beside the index: facts of places, what they ask, what programmes teach."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import aliased

from ipf_talent.db import session
from ipf_talent.errors import NotFound
from ipf_talent.i18n import _
from ipf_talent.matching.documents import is_open
from ipf_talent.organisations.models import Organisation, Place
from ipf_talent.programmes.levels import Level
from ipf_talent.programmes.models import Programme, ProgrammeSkill
from ipf_talent.skills.models import Occupation, OccupationSkill, Skill
from ipf_talent.vacancies.kinds import VacancyStatus
from ipf_talent.vacancies.models import Vacancy, VacancySkill

AnyRow = Row[*tuple[Any, ...]]
_Home = aliased(Place)
HIDDEN = (VacancyStatus.DRAFT, VacancyStatus.IN_REVIEW, VacancyStatus.ARCHIVED)
"""States in which a place is nobody's business but the company's."""


def open_places(today: date, *, home: str | None = None) -> Sequence[AnyRow]:
    """
    Facts and headings of all places that are open, newest first, in one statement.

    Args:
        home: name of the town someone starts from; `home_lat` and `home_lon` are then its place, on every row.
    """
    order = (Vacancy.published_at.desc(), Vacancy.slug)
    return session.execute(_facts(home).where(*is_open(today)).order_by(*order)).all()


def place(slug: str, *, home: str | None = None) -> AnyRow:
    """
    One place with its state, whether or not it is open.

    Raises:
        NotFound: there is none, or it was never shown.
    """
    query = _facts(home).add_columns(Vacancy.status, Vacancy.closes_on, Vacancy.places, Vacancy.taken)
    row = session.execute(query.where(Vacancy.slug == slug, Vacancy.status.not_in(HIDDEN))).one_or_none()
    if row is None:
        raise NotFound(_("There is no such place."))
    return row


def _facts(home: str | None) -> Select[*tuple[Any, ...]]:
    where = (_Home.name == home) if home else _Home.id.is_(None)
    columns = (
        Vacancy.id, Vacancy.slug, Vacancy.title_nl, Vacancy.title_en, Vacancy.kind, Vacancy.level, Vacancy.work_languages,
        Vacancy.starts_on, Vacancy.ends_on, Vacancy.hours_per_week, Vacancy.minors, Vacancy.is_example,
        Organisation.name.label("company"), Organisation.slug.label("company_slug"),
        Place.name.label("place"), Place.lat, Place.lon,
        select(_Home.lat).where(where).scalar_subquery().label("home_lat"),
        select(_Home.lon).where(where).scalar_subquery().label("home_lon"),
    )  # fmt: skip
    return select(*columns).join(Vacancy.company).join(Vacancy.place, isouter=True)


def asked_by(vacancy_id: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The skills that a place requires, and those it would like, by slug."""
    query = select(Skill.slug, VacancySkill.must).join(VacancySkill.skill).where(VacancySkill.vacancy_id == vacancy_id)
    rows = session.execute(query.order_by(Skill.slug)).all()
    return tuple(slug for slug, must in rows if must), tuple(slug for slug, must in rows if not must)


def asked_of(slug: str, today: date) -> tuple[AnyRow, list[str]] | None:
    """An open place's titles and all the skills it asks, in one statement; None where there is no such place."""
    query = select(Vacancy.slug, Vacancy.title_nl, Vacancy.title_en, Skill.slug.label("skill"))
    query = query.join(Vacancy.skills, isouter=True).join(VacancySkill.skill, isouter=True)
    return _headed(session.execute(query.where(Vacancy.slug == slug, *is_open(today))).all())


def essential_of(slug: str) -> tuple[AnyRow, list[str]] | None:
    """An occupation's labels and its essential skills, in one statement; None where there is no such occupation."""
    query = select(Occupation.slug, Occupation.label_nl, Occupation.label_fy, Occupation.label_en, Skill.slug.label("skill"))
    link = (OccupationSkill.occupation_id == Occupation.id) & OccupationSkill.essential.is_(True)
    query = query.join(OccupationSkill, link, isouter=True).join(OccupationSkill.skill, isouter=True)
    return _headed(session.execute(query.where(Occupation.slug == slug)).all())


def _headed(rows: Sequence[AnyRow]) -> tuple[AnyRow, list[str]] | None:
    return (rows[0], [row.skill for row in rows if row.skill]) if rows else None


def occupations() -> Sequence[AnyRow]:
    """Slug and labels of every occupation."""
    columns = (Occupation.slug, Occupation.label_nl, Occupation.label_fy, Occupation.label_en)
    return session.execute(select(*columns).order_by(Occupation.slug)).all()


def teaching(skills: Collection[str] | None = None, *, level: Level | None = None) -> Sequence[AnyRow]:
    """
    Which programmes of schools teach which skill, by programme: each programme stands once for each skill.

    Args:
        skills: only these, by slug; None for all.
        level: only programmes of this level.
    """
    columns = (
        Programme.id, Programme.slug, Programme.title_nl, Programme.title_en, Programme.duration_months, Programme.level,
        Programme.standing, Organisation.name.label("institution"), Skill.slug.label("skill"),
    )  # fmt: skip
    query = select(*columns).join(Programme.skills).join(ProgrammeSkill.skill).join(Programme.institution)
    query = query.where(Programme.national.is_(False)).order_by(Programme.slug, Skill.slug)
    if skills is not None:
        query = query.where(Skill.slug.in_(skills))
    return session.execute(query.where(Programme.level == level) if level else query).all()


def taught_by(slug: str) -> tuple[str, ...]:
    """The skills that a programme teaches, by slug; national qualifications too."""
    query = select(Skill.slug).join(ProgrammeSkill, ProgrammeSkill.skill_id == Skill.id)
    query = query.join(Programme, Programme.id == ProgrammeSkill.programme_id)
    return tuple(session.scalars(query.where(Programme.slug == slug).order_by(Skill.slug)))


def summaries(slugs: Collection[str]) -> dict[str, AnyRow]:
    """What these places are about, by slug."""
    query = select(Vacancy.slug, Vacancy.description_nl, Vacancy.description_en).where(Vacancy.slug.in_(slugs))
    return {row.slug: row for row in session.execute(query)} if slugs else {}
