"""Reading who studies what: periods, classes, enrolments, and who places a student (R4)."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from ipf_talent.accounts.models import Membership, User
from ipf_talent.accounts.roles import Role
from ipf_talent.db import session
from ipf_talent.enrolments.kinds import HERE, EnrolmentStatus
from ipf_talent.enrolments.models import ClassList, Enrolment, InternshipPeriod, SchoolClass
from ipf_talent.errors import NotFound
from ipf_talent.i18n import _
from ipf_talent.profiles.models import Profile
from ipf_talent.programmes.models import Programme
from ipf_talent.programmes.queries import AnyRow
from ipf_talent.vacancies.kinds import MBO, PlacingMode, VacancyKind
from ipf_talent.vacancies.models import Vacancy


def _loads() -> tuple[ORMOption, ...]:
    return (
        joinedload(Enrolment.programme),
        joinedload(Enrolment.school),
        joinedload(Enrolment.own_period),
        joinedload(Enrolment.school_class).joinedload(SchoolClass.period),
    )


def _period_of() -> ColumnElement[int | None]:
    """The period that holds for an enrolment that is joined with its class."""
    return func.coalesce(Enrolment.period_id, SchoolClass.period_id)


def period(slug: str) -> InternshipPeriod:
    """
    A period by its name in addresses.

    Raises:
        NotFound: there is none.
    """
    loads = (joinedload(InternshipPeriod.programme), joinedload(InternshipPeriod.school))
    found = session.scalar(select(InternshipPeriod).where(InternshipPeriod.slug == slug).options(*loads))
    if found is None:
        raise NotFound(_("There is no such period."))
    return found


def school_class(number: int) -> SchoolClass:
    """
    A class with its programme, period and supervisor.

    Raises:
        NotFound: there is none with this number.
    """
    loads = (
        joinedload(SchoolClass.programme),
        joinedload(SchoolClass.period),
        joinedload(SchoolClass.supervisor),
        joinedload(SchoolClass.school),
    )
    found = session.scalar(select(SchoolClass).where(SchoolClass.id == number).options(*loads))
    if found is None:
        raise NotFound(_("There is no such class."))
    return found


def by_key(slug: str) -> Enrolment:
    """
    An enrolment, fresh from the database, with its programme, class and period; who may see it says the policy.

    Raises:
        NotFound: there is none with this key.
    """
    query = select(Enrolment).where(Enrolment.key == slug).options(*_loads(), joinedload(Enrolment.student))
    found = session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NotFound(_("There is no such student."))
    return found


def periods_of(*school_ids: int) -> Sequence[InternshipPeriod]:
    """The periods of a school, or of several, the last one first."""
    query = (
        select(InternshipPeriod).where(InternshipPeriod.school_id.in_(school_ids)).options(joinedload(InternshipPeriod.programme))
    )
    return session.scalars(query.order_by(InternshipPeriod.starts_on.desc(), InternshipPeriod.name, InternshipPeriod.id)).all()


def classes_of(*school_ids: int) -> Sequence[SchoolClass]:
    """The classes of a school, or of several: the newest school year first, then by name."""
    loads = (joinedload(SchoolClass.programme), joinedload(SchoolClass.period), joinedload(SchoolClass.supervisor))
    query = select(SchoolClass).where(SchoolClass.school_id.in_(school_ids)).options(*loads)
    return session.scalars(query.order_by(SchoolClass.starts_year.desc(), SchoolClass.name, SchoolClass.id)).all()


def of_class(class_id: int) -> Sequence[Enrolment]:
    """The students of a class by name, those who left it out."""
    here = (Enrolment.class_id == class_id, Enrolment.status.in_(HERE))
    query = select(Enrolment).where(*here).options(*_loads(), joinedload(Enrolment.student))
    return session.scalars(query.order_by(Enrolment.name, Enrolment.id)).all()


def of_student(user_id: int) -> Enrolment | None:
    """The enrolment that a school confirmed for this person, the latest one where there are several."""
    theirs = (Enrolment.student_id == user_id, Enrolment.status == EnrolmentStatus.CONFIRMED)
    query = select(Enrolment).where(*theirs).options(*_loads())
    return session.scalar(query.order_by(Enrolment.confirmed_at.desc(), Enrolment.id.desc()).limit(1))


def all_of_student(user_id: int) -> Sequence[Enrolment]:
    """Every enrolment with this person's account, the newest first."""
    query = select(Enrolment).where(Enrolment.student_id == user_id).options(*_loads())
    return session.scalars(query.order_by(Enrolment.id.desc())).all()


