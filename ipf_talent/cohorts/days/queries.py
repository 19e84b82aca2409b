"""Reading matchmaking days: who takes part, what they marked, and the talks."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from ipf_talent.accounts.models import Membership, User
from ipf_talent.accounts.roles import Role
from ipf_talent.cohorts.days.kinds import SHOWN, DayStatus
from ipf_talent.cohorts.days.models import DayCompany, DayInvitation, DayLock, DayPlace, DayStudent, DayTalk, MatchDay
from ipf_talent.db import session
from ipf_talent.errors import NotFound
from ipf_talent.i18n import _
from ipf_talent.organisations.kinds import TEACHING, OrganisationKind
from ipf_talent.organisations.models import Organisation
from ipf_talent.programmes.queries import AnyRow, AnySelect
from ipf_talent.vacancies.kinds import PlacingMode
from ipf_talent.vacancies.models import Vacancy
from ipf_talent.vacancies.queries import is_open


def get(slug: str) -> MatchDay:
    """
    A day with its rooms, fresh from the database; who may see it says the policy.

    Raises:
        NotFound: there is none with this name.
    """
    query = select(MatchDay).where(MatchDay.slug == slug).options(selectinload(MatchDay.rooms))
    found = session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NotFound(_("There is no such day."))
    return found


def rows(*, drafts: bool = False) -> AnySelect:
    """Lines of days with the number of companies that come; drafts only for who organises."""
    companies = select(func.count()).where(DayCompany.day_id == MatchDay.id, DayCompany.withdrawn_at.is_(None))
    students = select(func.count()).where(DayStudent.day_id == MatchDay.id, DayStudent.withdrawn_at.is_(None))
    columns = (
        MatchDay.id, MatchDay.slug, MatchDay.title, MatchDay.venue, MatchDay.held_on, MatchDay.starts_at, MatchDay.status,
        MatchDay.sign_up_until, MatchDay.is_example, companies.correlate(MatchDay).scalar_subquery().label("companies"),
        students.correlate(MatchDay).scalar_subquery().label("students"),
    )  # fmt: skip
    query = select(*columns).order_by(MatchDay.held_on, MatchDay.id)
    return query if drafts else query.where(MatchDay.status.in_(SHOWN))


def coming(today: date, *, drafts: bool = False, limit: int = 50) -> Sequence[AnyRow]:
    """Days that are still to come, the first one first."""
    return session.execute(rows(drafts=drafts).where(MatchDay.held_on >= today).limit(limit)).all()


def over(today: date, *, drafts: bool = False, limit: int = 20) -> Sequence[AnyRow]:
    """Days that have been, the last one first."""
    newest = rows(drafts=drafts).where(MatchDay.held_on < today).order_by(None)
    return session.execute(newest.order_by(MatchDay.held_on.desc(), MatchDay.id.desc()).limit(limit)).all()


def companies(day_id: int) -> Sequence[DayCompany]:
    """The companies that come to a day, by name, with the places they bring."""
    loads = (joinedload(DayCompany.company), selectinload(DayCompany.places).joinedload(DayPlace.vacancy))
    there = (DayCompany.day_id == day_id, DayCompany.withdrawn_at.is_(None))
    query = select(DayCompany).join(DayCompany.company).where(*there).options(*loads)
    return session.scalars(query.order_by(func.lower(Organisation.name), DayCompany.id)).all()


def company_at(day_id: int, company_id: int) -> DayCompany | None:
    """A company's own row at a day, also where it withdrew."""
    loads = (joinedload(DayCompany.company), selectinload(DayCompany.places).joinedload(DayPlace.vacancy))
    query = select(DayCompany).where(DayCompany.day_id == day_id, DayCompany.company_id == company_id)
    return session.scalar(query.options(*loads).execution_options(populate_existing=True))


def places_of(company_id: int, today: date) -> Sequence[Vacancy]:
    """The open places that a company can bring: those to which students respond themselves (R4)."""
    open_here = (Vacancy.company_id == company_id, Vacancy.placing_mode != PlacingMode.SCHOOL_PLACES, *is_open(today))
    return session.scalars(select(Vacancy).where(*open_here).order_by(Vacancy.id)).all()


def students(day_id: int) -> Sequence[DayStudent]:
    """The students who come to a day, by code, with what they marked."""
    there = (DayStudent.day_id == day_id, DayStudent.withdrawn_at.is_(None))
    query = select(DayStudent).where(*there).options(selectinload(DayStudent.wishes), joinedload(DayStudent.student))
    return session.scalars(query.order_by(DayStudent.code)).all()


def student_at(day_id: int, user_id: int) -> DayStudent | None:
    """A student's own row at a day, also where they withdrew."""
    query = select(DayStudent).where(DayStudent.day_id == day_id, DayStudent.student_id == user_id)
    return session.scalar(query.options(selectinload(DayStudent.wishes)).execution_options(populate_existing=True))


def codes(day_id: int) -> set[str]:
    """Every code that was given at a day."""
    return set(session.scalars(select(DayStudent.code).where(DayStudent.day_id == day_id)))


