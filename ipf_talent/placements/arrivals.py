"""A response that was accepted or confirmed becomes a placement, in the same transaction."""

from datetime import date, datetime, timedelta

import structlog
from sqlalchemy import select

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.applications import queries as responses
from ipf_talent.applications.models import Application
from ipf_talent.db import session
from ipf_talent.enrolments import queries as enrolments
from ipf_talent.enrolments.models import Enrolment, InternshipPeriod
from ipf_talent.organisations.models import Establishment
from ipf_talent.placements import services
from ipf_talent.placements.models import Placement
from ipf_talent.profiles import queries as profiles
from ipf_talent.vacancies.kinds import VacancyKind
from ipf_talent.vacancies.models import Vacancy

log = structlog.get_logger()
USUAL_LENGTH = timedelta(weeks=20)
"""How long it lasts where neither the school nor the company said."""
YEAR = timedelta(days=365)
"""The same for a job with school beside it, and for the age of a minor whose school gave no day."""


def arrive(application: Application, *, by: User | None, now: datetime) -> Placement | None:
    """
    Propose the placement to the school of the student.

    Returns:
        None where no school is known or the place is a job, so that nobody has to approve anything.

    Raises:
        DomainError: the student has another place in this period.
    """
    student, vacancy = application.student, application.vacancy
    if student is None or vacancy.kind is VacancyKind.ENGD_POSITION:
        return None
    enrolment = enrolments.of_student(student.id)
    school_id = _school_of(application, student, enrolment)
    if school_id is None:
        log.info("placement_without_school", application=application.id)
        return None
    today = now.astimezone(clock.AMSTERDAM).date()
    period = enrolment.period if enrolment is not None else None
    period = period if period is not None and enrolments.overlaps(period, vacancy) else None
    starts_on, ends_on = dates_for(vacancy, period, today)
    return services.propose(
        school_id=school_id,
        student_id=student.id,
        vacancy=vacancy,
        establishment_id=establishment_of(vacancy),
        period_id=period.id if period else None,
        enrolment_id=enrolment.id if enrolment and enrolment.school_id == school_id else None,
        application_id=application.id,
        starts_on=starts_on,
        ends_on=ends_on,
        hours=period.hours if period else hours_for(vacancy, starts_on, ends_on),
        adult_on=starts_on + YEAR if application.minor else None,
        by=by,
        now=now,
    )


def _school_of(application: Application, student: User, enrolment: Enrolment | None) -> int | None:
    if enrolment is not None:
        return enrolment.school_id
    if found := application.school_id or responses.school_of(student):
        return found
    profile = profiles.of(student.id)
    return profile.programme.institution_id if profile and profile.programme and not profile.programme.national else None


def dates_for(vacancy: Vacancy, period: InternshipPeriod | None, today: date) -> tuple[date, date]:
    """First and last day: those of the school's period, else those of the place; never a first day that has passed."""
    if period is not None and period.ends_on > today:
        return max(period.starts_on, today), period.ends_on
    first = max(vacancy.starts_on, today)
    length = YEAR if vacancy.kind is VacancyKind.BBL_APPRENTICESHIP else USUAL_LENGTH
    last = vacancy.ends_on if vacancy.ends_on is not None and vacancy.ends_on > first else first + length
    return first, last


def hours_for(vacancy: Vacancy, starts_on: date, ends_on: date) -> int:
    """All hours: as the company said, else the weeks times the hours of a week."""
    weeks = max(1, round(((ends_on - starts_on).days + 1) / 7))
    return vacancy.total_hours or min(5000, weeks * vacancy.hours_per_week)


def establishment_of(vacancy: Vacancy) -> int:
    """The address where the work is done; a company without one gets one in the town of the place."""
    if vacancy.establishment_id is not None:
        return vacancy.establishment_id
    query = select(Establishment.id).where(Establishment.organisation_id == vacancy.company_id).order_by(Establishment.id)
    if found := session.scalar(query.limit(1)):
        return found
    made = Establishment(organisation_id=vacancy.company_id, name=vacancy.company.name, place_id=vacancy.place_id)
    session.add(made)
    session.flush()
    return made.id
