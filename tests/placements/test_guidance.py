"""Contact moments, assessment, the guard before completing, replacement places, outcomes, and the job that keeps them going."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from flask import g
from sqlalchemy import func, select

from ipf_talent import clock
from ipf_talent.accounts.roles import Role
from ipf_talent.errors import DomainError, Refusals
from ipf_talent.notifications.models import OutboxMail
from ipf_talent.organisations.recognition import RecognitionStatus
from ipf_talent.placements import services, signals
from ipf_talent.placements.guidance import assessing, contacts, outcomes, replacement_queries, replacing
from ipf_talent.placements.guidance import deadlines as guidance_deadlines
from ipf_talent.placements.guidance import jobs as guidance_jobs
from ipf_talent.placements.guidance import overview as guidance
from ipf_talent.placements.guidance import queries as guidance_queries
from ipf_talent.placements.guidance.completing import Missing
from ipf_talent.placements.guidance.kinds import (
    REQUIRED,
    Advice,
    AssessmentMoment,
    AssessmentState,
    Decision,
    Grade,
    HoursState,
    MomentForm,
    MomentKind,
    OutcomeKind,
    OutcomeTerm,
    Present,
)
from ipf_talent.placements.guidance.models import ContactMoment, GuidanceNotice, Outcome, ReplacementTask
from ipf_talent.placements.kinds import PlacementStatus, Reason, Who
from ipf_talent.vacancies.models import VacancyCrebo
from tests.factories.accounts import make_user
from tests.factories.guidance import make_hours, make_moment, make_running
from tests.factories.organisations import make_establishment, make_organisation, make_place, make_recognition, make_school
from tests.factories.vacancies import make_vacancy

STARTS, ENDS = date(2027, 2, 1), date(2027, 7, 2)
NOW = datetime(2027, 3, 5, 9, 0, tzinfo=UTC)


def on(day):
    return datetime(day.year, day.month, day.day, 9, 0, tzinfo=UTC)


@pytest.fixture
def both(app_context, session):
    """A placement that runs from February to July, with everybody around it, and one beside it."""
    company, school = make_organisation(name="Voorbeeld BV"), make_school()
    supervisor = make_user(Role.SCHOOL_SUPERVISOR, school)
    times = {"starts_on": STARTS, "ends_on": ENDS, "company": company, "school": school, "hours": 100}
    return SimpleNamespace(
        company=company,
        school=school,
        supervisor=supervisor,
        coordinator=make_user(Role.COORDINATOR, school),
        manager=make_user(Role.COMPANY_MANAGER, company),
        one=make_running(**times, supervisor=supervisor),
        other=make_running(**times, supervisor=make_user(Role.SCHOOL_SUPERVISOR, school)),
    )


def mails(session, address=None):
    query = select(func.count()).select_from(OutboxMail)
    return session.scalar(query.where(OutboxMail.to_address == address) if address else query)


def note(both, moment, **values):
    known = {"held_on": STARTS + timedelta(days=14), "form": MomentForm.AT_COMPANY, "agreements": "To go on like this."}
    present = {Present.STUDENT, Present.TRAINER, Present.SUPERVISOR}
    contacts.note(both.one, moment, **known | {"present": present} | values, by=both.supervisor, now=NOW)


def advise(both, **values):
    known = {"grades": {}, "attitude": Grade.GOOD, "advice": Advice.SUFFICIENT, "text": "", "send": True, "version": 0}
    which = values.pop("which", AssessmentMoment.END)
    assessment = assessing.current(both.one, which)
    assessing.write(both.one, assessment, **known | values, by=both.manager, name="Manager", now=NOW)
    return guidance_queries.assessment(both.one.id, which)


# contact moments


def test_starting_plans_the_three_moments_once(both, session):
    signals.started.send(both.one)
    signals.started.send(both.one)
    found = guidance_queries.moments_of(both.one.id)
    assert [row.kind for row in found] == list(REQUIRED)
    assert guidance_queries.moments_of(both.other.id) == []


def test_another_end_date_moves_what_nobody_chose(both, session):
    contacts.plan(both.one)
    start, mid, _end = guidance_queries.moments_of(both.one.id)
    note(both, start)
    contacts.set_day(both.one, mid, date(2027, 4, 1), MomentForm.VIDEO, by=both.supervisor, now=NOW)
    both.one.ends_on = date(2027, 9, 3)
    assert contacts.plan(both.one) == 1
    moved = {row.kind: row.planned_on for row in guidance_queries.moments_of(both.one.id)}
    assert moved == {MomentKind.START: start.planned_on, MomentKind.MID: date(2027, 4, 1), MomentKind.END: date(2027, 8, 27)}
    assert contacts.plan(both.one) == 0


def test_a_chosen_day_is_told_to_student_and_trainer(both, session):
    moment = make_moment(both.one, kind=MomentKind.START, planned_on=date(2027, 2, 15))
    contacts.set_day(both.one, moment, date(2027, 3, 8), MomentForm.VIDEO, by=both.supervisor, now=NOW)
    assert (mails(session, both.one.student.email), mails(session, both.one.trainer_email), mails(session)) == (1, 1, 2)
    with pytest.raises(DomainError):
        contacts.set_day(both.one, moment, NOW.date() - timedelta(days=1), MomentForm.VIDEO, by=both.supervisor, now=NOW)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("held_on", {"held_on": NOW.date() + timedelta(days=1)}),
        ("held_on", {"held_on": STARTS - timedelta(days=1)}),
        ("present", {"present": {Present.SUPERVISOR}}),
        ("agreements", {"agreements": ""}),
    ],
)
def test_a_note_says_when_who_and_what(both, session, field, values):
    moment = make_moment(both.one, kind=MomentKind.START, planned_on=date(2027, 2, 15))
    with pytest.raises(DomainError) as refused:
        note(both, moment, **values)
    assert refused.value.field == field
    assert guidance_queries.held(both.one.id) == frozenset()


def test_a_changed_note_asks_for_agreement_again(both, session):
    moment = make_moment(both.one, kind=MomentKind.MID, planned_on=date(2027, 3, 1))
    note(both, moment)
    assert contacts.agree(both.one, moment, Who.STUDENT, by=both.one.student, name="", now=NOW)
    assert not contacts.agree(both.one, moment, Who.STUDENT, by=both.one.student, name="", now=NOW)
    assert contacts.agree(both.one, moment, Who.COMPANY, by=both.manager, name="Manager", now=NOW)
    note(both, moment, agreements="Something else.")
    assert (moment.student_agreed_at, moment.company_agreed_at, moment.company_name) == (None, None, "")


def test_a_remark_takes_the_agreement_back_and_the_supervisor_hears_it(both, session):
    moment = make_moment(both.one, kind=MomentKind.MID, planned_on=date(2027, 3, 1))
    note(both, moment)
    contacts.agree(both.one, moment, Who.STUDENT, by=both.one.student, name="", now=NOW)
    before = mails(session, both.supervisor.email)
    with pytest.raises(DomainError):
        contacts.object_to(both.one, moment, Who.STUDENT, "", by=both.one.student)
    contacts.object_to(both.one, moment, Who.STUDENT, "That was not agreed.", by=both.one.student)
    assert (moment.student_agreed_at, moment.remark, moment.remark_by) == (None, "That was not agreed.", Who.STUDENT)
    assert mails(session, both.supervisor.email) == before + 1
    contacts.agree(both.one, moment, Who.STUDENT, by=both.one.student, name="", now=NOW)
    assert (moment.remark, moment.remark_by) == ("", None)


def test_an_extra_talk_pressed_twice_is_one(both, session):
    for _press in range(2):
        contacts.add_extra(both.one, date(2027, 3, 10), MomentForm.PHONE, by=both.supervisor, now=NOW)
    assert session.scalar(select(func.count()).select_from(ContactMoment)) == 1


# assessment


def test_the_parts_come_from_the_place_and_else_from_the_recognition(both, session):
    assert guidance_queries.parts_to_assess(both.one) == []
    make_recognition(
        both.one.establishment, crebo="25344", status=RecognitionStatus.VERIFIED, work_processes=["B1-K1-W1 Bouwt", "B1-K1-W2 Test"]
    )
    assert guidance_queries.parts_to_assess(both.one) == ["B1-K1-W1 Bouwt", "B1-K1-W2 Test"]
    both.one.vacancy = make_vacancy(company=both.company, work_processes=["B1-K1-W2 Test"])
    session.commit()
    assert guidance_queries.parts_to_assess(both.one) == ["B1-K1-W2 Test"]


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("grade-2", {"grades": {1: Grade.GOOD}}),
        ("attitude", {"attitude": None}),
        ("attitude", {"attitude": Grade.NOT_APPLICABLE}),
        ("advice", {"advice": None}),
    ],
)
def test_an_advice_is_sent_whole_or_not_at_all(both, session, field, values):
    make_recognition(both.one.establishment, status=RecognitionStatus.VERIFIED, work_processes=["W1", "W2"])
    whole = {"grades": {1: Grade.GOOD, 2: Grade.NOT_APPLICABLE}}
    with pytest.raises(DomainError) as refused:
        advise(both, **whole | values)
    assert refused.value.field == field
    session.rollback()
    advise(both, **whole | values, send=False)
    sent = advise(both, **whole, version=1)
    assert [line.grade for line in sent.lines] == [Grade.GOOD, Grade.NOT_APPLICABLE]


def test_everything_that_an_advice_lacks_is_said_at_once(both, session):
    make_recognition(both.one.establishment, status=RecognitionStatus.VERIFIED, work_processes=["W1", "W2", "W3"])
    with pytest.raises(Refusals) as refused:
        advise(both, grades={2: Grade.GOOD}, attitude=None, advice=None)
    assert [one.field for one in refused.value.found] == ["grade-1", "grade-3", "attitude", "advice"]


def test_two_people_of_a_company_do_not_overwrite_each_other(both, session):
    advise(both, send=False, text="First.")
    advise(both, send=False, text="Second.", version=1)
    with pytest.raises(assessing.Changed):
        advise(both, send=False, text="Third.", version=1)
    assert guidance_queries.assessment(both.one.id, AssessmentMoment.END).advice_text == "Second."


def test_the_company_advises_and_the_school_decides_once(both, session):
    draft = advise(both, send=False)
    with pytest.raises(DomainError):
        assessing.decide(both.one, draft, Decision.SUFFICIENT, "", by=both.supervisor, now=NOW)
    sent = advise(both, version=1, advice=Advice.INSUFFICIENT)
    with pytest.raises(DomainError):
        advise(both, version=2)
    with pytest.raises(DomainError):
        assessing.decide(both.one, sent, Decision.INSUFFICIENT, "", by=both.supervisor, now=NOW)
    assert assessing.decide(both.one, sent, Decision.SUFFICIENT, "", by=both.supervisor, now=NOW)
    told = mails(session, both.one.student.email)
    assert not assessing.decide(both.one, sent, Decision.SUFFICIENT, "", by=both.coordinator, now=NOW)
    with pytest.raises(DomainError):
        assessing.decide(both.one, sent, Decision.RESIT, "Again.", by=both.coordinator, now=NOW)
    found = guidance_queries.assessment(both.one.id, AssessmentMoment.END)
    told_now = (found.state, found.advice, found.decision, found.decided_by_id, mails(session, both.one.student.email))
    assert told_now == (AssessmentState.DECIDED, Advice.INSUFFICIENT, Decision.SUFFICIENT, both.supervisor.id, told)


def test_what_has_to_be_done_again_is_assessed_again(both, session):
    sent = advise(both)
    assessing.decide(both.one, sent, Decision.RESIT, "One more month.", by=both.supervisor, now=NOW)
    assert Missing.RESIT in guidance.ready(both.one)
    again = advise(both)
    assert (again.attempt, again.state) == (2, AssessmentState.SUBMITTED)
    assert Missing.DECISION in guidance.ready(both.one)
    assessing.decide(both.one, again, Decision.SUFFICIENT, "", by=both.supervisor, now=NOW)
    assert not {Missing.DECISION, Missing.RESIT} & set(guidance.ready(both.one))
    assert [row.attempt for row in guidance_queries.assessments_of(both.one.id)] == [1, 2]


def test_an_assessment_halfway_does_not_stand_for_the_one_at_the_end(both, session):
    assessing.decide(both.one, advise(both, which=AssessmentMoment.MID), Decision.SUFFICIENT, "", by=both.supervisor, now=NOW)
    assert Missing.DECISION in guidance.ready(both.one)


# before completing


def test_completing_is_stopped_until_all_is_there(both, session):
    contacts.plan(both.one)
    assert [len(found) for _who, found in signals.completing.send(both.one)] == [5]
    make_hours(both.one, [STARTS + timedelta(days=n) for n in range(13)], state=HoursState.APPROVED)
    for moment in guidance_queries.moments_of(both.one.id):
        note(both, moment)
    assert guidance.ready(both.one) == [Missing.DECISION]
    assessing.decide(both.one, advise(both), Decision.SUFFICIENT, "", by=both.supervisor, now=NOW)
    assert guidance.ready(both.one) == []
    assert [found for _who, found in signals.completing.send(both.one)] == [[]]
    assert len(guidance.ready(both.other)) == 5


# replacement places


def open_place(crebo="25344", *, status=RecognitionStatus.VERIFIED, published=True, **values):
    company = make_organisation(name=values.pop("name", "Andere BV"))
    home = make_establishment(company)
    make_recognition(home, crebo=crebo, status=status)
    vacancy = make_vacancy(company=company, establishment=home, **values)
    vacancy.crebos = [VacancyCrebo(crebo=crebo, published=published)]
    return vacancy


def test_an_interruption_becomes_a_task_with_a_day_and_is_told_once(both, session):
    for _again in range(2):
        signals.interrupted.send(both.one, reason=Reason.RECOGNITION)
    (task,) = session.scalars(select(ReplacementTask)).all()
    assert (task.placement_id, task.reason, task.done_at) == (both.one.id, Reason.RECOGNITION, None)
    assert task.due_on > clock.today()
    assert (mails(session, both.coordinator.email), mails(session)) == (1, 1)


def test_after_an_illness_nobody_looks_for_another_place(both, session):
    signals.interrupted.send(both.one, reason=Reason.ILLNESS)
    assert session.scalars(select(ReplacementTask)).all() == []


def alike(crebo):
    """25345 is another number of 25344."""
    return {"25344": frozenset({"25345"})}.get(crebo, frozenset())


@pytest.fixture
def stopped(both, session):
    """The placement of these tests, interrupted in its tenth week of twenty, and its task."""
    both.one.starts_on, both.one.ends_on = clock.today() - timedelta(days=70), clock.today() + timedelta(days=70)
    both.one.status = PlacementStatus.INTERRUPTED
    session.commit()
    return replacing.begin(both.one, Reason.COMPANY, now=clock.now())


def days(first, last):
    today = clock.today()
    return {"starts_on": today + timedelta(days=first), "ends_on": today + timedelta(days=last) if last is not None else None}


def suggested(task):
    (told,) = replacing.told([task], clock.today(), alike)
    return [place.row.slug for place in told.places]


def test_open_places_of_the_same_qualification_are_suggested_by_facts(both, session, stopped):
    right = [open_place(name=name, **days(10, 90)) for name in ("Zuid BV", "Bedrijf BV")]
    open_place("25999")
    open_place(status=RecognitionStatus.DECLARED)
    open_place(published=False)
    open_place(places=1, taken=1)
    open_place(closes_on=clock.today() - timedelta(days=1))
    at_the_former = open_place(name="Former BV")
    both.one.establishment = at_the_former.establishment
    session.commit()
    (told,) = replacing.told([stopped], clock.today(), alike)
    assert [place.row.slug for place in told.places] == [right[0].slug, right[1].slug]
    assert (told.late, [place.left for place in told.places]) == (False, [2, 2])
    assert [row.id for row in replacement_queries.tasks_of(both.coordinator)] == [stopped.id]
    assert replacement_queries.tasks_of(make_user(Role.COORDINATOR, make_school())) == []


def test_only_places_that_offer_enough_of_the_days_that_are_left_are_suggested(both, session, stopped):
    fits = [open_place(**days(-30, None)), open_place(**days(0, 28)), open_place(**days(42, 200))]
    open_place(**days(43, 200))  # a day less than four weeks before the end
    every = open_place(**days(0, 27))
    open_place(**days(71, 200))  # after the end
    assert set(suggested(stopped)) == {one.slug for one in fits}
    both.one.ends_on = clock.today() + timedelta(days=10)  # then all of the ten days are wanted
    session.commit()
    (told,) = replacing.told([stopped], clock.today(), alike)
    assert [place.row.slug for place in told.places] == [one.slug for one in fits[:2]] + [every.slug]
    assert all(place.ends_on == both.one.ends_on and place.starts_on == clock.today() for place in told.places)


def test_the_nearest_place_comes_first_and_one_of_an_unknown_town_last(both, session, stopped):
    both.one.establishment.place = make_place("Drachten")
    far, unknown, near = (open_place(**days(10, 90), place=town) for town in ("Leeuwarden", "Drachten", "Drachten"))
    unknown.place = None
    session.commit()
    assert suggested(stopped) == [near.slug, far.slug, unknown.slug]


def test_an_equivalent_qualification_is_suggested_and_says_so(both, session, stopped):
    own, other = open_place(**days(10, 90)), open_place("25345", **days(10, 90))
    open_place("25346", **days(10, 90))
    make_recognition(own.establishment, crebo="25345", status=RecognitionStatus.VERIFIED)
    own.crebos.append(VacancyCrebo(crebo="25345", published=True))
    session.commit()
    (told,) = replacing.told([stopped], clock.today(), alike)
    assert [(place.row.slug, place.own) for place in told.places] == [(own.slug, True), (other.slug, False)]


def test_a_place_is_proposed_once_for_the_hours_that_are_left(both, session, stopped):
    place = open_place(**days(10, 50), places=1)
    make_hours(both.one, [both.one.starts_on], minutes=480, state=HoursState.APPROVED)
    new = replacing.propose(stopped, place.slug, alike=alike, by=both.coordinator, now=clock.now())
    session.commit()
    assert (new.status, new.student_id, new.crebo) == (PlacementStatus.PROPOSED, both.one.student_id, "25344")
    assert (new.starts_on, new.ends_on, new.hours) == (place.starts_on, place.ends_on, 92)
    assert (new.vacancy_id, place.taken, stopped.replacement_id) == (place.id, 1, new.id)
    assert replacing.propose(stopped, place.slug, alike=alike, by=both.coordinator, now=clock.now()).id == new.id
    assert suggested(stopped) == []
    services.log(both.one, Who.SCHOOL, both.coordinator, "interrupt", clock.now())
    around, back = replacing.around(both.one), replacing.around(new)
    assert (around.task.id, around.became.id, around.former) == (stopped.id, new.id, None)
    assert (back.task, back.became, back.former.id) == (None, None, both.one.id)
    assert replacing.finish_resumed(clock.now()) == 0
    new.status = PlacementStatus.APPROVED
    session.commit()
    assert replacement_queries.tasks_of(both.coordinator) == []
    assert replacing.finish_resumed(clock.now()) == 1
    assert stopped.found is True


def test_what_came_to_nothing_leaves_the_task_and_another_place_can_be_proposed(both, session, stopped):
    g.language = "en"
    first, second = open_place(**days(10, 90)), open_place(**days(10, 90))
    full = open_place(**days(10, 90), places=1, taken=1)
    with pytest.raises(DomainError, match="not open any more"):
        replacing.propose(stopped, full.slug, alike=alike, by=both.coordinator, now=clock.now())
    one = replacing.propose(stopped, first.slug, alike=alike, by=both.coordinator, now=clock.now())
    one.status = PlacementStatus.DECLINED
    session.commit()
    assert len(replacement_queries.tasks_of(both.coordinator)) == 1
    two = replacing.propose(stopped, second.slug, alike=alike, by=both.coordinator, now=clock.now())
    assert (two.id, stopped.replacement_id) == (stopped.replacement_id, two.id) and two.id != one.id
    assert replacing.finish(stopped, found=False, by=both.coordinator, now=clock.now())
    two.status = PlacementStatus.CANCELLED
    session.commit()
    with pytest.raises(DomainError, match="done already"):
        replacing.propose(stopped, first.slug, alike=alike, by=both.coordinator, now=clock.now())


def test_a_task_is_finished_once_and_by_itself_when_the_placement_goes_on(both, session):
    both.one.status = both.other.status = PlacementStatus.INTERRUPTED
    first, second = (replacing.begin(one, Reason.COMPANY, now=NOW) for one in (both.one, both.other))
    assert replacing.finish(first, found=True, by=both.coordinator, now=NOW)
    assert not replacing.finish(first, found=False, by=both.coordinator, now=NOW)
    assert replacing.finish_resumed(NOW) == 0
    both.other.status = PlacementStatus.RUNNING
    assert replacing.finish_resumed(NOW) == 1
    assert (first.found, second.found) == (True, False)
    assert replacing.begin(both.one, Reason.COMPANY, now=NOW) is not None


# the job


def test_twice_on_a_day_tells_nothing_twice(both, session):
    for day in (date(2027, 2, 20), date(2027, 3, 1), date(2027, 5, 27), date(2027, 6, 30)):
        guidance_deadlines.keep(on(day))
        before = mails(session)
        assert guidance_deadlines.keep(on(day)) == guidance_deadlines.Done()
        assert mails(session) == before


def test_an_overdue_moment_is_told_to_the_supervisor_and_a_week_later_to_the_coordinator(both, session):
    planned = date(2027, 2, 15)
    seen = []
    for days in (0, 1, 4, 7, 8, 9):
        guidance_deadlines.keep(on(planned + timedelta(days=days)))
        seen.append((days, mails(session, both.supervisor.email), mails(session, both.coordinator.email)))
    assert seen == [(0, 0, 0), (1, 1, 0), (4, 1, 0), (7, 1, 0), (8, 1, 2), (9, 1, 2)]


def test_another_day_gives_another_reminder_and_a_held_talk_none(both, session):
    guidance_deadlines.keep(on(date(2027, 2, 16)))
    start = guidance_queries.moments_of(both.one.id)[0]
    contacts.set_day(both.one, start, date(2027, 3, 8), MomentForm.VIDEO, by=both.supervisor, now=NOW)
    guidance_deadlines.keep(on(date(2027, 3, 9)))
    assert mails(session, both.supervisor.email) == 2
    contacts.note(
        both.one, start, held_on=date(2027, 3, 8), form=MomentForm.VIDEO, present={Present.STUDENT, Present.SUPERVISOR},
        agreements="All well.", by=both.supervisor, now=on(date(2027, 3, 9)),
    )  # fmt: skip
    session.commit()
    guidance_deadlines.keep(on(date(2027, 4, 1)))
    assert mails(session, both.supervisor.email) == 2


@pytest.mark.parametrize(("hours_done", "alerts"), [(74, 3), (75, 0)])
def test_hours_that_fall_behind_at_three_quarters_alert_student_trainer_and_supervisor(both, session, hours_done, alerts):
    days = [STARTS + timedelta(days=n) for n in range(10)]
    make_hours(both.one, days, minutes=hours_done * 6, state=HoursState.APPROVED)
    make_hours(both.one, [date(2027, 4, 1)], minutes=700, state=HoursState.SUBMITTED)
    told = (both.one.student.email, both.one.trainer_email, both.supervisor.email)
    notices = select(func.count()).where(GuidanceNotice.what == "shortfall", GuidanceNotice.placement_id == both.one.id)
    guidance_deadlines.keep(on(date(2027, 5, 24)))
    assert session.scalar(notices) == 0
    before = [mails(session, address) for address in told]
    both.other.status = PlacementStatus.INTERRUPTED
    session.commit()
    guidance_deadlines.keep(on(date(2027, 5, 25)))
    assert sum(mails(session, address) for address in told) - sum(before) == alerts
    assert session.scalar(notices) == (1 if alerts else 0)


def test_one_that_fails_does_not_hold_up_the_others(both, session, monkeypatch):
    real = contacts.plan

    def plan(placement):
        if placement.id == both.one.id:
            raise RuntimeError("broken")
        return real(placement)

    monkeypatch.setattr(contacts, "plan", plan)
    done = guidance_deadlines.keep(on(date(2027, 2, 3)))
    assert (done.failed, done.planned) == (1, 3)


def test_outcomes_are_asked_once_at_each_term(both, session):
    both.one.status, both.one.ended_on = PlacementStatus.COMPLETED, ENDS
    both.other.status, both.other.ended_on = PlacementStatus.ENDED_EARLY, ENDS
    session.commit()
    days = [date(2028, month, day) for month in (1, 7) for day in (1, 2, 3)]
    asked = [guidance_deadlines.keep(on(day)).asked for day in days]
    assert asked == [0, 1, 0, 0, 1, 0]
    rows = session.scalars(select(Outcome).order_by(Outcome.id)).all()
    assert [(row.placement_id, row.term) for row in rows] == [
        (both.one.id, OutcomeTerm.HALF_YEAR), (both.one.id, OutcomeTerm.YEAR),
    ]  # fmt: skip
    outcomes.answer(rows[0], OutcomeKind.ELSEWHERE, by=None, now=NOW)
    outcomes.answer(rows[0], OutcomeKind.AT_COMPANY, by=both.one.student, now=NOW)
    assert rows[0].answer is OutcomeKind.AT_COMPANY


def test_what_is_asked_afterwards_is_known_at_once_and_the_company_is_asked_too(both, session):
    both.one.status, both.one.ended_on = PlacementStatus.COMPLETED, date(2027, 8, 31)
    session.commit()
    first, second = outcomes.questions(both.one, guidance_queries.outcomes_of(both.one.id))
    assert [(one.term, one.day, one.row) for one in (first, second)] == [
        (OutcomeTerm.HALF_YEAR, date(2028, 2, 29), None), (OutcomeTerm.YEAR, date(2028, 8, 31), None),
    ]  # fmt: skip
    assert outcomes.ask(guidance_queries.one(both.one.id), OutcomeTerm.HALF_YEAR, now=on(first.day))
    assert (mails(session, both.manager.email), mails(session, both.one.student.email), mails(session)) == (1, 1, 2)
    row = guidance_queries.outcome(both.one.id, OutcomeTerm.HALF_YEAR)
    outcomes.say_employed(row, False, by=both.manager, now=NOW)
    assert (row.employed, row.answer) == (False, None)
    assert [one.row for one in outcomes.questions(both.one, guidance_queries.outcomes_of(both.one.id))] == [row, None]


def test_nobody_agrees_to_a_day_that_has_passed(both, session):
    talk = make_moment(both.one, kind=MomentKind.MID, planned_on=NOW.date() - timedelta(days=1))
    with pytest.raises(DomainError):
        contacts.agree(both.one, talk, Who.COMPANY, by=both.manager, name="Manager", now=NOW)
    today = make_moment(both.one, kind=MomentKind.END, planned_on=NOW.date())
    assert contacts.agree(both.one, today, Who.COMPANY, by=both.manager, name="Manager", now=NOW)
    note(both, talk)
    assert contacts.agree(both.one, talk, Who.COMPANY, by=both.manager, name="Manager", now=NOW)


def test_the_job_of_the_site_does_this(both, session):
    assert guidance_jobs.keep_guidance() >= 0
    assert session.scalar(select(func.count()).select_from(ContactMoment)) == 6
