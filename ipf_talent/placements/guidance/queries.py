"""Reading the guidance of placements: hours, moments, assessments, links, tasks; for one placement and for many at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from ipf_talent.accounts.models import Membership, User
from ipf_talent.accounts.roles import Role
from ipf_talent.db import session
from ipf_talent.enrolments.kinds import EnrolmentStatus
from ipf_talent.enrolments.models import Enrolment
from ipf_talent.errors import NotFound
from ipf_talent.i18n import _
from ipf_talent.organisations.models import Establishment, Organisation, Place, Recognition
from ipf_talent.organisations.recognition import RecognitionStatus
from ipf_talent.placements.guidance.kinds import (
    COUNTING,
    AssessmentMoment,
    HoursState,
    LinkPurpose,
    MomentKind,
    OutcomeTerm,
)
from ipf_talent.placements.guidance.models import (
    Assessment,
    ContactMoment,
    GuestLink,
    HoursEntry,
    HoursWeek,
    Outcome,
    ReplacementTask,
)
from ipf_talent.placements.kinds import COUNTED, STARTED, PlacementStatus, SheetStatus
from ipf_talent.placements.models import Agreement, AgreementSheet, Placement
from ipf_talent.programmes.models import Programme
from ipf_talent.programmes.queries import AnyRow, AnySelect
from ipf_talent.vacancies.kinds import VacancyStatus
from ipf_talent.vacancies.models import Vacancy, VacancyCrebo

ANNOUNCED = frozenset({PlacementStatus.COMPLETED, PlacementStatus.ENDED_EARLY})
"""Ends of a placement that had begun."""
SEEN = STARTED | ANNOUNCED
"""States in which there is guidance to look at."""
AGREED = COUNTED | ANNOUNCED
"""States of a placement that the school approved, and that was not called off."""


def followed_by_company(user: User) -> ColumnElement[bool]:
    """What must hold of a placement, joined with its establishment, that one looks after: `guidance_policy.may_look_after`."""
    own = Establishment.organisation_id.in_(user.organisation_ids(Role.COMPANY_MANAGER))
    return and_(or_(own, Placement.trainer_id == user.id), Placement.status.in_(SEEN), Placement.erased_at.is_(None))


def hours_of(placement_id: int) -> Sequence[HoursEntry]:
    """All days of a placement, in order, fresh from the database."""
    query = select(HoursEntry).where(HoursEntry.placement_id == placement_id).order_by(HoursEntry.day)
    return session.scalars(query.execution_options(populate_existing=True)).all()


def hours_between(placement_id: int, first: date, last: date) -> Sequence[HoursEntry]:
    """The days of a placement from `first` to `last`, in order, fresh from the database."""
    there = (HoursEntry.placement_id == placement_id, HoursEntry.day >= first, HoursEntry.day <= last)
    query = select(HoursEntry).where(*there).order_by(HoursEntry.day)
    return session.scalars(query.execution_options(populate_existing=True)).all()


def waiting_for(user: User) -> Sequence[AnyRow]:
    """Days that wait for somebody at a company: with the key and student of their placement, the longest waiting first."""
    columns = (
        HoursEntry.id, HoursEntry.day, HoursEntry.minutes, HoursEntry.kind, HoursEntry.state, Placement.id.label("placement_id"),
        Placement.key, Placement.adult_on, User.display_name.label("student"),
    )  # fmt: skip
    query = select(*columns).join(Placement, Placement.id == HoursEntry.placement_id)
    query = query.join(Establishment, Establishment.id == Placement.establishment_id).join(User, User.id == Placement.student_id)
    waits = (HoursEntry.state == HoursState.SUBMITTED, followed_by_company(user))
    return session.execute(query.where(*waits).order_by(HoursEntry.day, Placement.id)).all()


def number_waiting(user: User) -> int:
    """How many weeks of how many students wait for this person, as one count of days."""
    query = select(func.count()).select_from(HoursEntry).join(Placement, Placement.id == HoursEntry.placement_id)
    query = query.join(Establishment, Establishment.id == Placement.establishment_id)
    return session.scalar(query.where(HoursEntry.state == HoursState.SUBMITTED, followed_by_company(user))) or 0


def weeks_noted(placement_ids: Iterable[int]) -> Mapping[tuple[int, date], int]:
    """Minutes of guidance that a company noted, by placement and Monday."""
    query = select(HoursWeek).where(HoursWeek.placement_id.in_(list(placement_ids)))
    return {(row.placement_id, row.monday): row.guided_minutes for row in session.scalars(query)}


def sums(placement_ids: Iterable[int]) -> Mapping[int, Mapping[HoursState, int]]:
    """Minutes that count, by placement and state."""
    query = select(HoursEntry.placement_id, HoursEntry.state, func.sum(HoursEntry.minutes))
    there = (HoursEntry.placement_id.in_(list(placement_ids)), HoursEntry.kind.in_(COUNTING))
    found: dict[int, dict[HoursState, int]] = defaultdict(dict)
    for number, state, minutes in session.execute(query.where(*there).group_by(HoursEntry.placement_id, HoursEntry.state)):
        found[number][state] = int(minutes)
    return found


def moments_of(placement_id: int) -> Sequence[ContactMoment]:
    """The contact moments of a placement, in order of their day."""
    query = select(ContactMoment).where(ContactMoment.placement_id == placement_id)
    return session.scalars(query.order_by(ContactMoment.planned_on, ContactMoment.id)).all()


def moments_of_many(placement_ids: Iterable[int]) -> Mapping[int, list[ContactMoment]]:
    """The same for several placements at once."""
    query = select(ContactMoment).where(ContactMoment.placement_id.in_(list(placement_ids)))
    found: dict[int, list[ContactMoment]] = defaultdict(list)
    for row in session.scalars(query.order_by(ContactMoment.planned_on, ContactMoment.id)):
        found[row.placement_id].append(row)
    return found


def moment(number: int, placement_id: int) -> ContactMoment:
    """
    A contact moment of this placement, fresh from the database.

    Raises:
        NotFound: it has none with this number.
    """
    wanted = (ContactMoment.id == number, ContactMoment.placement_id == placement_id)
    found = session.scalar(select(ContactMoment).where(*wanted).execution_options(populate_existing=True))
    if found is None:
        raise NotFound(_("There is no such contact moment."))
    return found


def held(placement_id: int) -> frozenset[MomentKind]:
    """Which contact moments took place."""
    query = select(ContactMoment.kind).where(ContactMoment.placement_id == placement_id, ContactMoment.held_on.is_not(None))
    return frozenset(session.scalars(query))


def assessments_of(placement_id: int) -> Sequence[Assessment]:
    """The assessments of a placement with their lines, in the order in which they were made."""
    query = select(Assessment).where(Assessment.placement_id == placement_id).options(selectinload(Assessment.lines))
    order = (case((Assessment.moment == AssessmentMoment.MID, 0), else_=1), Assessment.attempt)
    return session.scalars(query.order_by(*order).execution_options(populate_existing=True)).all()


def assessment(placement_id: int, which: AssessmentMoment) -> Assessment | None:
    """The newest assessment of this moment."""
    wanted = (Assessment.placement_id == placement_id, Assessment.moment == which)
    query = select(Assessment).where(*wanted).options(selectinload(Assessment.lines)).order_by(Assessment.attempt.desc()).limit(1)
    return session.scalar(query.execution_options(populate_existing=True))


def decided(placement_ids: Iterable[int]) -> Mapping[int, Assessment]:
    """The newest assessment at the end of each placement that has one."""
    wanted = (Assessment.placement_id.in_(list(placement_ids)), Assessment.moment == AssessmentMoment.END)
    return {row.placement_id: row for row in session.scalars(select(Assessment).where(*wanted).order_by(Assessment.attempt))}


def parts_to_assess(placement: Placement) -> list[str]:
    """What a company can grade: work processes of its recognition that the place names, else the parts that the agreement names."""
    own = list(placement.vacancy.work_processes) if placement.vacancy else []
    agreement = session.scalar(
        select(Agreement).where(Agreement.placement_id == placement.id).order_by(Agreement.number.desc()).limit(1)
    )
    agreed = list(agreement.parts) if agreement else []
    if agreed or own:
        return list(dict.fromkeys(agreed or own))
    if placement.crebo is None:
        return []
    there = (Recognition.establishment_id == placement.establishment_id, Recognition.crebo == placement.crebo)
    recognised = session.scalar(select(Recognition.work_processes).where(*there, Recognition.status == RecognitionStatus.VERIFIED))
    return list(dict.fromkeys(recognised or []))


def outcomes_of(placement_id: int) -> Sequence[Outcome]:
    """What was asked after the end, the first term first."""
    query = select(Outcome).where(Outcome.placement_id == placement_id)
    return session.scalars(query.order_by(Outcome.asked_at, Outcome.id)).all()


def outcome(placement_id: int, term: OutcomeTerm) -> Outcome | None:
    """What was asked at this term."""
    return session.scalar(select(Outcome).where(Outcome.placement_id == placement_id, Outcome.term == term))


def links_of(placement_id: int) -> Sequence[GuestLink]:
    """The guest links of a placement, the newest first; not those by which the student alone answers."""
    wanted = (GuestLink.placement_id == placement_id, GuestLink.purpose != LinkPurpose.OUTCOME)
    query = select(GuestLink).where(*wanted).options(joinedload(GuestLink.asked_by))
    return session.scalars(query.order_by(GuestLink.id.desc()).limit(30)).all()


def links_to_sign(placement_id: int) -> Sequence[GuestLink]:
    """The newest links by which somebody can sign the agreement of a placement, the newest first."""
    wanted = (GuestLink.placement_id == placement_id, GuestLink.purpose == LinkPurpose.SIGN)
    loads = joinedload(GuestLink.placement)
    return session.scalars(select(GuestLink).where(*wanted).options(loads).order_by(GuestLink.id.desc()).limit(10)).all()


def link(key: str, placement_id: int) -> GuestLink:
    """
    A guest link of this placement by its name.

    Raises:
        NotFound: it has none with this name.
    """
    found = session.scalar(select(GuestLink).where(GuestLink.key == key, GuestLink.placement_id == placement_id))
    if found is None:
        raise NotFound(_("There is no such link."))
    return found


def running_ids() -> Sequence[int]:
    """Numbers of placements that run."""
    query = select(Placement.id).where(Placement.status == PlacementStatus.RUNNING, Placement.student_id.is_not(None))
    return session.scalars(query.order_by(Placement.id)).all()


def completed_ids(first: date, last: date) -> Sequence[int]:
    """Numbers of placements that were completed with a last day from `first` to `last`."""
    day = func.coalesce(Placement.ended_on, Placement.ends_on)
    theirs = (Placement.status == PlacementStatus.COMPLETED, Placement.student_id.is_not(None))
    return session.scalars(select(Placement.id).where(*theirs, day >= first, day <= last).order_by(Placement.id)).all()


def _loads() -> tuple[ORMOption, ...]:
    return (
        joinedload(Placement.student),
        joinedload(Placement.trainer),
        joinedload(Placement.supervisor),
        joinedload(Placement.school),
        joinedload(Placement.programme),
        joinedload(Placement.vacancy),
        joinedload(Placement.establishment).joinedload(Establishment.organisation),
    )


def one(number: int) -> Placement:
    """A placement with all that letters need."""
    query = select(Placement).where(Placement.id == number).options(*_loads())
    return session.scalars(query.execution_options(populate_existing=True)).one()


def by_key(slug: str) -> Placement:
    """
    A placement without its agreements and trail, fresh from the database; who may see it says the policy.

    Raises:
        NotFound: there is none with this key.
    """
    query = select(Placement).where(Placement.key == slug).options(*_loads())
    found = session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NotFound(_("There is no such placement."))
    return found


def progressing(user: User, which: Collection[PlacementStatus]) -> AnySelect:
    """Lines of the placements that this person of a school guides or coordinates: the first to end on top."""
    own = or_(Placement.school_id.in_(user.organisation_ids(Role.COORDINATOR)), Placement.supervisor_id == user.id)
    columns: tuple[Any, ...] = (
        Placement.id, Placement.key, Placement.status, Placement.kind, Placement.starts_on, Placement.ends_on, Placement.ended_on,
        Placement.hours, Placement.supervisor_id, User.display_name.label("student"), Organisation.name.label("company"),
    )  # fmt: skip
    query = select(*columns).join(User, User.id == Placement.student_id)
    query = query.join(Establishment, Establishment.id == Placement.establishment_id)
    query = query.join(Organisation, Organisation.id == Establishment.organisation_id)
    wanted = (own, Placement.status.in_(which), Placement.erased_at.is_(None))
    return query.where(*wanted).order_by(Placement.ends_on, Placement.id)


def coordinators_of(school_id: int) -> Sequence[AnyRow]:
    """Whom to write to at a school: number, name, address and language of its coordinators."""
    return _people(school_id, Role.COORDINATOR)


def managers_of(company_id: int) -> Sequence[AnyRow]:
    """The same for the managers of a company."""
    return _people(company_id, Role.COMPANY_MANAGER)


def _people(organisation_id: int, role: Role) -> Sequence[AnyRow]:
    columns = (User.id, User.display_name, User.email, User.language)
    query = select(*columns).join(Membership, Membership.user_id == User.id)
    held_here = (Membership.organisation_id == organisation_id, Membership.role == role, User.closed_at.is_(None))
    return session.execute(query.where(*held_here).distinct().order_by(User.id)).all()


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


def of_record(user: User) -> AnySelect:
    """What the record for the school's own system is made of: placements that were agreed on, with the newest agreement (AC-E6)."""
    closing = select(Agreement.closing_on).where(Agreement.placement_id == Placement.id).order_by(Agreement.number.desc()).limit(1)
    columns: tuple[Any, ...] = (
        *_WHOSE, Placement.status, Placement.starts_on, Placement.ends_on, Placement.ended_on, Placement.hours,
        Placement.leerbedrijf_id, Placement.crebo, Placement.optional_module,
        closing.correlate(Placement).scalar_subquery().label("closing_on"),
    )  # fmt: skip
    agreed = Placement.status.in_(SEEN | {PlacementStatus.SIGNED})
    return _of_coordinator(select(*columns), user).where(agreed).order_by(Placement.id)


