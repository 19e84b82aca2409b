"""Internship periods, classes and students of a school."""

from datetime import timedelta
from itertools import count
from secrets import token_hex

from ipf_talent import clock
from ipf_talent.accounts.models import Membership, User
from ipf_talent.accounts.roles import Role
from ipf_talent.db import session
from ipf_talent.enrolments.kinds import EnrolmentStatus
from ipf_talent.enrolments.models import ClassList, Enrolment, InternshipPeriod, SchoolClass
from ipf_talent.organisations.models import Organisation
from ipf_talent.programmes.models import Programme
from ipf_talent.vacancies.kinds import PlacingMode
from tests.factories.organisations import make_school
from tests.factories.programmes import make_programme

_number = count(1)


def make_period(school: Organisation | None = None, *, begins_in: int = 70, **overrides) -> InternshipPeriod:
    """Twenty weeks that begin in so many days, in which the school places."""
    number = next(_number)
    first = clock.today() + timedelta(days=begins_in)
    values = {"slug": f"period-{number}", "school": school or make_school(), "name": f"Period {number}", "starts_on": first,
              "ends_on": first + timedelta(weeks=20), "hours": 640, "days_per_week": 4,
              "placing_mode": PlacingMode.SCHOOL_PLACES}  # fmt: skip
    period = InternshipPeriod(**values | overrides)
    session.add(period)
    session.commit()
    return period


def make_class(
    school: Organisation | None = None, programme: Programme | None = None, period: InternshipPeriod | None = None, **overrides
) -> SchoolClass:
    """A class of this school year, of a programme of its own school."""
    number = next(_number)
    school = school or (period.school if period else make_school())
    programme = programme or make_programme(institution=school, code="25344")
    values = {"school": school, "programme": programme, "name": f"MT{number}A", "starts_year": 2026, "year": 3, "period": period}
    row = SchoolClass(**values | overrides)
    session.add(row)
    session.commit()
    return row


def make_enrolment(one: SchoolClass | None = None, *, student: User | None = None, **overrides) -> Enrolment:
    """A student of a class: confirmed with an account, or invited with `student=None` and `status` left out."""
    number = next(_number)
    one = one or make_class()
    values = {"key": token_hex(8), "school": one.school, "school_class": one, "programme": one.programme, "year": one.year,
              "number": f"s{number:04}", "name": f"Student {number}", "email": f"s{number}@school.example",
              "invited_at": clock.now(), "status": EnrolmentStatus.INVITED}  # fmt: skip
    if student is not None:
        values |= {"student": student, "email": student.email, "name": student.display_name, "claimed_at": clock.now(),
                   "confirmed_at": clock.now(), "status": EnrolmentStatus.CONFIRMED, "said_programme_id": one.programme_id,
                   "said_year": one.year}  # fmt: skip
        student.memberships.append(Membership(role=Role.STUDENT, organisation_id=one.school_id))
    enrolment = Enrolment(**values | overrides)
    session.add(enrolment)
    session.commit()
    return enrolment


def make_shown_class(school: Organisation) -> Enrolment:
    """A class, a period, a student and a list that was sent, by the addresses of the table of pages."""
    one = make_class(school, period=make_period(school, slug="ours"), id=1)
    sent = ClassList(key="ours", school_id=school.id, starts_year=2026, filename="klas.csv", entries=[], ignored=[], counts={})
    session.add(sent)
    return make_enrolment(one, key="ours")
