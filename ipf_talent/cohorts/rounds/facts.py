"""From rows to a problem that can be placed: the facts of each student and place, in two statements beside the round itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from ipf_talent.applications.kinds import State
from ipf_talent.applications.models import Application
from ipf_talent.cohorts.assignment import Lock, Place, Problem, Student, Wish
from ipf_talent.cohorts.criteria import Criterion, Facts, Limit, barrier, standing
from ipf_talent.cohorts.rounds.models import Round, RoundPlace, RoundStudent
from ipf_talent.db import session
from ipf_talent.enrolments.models import Enrolment, InternshipPeriod
from ipf_talent.organisations.distance import kilometres
from ipf_talent.organisations.models import Recognition
from ipf_talent.organisations.recognition import RecognitionStatus
from ipf_talent.vacancies.kinds import MBO, Feature, Minors
from ipf_talent.vacancies.models import Vacancy

AGREED = frozenset({State.OFFERED, State.ACCEPTED, State.AGREED, State.CONFIRMED})
"""States of a response in which the company has said yes, or the school has proposed and the student agreed."""


@dataclass(frozen=True)
class Known:
    """
    What pairs of a round need beside its own rows.

    Attributes:
        recognised: establishments and the crebos that they are recognised for today.
        agreed: pairs of a student and a place that were agreed on before the round.
    """

    placing_round: Round
    recognised: frozenset[tuple[int, str]]
    agreed: frozenset[tuple[int, int]]

    def of(self, one: RoundStudent, place: RoundPlace) -> Facts:
        """The facts of one pair; somebody who is no student of the school any more fits nowhere."""
        if one.enrolment is None:
            return Facts(recognised=False)
        return _facts(self, one, one.enrolment, place.vacancy)

    def barred(self, one: RoundStudent, place: RoundPlace) -> Limit | None:
        """The hard limit that forbids a pair."""
        return barrier(self.placing_round.limits, self.of(one, place))

    def standing(self, one: RoundStudent, place: RoundPlace) -> tuple[int, ...]:
        """The class in which a student stands at a place."""
        return standing((Criterion(name) for name in place.criteria), self.of(one, place))


def gather(placing_round: Round) -> Known:
    """Read what the pairs of a round need."""
    return _gather(placing_round, [one.student_id for one in placing_round.students])


def gather_for(one: RoundStudent) -> Known:
    """The same for one student, whose classmates stay unread."""
    return _gather(one.placing_round, [one.student_id])


def _gather(placing_round: Round, students: Sequence[int | None]) -> Known:
    homes = {place.vacancy.establishment_id for place in placing_round.places}
    rows = select(Recognition.establishment_id, Recognition.crebo).where(
        Recognition.establishment_id.in_(homes), Recognition.status == RecognitionStatus.VERIFIED
    )
    yes = select(Application.student_id, Application.vacancy_id).where(
        Application.vacancy_id.in_([place.vacancy_id for place in placing_round.places]),
        Application.student_id.in_(students),
        Application.state.in_(AGREED),
        Application.sent_at < (placing_round.opened_at or placing_round.created_at),
    )
    return Known(
        placing_round,
        frozenset((row.establishment_id, row.crebo) for row in session.execute(rows)),
        frozenset((int(row.student_id), int(row.vacancy_id)) for row in session.execute(yes)),
    )


def _facts(known: Known, one: RoundStudent, enrolment: Enrolment, vacancy: Vacancy) -> Facts:
    programme, period = enrolment.programme, known.placing_round.period
    starts_on, _ends_on = dates_in(vacancy, period)
    known_as = {programme.code, *(one.field for one in programme.fields)} - {None}
    needs, code = vacancy.kind in MBO, programme.code or ""
    meant = code in vacancy.programmes and (vacancy.establishment_id or 0, code) in known.recognised
    return Facts(
        programme=not known_as.isdisjoint(vacancy.programmes),
        level=vacancy.level is programme.level,
        year=vacancy.target_year is None or (enrolment.year or 0) >= vacancy.target_year,
        km=_km(one, vacancy),
        agreed=(one.student_id or 0, vacancy.id) in known.agreed,
        recognised=meant or not needs,
        weeks=weeks_in(vacancy, period),
        minor=enrolment.is_minor(starts_on),
        takes_minors=vacancy.minors is not Minors.NO,
        support=enrolment.support,
        supports=Feature.MORE_GUIDANCE in vacancy.features,
        own_km=enrolment.travel_km,
    )


def _km(one: RoundStudent, vacancy: Vacancy) -> float | None:
    if one.home is None or vacancy.place is None:
        return None
    return kilometres(one.home.lat, one.home.lon, vacancy.place.lat, vacancy.place.lon)


def dates_in(vacancy: Vacancy, period: InternshipPeriod) -> tuple[date, date]:
    """The part of a period in which a place can be worked at; a place that starts at any time follows the period."""
    first = period.starts_on if vacancy.rolling else max(period.starts_on, vacancy.starts_on)
    last = period.ends_on if vacancy.rolling or vacancy.ends_on is None else min(period.ends_on, vacancy.ends_on)
    return first, last


def weeks_in(vacancy: Vacancy, period: InternshipPeriod) -> int:
    """Whole weeks of a place that fall into a period."""
    first, last = dates_in(vacancy, period)
    return max(0, ((last - first).days + 1) // 7)


def seats_now(place: RoundPlace) -> int:
    """The seats that are given to the round, or fewer where the place has fewer left."""
    return max(0, min(place.seats, place.vacancy.places - place.vacancy.taken))


def problem_of(placing_round: Round, known: Known, takes_part: Callable[[RoundStudent], bool]) -> Problem:
    """
    The problem that a round is now, in codes.

    Args:
        takes_part: whether a student still looks for a place in it.

    Raises:
        BadProblem: a locked pair cannot be any more.
    """
    codes = {place.id: place for place in placing_round.places}
    students = [one for one in placing_round.students if takes_part(one)]
    locks = [Lock(one.code, codes[one.lock.round_place_id].code) for one in students if one.lock is not None]
    return Problem(
        tuple(Place(place.code, seats_now(place)) for place in placing_round.places),
        tuple(Student(one.code, _list(one, [codes[wish.round_place_id] for wish in one.wishes], known)) for one in students),
        placing_round.seed,
        tuple(locks),
    )


def _list(one: RoundStudent, places: Sequence[RoundPlace], known: Known) -> tuple[Wish, ...]:
    return tuple(Wish(place.code, known.standing(one, place), known.barred(one, place)) for place in places)
