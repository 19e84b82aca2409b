"""Running a round on real rows: who takes part, what is kept, whom a fixed pair hurts, what an answer makes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select, update
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
from ipf_talent.cohorts.rounds.kinds import STEPS, Answer, RoundDeed, RoundStatus, WishWay, after
from ipf_talent.cohorts.rounds.models import Round, RoundLock
from ipf_talent.enrolments.kinds import EnrolmentStatus
from ipf_talent.errors import DomainError
from ipf_talent.notifications.models import OutboxMail
from ipf_talent.placements import services as placements
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


def test_who_has_a_proposal_of_another_round_stays_out_until_they_answer_or_it_closes(session: Session) -> None:
    school = Class(students=4, places=(3,))
    first = proposed(school, wishes=((0,), (0,), (0,), ()))
    yes, no = (school.students[number].student for number in (0, 1))
    assert yes is not None and no is not None
    round_answering.answer(school.entry(first, 0), Answer.ACCEPTED, by=yes, now=clock.now())
    round_answering.answer(school.entry(first, 1), Answer.DECLINED, by=no, now=clock.now())
    school.vacancies = [make_seat(school.period, places=4)]
    second = school.make_round(opened=False)
    assert round_services.prospect(second) == round_services.Prospect(students=2, answering=1, wishing=0, seats=4)
    round_services.open_wishes(second, by_id=0, now=clock.now())
    assert {one.enrolment_id for one in second.students} == {school.students[number].id for number in (1, 3)}
    round_services.close(first, by_id=0, now=clock.now(), sure=True)
    assert round_services.take_in_late(second, by_id=0) == 1
    assert school.students[2].id in {one.enrolment_id for one in second.students}


def test_who_is_in_a_round_that_is_not_published_stays_out_of_another(session: Session) -> None:
    school = Class(students=1, places=(1,))
    first = school.make_round()
    late = make_enrolled(school.period, school.programme)
    school.vacancies = [make_seat(school.period)]
    second = school.make_round()
    assert [one.enrolment_id for one in second.students] == [late.id]
    assert round_services.take_in_late(first, by_id=0) == 0
    school.vacancies = [make_seat(school.period)]
    third = school.make_round(opened=False)
    assert round_services.prospect(third).wishing == 2
    with pytest.raises(DomainError):
        round_services.open_wishes(third, by_id=0, now=clock.now())


def test_who_was_proposed_a_place_elsewhere_since_it_was_computed_is_not_proposed_another(session: Session) -> None:
    school = Class(students=1, places=(1,))
    made = school.make_round()
    school.wish(made, 0, 0)
    compute(made)
    session.commit()
    placements.propose(
        school_id=school.school.id, student_id=school.entry(made, 0).student_id, vacancy=None, kind=VacancyKind.BOL_INTERNSHIP,
        establishment_id=school.vacancies[0].establishment_id, period_id=school.period.id, enrolment_id=school.students[0].id,
        starts_on=school.period.starts_on, ends_on=school.period.ends_on, hours=640, by=None, now=clock.now(), tell=False,
    )  # fmt: skip
    with pytest.raises(DomainError):
        round_services.publish(made, by_id=0, now=clock.now())
    session.rollback()
    round_services.publish(round_queries.get(made.key), by_id=0, now=clock.now())


def test_seats_that_nobody_got_or_that_were_declined_are_free_once_a_round_is_published(session: Session) -> None:
    school = Class(students=3, places=(5,))
    first = proposed(school, wishes=((0,), (0,), (0,)))
    yes, no = (school.students[number].student for number in (0, 1))
    assert yes is not None and no is not None
    school.vacancies = []
    second = school.make_round(opened=False)

    def free() -> list[int]:
        session.expire_all()
        return [seats for _vacancy, seats in round_preparing.free_seats(second, clock.today())]

    assert free() == [2]
    round_answering.answer(school.entry(first, 0), Answer.ACCEPTED, by=yes, now=clock.now())
    assert free() == [2]
    round_answering.answer(school.entry(first, 1), Answer.DECLINED, by=no, now=clock.now())
    assert free() == [3]
    round_services.close(first, by_id=0, now=clock.now(), sure=True)
    assert free() == [4]


def test_whoever_loses_by_closing_a_round_hears_it_and_it_is_confirmed_first(session: Session) -> None:
    school = Class(students=3, places=(2,))
    made = proposed(school, wishes=((0,), (0,), ()))
    yes, silent = (school.students[number].student for number in (0, 1))
    assert yes is not None and silent is not None
    round_answering.answer(school.entry(made, 0), Answer.ACCEPTED, by=yes, now=clock.now())
    with pytest.raises(DomainError) as refused:
        round_services.close(made, by_id=0, now=clock.now())
    assert (refused.value.field, made.status) == ("sure", RoundStatus.PROPOSED)
    before = set(session.scalars(select(OutboxMail.id)))
    assert round_services.close(made, by_id=0, now=clock.now(), sure=True) == 1
    assert session.scalars(select(OutboxMail.to_address).where(OutboxMail.id.not_in(before))).all() == [silent.email]


def test_a_round_in_which_all_have_answered_closes_without_asking(session: Session) -> None:
    school = Class(students=1, places=(1,))
    made = proposed(school, wishes=((0,),))
    me = school.students[0].student
    assert me is not None
    round_answering.answer(made.students[0], Answer.ACCEPTED, by=me, now=clock.now())
    assert round_services.close(made, by_id=0, now=clock.now()) == 0


def test_closing_without_a_result_is_confirmed_first_and_all_hear_it(session: Session) -> None:
    school = Class(students=2)
    made = school.make_round()
    with pytest.raises(DomainError):
        round_services.close(made, by_id=0, now=clock.now())
    assert round_services.close(made, by_id=0, now=clock.now(), sure=True) == 2


def test_a_round_closes_by_itself_after_the_last_day_and_tells_who_did_not_answer(session: Session) -> None:
    school = Class(students=2, places=(1,))
    made = proposed(school, wishes=((0,), ()))
    before = session.scalar(select(func.count(OutboxMail.id)))
    assert round_services.close_over(clock.now() + timedelta(days=21)) == 0
    assert round_services.close_over(clock.now() + timedelta(days=22)) == 1
    assert session.scalar(select(func.count(OutboxMail.id))) == (before or 0) + 1
    assert made.status is RoundStatus.CLOSED


def test_of_two_coordinators_who_compute_at_once_the_second_is_told(session: Session) -> None:
    school = Class(students=1)
    made = school.make_round()
    school.wish(made, 0, 0)
    compute(made)
    session.commit()
    made.name  # noqa: B018 read before the other one computes
    session.execute(
        update(Round).where(Round.id == made.id).values(version=Round.version + 1).execution_options(synchronize_session=False)
    )
    with pytest.raises(DomainError):
        compute(made)
    session.rollback()
    compute(round_queries.get(made.key))


def test_of_two_coordinators_who_fix_a_student_at_once_the_second_is_told(session: Session) -> None:
    school = Class(students=1)
    made = school.make_round()
    one, place = school.entry(made, 0), made.places[0]
    assert one.lock is None  # read before the other one fixes it
    values = {"round_student_id": one.id, "round_place_id": made.places[1].id, "note": "Theirs", "at": clock.now()}
    session.execute(insert(RoundLock.__table__).values(**values))
    with pytest.raises(DomainError):
        round_locking.lock(made, one.code, place.code, "Mine", by_id=school.coordinator.id, now=clock.now())


def test_a_learning_wish_comes_behind_the_list_that_is_there(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    school = Class(students=1, places=(1, 1, 1, 1))
    made = school.make_round()
    one = school.wish(made, 0, 2, 0)
    by_id = {place.vacancy_id: place for place in made.places}
    places = [by_id[vacancy.id] for vacancy in school.vacancies]
    fits = [(places[3], 0.9), (places[0], 0.5), (places[1], 0.0)]
    monkeypatch.setattr(round_wishing.suggesting, "in_order", lambda *_given: fits)
    assert round_wishing.learn(one, "lassen", now=clock.now()) == 1
    assert [wish.place for wish in one.wishes] == [places[2], places[0], places[3]]
    assert one.way is WishWay.RANKED
    with pytest.raises(DomainError) as refused:
        round_wishing.learn(one, "lassen", now=clock.now())
    assert refused.value.field == "learning_wish"
    round_wishing.rank(one, {}, now=clock.now())
    assert round_wishing.learn(one, "lassen", now=clock.now()) == 2
    assert [wish.place for wish in one.wishes] == [places[3], places[0]]


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