def in_period(period_id: int) -> list[Enrolment]:
    """
    Who needs a place in a period, by name: students of the school who are not excused.

    Some have no account yet (`student_id` is None), and some are not confirmed yet; `status` tells.
    """
    query = select(Enrolment).join(SchoolClass, SchoolClass.id == Enrolment.class_id, isouter=True)
    wanted = (_period_of() == period_id, Enrolment.status.in_(HERE), Enrolment.excused.is_(False))
    return list(session.scalars(query.where(*wanted).options(*_loads()).order_by(Enrolment.name, Enrolment.id)))


def students_of_period(period_id: int) -> list[Enrolment]:
    """Everybody of a period, those too who need no place; by name, with their account and supervisor."""
    query = select(Enrolment).join(SchoolClass, SchoolClass.id == Enrolment.class_id, isouter=True)
    loads = (joinedload(Enrolment.programme), selectinload(Enrolment.school_class))
    wanted = (_period_of() == period_id, Enrolment.status.in_(HERE))
    return list(session.scalars(query.where(*wanted).options(*loads).order_by(Enrolment.name, Enrolment.id)))


def placing_mode_for(student_id: int, vacancy: Vacancy) -> PlacingMode | None:
    """
    Who brings this student and this place together, where the school says so; None where the vacancy's own mode holds.

    For mbo the school's choice for the period wins over that of the company; without a period a first-year bol student is
    placed by the school (R4).
    """
    if vacancy.kind not in MBO:
        return None
    enrolment = of_student(student_id)
    if enrolment is None:
        return None
    period = enrolment.period
    if period is not None and overlaps(period, vacancy):
        return period.placing_mode
    first_year_bol = vacancy.kind is VacancyKind.BOL_INTERNSHIP and enrolment.year == 1
    return PlacingMode.SCHOOL_PLACES if first_year_bol else None


def overlaps(period: InternshipPeriod, vacancy: Vacancy) -> bool:
    """Whether the work of a place can fall in a period."""
    ends = vacancy.ends_on
    return vacancy.starts_on <= period.ends_on and (vacancy.rolling or ends is None or ends >= period.starts_on)


def students_of(school_id: int) -> Sequence[Enrolment]:
    """Everybody a school ever put on a list, those too who left, with their class."""
    query = select(Enrolment).where(Enrolment.school_id == school_id).options(joinedload(Enrolment.school_class))
    return session.scalars(query.order_by(Enrolment.id)).all()


def class_numbers(school_ids: Collection[int]) -> dict[int, dict[EnrolmentStatus, int]]:
    """How many students each class has, by where their enrolment stands."""
    columns = select(SchoolClass.id, Enrolment.status, func.count()).join(SchoolClass, SchoolClass.id == Enrolment.class_id)
    theirs = columns.where(Enrolment.school_id.in_(school_ids), Enrolment.status.in_(HERE))
    found: dict[int, dict[EnrolmentStatus, int]] = defaultdict(dict)
    for number, status, count in session.execute(theirs.group_by(SchoolClass.id, Enrolment.status)):
        found[number][status] = count
    return found


def by_secret(secret_hash: str, now: datetime) -> Enrolment | None:
    """The enrolment whose invitation would still work."""
    still = (Enrolment.secret_hash == secret_hash, Enrolment.secret_until > now, Enrolment.status == EnrolmentStatus.INVITED)
    return session.scalar(select(Enrolment).where(*still).options(*_loads()))


def class_list(slug: str) -> ClassList:
    """
    A class list that was sent.

    Raises:
        NotFound: there is none with this key, or its time is over.
    """
    found = session.scalar(select(ClassList).where(ClassList.key == slug).options(joinedload(ClassList.school)))
    if found is None:
        raise NotFound(_("This class list is not here any more. Send the file again."))
    return found


class Asked(NamedTuple):
    """An enrolment to confirm, beside what the student's profile says."""

    one: Enrolment
    programme: Programme | None
    year: int | None
    differs: bool
    """Whether the profile says another programme or year than the school."""


def to_confirm(school_ids: Collection[int]) -> list[Asked]:
    """Who came with an account, and who changed programme or year since the school confirmed; the longest waiting first."""
    theirs = aliased(Programme)
    other = or_(Profile.programme_id != Enrolment.programme_id, Profile.year != Enrolment.year)
    unseen = or_(
        Profile.programme_id.is_distinct_from(Enrolment.said_programme_id), Profile.year.is_distinct_from(Enrolment.said_year)
    )
    changed = and_(Enrolment.status == EnrolmentStatus.CONFIRMED, Profile.programme_id.is_not(None), other, unseen)
    query = select(Enrolment, theirs, Profile.year).outerjoin(Profile, Profile.user_id == Enrolment.student_id)
    query = query.outerjoin(theirs, theirs.id == Profile.programme_id).options(*_loads(), joinedload(Enrolment.student))
    waiting = (Enrolment.school_id.in_(school_ids), Enrolment.student_id.is_not(None))
    query = query.where(*waiting, or_(Enrolment.status == EnrolmentStatus.CLAIMED, changed))
    rows = session.execute(query.order_by(Enrolment.claimed_at, Enrolment.id)).unique().all()
    asked = [Asked(one, said, year, differs(one, said, year)) for one, said, year in rows]
    return [row for row in asked if row.differs or row.one.status is EnrolmentStatus.CLAIMED]


