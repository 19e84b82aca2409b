"""Reading vacancies: one with all that belongs to it, or rows for lists and cards."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from ipf_talent.db import session
from ipf_talent.errors import NotFound
from ipf_talent.i18n import _
from ipf_talent.organisations.models import Organisation, Place, Recognition
from ipf_talent.organisations.queries import is_shown
from ipf_talent.organisations.recognition import RecognitionStatus
from ipf_talent.programmes.queries import AnyRow, AnySelect
from ipf_talent.skills.models import Skill
from ipf_talent.vacancies.kinds import Minors, VacancyStatus
from ipf_talent.vacancies.models import Vacancy, VacancyCrebo, VacancyField, VacancySkill

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


def recognised() -> tuple[ColumnElement[bool], ...]:
    """What must hold of a crebo of a place: it is published for it, and its address is verified for it today (R1)."""
    same = (Recognition.establishment_id == Vacancy.establishment_id, Recognition.crebo == VacancyCrebo.crebo)
    verified = exists().where(*same, Recognition.status == RecognitionStatus.VERIFIED)
    return VacancyCrebo.published.is_(True), verified.correlate_except(Recognition)


def recognised_for() -> ColumnElement[Any]:
    """The crebos for which a place is recognised, with commas between them, in no order."""
    here = select(func.aggregate_strings(VacancyCrebo.crebo, ",")).where(VacancyCrebo.vacancy_id == Vacancy.id, *recognised())
    return here.correlate(Vacancy).scalar_subquery().label("recognised_for")


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


def suits(adult_on: date | None) -> tuple[ColumnElement[bool], ...]:
    """What must hold of a place for somebody who is 18 from that day on (R8): nothing for who is 18, or did not say."""
    return (or_(Vacancy.minors != Minors.NO, Vacancy.starts_on >= adult_on),) if adult_on else ()


def open_on(today: date, adult_on: date | None = None) -> AnySelect:
    """
    Lines of the vacancies that a student can find today, in no order.

    Args:
        adult_on: from which day on the student is 18, where that is still to come.
    """
    return rows().where(*is_open(today), *suits(adult_on))


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


def similar(vacancy: Vacancy, today: date, limit: int = 4, adult_on: date | None = None) -> Sequence[AnyRow]:
    """Other open places of the same field or level: first those that share both, then those in the field, then the level."""
    shares = Vacancy.fields.any(VacancyField.field.in_([asked.field for asked in vacancy.fields]))
    same = Vacancy.level == vacancy.level
    nearness = case((and_(shares, same), 0), (shares, 1), else_=2)
    query = open_on(today, adult_on).where(Vacancy.id != vacancy.id, or_(shares, same))
    return session.execute(query.order_by(nearness, *newest()).limit(limit)).all()


def for_company(organisation_id: int, today: date, adult_on: date | None = None) -> Sequence[AnyRow]:
    """The open places of one company, newest first; without those for which somebody is too young."""
    query = open_on(today, adult_on).where(Vacancy.company_id == organisation_id)
    return session.execute(query.order_by(*newest())).all()


def asked_by_skill(today: date) -> dict[str, int]:
    """How many open places ask each skill, as a must or as a wish, by slug; what none asks is left out."""
    query = select(Skill.slug, func.count()).join(VacancySkill, VacancySkill.skill_id == Skill.id)
    query = query.join(Vacancy, Vacancy.id == VacancySkill.vacancy_id).where(*is_open(today)).group_by(Skill.slug)
    return dict(session.execute(query).all())
