"""Proposing a placement and moving it on."""

from datetime import timedelta

import pytest

from ipf_talent import clock
from ipf_talent.accounts.models import AuditEntry
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.notifications.models import OutboxMail
from ipf_talent.placements import editing, queries, services, signals
from ipf_talent.placements.agreements import parts
from ipf_talent.placements.guards import QUESTIONS
from ipf_talent.placements.kinds import AgreementStatus, CheckOutcome, Deed, PlacementStatus, Reason, SheetStatus, Who
from ipf_talent.placements.models import Placement
from ipf_talent.vacancies.kinds import AllowancePer, Expenses, Minors, VacancyKind
from tests.factories.accounts import make_user
from tests.factories.enrolments import make_class, make_enrolment, make_period
from tests.factories.placements import YES, advance, birthday, click, make_placement, make_sides, propose, week
from tests.factories.vacancies import make_vacancy

S = PlacementStatus


def move(placement, deed, sides, who=Who.SCHOOL, now=None, **said):
    by = {Who.SCHOOL: sides.coordinator, Who.STUDENT: sides.student, Who.COMPANY: sides.manager, Who.SYSTEM: None}[who]
    return services.move(placement, deed, who=who, by=by, now=now or clock.now(), **said)


def test_what_is_known_of_programme_company_and_guides_is_filled_in(sides):
    placement = propose(sides)
    assert (placement.crebo, placement.leerbedrijf_id) == ("25344", sides.recognition.leerbedrijf_id)
    assert (placement.trainer_name, placement.trainer_id) == ("Wytske Proef", sides.trainer.id)
    assert placement.programme_id == sides.programme.id
    assert sum(placement.hours_by_year.values()) == placement.hours
    assert sides.place.taken == 1


def test_the_enrolment_gives_the_supervisor_and_the_day_of_turning_18(sides):
    one, student = make_class(sides.school, sides.programme, supervisor=sides.supervisor), make_user(None)
    enrolment = make_enrolment(one, student=student, minor_until=birthday(17))
    placement = propose(sides, student_id=student.id, enrolment_id=enrolment.id, programme_id=None)
    assert placement.supervisor_id == sides.supervisor.id
    assert placement.adult_on == birthday(17)
    assert placement.programme_id == sides.programme.id


def test_a_student_has_one_place_in_a_period_and_another_student_can_have_theirs(sides):
    period = make_period(sides.school)
    propose(sides, period_id=period.id)
    with pytest.raises(DomainError, match="already has a place"):
        propose(sides, period_id=period.id, take=False)
    other = make_user(organisation=sides.school)
    assert propose(sides, period_id=period.id, student_id=other.id).status is S.PROPOSED


def test_after_a_cancelled_placement_the_student_can_have_another_in_the_same_period(sides):
    period = make_period(sides.school)
    first = propose(sides, period_id=period.id)
    move(first, Deed.CANCEL, sides, reason=Reason.COMPANY)
    assert sides.place.taken == 0
    assert propose(sides, period_id=period.id).status is S.PROPOSED


def test_the_last_place_is_taken_once(sides):
    place = make_vacancy(company=sides.company, establishment=sides.home, places=1)
    propose(sides, vacancy=place)
    with pytest.raises(DomainError, match="No place is left"):
        propose(sides, vacancy=place, student_id=make_user().id)


def test_a_minor_gets_no_place_that_is_only_for_adults(sides):
    place = make_vacancy(company=sides.company, establishment=sides.home, minors=Minors.NO)
    with pytest.raises(DomainError, match="from 18 years"):
        propose(sides, vacancy=place, adult_on=birthday(16))
    assert propose(sides, vacancy=place, adult_on=clock.today() + timedelta(days=10)).status is S.PROPOSED


def test_a_job_is_no_placement(sides):
    place = make_vacancy(company=sides.company, establishment=sides.home, kind=VacancyKind.ENGD_POSITION)
    with pytest.raises(DomainError, match="This is a job"):
        propose(sides, vacancy=place)


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_of_the_five_questions_has_to_be_answered_with_yes(sides, question):
    placement = propose(sides)
    with pytest.raises(DomainError) as refusal:
        move(placement, Deed.APPROVE, sides, answers=YES | {question: False})
    assert refusal.value.field == question
    assert placement.status is S.PROPOSED