def ended_of_record(user: User) -> Sequence[AnyRow]:
    """Agreements that everybody had signed and that ended for a new one, each with its newest sheet that was in force."""
    newer, newest = aliased(Agreement), aliased(AgreementSheet)
    replaced = select(newer.id).where(newer.placement_id == Agreement.placement_id, newer.number > Agreement.number).exists()
    version = (
        select(func.max(newest.version))
        .where(newest.agreement_id == Agreement.id, newest.status == SheetStatus.IN_FORCE)
        .correlate(Agreement)
        .scalar_subquery()
    )
    query = select(*_WHOSE, Agreement.number.label("agreement"), Agreement.closing_on, Agreement.ended_at, AgreementSheet.content)
    query = _of_coordinator(query.join(Agreement, Agreement.placement_id == Placement.id), user)
    query = query.join(AgreementSheet, and_(AgreementSheet.agreement_id == Agreement.id, AgreementSheet.version == version))
    ended = (Agreement.closing_on.is_not(None), Agreement.ended_at.is_not(None), replaced)
    return session.execute(query.where(*ended).order_by(Placement.id, Agreement.number)).all()


_WHOSE: tuple[Any, ...] = (
    Placement.id, Placement.key, Placement.school_id, Enrolment.id.label("enrolment_id"), Placement.student_id,
    Enrolment.number.label("student_number"), Programme.code.label("programme_code"),
)  # fmt: skip


