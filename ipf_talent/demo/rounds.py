"""An example round of placing: the example class has stated its wishes, and a coordinator can compute."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from random import Random

from sqlalchemy import select

from ipf_talent.clock import AMSTERDAM
from ipf_talent.cohorts.criteria import Criterion
from ipf_talent.cohorts.rounds import facts as round_facts
from ipf_talent.cohorts.rounds import preparing as round_preparing
from ipf_talent.cohorts.rounds import services as round_services
from ipf_talent.cohorts.rounds.kinds import RoundStatus, WishWay
from ipf_talent.cohorts.rounds.models import PlacePriorities, Round, RoundPlace, RoundStudent, RoundWish
from ipf_talent.db import session
from ipf_talent.demo.enrolment import SCHOOL
from ipf_talent.enrolments.models import InternshipPeriod, SchoolClass
from ipf_talent.organisations.models import Organisation
from ipf_talent.skills.tables import Changes
from ipf_talent.vacancies.models import Vacancy

CLASS = "MT4A"
NAME = "Voorbeeld: plaatsing MT4A"
SEED = sha256(b"ipf-talent example round").hexdigest()[:32]
WISHES, ANSWERS = timedelta(7), timedelta(21)
"""Days from today on which wishes and answers close."""
SILENT = 3
"""Students who have said nothing yet."""
MOST_SEATS = 4
"""Seats of a place in it; what is left can be tried in a round of one's own."""
PRIORITIES = {
    "robotcel-bouwen": (Criterion.PROGRAMME, Criterion.YEAR, Criterion.NEAR),
    "robot-programmeren-grijper": (Criterion.YEAR, Criterion.PROGRAMME),
    "mechatronica-module-testen": (Criterion.NEAR,),
    "waterstofkar-ombouwen": (),
}
"""What companies said of their places; the others go by the usual order."""


def load(today: date) -> Changes:
    """
    Make the round once, where the class is there; one whose days are over gets new ones. A second time writes nothing.

    Nobody is written to: the people are made up.
    """
    query = select(InternshipPeriod).join(SchoolClass, SchoolClass.period_id == InternshipPeriod.id)
    query = query.join(Organisation, Organisation.id == SchoolClass.school_id)
    period = session.scalars(query.where(Organisation.slug == SCHOOL, SchoolClass.name == CLASS).limit(1)).first()
    if period is None:
        return Changes(0, 0, 0)
    there = session.scalar(select(Round).where(Round.period_id == period.id, Round.name == NAME))
    if there is not None:
        return _kept(there, today)
    _say_priorities(today)
    made = _make(period, today)
    return Changes(int(made is not None), 0, 0)


def _kept(there: Round, today: date) -> Changes:
    if there.status is not RoundStatus.WISHES or there.wishes_until >= today:
        return Changes(0, 0, 1)
    there.wishes_until, there.answer_until = today + WISHES, today + ANSWERS
    session.flush()
    return Changes(0, 1, 0)


def _say_priorities(today: date) -> None:
    known = dict(session.execute(select(Vacancy.slug, Vacancy.id).where(Vacancy.slug.in_(PRIORITIES))).all())
    said = set(session.scalars(select(PlacePriorities.vacancy_id)))
    for slug, criteria in PRIORITIES.items():
        if slug in known and known[slug] not in said:
            moment = datetime.combine(today - timedelta(10), time(9), AMSTERDAM)
            session.add(PlacePriorities(vacancy_id=known[slug], criteria=[one.value for one in criteria], changed_at=moment))
    session.flush()


def _make(period: InternshipPeriod, today: date) -> Round | None:
    moment = datetime.combine(today - timedelta(5), time(9), AMSTERDAM)
    made = Round(
        key=sha256(NAME.encode()).hexdigest()[:12], school_id=period.school_id, period_id=period.id, name=NAME, seed=SEED,
        wishes_until=today + WISHES, answer_until=today + ANSWERS, created_at=moment, result={}, is_example=True,
        status=RoundStatus.DRAFT, adjustments=True,
    )  # fmt: skip
    made.school, made.period = period.school, period
    made.places = [
        RoundPlace(vacancy_id=vacancy.id, vacancy=vacancy, code=_code("P", vacancy.slug), seats=min(seats, MOST_SEATS))
        for vacancy, seats in round_preparing.free_seats(made, today)
    ]
    if not made.places:
        session.expunge(made)
        return None
    session.add(made)
    session.flush()
    round_services.begin(made, now=moment)
    for one in made.students:
        one.code = _code("S", one.enrolment.number if one.enrolment else one.key)
    session.flush()
    _wish(made, moment)
    return made


def _code(letter: str, of: str) -> str:
    """The same code everywhere for the same example."""
    return f"{letter}{sha256(f'{SEED}:{of}'.encode()).hexdigest()[:6].upper()}"


def _wish(made: Round, moment: datetime) -> None:
    known, chance = round_facts.gather(made), Random(SEED)  # noqa: S311 nothing is guarded by it
    students = sorted(made.students, key=lambda one: one.code)
    for number, one in enumerate(students[: len(students) - SILENT]):
        free = [place for place in sorted(made.places, key=lambda place: place.code) if known.barred(one, place) is None]
        if not free:
            continue  # nothing can be theirs: the page says which hard limit
        _rank(one, _drawn(free, chance), WishWay.LEARNING if number % 7 == 3 else WishWay.RANKED, moment, number)
    session.flush()


def _drawn(free: Sequence[RoundPlace], chance: Random) -> list[RoundPlace]:
    """A list of a student: places of the front of the list are liked by more of them, so that not everybody gets their first."""
    weights = [1 / (1 + number) for number in range(len(free))]
    drawn = chance.choices(free, weights, k=20)
    return list(dict.fromkeys(drawn))[: chance.randint(3, 8)]


def _rank(one: RoundStudent, places: Sequence[RoundPlace], way: WishWay, moment: datetime, number: int) -> None:
    one.way, one.wished_at = way, moment + timedelta(hours=3 * number)
    if way is WishWay.LEARNING:
        one.learning_wish = "Ik wil leren hoe je een machine bouwt, programmeert en weer aan de praat krijgt."
    one.wishes = [RoundWish(round_place_id=place.id, place=place, rank=rank) for rank, place in enumerate(places, start=1)]
