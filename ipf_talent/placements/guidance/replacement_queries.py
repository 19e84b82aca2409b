"""Tasks to find another place, and the open places that could be one."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased, joinedload

from ipf_talent.accounts.models import User
from ipf_talent.accounts.roles import Role
from ipf_talent.db import session
from ipf_talent.errors import NotFound
from ipf_talent.i18n import _
from ipf_talent.organisations.models import Establishment, Organisation, Place, Recognition
from ipf_talent.organisations.recognition import RecognitionStatus
from ipf_talent.placements.guidance.models import (
    ReplacementTask,
)
from ipf_talent.placements.guidance.queries import AGREED
from ipf_talent.placements.models import Placement
from ipf_talent.programmes.queries import AnyRow
from ipf_talent.vacancies.kinds import VacancyStatus
from ipf_talent.vacancies.models import Vacancy, VacancyCrebo


def tasks_of(user: User) -> Sequence[ReplacementTask]:
    """The open tasks to find another place, of one's own school: the first due on top. One whose new place was approved is done."""
    became = aliased(Placement)
    loads = (
        joinedload(ReplacementTask.replacement).joinedload(Placement.establishment).joinedload(Establishment.organisation),
        joinedload(ReplacementTask.placement).joinedload(Placement.student),
        joinedload(ReplacementTask.placement).joinedload(Placement.programme),
        joinedload(ReplacementTask.placement).joinedload(Placement.establishment).joinedload(Establishment.organisation),
        joinedload(ReplacementTask.placement).joinedload(Placement.establishment).joinedload(Establishment.place),
    )
    query = select(ReplacementTask).join(Placement, Placement.id == ReplacementTask.placement_id)
    own = Placement.school_id.in_(user.organisation_ids(Role.COORDINATOR))
    query = query.outerjoin(became, became.id == ReplacementTask.replacement_id)
    waits = or_(became.id.is_(None), became.status.not_in(AGREED))
    query = query.where(own, ReplacementTask.done_at.is_(None), waits).options(*loads)
    return session.scalars(query.order_by(ReplacementTask.due_on, ReplacementTask.id).limit(100)).all()


def task(number: int) -> ReplacementTask:
    """
    A task with its placement.

    Raises:
        NotFound: there is none with this number.
    """
    there = joinedload(ReplacementTask.placement)
    loads = (there.joinedload(Placement.establishment).joinedload(Establishment.place), joinedload(ReplacementTask.replacement))
    query = select(ReplacementTask).where(ReplacementTask.id == number).options(*loads)
    found = session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NotFound(_("There is no such task."))
    return found


def open_task(placement_id: int) -> ReplacementTask | None:
    """The open task of a placement."""
    return session.scalar(
        select(ReplacementTask).where(ReplacementTask.placement_id == placement_id, ReplacementTask.done_at.is_(None))
    )


def tasks_around(placement_id: int) -> Sequence[ReplacementTask]:
    """Tasks to replace this placement, and the one that it came from: the newest first."""
    loads = (
        joinedload(ReplacementTask.placement).joinedload(Placement.establishment).joinedload(Establishment.organisation),
        joinedload(ReplacementTask.replacement).joinedload(Placement.establishment).joinedload(Establishment.organisation),
    )
    either = or_(ReplacementTask.placement_id == placement_id, ReplacementTask.replacement_id == placement_id)
    return session.scalars(select(ReplacementTask).where(either).options(*loads).order_by(ReplacementTask.id.desc())).all()


def open_places(crebos: Collection[str], today: date) -> Sequence[AnyRow]:
    """Open places for these qualifications at a recognised address, with what a coordinator compares: facts, no order of merit."""
    columns = (
        Vacancy.id, Vacancy.slug, Vacancy.establishment_id,
        Vacancy.kind, Vacancy.title_nl, Vacancy.title_en, Vacancy.starts_on, Vacancy.ends_on,
        Vacancy.places, Vacancy.taken, Vacancy.days_per_week, Vacancy.minors, VacancyCrebo.crebo,
        Organisation.name.label("company"), Place.name.label("town"), Place.lat, Place.lon,
    )  # fmt: skip
    query = select(*columns).join(VacancyCrebo, VacancyCrebo.vacancy_id == Vacancy.id)
    query = query.join(Organisation, Organisation.id == Vacancy.company_id).join(Place, Place.id == Vacancy.place_id, isouter=True)
    recognised = (
        select(Recognition.id)
        .where(
            Recognition.establishment_id == Vacancy.establishment_id,
            Recognition.crebo == VacancyCrebo.crebo,
            Recognition.status == RecognitionStatus.VERIFIED,
        )
        .exists()
    )
    is_open = (
        Vacancy.status == VacancyStatus.PUBLISHED, Vacancy.taken < Vacancy.places, Vacancy.closes_on >= today,
        Organisation.verified_at.is_not(None),
    )  # fmt: skip
    wanted = (VacancyCrebo.crebo.in_(list(crebos)), VacancyCrebo.published.is_(True), recognised, *is_open)
    return session.execute(query.where(*wanted).order_by(Vacancy.starts_on, Vacancy.id, VacancyCrebo.crebo).limit(500)).all()
