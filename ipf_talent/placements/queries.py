"""Reading placements: one with all that belongs to it, and the lists of each side."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from ipf_talent.accounts.models import Membership, User
from ipf_talent.accounts.roles import Role
from ipf_talent.db import session
from ipf_talent.errors import NotFound
from ipf_talent.i18n import _
from ipf_talent.organisations.kinds import OrganisationKind
from ipf_talent.organisations.models import Establishment, Organisation
from ipf_talent.placements.kinds import COUNTED, GUIDED, LIVE, AgreementStatus, PlacementStatus, SheetStatus
from ipf_talent.placements.models import Agreement, AgreementSheet, Placement, PlacementRules, SignatureScan
from ipf_talent.programmes.models import Programme
from ipf_talent.programmes.queries import AnyRow, AnySelect
from ipf_talent.vacancies.kinds import MBO


def _loads() -> tuple[ORMOption, ...]:
    return (
        joinedload(Placement.establishment).joinedload(Establishment.organisation),
        joinedload(Placement.establishment).joinedload(Establishment.place),
        joinedload(Placement.school),
        joinedload(Placement.programme),
        joinedload(Placement.student),
        joinedload(Placement.supervisor),
        joinedload(Placement.trainer),
        joinedload(Placement.employer),
        joinedload(Placement.vacancy),
        joinedload(Placement.period),
        joinedload(Placement.assignment),
        selectinload(Placement.events),
        selectinload(Placement.agreements).selectinload(Agreement.sheets).selectinload(AgreementSheet.signatures),
        selectinload(Placement.agreements).selectinload(Agreement.sheets).selectinload(AgreementSheet.answers),
    )


def by_key(slug: str) -> Placement:
    """
    A placement with its agreements, sheets, signatures and trail, fresh from the database; who may see it says the policy.

    Raises:
        NotFound: there is none with this key.
    """
    query = select(Placement).where(Placement.key == slug).options(*_loads())
    found = session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NotFound(_("There is no such placement."))
    return found


def by_id(number: int) -> Placement:
    """
    The same by its number.

    Raises:
        NotFound: there is none with this number.
    """
    found = session.scalar(select(Placement).where(Placement.id == number).options(*_loads()))
    if found is None:
        raise NotFound(_("There is no such placement."))
    return found


def seen_by_school(user: User) -> ColumnElement[bool]:
    """What must hold of a placement that this person's school deals with: the twin of `policy.may_see`."""
    every = Placement.school_id.in_(user.organisation_ids(Role.COORDINATOR))
    own = Placement.supervisor_id == user.id
    return and_(or_(every, own), Placement.erased_at.is_(None))


def seen_by_company(user: User) -> ColumnElement[bool]:
    """What must hold of a placement that this person has to do with at a company: the twin of `policy.may_follow`."""
    own = Establishment.organisation_id.in_(user.organisation_ids(Role.COMPANY_MANAGER, Role.SIGNER))
    guided = Placement.trainer_id == user.id
    shown = Placement.status.in_(frozenset(PlacementStatus) - {PlacementStatus.DECLINED})
    return and_(or_(own, guided), shown, Placement.erased_at.is_(None))


def visible_to(user: User) -> ColumnElement[bool]:
    """What must hold of a placement that this person may look at in one of their roles."""
    return or_(
        seen_by_school(user),
        Placement.id.in_(select(Placement.id).join(Placement.establishment).where(seen_by_company(user))),
        and_(Placement.student_id == user.id, Placement.erased_at.is_(None)),
    )


def _lines() -> AnySelect:
    columns: tuple[Any, ...] = (
        Placement.id, Placement.key, Placement.status, Placement.kind, Placement.starts_on, Placement.ends_on, Placement.ended_on,
        Placement.hours, Placement.school_id, Placement.period_id, Placement.adult_on, Placement.recognition_checked_on,
        Placement.recognition_checked_at, Placement.changed_at, Placement.supervisor_id, Placement.trainer_name, Placement.crebo,
        User.display_name.label("student"), Organisation.name.label("company"), Establishment.name.label("establishment"),
        Programme.title_nl.label("programme_nl"), Programme.title_en.label("programme_en"), objected().label("objected"),
    )  # fmt: skip
    query = select(*columns).join(Establishment, Establishment.id == Placement.establishment_id)
    query = query.join(Organisation, Organisation.id == Establishment.organisation_id)
    return query.join(User, User.id == Placement.student_id, isouter=True).join(
        Programme, Programme.id == Placement.programme_id, isouter=True
    )