def test_without_a_recognition_for_the_own_qualification_no_yes_helps(sides):
    placement = propose(sides, programme_id=None)
    placement.crebo = "25345"
    with pytest.raises(DomainError, match="25345"):
        move(placement, Deed.APPROVE, sides, answers=YES)


def test_approving_keeps_the_answers_and_the_check_and_tells_student_and_company(sides):
    placement = propose(sides)
    before = session.query(OutboxMail).order_by(OutboxMail.id.desc()).first().id
    assert move(placement, Deed.APPROVE, sides, answers=YES)
    assert placement.approval == YES
    assert placement.recognition_outcome is CheckOutcome.RECOGNISED
    assert placement.check_is_fresh
    told = sorted(mail.to_address for mail in session.query(OutboxMail).filter(OutboxMail.id > before))
    assert told == sorted([sides.student.email, sides.manager.email, sides.trainer.email])
    assert not move(placement, Deed.APPROVE, sides, answers=YES)
    assert session.query(AuditEntry).filter_by(action="placement_approve").count() == 1


def test_no_more_are_approved_at_the_same_time_than_there_are_places(sides):
    place = make_vacancy(company=sides.company, establishment=sides.home, places=1)
    first = propose(sides, vacancy=place)
    second = propose(sides, vacancy=place, student_id=make_user().id, take=False)
    later = propose(sides, vacancy=place, student_id=make_user().id, take=False, starts_in=300)
    move(first, Deed.APPROVE, sides, answers=YES)
    with pytest.raises(DomainError, match="All places"):
        move(second, Deed.APPROVE, sides, answers=YES)
    assert move(later, Deed.APPROVE, sides, answers=YES)


def test_a_trainer_with_more_students_than_the_school_wants_gives_a_warning_only(sides):
    editing.set_rules(sides.school.id, parents_sign=True, most_per_trainer=1)
    first = propose(sides)
    assert editing.over_trainer(first, clock.today()) == 0
    second = propose(sides, student_id=make_user().id)
    assert editing.over_trainer(second, clock.today()) == 0, "the first is only proposed"
    move(first, Deed.APPROVE, sides, answers=YES)
    assert editing.over_trainer(second, clock.today()) == 2
    assert move(second, Deed.APPROVE, sides, answers=YES)


def test_the_trainer_s_students_are_those_of_the_busiest_day_still_to_come(sides):
    def beside(first, last, status=S.RUNNING):
        one = propose(sides, student_id=make_user().id, take=False, starts_in=first)
        one.starts_on, one.ends_on = (clock.today() + timedelta(days=days) for days in (first, last))
        one.status = status
        session.commit()
        return one

    here = beside(-60, 80)
    beside(-100, -1)  # over
    beside(-90, 10)
    beside(11, 60, S.SIGNED)  # begins a day after the former
    beside(30, 50, S.APPROVED)
    beside(5, 75, S.PROPOSED)
    beside(5, 75, S.INTERRUPTED)
    beside(5, 75, S.COMPLETED)
    beside(81, 90, S.SIGNED)  # begins when this one is over
    assert queries.at_trainer(here, clock.today()) == 3
    assert queries.at_trainer(here, clock.today() - timedelta(days=60)) == 3
    assert queries.at_trainer(here, clock.today() + timedelta(days=51)) == 2
    assert queries.at_trainer(here, clock.today() + timedelta(days=200)) == 1


def test_two_students_one_after_the_other_take_one_place(sides):
    place = make_vacancy(company=sides.company, establishment=sides.home, places=2)
    first, second, both = (propose(sides, vacancy=place, student_id=make_user().id, take=False) for _one in range(3))
    day = both.starts_on
    first.ends_on, second.starts_on = day + timedelta(days=60), day + timedelta(days=61)
    first.status = second.status = S.APPROVED
    session.commit()
    assert queries.overlapping(both, clock.today()) == 1
    second.starts_on = first.ends_on
    session.commit()
    assert queries.overlapping(both, clock.today()) == 2
    with pytest.raises(DomainError, match="All places"):
        move(both, Deed.APPROVE, sides, answers=YES)
    second.starts_on = day + timedelta(days=61)
    session.commit()
    assert move(both, Deed.APPROVE, sides, answers=YES)


