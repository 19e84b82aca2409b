"""What the landing page tells of the region."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import func, select

from ipf_talent.db import session
from ipf_talent.organisations.kinds import TEACHING, OrganisationKind
from ipf_talent.organisations.models import Organisation, Place
from ipf_talent.organisations.queries import is_shown
from ipf_talent.programmes.models import Programme
from ipf_talent.programmes.queries import is_listed
from ipf_talent.skills.models import Occupation, Skill
from ipf_talent.vacancies.models import Vacancy
from ipf_talent.vacancies.queries import is_open


class Overview(NamedTuple):
    """How much there is to find."""

    programmes: int
    institutions: int
    companies: int
    vacancies: int
    skills: int
    occupations: int


def overview(today: date) -> Overview:
    """Counts of everything that can be browsed, in one statement; made-up organisations are not counted."""
    real = (Organisation.is_example.is_(False), is_shown())
    counts = (
        select(func.count()).select_from(Programme).where(Programme.national.is_(False), is_listed()),
        select(func.count()).select_from(Organisation).where(Organisation.kind.in_(TEACHING), *real),
        select(func.count()).select_from(Organisation).where(Organisation.kind == OrganisationKind.COMPANY, *real),
        select(func.count()).select_from(Vacancy).where(*is_open(today)),
        select(func.count()).select_from(Skill),
        select(func.count()).select_from(Occupation),
    )
    return Overview(*session.execute(select(*(count.scalar_subquery() for count in counts))).one())


def newest_places(today: date, limit: int = 4) -> Sequence[Any]:
    """The places that were published last and are still open."""
    columns = (
        Vacancy.slug, Vacancy.title_nl, Vacancy.title_en, Vacancy.kind, Vacancy.level, Vacancy.starts_on, Vacancy.hours_per_week,
        Vacancy.is_example, Organisation.name.label("company"), Place.name.label("place"),
    )  # fmt: skip
    query = select(*columns).join(Vacancy.company).join(Vacancy.place, isouter=True)
    return session.execute(query.where(*is_open(today)).order_by(Vacancy.published_at.desc(), Vacancy.id).limit(limit)).all()