def of_school(user: User) -> AnySelect:
    """Lines of the placements of one's own school, or of those one guides: the first to begin on top."""
    return _lines().where(seen_by_school(user)).order_by(Placement.starts_on, Placement.id)


def of_company(user: User) -> AnySelect:
    """Lines of the placements at one's own company, or of those one guides: the first to begin on top."""
    return _lines().where(seen_by_company(user)).order_by(Placement.starts_on, Placement.id)


def of_student(user_id: int) -> Sequence[Placement]:
    """A student's own placements, the latest first."""
    query = select(Placement).where(Placement.student_id == user_id).options(*_loads())
    return session.scalars(query.order_by(Placement.starts_on.desc(), Placement.id.desc())).all()


def live_of_student(user_id: int) -> Placement | None:
    """The placement a student has now, the one that begins first."""
    held = (Placement.student_id == user_id, Placement.status.in_(LIVE))
    query = select(Placement).where(*held).options(*_loads())
    return session.scalar(query.order_by(Placement.starts_on, Placement.id).limit(1))


def live_of_period(period_id: int) -> Sequence[Placement]:
    """The placements of a period in which students hold a place."""
    held = (Placement.period_id == period_id, Placement.status.in_(LIVE))
    return session.scalars(select(Placement).where(*held).order_by(Placement.id)).all()


def of_application(application_id: int) -> Placement | None:
    """The placement that came from a response."""
    return session.scalar(select(Placement).where(Placement.application_id == application_id))


def past_end(today: date) -> ColumnElement[bool]:
    """What must hold of a placement that still runs although its last day has passed, so that the school has to close it."""
    return and_(Placement.status == PlacementStatus.RUNNING, func.coalesce(Placement.ended_on, Placement.ends_on) < today)


def objected() -> ColumnElement[bool]:
    """What must hold of a placement with a change that an objection took back, as long as the school has not taken note of it."""
    sheet = select(AgreementSheet.id).join(AgreementSheet.agreement).where(Agreement.placement_id == Placement.id)
    unseen = (AgreementSheet.status == SheetStatus.CORRECTED, AgreementSheet.noted_at.is_(None))
    open_ones = (PlacementStatus.SIGNED, PlacementStatus.RUNNING)
    return and_(Placement.status.in_(open_ones), sheet.where(Agreement.status == AgreementStatus.SIGNED, *unseen).exists())


def narrowed(
    which: Collection[PlacementStatus], period: str = "", supervisor: int | None = None, *, closing: date | None = None
) -> ColumnElement[bool]:
    """
    Placements in these states (all where none is named), of a period by its slug, of one supervisor.

    Args:
        closing: today, where those come along that the school has to close, and those with an objection.
    """
    from_states: ColumnElement[bool] = Placement.status.in_(which) if which else true()
    if closing is not None:
        from_states = or_(from_states, past_end(closing), objected())
    of_period = Placement.period.has(slug=period) if period else true()
    return and_(from_states, of_period, Placement.supervisor_id == supervisor if supervisor else true())


def counts(user: User) -> dict[PlacementStatus, int]:
    """How many placements of one's own school stand where."""
    query = select(Placement.status, func.count()).where(seen_by_school(user)).group_by(Placement.status)
    return {row[0]: row[1] for row in session.execute(query)}


def number_to_close(user: User, today: date) -> int:
    """How many of them the school has to close, or to look at after an objection: see `past_end` and `objected`."""
    waiting = or_(past_end(today), objected())
    return session.scalar(select(func.count()).select_from(Placement).where(seen_by_school(user), waiting)) or 0


def overlapping(placement: Placement, today: date) -> int:
    """How many other placements at the same vacancy count on the busiest day that this one has left (R22)."""
    if placement.vacancy_id is None:
        return 0
    return _busiest(placement, today, Placement.vacancy_id == placement.vacancy_id, Placement.status.in_(COUNTED))