def test_a_draft_with_something_missing_is_not_sent(sides):
    placement = make_placement(sides, status=S.APPROVED)
    move(placement, Deed.PREPARE, sides)
    with pytest.raises(DomainError, match="not complete"):
        move(placement, Deed.SEND, sides)
    assert placement.agreement.status is AgreementStatus.DRAFT


def test_ac_e2_without_a_check_after_the_last_change_no_agreement_is_sent(sides):
    placement = make_placement(sides, status=S.PREPARING_AGREEMENT)
    later = clock.now() + timedelta(minutes=5)
    values = {"ends_on": placement.ends_on + timedelta(days=7)}
    editing.change_facts(placement, values, version=placement.version, by=sides.coordinator, now=later)
    with pytest.raises(DomainError, match="Look the recognition up again"):
        move(placement, Deed.SEND, sides, now=later)
    assert placement.status is S.PREPARING_AGREEMENT
    editing.check_recognition(placement, CheckOutcome.NOT_RECOGNISED, by=sides.coordinator, now=later)
    with pytest.raises(DomainError, match="Look the recognition up again"):
        move(placement, Deed.SEND, sides, now=later)
    editing.check_recognition(placement, CheckOutcome.RECOGNISED, by=sides.coordinator, now=later)
    assert move(placement, Deed.SEND, sides, now=later)
    assert placement.status is S.AWAITING_SIGNATURES
    assert placement.recognition_checked_by_id == sides.coordinator.id


def test_what_is_kept_of_a_check_is_its_outcome_its_day_and_who_looked(sides):
    kept = [name for name in (one.name for one in Placement.__table__.columns) if name.startswith("recognition")]
    assert sorted(kept) == [
        "recognition_checked_at", "recognition_checked_by_id", "recognition_checked_on", "recognition_outcome",
    ]  # fmt: skip


def test_ac_s3_forty_hours_and_a_school_day_are_refused_at_the_agreement_of_a_minor(sides):
    placement = make_placement(sides, status=S.APPROVED, adult_on=birthday(16))
    move(placement, Deed.PREPARE, sides)
    draft = placement.agreement
    with pytest.raises(DomainError, match="45 hours a week"):
        editing.change_agreement(
            placement, {}, week(5, school={0: 8}), version=draft.version, by=sides.coordinator, now=clock.now()
        )
    assert draft.week == []
    editing.change_agreement(placement, {}, week(4, school={4: 6}), version=draft.version, by=sides.coordinator, now=clock.now())
    assert (placement.hours_per_week, placement.days_per_week) == (32, 4)


def test_who_turns_out_to_be_a_minor_later_is_held_back_when_it_is_sent(sides):
    placement = make_placement(sides, status=S.PREPARING_AGREEMENT, days=week(5, school={0: 8}))
    now = clock.now()
    minor = {"adult_on": birthday(16), "parent_name": "Anna Hoekstra", "parent_email": "anna@thuis.example"}
    editing.change_facts(placement, minor, version=placement.version, by=sides.coordinator, now=now)
    editing.check_recognition(placement, CheckOutcome.RECOGNISED, by=sides.coordinator, now=now)
    with pytest.raises(DomainError, match="Under 18"):
        move(placement, Deed.SEND, sides)


def test_a_signed_placement_starts_on_its_first_day_and_not_before(sides):
    placement = make_placement(sides, status=S.SIGNED)
    with pytest.raises(DomainError, match="first day"):
        move(placement, Deed.START, sides, who=Who.SYSTEM)
    first_day = clock.now() + timedelta(days=31)
    assert move(placement, Deed.START, sides, who=Who.SYSTEM, now=first_day)
    assert placement.status is S.RUNNING


def test_a_bbl_placement_waits_for_the_contract(sides):
    place = make_vacancy(company=sides.company, establishment=sides.home, kind=VacancyKind.BBL_APPRENTICESHIP, expenses=None)
    placement = make_placement(sides, vacancy=place, status=S.SIGNED)
    later = clock.now() + timedelta(days=31)
    with pytest.raises(DomainError, match="contract"):
        move(placement, Deed.START, sides, who=Who.SYSTEM, now=later)
    editing.note_contract(placement, True, by=sides.coordinator, now=later)
    assert move(placement, Deed.START, sides, who=Who.SYSTEM, now=later)


