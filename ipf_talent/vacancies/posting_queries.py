"""Reading vacancies for the people who write them."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from ipf_talent.db import session
from ipf_talent.errors import NotFound
from ipf_talent.i18n import _
from ipf_talent.organisations.models import Establishment, Organisation
from ipf_talent.programmes.queries import AnyRow
from ipf_talent.vacancies.kinds import VacancyStatus
from ipf_talent.vacancies.models import Vacancy, VacancyHint, VacancySkill

MOST_ROWS = 200


def whole(slug: str) -> Vacancy:
    """
    A vacancy with its company, address, skills and the hints that were set aside; the rest comes when a page asks for it.

    Raises:
        NotFound: there is no such vacancy.
    """
    loads = (
        joinedload(Vacancy.company),
        joinedload(Vacancy.place),
        joinedload(Vacancy.establishment).joinedload(Establishment.place),
        selectinload(Vacancy.skills).joinedload(VacancySkill.skill),
        selectinload(Vacancy.hints),
    )
    vacancy = session.scalar(select(Vacancy).where(Vacancy.slug == slug).options(*loads))
    if vacancy is None:
        raise NotFound(_("There is no such place."))
    return vacancy


def rows(company_ids: Collection[int]) -> Sequence[AnyRow]:
    """Lines of all places, drafts and templates of these companies, those changed last first."""
    columns = (
        Vacancy.slug, Vacancy.title_nl, Vacancy.title_en, Vacancy.kind, Vacancy.level, Vacancy.status, Vacancy.template_name,
        Vacancy.places, Vacancy.taken, Vacancy.closes_on, Vacancy.changed_at, Vacancy.paused_for, Vacancy.is_example,
        Organisation.name.label("company"),
    )  # fmt: skip
    query = select(*columns).join(Vacancy.company).where(Vacancy.company_id.in_(company_ids))
    return session.execute(query.order_by(Vacancy.changed_at.desc(), Vacancy.id.desc()).limit(MOST_ROWS)).all()


def establishments(company_ids: Collection[int]) -> Sequence[Establishment]:
    """The addresses of these companies, with their towns and companies, by company."""
    query = select(Establishment).where(Establishment.organisation_id.in_(company_ids))
    loads = (joinedload(Establishment.place), joinedload(Establishment.organisation))
    return session.scalars(query.options(*loads).order_by(Establishment.organisation_id, Establishment.id)).all()


def in_review() -> Sequence[AnyRow]:
    """Places that wait for the platform, those that wait longest first, with how many words were set aside."""
    aside = select(func.count()).select_from(VacancyHint)
    aside = aside.where(VacancyHint.vacancy_id == Vacancy.id, VacancyHint.code.startswith("wording:"))
    columns = (
        Vacancy.slug, Vacancy.title_nl, Vacancy.title_en, Vacancy.changed_at, Organisation.name.label("company"),
        aside.correlate(Vacancy).scalar_subquery().label("aside"),
    )  # fmt: skip
    query = select(*columns).join(Vacancy.company).where(Vacancy.status == VacancyStatus.IN_REVIEW)
    return session.execute(query.order_by(Vacancy.changed_at, Vacancy.id).limit(MOST_ROWS)).all()