def at_trainer(placement: Placement, today: date) -> int:
    """How many mbo students the trainer guides on the busiest day that this placement has left, this one counted (R22)."""
    if not placement.trainer_email:
        return 1
    same = func.lower(Placement.trainer_email) == placement.trainer_email.lower()
    return 1 + _busiest(placement, today, same, Placement.status.in_(GUIDED), Placement.kind.in_(MBO))


def _busiest(placement: Placement, today: date, *which: ColumnElement[bool]) -> int:
    """The most of these other placements on one day of this one, from `today` on; more never begin between two first days."""
    last_day = func.coalesce(Placement.ended_on, Placement.ends_on)
    first = min(max(placement.starts_on, today), placement.last_day)
    there = (Placement.id != placement.id, Placement.starts_on <= placement.last_day, last_day >= first, *which)
    spans = [(max(starts, first), ends) for starts, ends in session.execute(select(Placement.starts_on, last_day).where(*there))]
    return max((sum(starts <= day <= ends for starts, ends in spans) for day, _ends in spans), default=0)


def rules_of(school_id: int) -> PlacementRules:
    """How a school wants it; the usual rules where it said nothing."""
    found = session.get(PlacementRules, school_id)
    return found or PlacementRules(school_id=school_id, parents_sign=True, most_per_trainer=5)


def supervisors_of(school_id: int) -> Sequence[AnyRow]:
    """Who can guide at a school, by name: number and name of supervisors and coordinators."""
    query = select(User.id, User.display_name).join(Membership, Membership.user_id == User.id)
    roles = (Role.SCHOOL_SUPERVISOR, Role.COORDINATOR)
    here = (Membership.organisation_id == school_id, Membership.role.in_(roles), User.closed_at.is_(None))
    return session.execute(query.where(*here).distinct().order_by(User.display_name, User.id)).all()


def employers() -> Sequence[AnyRow]:
    """Company schools that can be the employer of a student (R14), by name: number and name."""
    kind = Organisation.kind == OrganisationKind.COMPANY_SCHOOL
    query = select(Organisation.id, Organisation.name).where(kind, Organisation.verified_at.is_not(None))
    return session.execute(query.order_by(Organisation.name, Organisation.id)).all()


def scan(number: int) -> SignatureScan:
    """
    A scan with its placement.

    Raises:
        NotFound: there is none with this number.
    """
    found = session.scalar(select(SignatureScan).where(SignatureScan.id == number).options(joinedload(SignatureScan.placement)))
    if found is None:
        raise NotFound(_("There is no such document."))
    return found


def sheet(slug: str, number: int) -> AgreementSheet:
    """
    A sheet of the newest agreement that was sent, with everything it needs to be shown.

    Raises:
        NotFound: there is none of this version.
    """
    agreements = by_key(slug).agreements
    return _sheet_of(next((one for one in reversed(agreements) if one.sheets), None), number)


def earlier_sheet(slug: str, agreement: int, number: int) -> AgreementSheet:
    """
    A sheet of an agreement by its number, also of one that has ended.

    Raises:
        NotFound: there is no such agreement, or none of this version.
    """
    return _sheet_of(next((one for one in by_key(slug).agreements if one.number == agreement), None), number)


def _sheet_of(agreement: Agreement | None, number: int) -> AgreementSheet:
    found = next((one for one in agreement.sheets if one.version == number), None) if agreement else None
    if found is None:
        raise NotFound(_("There is no such document."))
    return found


def names_of(numbers: Collection[int]) -> dict[int, str]:
    """Names of people by number, of those who still have an account."""
    query = select(User.id, User.display_name).where(User.id.in_(numbers))
    return {row.id: row.display_name for row in session.execute(query)} if numbers else {}


def due(day: date) -> Sequence[int]:
    """Numbers of placements that could start: signed, and their first day has come."""
    query = select(Placement.id).where(Placement.status == PlacementStatus.SIGNED, Placement.starts_on <= day)
    return session.scalars(query.order_by(Placement.id)).all()