@pytest.mark.parametrize(("who", "gives"), [(Who.STUDENT, "student"), (Who.COMPANY, "manager"), (Who.SCHOOL, "coordinator")])
def test_each_side_can_cancel_before_the_start_and_the_place_is_free_again(sides, who, gives):
    placement = make_placement(sides, status=S.SIGNED)
    assert sides.place.taken == 1
    with pytest.raises(DomainError, match="reason"):
        move(placement, Deed.CANCEL, sides, who=who)
    assert move(placement, Deed.CANCEL, sides, who=who, reason=Reason.STUDENT)
    assert placement.agreement.status is AgreementStatus.DISSOLVED
    assert sides.place.taken == 0


def test_after_the_first_day_student_and_company_cannot_cancel(sides):
    placement = make_placement(sides, status=S.SIGNED)
    late = clock.now() + timedelta(days=40)
    for who in (Who.STUDENT, Who.COMPANY):
        with pytest.raises(DomainError, match="first day has come"):
            move(placement, Deed.CANCEL, sides, who=who, reason=Reason.STUDENT, now=late)


def test_interrupting_tells_who_listens_why(sides):
    heard = []

    def listen(placement, **said):
        heard.append((placement.key, said["reason"]))

    placement = make_placement(sides, status=S.RUNNING)
    with signals.interrupted.connected_to(listen):
        move(placement, Deed.INTERRUPT, sides, reason=Reason.ILLNESS)
    assert heard == [(placement.key, Reason.ILLNESS)]
    assert move(placement, Deed.RESUME, sides)
    assert (placement.status, placement.reason) == (S.RUNNING, None)


def test_ending_early_needs_a_reason_the_last_day_and_that_everybody_was_heard(sides):
    placement = make_placement(sides, status=S.RUNNING)
    today = clock.today()
    for said in (
        {"last_day": today, "heard": True},
        {"reason": Reason.COMPANY, "heard": True},
        {"reason": Reason.COMPANY, "last_day": today + timedelta(days=1), "heard": True},
        {"reason": Reason.ILLNESS, "last_day": today, "heard": True},
        {"reason": Reason.COMPANY, "last_day": today},
    ):
        with pytest.raises(DomainError):
            move(placement, Deed.END_EARLY, sides, **said)
    assert move(placement, Deed.END_EARLY, sides, reason=Reason.COMPANY, last_day=today, heard=True, note="Ruzie.")
    assert (placement.ended_on, placement.status) == (today, S.ENDED_EARLY)
    assert placement.agreement.status is AgreementStatus.DISSOLVED


def test_a_placement_is_completed_only_when_nobody_says_that_something_is_missing(sides):
    placement = make_placement(sides, status=S.RUNNING)
    with pytest.raises(DomainError, match="cannot be completed yet"):
        move(placement, Deed.COMPLETE, sides)


def test_a_new_agreement_takes_over_the_words_and_asks_everybody_to_sign_again(sides):
    placement = make_placement(sides, status=S.SIGNED)
    first = placement.agreement
    move(placement, Deed.REDO, sides)
    assert placement.status is S.PREPARING_AGREEMENT
    assert first.status is AgreementStatus.DISSOLVED
    assert (placement.agreement.number, placement.agreement.parts) == (2, first.parts)
    assert placement.agreement.sheets == []


def test_in_a_running_placement_a_new_agreement_interrupts_until_it_is_signed(sides):
    placement = make_placement(sides, status=S.RUNNING)
    move(placement, Deed.REDO, sides)
    assert placement.status is S.INTERRUPTED
    with pytest.raises(DomainError, match="Not everybody"):
        move(placement, Deed.RESUME, sides)
    move(placement, Deed.SEND, sides)
    for party, by in ((Who.STUDENT, sides.student), (Who.SCHOOL, sides.coordinator), (Who.COMPANY, sides.manager)):
        click(placement, party, by)
    assert placement.status is S.INTERRUPTED
    assert placement.agreement.first.status is SheetStatus.IN_FORCE
    assert move(placement, Deed.RESUME, sides)


def test_what_the_table_does_not_know_is_refused(sides):
    placement = propose(sides)
    for deed, who in ((Deed.SEND, Who.SCHOOL), (Deed.APPROVE, Who.STUDENT), (Deed.START, Who.SYSTEM), (Deed.SIGN, Who.COMPANY)):
        with pytest.raises(DomainError, match="moved on"):
            move(placement, deed, sides, who=who, answers=YES)