def differs(enrolment: Enrolment, programme: Programme | None, year: int | None) -> bool:
    """Whether a profile says something else than the school; a national qualification and the school's own are the same one."""
    if programme is None:
        return False
    same_code = programme.code is not None and programme.code == enrolment.programme.code
    other = programme.id != enrolment.programme_id and not same_code
    return other or (year is not None and enrolment.year is not None and year != enrolment.year)


def noted(school_ids: Collection[int]) -> Sequence[Enrolment]:
    """Students who say that something is wrong, the longest waiting first."""
    query = select(Enrolment).where(Enrolment.school_id.in_(school_ids), Enrolment.noted_at.is_not(None)).options(*_loads())
    return session.scalars(query.order_by(Enrolment.noted_at, Enrolment.id)).all()


def programme_choices(school_id: int) -> Sequence[AnyRow]:
    """The programmes that students of a school can follow: its own and national qualifications; the own ones first, by title."""
    columns = (Programme.id, Programme.slug, Programme.code, Programme.title_nl, Programme.title_en, Programme.level)
    own = Programme.institution_id == school_id
    query = select(*columns, own.label("own")).where(or_(own, Programme.national.is_(True)))
    return session.execute(query.order_by(own.desc(), func.lower(Programme.title_nl), Programme.id)).all()


def coordinators_of(school_id: int) -> Sequence[AnyRow]:
    """Whom to write to at a school: number, name, address and language of its coordinators."""
    columns = (User.id, User.display_name, User.email, User.language)
    query = select(*columns).join(Membership, Membership.user_id == User.id)
    held = (Membership.organisation_id == school_id, Membership.role == Role.COORDINATOR, User.closed_at.is_(None))
    return session.execute(query.where(*held).distinct().order_by(User.id)).all()


def supervisors_of(school_id: int) -> Sequence[AnyRow]:
    """Who can guide a class at a school: number and name of its supervisors and coordinators."""
    query = select(User.id, User.display_name).join(Membership, Membership.user_id == User.id)
    roles = (Role.SCHOOL_SUPERVISOR, Role.COORDINATOR)
    held = (Membership.organisation_id == school_id, Membership.role.in_(roles), User.closed_at.is_(None))
    return session.execute(query.where(*held).distinct().order_by(User.display_name, User.id)).all()


def said_by(user_id: int) -> tuple[int | None, int | None]:
    """The programme and year of a person's profile."""
    row = session.execute(select(Profile.programme_id, Profile.year).where(Profile.user_id == user_id)).one_or_none()
    return (row[0], row[1]) if row else (None, None)


def with_same(school_id: int, number: str, email: str) -> Sequence[Enrolment]:
    """Who has this number or this address at a school."""
    either = or_(func.lower(Enrolment.number) == number.lower(), Enrolment.email == email.lower())
    return session.scalars(select(Enrolment).where(Enrolment.school_id == school_id, either).order_by(Enrolment.id)).all()


def period_numbers(school_ids: Collection[int]) -> dict[int, int]:
    """How many students each period has, those left out who need no place."""
    count = select(_period_of(), func.count()).select_from(Enrolment).outerjoin(SchoolClass, SchoolClass.id == Enrolment.class_id)
    theirs = (Enrolment.school_id.in_(school_ids), Enrolment.status.in_(HERE), Enrolment.excused.is_(False))
    rows = session.execute(count.where(*theirs, _period_of().is_not(None)).group_by(_period_of()))
    return {number: found for number, found in rows if number is not None}


def programmes_by_id(numbers: Collection[int]) -> Sequence[AnyRow]:
    """Number and titles of these programmes."""
    query = select(Programme.id, Programme.title_nl, Programme.title_en).where(Programme.id.in_(numbers))
    return session.execute(query.order_by(Programme.id)).all()


def profile_of(enrolment: Enrolment) -> Asked | None:
    """What the student's own profile says, beside the enrolment; None without an account or a profile."""
    query = select(Programme, Profile.year).select_from(Profile).outerjoin(Programme, Programme.id == Profile.programme_id)
    row = session.execute(query.where(Profile.user_id == enrolment.student_id)).one_or_none()
    return Asked(enrolment, row[0], row[1], differs(enrolment, row[0], row[1])) if row else None
