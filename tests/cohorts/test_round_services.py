"""Running a round on real rows: who takes part, what is kept, whom a fixed pair hurts, what an answer makes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ipf_talent import clock
from ipf_talent.applications.kinds import State
from ipf_talent.cohorts import checker
from ipf_talent.cohorts.assignment import Why
from ipf_talent.cohorts.criteria import Criterion, Limit
from ipf_talent.cohorts.rounds import answering as round_answering
from ipf_talent.cohorts.rounds import computing as round_computing
from ipf_talent.cohorts.rounds import facts as round_facts
from ipf_talent.cohorts.rounds import locking as round_locking
from ipf_talent.cohorts.rounds import preparing as round_preparing
from ipf_talent.cohorts.rounds import queries as round_queries
from ipf_talent.cohorts.rounds import services as round_services
from ipf_talent.cohorts.rounds import telling as round_telling
from ipf_talent.cohorts.rounds import wishing as round_wishing
from ipf_talent.cohorts.rounds.kinds import STEPS, Answer, RoundDeed, RoundStatus, after
from ipf_talent.cohorts.rounds.models import Round
from ipf_talent.enrolments.kinds import EnrolmentStatus
from ipf_talent.errors import DomainError
from ipf_talent.placements.models import Placement
from ipf_talent.vacancies.kinds import Feature, Minors, PlacingMode, VacancyKind
from tests.factories.applications import make_application
from tests.factories.rounds import Class, make_enrolled, make_seat

pytestmark = pytest.mark.usefixtures("app_context")


def compute(made: Round) -> None:
    round_computing.compute(made, by_id=0, now=clock.now(), early=True)


def titles(made: Round) -> dict[str, str | None]:
    return {one.enrolment.name: one.got.vacancy.slug if one.got else None for one in made.students if one.enrolment}


def test_the_table_leads_from_draft_to_closed_and_never_back_from_what_was_published() -> None:
    way = (RoundDeed.OPEN, RoundDeed.COMPUTE, RoundDeed.PUBLISH, RoundDeed.CLOSE)
    status = RoundStatus.DRAFT
    for deed in way:
        status = after(status, deed) or pytest.fail(f"no {deed} from {status}")
    assert status is RoundStatus.CLOSED
    assert all(after(RoundStatus.CLOSED, deed) is None for deed in RoundDeed)
    assert [line.after for line in STEPS if RoundStatus.PROPOSED in line.before] == [RoundStatus.CLOSED]


def test_only_confirmed_students_with_an_account_and_no_place_take_part(session: Session) -> None:
    school = Class(students=1)
    make_enrolled(school.period, school.programme, status=EnrolmentStatus.CLAIMED)
    make_enrolled(school.period, school.programme, excused=True)
    other = Class(students=1)
    made = school.make_round()
    assert [one.enrolment_id for one in made.students] == [school.students[0].id]
    assert other.students[0].id not in {one.enrolment_id for one in made.students}


def test_a_student_who_is_confirmed_later_is_taken_in(session: Session) -> None:
    school = Class(students=1)
    made = school.make_round()
    late = make_enrolled(school.period, school.programme)
    assert round_services.take_in_late(made, by_id=0) == 1
    assert late.id in {one.enrolment_id for one in made.students}
    assert round_services.take_in_late(made, by_id=0) == 0


def test_only_recognised_free_places_of_the_period_can_be_chosen(session: Session) -> None:
    school = Class(students=1, places=(2,))
    make_seat(school.period, recognised=False)
    make_seat(school.period, crebo="25999")
    make_seat(school.period, places=1, taken=1)
    make_seat(school.period, starts_on=school.period.ends_on + timedelta(5), ends_on=school.period.ends_on + timedelta(60))
    make_seat(school.period, kind=VacancyKind.HBO_INTERNSHIP, recognised=False)
    by_school = make_seat(school.period, kind=VacancyKind.HBO_INTERNSHIP, recognised=False, placing_mode=PlacingMode.SCHOOL_PLACES)
    made = school.make_round(opened=False)
    free = {vacancy.slug: seats for vacancy, seats in round_preparing.free_seats(made, clock.today())}
    assert free == {school.vacancies[0].slug: 2, by_school.slug: 1}


def test_a_seat_that_another_running_round_holds_is_not_free(session: Session) -> None:
    school = Class(students=1, places=(3,))
    first = school.make_round()
    first.places[0].seats = 2
    session.commit()
    second = round_preparing.make(
        school.period, name="Second", wishes_until=clock.today(), answer_until=clock.today(), made_with="a" * 32,
        by_id=0, now=clock.now(),
    )  # fmt: skip
    assert [seats for _vacancy, seats in round_preparing.free_seats(second, clock.today())] == [1]
    with pytest.raises(DomainError):
        round_preparing.choose_places(second, {school.vacancies[0].slug: 2}, by_id=0, today=clock.today())


def test_the_same_form_makes_one_round(session: Session) -> None:
    school = Class(students=1)
    values = {"name": "A", "wishes_until": clock.today(), "answer_until": clock.today(), "made_with": "b" * 32, "by_id": 0}
    first = round_preparing.make(school.period, **values, now=clock.now())
    assert round_preparing.make(school.period, **values, now=clock.now()) is first


def test_a_round_without_places_cannot_be_opened(session: Session) -> None:
    school = Class(students=1, places=())
    with pytest.raises(DomainError):
        school.make_round()


def test_what_a_place_goes_by_is_fixed_when_the_round_opens(session: Session) -> None:
    school = Class(students=1)
    round_preparing.say_priorities(school.vacancies[0], [Criterion.NEAR], by_id=school.coordinator.id, now=clock.now())
    made = school.make_round()
    round_preparing.say_priorities(school.vacancies[0], [Criterion.YEAR], by_id=school.coordinator.id, now=clock.now())
    assert [place.criteria for place in made.places] == [["near"], ["programme", "level", "year"]]


def test_a_class_is_placed_and_its_certificate_is_sound(session: Session) -> None:
    school = Class(students=3, places=(1, 1))
    made = school.make_round()
    for number in range(3):
        school.wish(made, number, 0, 1)
    compute(made)
    verdict = checker.check_text(made.certificate)
    assert verdict.sound
    assert sorted(filter(None, titles(made).values())) == sorted(vacancy.slug for vacancy in school.vacancies)
    lines = round_telling.of_result(made, round_facts.gather(made))
    assert [line.got is None for line in lines] == [True, False, False]
    assert {lost.why for lost in lines[0].lost} == {Why.TIE_LOST}


def test_the_year_that_a_place_asks_goes_before(session: Session) -> None:
    school = Class(students=2, places=(1,))
    school.vacancies[0].target_year, school.students[0].year, school.students[1].year = 3, 2, 3
    session.commit()
    made = school.make_round()
    school.wish(made, 0, 0)
    school.wish(made, 1, 0)
    compute(made)
    assert titles(made)[school.students[1].name] == school.vacancies[0].slug
    line = next(line for line in round_telling.of_result(made, round_facts.gather(made)) if line.got is None)
    assert [lost.why for lost in line.lost] == [Why.HIGHER_CLASS]


def test_who_agreed_with_the_company_before_the_round_goes_before_where_the_place_goes_by_it(session: Session) -> None:
    school = Class(students=2, places=(1,))
    vacancy = school.vacancies[0]
    make_application(school.students[1].student, vacancy, state=State.AGREED, now=clock.now() - timedelta(days=1))
    round_preparing.say_priorities(vacancy, [Criterion.AGREED], by_id=school.coordinator.id, now=clock.now())
    made = school.make_round()
    standings = [round_facts.gather(made).standing(school.entry(made, number), made.places[0]) for number in (0, 1)]
    assert standings == [(1,), (0,)]


@pytest.mark.parametrize(
    ("student", "place", "limit"),
    [
        ({}, {}, None),
        ({"minor_until": clock.today() + timedelta(300)}, {"minors": Minors.NO}, Limit.MINOR),
        ({"minor_until": clock.today() + timedelta(10)}, {"minors": Minors.NO}, None),
        ({"support": True}, {}, Limit.ADJUSTMENTS),
        ({"support": True}, {"features": [Feature.MORE_GUIDANCE.value]}, None),
        ({"travel_km": 10}, {"place": "Groningen"}, Limit.TRAVEL),
        ({"travel_km": 60}, {"place": "Groningen"}, None),
    ],
)
def test_the_facts_of_a_pair_come_from_school_and_place(
    session: Session, student: dict[str, object], place: dict[str, object], limit: Limit | None
) -> None:
    school = Class(students=0, places=())
    school.students = [make_enrolled(school.period, school.programme, **student)]
    school.vacancies = [make_seat(school.period, **place)]
    made = school.make_round()
    assert round_facts.gather(made).barred(made.students[0], made.places[0]) is limit


def test_a_recognition_that_is_lost_bars_the_place_in_an_open_round(session: Session) -> None:
    school = Class(students=1, places=(1, 1))
    made = school.make_round()
    school.wish(made, 0, 0, 1)
    known = round_facts.gather(made)
    lost = replace(
        known, recognised=frozenset(pair for pair in known.recognised if pair[0] != school.vacancies[0].establishment_id)
    )
    assert lost.barred(made.students[0], made.places[0]) is Limit.RECOGNITION
    assert known.barred(made.students[0], made.places[0]) is None


def test_a_place_that_lost_a_seat_in_the_meantime_gives_fewer(session: Session) -> None:
    school = Class(students=2, places=(2,))
    made = school.make_round()
    for number in (0, 1):
        school.wish(made, number, 0)
    school.vacancies[0].taken = 1
    session.commit()
    compute(round_queries.get(made.key))
    assert sum(place is not None for place in titles(made).values()) == 1


def test_wishes_are_not_ended_before_the_promised_day_unless_it_is_confirmed(session: Session) -> None:
    school = Class(students=2, places=(2,))
    made = school.make_round()
    school.wish(made, 0, 0)
    with pytest.raises(DomainError) as refused:
        round_computing.compute(made, by_id=0, now=clock.now())
    assert refused.value.field == "early"
    school.wish(made, 1, 0)
    round_computing.compute(made, by_id=0, now=clock.now())
    assert made.status is RoundStatus.COMPUTED


def test_a_fixed_pair_says_whom_it_hurts_and_what_was_computed_is_computed_anew(session: Session) -> None:
    school = Class(students=2, places=(1,))
    made = school.make_round()
    school.wish(made, 0, 0)
    school.wish(made, 1)
    compute(made)
    assert titles(made)[school.students[0].name] is not None
    cost = round_locking.lock(
        made,
        school.entry(made, 1).code,
        made.places[0].code,
        "The firm asked for a wheelchair ramp.",
        by_id=school.coordinator.id,
        now=clock.now(),
    )
    assert [change.student for change in cost.hurt] == [school.entry(made, 0).code]
    assert titles(made) == {school.students[0].name: None, school.students[1].name: school.vacancies[0].slug}
    assert made.result["locks"] == [{"student": school.entry(made, 1).code, "hurt": [school.entry(made, 0).code], "others": 0}]
    assert round_locking.unlock(made, school.entry(made, 1).code, by_id=0, now=clock.now())
    assert titles(made)[school.students[0].name] is not None
    assert not round_locking.unlock(made, school.entry(made, 1).code, by_id=0, now=clock.now())


def test_a_pair_that_a_hard_limit_forbids_cannot_be_fixed(session: Session) -> None:
    school = Class(students=0, places=(1,))
    school.students = [make_enrolled(school.period, school.programme, support=True)]
    made = school.make_round()
    with pytest.raises(DomainError) as refused:
        round_locking.lock(made, made.students[0].code, made.places[0].code, "Why", by_id=school.coordinator.id, now=clock.now())
    assert refused.value.field == "place"


def test_more_pairs_than_seats_cannot_be_fixed(session: Session) -> None:
    school = Class(students=2, places=(1,))
    made = school.make_round()
    first, second = (school.entry(made, number).code for number in (0, 1))
    round_locking.lock(made, first, made.places[0].code, "Why", by_id=school.coordinator.id, now=clock.now())
    with pytest.raises(DomainError):
        round_locking.lock(made, second, made.places[0].code, "Why", by_id=school.coordinator.id, now=clock.now())


def proposed(school: Class, *, wishes: tuple[tuple[int, ...], ...]) -> Round:
    made = school.make_round()
    for number, wished in enumerate(wishes):
        school.wish(made, number, *wished)
    compute(made)
    round_services.publish(made, by_id=0, now=clock.now())
    return made


def test_yes_makes_a_placement_and_takes_the_place_once(session: Session) -> None:
    school = Class(students=1, places=(2,))
    made = proposed(school, wishes=((0,),))
    one, me = made.students[0], school.students[0].student
    assert me is not None
    assert round_answering.answer(one, Answer.ACCEPTED, by=me, now=clock.now())
    assert not round_answering.answer(one, Answer.ACCEPTED, by=me, now=clock.now())
    session.commit()
    placement = session.scalars(select(Placement)).one()
    assert (placement.student_id, placement.vacancy_id, placement.period_id) == (me.id, school.vacancies[0].id, school.period.id)
    session.refresh(school.vacancies[0])
    assert (school.vacancies[0].taken, placement.hours) == (1, 640)
    with pytest.raises(DomainError):
        round_answering.answer(one, Answer.DECLINED, by=me, now=clock.now())


def test_a_place_that_is_shorter_than_the_period_gives_no_more_hours_than_it_has(session: Session) -> None:
    school = Class(students=1, places=())
    starts_on = school.period.starts_on
    school.vacancies = [make_seat(school.period, starts_on=starts_on, ends_on=starts_on + timedelta(69), hours_per_week=32)]
    made, me = proposed(school, wishes=((0,),)), school.students[0].student
    assert me is not None
    round_answering.answer(made.students[0], Answer.ACCEPTED, by=me, now=clock.now())
    assert session.scalars(select(Placement)).one().hours == 10 * 32


def test_no_leaves_the_seat_free_and_makes_nothing(session: Session) -> None:
    school = Class(students=1, places=(1,))
    made = proposed(school, wishes=((0,),))
    me = school.students[0].student
    assert me is not None
    round_answering.answer(made.students[0], Answer.DECLINED, by=me, now=clock.now())
    assert session.scalars(select(Placement)).all() == []
    assert school.vacancies[0].taken == 0


def test_nobody_answers_after_the_last_day(session: Session) -> None:
    school = Class(students=1, places=(1,))
    made = proposed(school, wishes=((0,),))
    me = school.students[0].student
    assert me is not None
    with pytest.raises(DomainError):
        round_answering.answer(made.students[0], Answer.ACCEPTED, by=me, now=clock.now() + timedelta(days=22))


def test_who_was_placed_in_another_way_is_left_out_when_it_is_computed(session: Session) -> None:
    school = Class(students=2, places=(1,))
    first = proposed(school, wishes=((0,), ()))
    me = school.students[0].student
    assert me is not None
    round_answering.answer(first.students[0], Answer.ACCEPTED, by=me, now=clock.now())
    school.vacancies = [make_seat(school.period)]
    second = school.make_round()
    assert [one.enrolment_id for one in second.students] == [school.students[1].id]


def test_reminders_go_once_a_day_to_who_has_said_nothing(session: Session) -> None:
    school = Class(students=2)
    made = school.make_round()
    school.wish(made, 0, 0)
    now = clock.now()
    assert [round_services.remind(made, by_id=0, now=now + timedelta(hours=hours)) for hours in (0, 1, 25)] == [1, 0, 1]


def test_limits_stay_as_students_saw_them(session: Session) -> None:
    school = Class(students=1)
    made = school.make_round()
    values = {"name": "Other", "wishes_until": made.wishes_until, "answer_until": made.answer_until, "by_id": 0, "now": clock.now()}
    with pytest.raises(DomainError):
        round_preparing.change(made, **values, least_weeks=4, most_km=None, adjustments=True, version=made.version)
    round_preparing.change(made, **values, least_weeks=None, most_km=None, adjustments=True, version=made.version)
    assert made.name == "Other"
    with pytest.raises(DomainError) as stale:
        round_preparing.change(made, **values, least_weeks=None, most_km=None, adjustments=True, version=made.version - 1)
    assert stale.value.field == "version"


def test_a_list_is_moved_by_its_buttons() -> None:
    numbers = {"A": 1, "B": 2, "C": 3}
    assert round_wishing.moved(numbers, "up:C") == {"A": 1, "C": 2, "B": 3}
    assert round_wishing.moved(numbers, "down:A") == {"B": 1, "A": 2, "C": 3}
    assert round_wishing.moved(numbers, "up:A") == numbers
    assert round_wishing.moved(numbers, "drop:B") == {"A": 1, "C": 2}
    assert round_wishing.moved(numbers, "add:D") == {**numbers, "D": 4}
    assert round_wishing.moved(numbers, "up:Z") == numbers
    assert round_wishing.moved({"A": 7, "B": 7}, "") == {"A": 1, "B": 2}


def test_a_wish_for_a_forbidden_place_is_refused_and_a_strange_code_is_left_out(session: Session) -> None:
    school = Class(students=0, places=(1,))
    school.students = [make_enrolled(school.period, school.programme, support=True)]
    made = school.make_round()
    with pytest.raises(DomainError):
        school.wish(made, 0, 0)
    round_wishing.rank(made.students[0], {"PNONE": 1}, now=clock.now())
    assert made.students[0].wishes == []


def test_wishes_are_refused_after_the_last_day(session: Session) -> None:
    school = Class(students=1)
    made = school.make_round()
    with pytest.raises(DomainError):
        round_wishing.rank(made.students[0], {made.places[0].code: 1}, now=clock.now() + timedelta(days=8))
