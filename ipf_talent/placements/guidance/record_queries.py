"""Rows of the files that leave the site: the school's record, and the weeks of a company."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from ipf_talent.accounts.models import User
from ipf_talent.accounts.roles import Role
from ipf_talent.db import session
from ipf_talent.enrolments.kinds import EnrolmentStatus
from ipf_talent.enrolments.models import Enrolment
from ipf_talent.organisations.models import Establishment, Organisation
from ipf_talent.placements.guidance.kinds import (
    COUNTING,
    HoursState,
)
from ipf_talent.placements.guidance.models import (
    HoursEntry,
)
from ipf_talent.placements.guidance.queries import SEEN, WHOSE, followed_by_company
from ipf_talent.placements.kinds import PlacementStatus, SheetStatus
from ipf_talent.placements.models import Agreement, AgreementSheet, Placement
from ipf_talent.programmes.models import Programme
from ipf_talent.programmes.queries import AnyRow, AnySelect


def of_record(user: User) -> AnySelect:
    """What the record for the school's own system is made of: placements that were agreed on, with the newest agreement (AC-E6)."""
    closing = select(Agreement.closing_on).where(Agreement.placement_id == Placement.id).order_by(Agreement.number.desc()).limit(1)
    columns: tuple[Any, ...] = (
        *WHOSE, Placement.status, Placement.starts_on, Placement.ends_on, Placement.ended_on, Placement.hours,
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
    query = select(*WHOSE, Agreement.number.label("agreement"), Agreement.closing_on, Agreement.ended_at, AgreementSheet.content)
    query = _of_coordinator(query.join(Agreement, Agreement.placement_id == Placement.id), user)
    query = query.join(AgreementSheet, and_(AgreementSheet.agreement_id == Agreement.id, AgreementSheet.version == version))
    ended = (Agreement.closing_on.is_not(None), Agreement.ended_at.is_not(None), replaced)
    return session.execute(query.where(*ended).order_by(Placement.id, Agreement.number)).all()


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
