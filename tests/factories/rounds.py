"""Periods, enrolments and placing rounds."""

from datetime import timedelta
from itertools import count

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.accounts.roles import Role
from ipf_talent.cohorts.rounds import computing as round_computing
from ipf_talent.cohorts.rounds import preparing as round_preparing
from ipf_talent.cohorts.rounds import services as round_services
from ipf_talent.cohorts.rounds import wishing as round_wishing
from ipf_talent.cohorts.rounds.models import Round, RoundStudent
from ipf_talent.db import session
from ipf_talent.enrolments.kinds import EnrolmentStatus
from ipf_talent.enrolments.models import Enrolment, InternshipPeriod
from ipf_talent.organisations.models import Organisation
from ipf_talent.organisations.recognition import RecognitionStatus
from ipf_talent.profiles.models import Profile
from ipf_talent.programmes.models import Programme
from ipf_talent.vacancies.kinds import MBO
from ipf_talent.vacancies.models import Vacancy, VacancyCrebo
from tests.factories.accounts import make_user
from tests.factories.organisations import make_establishment, make_organisation, make_place, make_recognition, make_school
from tests.factories.programmes import make_programme
from tests.factories.vacancies import make_vacancy

_number = count(1)
CREBO = "25344"


def make_period(school: Organisation | None = None, **overrides) -> InternshipPeriod:
    """Half a year, from two months ahead."""
    number, today = next(_number), clock.today()
    values = {"slug": f"round-period-{number}", "name": f"Period {number}", "starts_on": today + timedelta(60),
              "ends_on": today + timedelta(200), "hours": 640, "days_per_week": 4}  # fmt: skip
    period = InternshipPeriod(school=school or make_school(), **values | overrides)
    session.add(period)
    session.commit()
    return period


def make_enrolled(
    period: InternshipPeriod, programme: Programme, *, town: str | None = "Drachten", student: User | None = None, **overrides
) -> Enrolment:
    """A confirmed student of the school who needs a place in a period, and lives in a town."""
    number = next(_number)
    student = student or make_user(Role.STUDENT, period.school, display_name=f"Student {number:03}")
    values = {"key": f"enrol-{number}", "email": student.email, "name": student.display_name, "number": f"s{number}", "year": 2,
              "status": EnrolmentStatus.CONFIRMED, "school_id": period.school_id, "period_id": period.id}  # fmt: skip
    enrolment = Enrolment(student=student, programme=programme, **values | overrides)
    session.add(enrolment)
    if town:
        session.add(Profile(user_id=student.id, place=make_place(town)))
    session.commit()
    return enrolment


def make_seat(period: InternshipPeriod, *, places: int = 1, crebo: str = CREBO, recognised: bool = True, **overrides) -> Vacancy:
    """A place that is open in a period, at a workplace that is recognised for the qualification."""
    company = overrides.pop("company", None) or make_organisation(verified_at=clock.now())
    home = make_establishment(company, name=f"Address {next(_number)}")
    if recognised:
        make_recognition(home, crebo=crebo, status=RecognitionStatus.VERIFIED)
    values = {"company": company, "establishment": home, "programmes": [crebo], "places": places,
              "starts_on": period.starts_on, "ends_on": period.ends_on}  # fmt: skip
    vacancy = make_vacancy(**values | overrides)
    if vacancy.kind in MBO:
        vacancy.crebos = [VacancyCrebo(crebo=crebo, published=recognised)]
        session.commit()
    return vacancy


class Class:
    """A school with a period, a programme, a coordinator, students and places, ready for a round."""

    def __init__(self, students: int = 3, places: tuple[int, ...] = (1, 1), *, school: Organisation | None = None) -> None:
        self.school = school or make_school()
        self.period = make_period(self.school)
        self.programme = make_programme(institution=self.school, code=CREBO, code_kind="crebo")
        self.coordinator = make_user(Role.COORDINATOR, self.school)
        self.students = [make_enrolled(self.period, self.programme) for _ in range(students)]
        self.vacancies = [make_seat(self.period, places=number) for number in places]

    def make_round(self, *, opened: bool = True, **settings) -> Round:
        """A round with all places and all their seats; open for wishes unless told otherwise."""
        today = clock.today()
        dates = {"wishes_until": today + timedelta(7), "answer_until": today + timedelta(21)}
        made = round_preparing.make(
            self.period, name="Round", made_with=f"{next(_number):032x}", by_id=self.coordinator.id, now=clock.now(), **dates
        )
        for name, value in settings.items():
            setattr(made, name, value)
        seats = {vacancy.slug: vacancy.places for vacancy in self.vacancies}
        round_preparing.choose_places(made, seats, by_id=self.coordinator.id, today=today)
        if opened:
            round_services.open_wishes(made, by_id=self.coordinator.id, now=clock.now())
        session.commit()
        return made

    def entry(self, placing_round: Round, number: int) -> RoundStudent:
        """The part of the round of the student with this number, from 0."""
        return next(one for one in placing_round.students if one.enrolment_id == self.students[number].id)

    def wish(self, placing_round: Round, number: int, *vacancies: int) -> RoundStudent:
        """Let a student rank places by their numbers, from 0."""
        one = self.entry(placing_round, number)
        codes = {place.vacancy_id: place.code for place in placing_round.places}
        ranked = {codes[self.vacancies[at].id]: rank for rank, at in enumerate(vacancies, start=1)}
        round_wishing.rank(one, ranked, now=clock.now())
        session.commit()
        return one


def make_shown_round(school: Organisation, student: User, *, key: str) -> Round:
    """A published round of a school in which this student takes part; both are found by the key."""
    own = Class(students=0, places=(1,), school=school)
    own.students = [make_enrolled(own.period, own.programme, student=student, town=None)]
    made = own.make_round()
    own.wish(made, 0, 0)
    round_computing.compute(made, by_id=own.coordinator.id, now=clock.now())
    round_services.publish(made, by_id=own.coordinator.id, now=clock.now())
    made.key = made.students[0].key = key
    session.commit()
    return made
