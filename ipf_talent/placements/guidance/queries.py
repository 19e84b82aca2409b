"""Reading the guidance of placements: hours, moments, assessments, links, tasks; for one placement and for many at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from ipf_talent.accounts.models import Membership, User
from ipf_talent.accounts.roles import Role
from ipf_talent.db import session
from ipf_talent.enrolments.models import Enrolment
from ipf_talent.errors import NotFound
from ipf_talent.i18n import _
from ipf_talent.organisations.models import Establishment, Organisation, Recognition
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
)
from ipf_talent.placements.kinds import COUNTED, STARTED, PlacementStatus
from ipf_talent.placements.models import Agreement, Placement
from ipf_talent.programmes.models import Programme
from ipf_talent.programmes.queries import AnyRow, AnySelect

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


def moment_named(number: str | None, placement_id: int) -> ContactMoment:
    """
    The same by its number as a form sends it.

    Raises:
        NotFound: that is no number, or it has none with it.
    """
    if not number or not (number.isascii() and number.isdigit() and len(number) <= 9):
        raise NotFound(_("There is no such contact moment."))
    return moment(int(number), placement_id)


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


WHOSE: tuple[Any, ...] = (
    Placement.id, Placement.key, Placement.school_id, Enrolment.id.label("enrolment_id"), Placement.student_id,
    Enrolment.number.label("student_number"), Programme.code.label("programme_code"),
)  # fmt: skip
