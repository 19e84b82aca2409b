"""Reading vacancies: one with all that belongs to it, or rows for lists and cards."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from ipf_talent.db import session
from ipf_talent.errors import NotFound
from ipf_talent.i18n import _
from ipf_talent.organisations.models import Organisation, Place
from ipf_talent.organisations.queries import is_shown
from ipf_talent.programmes.queries import AnyRow, AnySelect
from ipf_talent.skills.models import Skill
from ipf_talent.vacancies.kinds import VacancyStatus
from ipf_talent.vacancies.models import Vacancy, VacancyField, VacancySkill

HIDDEN_FROM = 2
"""`Organisation.silence` from which the places of a company are hidden."""

SUMMARY = 600
"""Characters of the description that go onto a card, which shows three lines of it."""


def is_open(today: date) -> tuple[ColumnElement[bool], ...]:
    """What must hold of a vacancy that a student can find today: the twin of `Vacancy.is_open`, at a company that is checked."""
    return (
        Vacancy.status == VacancyStatus.PUBLISHED,
        Vacancy.closes_on >= today,
        Vacancy.taken < Vacancy.places,
        Vacancy.company.has(and_(is_shown(), Organisation.silence < HIDDEN_FROM)),
    )


def newest() -> tuple[ColumnElement[Any], ...]:
    """The order in which places were published, the last one first; those of companies that do not answer stand behind."""
    return (
        Vacancy.company.has(Organisation.silence > 0),
        func.coalesce(Vacancy.published_at, Vacancy.created_at).desc(),
        Vacancy.id.desc(),
    )


def rows() -> AnySelect:
    """Lines for lists and cards of all vacancies, in no order; narrow it with `.where(…)`."""
    columns = (
        Vacancy.id, Vacancy.slug, Vacancy.title_nl, Vacancy.title_en, Vacancy.kind, Vacancy.level, Vacancy.status, Vacancy.place_id,
        Organisation.name.label("company"), Organisation.slug.label("company_slug"), Organisation.kind.label("company_kind"),
        Organisation.is_example.label("company_example"),
        Place.name.label("place"), Place.lat, Place.lon, Vacancy.starts_on, Vacancy.ends_on, Vacancy.hours_per_week,
        Vacancy.closes_on, Vacancy.placing_mode, Vacancy.work_languages, Vacancy.minors, Vacancy.published_at, Vacancy.is_example,
        Vacancy.changed_at,
        func.substr(Vacancy.description_nl, 1, SUMMARY).label("summary_nl"),
        func.substr(Vacancy.description_en, 1, SUMMARY).label("summary_en"),
    )  # fmt: skip
    return select(*columns).join(Vacancy.company).join(Vacancy.place, isouter=True)


def open_on(today: date) -> AnySelect:
    """Lines of the vacancies that a student can find today, in no order."""
    return rows().where(*is_open(today))


def get(slug: str) -> Vacancy:
    """
    A vacancy in whatever state, with all that belongs to it; who may see it says `policy.may_see`.

    Raises:
        NotFound: there is no such vacancy.
    """
    loads = (
        joinedload(Vacancy.company),
        joinedload(Vacancy.place),
        joinedload(Vacancy.establishment),
        joinedload(Vacancy.requirements),
        selectinload(Vacancy.skills).joinedload(VacancySkill.skill),
        selectinload(Vacancy.fields),
    )
    vacancy = session.scalars(select(Vacancy).where(Vacancy.slug == slug).options(*loads)).unique().one_or_none()
    if vacancy is None:
        raise NotFound(_("There is no such place."))
    return vacancy


def cards(slugs: Collection[str]) -> list[AnyRow]:
    """Lines of these vacancies, open or not, in the order in which they are named; what does not exist is left out."""
    found = {row.slug: row for row in session.execute(rows().where(Vacancy.slug.in_(slugs)))} if slugs else {}
    return [found[slug] for slug in dict.fromkeys(slugs) if slug in found]


def numbered(numbers: Collection[int]) -> list[AnyRow]:
    """Lines of the places that everyone could see once, open or not, in the order of their row numbers as given."""
    seen = Vacancy.status.not_in([VacancyStatus.DRAFT, VacancyStatus.IN_REVIEW])
    checked = Vacancy.company.has(is_shown())
    query = rows().where(Vacancy.id.in_(numbers), seen, checked).add_columns(Vacancy.taken, Vacancy.places)
    found = {row.id: row for row in session.execute(query)} if numbers else {}
    return [found[number] for number in dict.fromkeys(numbers) if number in found]


def similar(vacancy: Vacancy, today: date, limit: int = 4) -> Sequence[AnyRow]:
    """Other open places of the same field or level: first those that share both, then those in the field, then the level."""
    shares = Vacancy.fields.any(VacancyField.field.in_([asked.field for asked in vacancy.fields]))
    same = Vacancy.level == vacancy.level
    nearness = case((and_(shares, same), 0), (shares, 1), else_=2)
    query = open_on(today).where(Vacancy.id != vacancy.id, or_(shares, same))
    return session.execute(query.order_by(nearness, *newest()).limit(limit)).all()


def for_company(organisation_id: int, today: date) -> Sequence[AnyRow]:
    """The open places of one company, newest first."""
    return session.execute(open_on(today).where(Vacancy.company_id == organisation_id).order_by(*newest())).all()


def asked_by_skill(today: date) -> dict[str, int]:
    """How many open places ask each skill, as a must or as a wish, by slug; what none asks is left out."""
    query = select(Skill.slug, func.count()).join(VacancySkill, VacancySkill.skill_id == Skill.id)
    query = query.join(Vacancy, Vacancy.id == VacancySkill.vacancy_id).where(*is_open(today)).group_by(Skill.slug)
    return dict(session.execute(query).all())