def locks(day_id: int) -> Sequence[DayLock]:
    """The fixed talks of a day."""
    query = select(DayLock).join(DayStudent, DayStudent.id == DayLock.day_student_id).where(DayStudent.day_id == day_id)
    return session.scalars(query.order_by(DayLock.round, DayLock.day_company_id, DayLock.day_student_id)).all()


def _talks() -> Select[DayTalk]:
    loads = (
        joinedload(DayTalk.student).joinedload(DayStudent.student),
        joinedload(DayTalk.application),
        joinedload(DayTalk.company).joinedload(DayCompany.company),
    )
    return select(DayTalk).options(*loads).order_by(DayTalk.round, DayTalk.table, DayTalk.id)


def talks(day_id: int) -> Sequence[DayTalk]:
    """The published talks of a day, by round and table."""
    query = _talks().join(DayStudent, DayStudent.id == DayTalk.day_student_id).where(DayStudent.day_id == day_id)
    return session.scalars(query).all()


def talks_of_student(day_student_id: int) -> Sequence[DayTalk]:
    """One student's talks, in order."""
    return session.scalars(_talks().where(DayTalk.day_student_id == day_student_id)).all()


def talks_of_company(day_company_id: int) -> Sequence[DayTalk]:
    """One company's talks, by round and table."""
    return session.scalars(_talks().where(DayTalk.day_company_id == day_company_id)).all()


def speaking(rows: Sequence[DayTalk]) -> Sequence[DayTalk]:
    """These talks, locked until the transaction ends, so that both sides cannot speak at the same moment; in the same order."""
    numbers = [one.id for one in rows]
    session.execute(select(DayTalk.id).where(DayTalk.id.in_(numbers)).order_by(DayTalk.id).with_for_update())
    return session.scalars(_talks().where(DayTalk.id.in_(numbers)).execution_options(populate_existing=True)).all()


def days_of_student(user_id: int, since: date) -> Sequence[AnyRow]:
    """The days of a student from this date on: slug, title, date, status."""
    columns = (MatchDay.slug, MatchDay.title, MatchDay.held_on, MatchDay.status)
    query = select(*columns).join(DayStudent, DayStudent.day_id == MatchDay.id)
    own = (DayStudent.student_id == user_id, DayStudent.withdrawn_at.is_(None), MatchDay.held_on >= since)
    return session.execute(query.where(*own, MatchDay.status.in_(SHOWN)).order_by(MatchDay.held_on, MatchDay.id)).all()


def ahead_of(user_id: int) -> Sequence[DayStudent]:
    """A student's rows at days that are not over."""
    still = MatchDay.status.not_in((DayStatus.HELD, DayStatus.CANCELLED))
    query = select(DayStudent).join(DayStudent.day).where(DayStudent.student_id == user_id, still)
    loads = (joinedload(DayStudent.day), selectinload(DayStudent.wishes))
    return session.scalars(query.where(DayStudent.withdrawn_at.is_(None)).options(*loads).order_by(DayStudent.id)).all()


def to_invite(day: MatchDay) -> Sequence[AnyRow]:
    """
    Who has not heard of a day yet: people who speak for a company that has not signed up, and coordinators of schools.

    Each with number and kind of the organisation, display name, address and language; examples for an example day only.
    """
    columns = (Organisation.id, Organisation.name, Organisation.kind, User.display_name, User.email, User.language)
    there = select(DayCompany.company_id).where(DayCompany.day_id == day.id)
    told = select(DayInvitation.organisation_id).where(DayInvitation.day_id == day.id)
    company = and_(Organisation.kind == OrganisationKind.COMPANY, Membership.role == Role.COMPANY_MANAGER)
    school = and_(Organisation.kind.in_(TEACHING), Membership.role == Role.COORDINATOR)
    query = select(*columns, User.id).join(Membership, Membership.user_id == User.id)
    query = query.join(Organisation, Organisation.id == Membership.organisation_id).where(
        or_(company, school), Organisation.id.not_in(there), Organisation.id.not_in(told), User.closed_at.is_(None),
        Organisation.verified_at.is_not(None), Organisation.is_example.is_(day.is_example), User.is_demo.is_(day.is_example),
    )  # fmt: skip
    return session.execute(query.distinct().order_by(Organisation.id, User.id)).all()


def invitations(day_id: int) -> Sequence[DayInvitation]:
    """Who was told of a day, companies and schools by name."""
    query = select(DayInvitation).join(DayInvitation.organisation).where(DayInvitation.day_id == day_id)
    loads = contains_eager(DayInvitation.organisation)
    return session.scalars(query.options(loads).order_by(func.lower(Organisation.name), Organisation.id)).all()


def organisers() -> Sequence[AnyRow]:
    """Whom to write to at the cluster office: number, name, address and language."""
    columns = (User.id, User.display_name, User.email, User.language)
    held = (Membership.role == Role.CLUSTER_OFFICE, User.closed_at.is_(None))
    return session.execute(
        select(*columns).join(Membership, Membership.user_id == User.id).where(*held).distinct().order_by(User.id)
    ).all()