def _of_coordinator(query: AnySelect, user: User) -> AnySelect:
    """Of one's own schools; the number is that of the placement's enrolment, else of the one that the student has there now."""
    here = (Enrolment.student_id == Placement.student_id, Enrolment.school_id == Placement.school_id)
    known = and_(Placement.enrolment_id.is_(None), *here, Enrolment.status != EnrolmentStatus.ENDED)
    query = query.join(Enrolment, or_(Enrolment.id == Placement.enrolment_id, known), isouter=True)
    query = query.join(Programme, Programme.id == Placement.programme_id, isouter=True)
    return query.where(Placement.school_id.in_(user.organisation_ids(Role.COORDINATOR)), Placement.erased_at.is_(None))


def weekly_of_company(user: User) -> Sequence[AnyRow]:
    """Approved days of the students one guides at a company, with what the file of a company asks of each (AC-C6)."""
    columns = (
        HoursEntry.day, HoursEntry.minutes, HoursEntry.kind, Placement.id.label("placement_id"), Placement.kind.label("place_kind"),
        Placement.crebo, Placement.leerbedrijf_id, Placement.starts_on, Placement.ends_on, User.display_name.label("student"),
        Programme.title_nl.label("programme_nl"), Programme.title_en.label("programme_en"), Placement.trainer_name,
        Organisation.name.label("company"),
    )  # fmt: skip
    query = select(*columns).join(Placement, Placement.id == HoursEntry.placement_id)
    query = query.join(User, User.id == Placement.student_id).join(Establishment, Establishment.id == Placement.establishment_id)
    query = query.join(Organisation, Organisation.id == Establishment.organisation_id)
    query = query.join(Programme, Programme.id == Placement.programme_id, isouter=True)
    wanted = (HoursEntry.state == HoursState.APPROVED, HoursEntry.kind.in_(COUNTING), followed_by_company(user))
    return session.execute(query.where(*wanted).order_by(User.display_name, Placement.id, HoursEntry.day)).all()