def test_somebody_who_was_just_before_wins(sides):
    placement = propose(sides)
    session.connection().exec_driver_sql(f"UPDATE placement SET status = 'declined' WHERE id = {placement.id}")
    with pytest.raises(DomainError, match="just changed"):
        move(placement, Deed.APPROVE, sides, answers=YES)


def test_lists_show_each_side_its_own(sides):
    placement = make_placement(sides)
    make_placement(make_sides())
    for user, query in ((sides.coordinator, queries.of_school), (sides.manager, queries.of_company)):
        assert [row.key for row in session.execute(query(user))] == [placement.key]
    assert [one.key for one in queries.of_student(sides.student.id)] == [placement.key]
    advance(placement, S.PREPARING_AGREEMENT, sides)
    assert [row.key for row in session.execute(queries.of_school(sides.supervisor))] == [placement.key]


def test_hbo_takes_no_qualification_and_no_leerbedrijf_id_and_counts_for_no_trainer(sides):
    mbo = make_placement(sides, vacancy=None, kind=VacancyKind.BOL_INTERNSHIP, status=S.APPROVED, student_id=make_user().id)
    hbo = make_placement(sides, vacancy=None, kind=VacancyKind.HBO_GRADUATION, take=False, student_id=make_user().id)
    assert (mbo.crebo, mbo.leerbedrijf_id) == ("25344", sides.recognition.leerbedrijf_id)
    assert (hbo.crebo, hbo.leerbedrijf_id) == (None, None)
    for one in (mbo, hbo):
        one.trainer_email, one.status = "wytske@voorbeeld.example", S.RUNNING
    editing.set_rules(sides.school.id, parents_sign=True, most_per_trainer=1)
    assert [editing.over_trainer(one, clock.today()) for one in (mbo, hbo)] == [0, 0]
    other = make_placement(sides, vacancy=None, kind=VacancyKind.BOL_INTERNSHIP, take=False, student_id=make_user().id)
    other.trainer_email, other.status = "Wytske@voorbeeld.example", S.RUNNING
    session.flush()
    assert editing.over_trainer(mbo, clock.today()) == 2


def test_a_new_agreement_begins_with_what_the_place_offers(sides):
    sides.recognition.work_processes = ["B1-K1-W1 Bereidt voor", "B1-K1-W3 Monteert"]
    offer = {"allowance_from_eur": 350, "allowance_per": AllowancePer.MONTH, "allowance_month_eur": 350, "travel_costs": True}
    place = make_vacancy(
        company=sides.company, establishment=sides.home, work_processes=["B1-K1-W3", "B1-K2-W9"], expenses=Expenses.PARTLY, **offer
    )
    placement = make_placement(sides, vacancy=place, status=S.APPROVED)
    move(placement, Deed.PREPARE, sides)
    draft = placement.agreement
    assert draft.allowance_text.startswith("350 euro per maand. ")
    assert draft.allowance_text.endswith("Het bedrijf betaalt de reiskosten.")
    assert draft.parts == ["B1-K1-W3 Monteert", "B1-K2-W9"]
    assert parts.offered(placement) == ["B1-K1-W1 Bereidt voor", "B1-K1-W3 Monteert", "B1-K2-W9"]
    editing.change_agreement(placement, {"language": "en"}, week(), version=draft.version, by=sides.coordinator, now=clock.now())
    assert draft.allowance_text.startswith("350 euros a month. The company pays part")


@pytest.mark.parametrize(
    ("kept", "language", "expected"),
    [
        ("De school verzekert de student tegen ongevallen en aansprakelijkheid tijdens de stage.", "en", "The school insures"),
        ("The school insures the student against accidents and liability during the internship.", "nl", "De school verzekert"),
        ("De school verzekert de student niet.", "en", "De school verzekert de student niet."),
        ("", "en", ""),
    ],
)
def test_usual_words_of_either_language_follow_and_no_others(sides, kept, language, expected):
    placement = make_placement(sides, status=S.PREPARING_AGREEMENT)
    draft, values = placement.agreement, {"language": language, "insurance_text": kept}
    editing.change_agreement(placement, values, week(), version=draft.version, by=sides.coordinator, now=clock.now())
    assert draft.insurance_text == expected if not expected else draft.insurance_text.startswith(expected)
