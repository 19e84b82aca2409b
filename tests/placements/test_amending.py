"""Changing a signed agreement: new sheets, who hears it, who can ask what, and another company."""

from datetime import UTC, datetime, time, timedelta

import pytest

from ipf_talent import clock
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.notifications.models import OutboxMail
from ipf_talent.placements import amending, editing, keeping_time, minors, queries, telling
from ipf_talent.placements.agreements import kinds as agreement_kinds
from ipf_talent.placements.agreements import page as agreement_page
from ipf_talent.placements.kinds import AgreementStatus, Answer, PlacementStatus, SheetStatus, Who
from tests.factories.placements import birthday, make_placement, week

S = PlacementStatus
MONDAY = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
"""A Monday without a holiday in the three weeks after it."""


@pytest.fixture
def running(sides):
    return make_placement(sides, status=S.RUNNING, now=MONDAY)


def later_end(placement, days=14):
    ends_on = placement.ends_on + timedelta(days=days)
    return {"ends_on": ends_on, "hours_by_year": agreement_kinds.spread(placement.starts_on, ends_on, placement.hours)}


def amend(placement, sides, values, asked_by=Who.SCHOOL, consent=False, now=MONDAY):
    return amending.amend(placement, values, asked_by=asked_by, consent=consent, by=sides.coordinator, now=now)


def answer(placement, party, by, said=Answer.AGREED, words="", now=MONDAY):
    version = placement.agreement.sheets[-1].version
    return amending.answer(placement, party, said, words=words, version=version, by=by, now=now)


def told_since(number):
    return {mail.to_address for mail in session.query(OutboxMail).filter(OutboxMail.id > number)}


def newest_mail():
    return max((mail.id for mail in session.query(OutboxMail)), default=0)


def test_ac_e3_another_end_date_makes_sheet_2_tells_everybody_and_holds_after_ten_working_days(sides, running):
    old, before = running.ends_on, newest_mail()
    sheet = amend(running, sides, later_end(running))
    assert (sheet.version, sheet.status) == (2, SheetStatus.SENT)
    assert sheet.object_until.isoformat() == "2027-02-15"
    assert told_since(before) == {sides.student.email, sides.manager.email, sides.trainer.email}
    assert running.ends_on == old
    session.commit()
    keeping_time.keep(MONDAY + timedelta(days=14))
    assert queries.by_key(running.key).ends_on == old
    done = keeping_time.keep(MONDAY + timedelta(days=15))
    again = keeping_time.keep(MONDAY + timedelta(days=15))
    placement = queries.by_key(running.key)
    assert (done.in_force, again.in_force) == (1, 0)
    assert placement.ends_on == old + timedelta(days=14)
    assert placement.agreement.in_force.version == 2


def test_ac_e3_the_parent_of_a_minor_hears_it_too(sides):
    parents = {"parent_name": "Anna", "parent_email": "anna@thuis.example"}
    editing.set_rules(sides.school.id, parents_sign=False, most_per_trainer=5)
    placement = make_placement(sides, status=S.RUNNING, adult_on=birthday(16))
    editing.change_facts(placement, parents, version=placement.version, by=sides.coordinator, now=clock.now())
    before = newest_mail()
    sheet = amend(placement, sides, later_end(placement), now=clock.now())
    assert "anna@thuis.example" in told_since(before)
    assert Who.PARENT in sheet.parties


def test_ac_e3_it_holds_at_once_when_everybody_agrees(sides, running):
    old = running.ends_on
    amend(running, sides, later_end(running))
    assert answer(running, Who.STUDENT, sides.student)
    assert running.ends_on == old
    assert answer(running, Who.COMPANY, sides.manager)
    assert running.ends_on == old + timedelta(days=14)
    assert running.agreement.in_force.version == 2
    assert running.agreement.status is AgreementStatus.SIGNED


def test_one_objection_takes_the_sheet_back_and_nothing_changes(sides, running):
    old = running.ends_on
    amend(running, sides, later_end(running))
    with pytest.raises(DomainError) as refusal:
        answer(running, Who.STUDENT, sides.student, Answer.OBJECTED)
    assert refusal.value.field == "words"
    assert answer(running, Who.STUDENT, sides.student, Answer.OBJECTED, "Ik heb dan school.")
    sheet = running.agreement.sheets[-1]
    assert (sheet.status, running.ends_on) == (SheetStatus.CORRECTED, old)
    keeping_time.keep(MONDAY + timedelta(days=30))
    assert queries.by_key(running.key).ends_on == old
    third = amend(queries.by_key(running.key), sides, later_end(running, 7))
    assert third.version == 3


def said_on(sheet):
    """What the table of a sheet says of each party."""
    table = next(part for part in agreement_page.told(sheet)["sections"] if part["head"][:1] == ["Party"])
    return {line[0]: line[3] for line in table["lines"]}


def test_silence_is_no_consent_while_one_can_still_object(sides, running):
    running.agreement.language = "en"
    sheet = amend(running, sides, later_end(running), asked_by=Who.COMPANY, consent=True)
    assert said_on(sheet) == {
        "Student": "has not answered yet", "School": "sent it", "Company": "asked for it, has not answered yet",
    }  # fmt: skip
    answer(running, Who.STUDENT, sides.student)
    assert said_on(sheet)["Student"] == "agreed"
    session.commit()
    keeping_time.keep(MONDAY + timedelta(days=15))
    kept = queries.by_key(running.key).agreement.sheets[-1]
    assert said_on(kept) == {"Student": "agreed", "School": "sent it", "Company": "did not object"}


def test_after_an_objection_who_was_silent_did_not_answer(sides, running):
    running.agreement.language = "en"
    sheet = amend(running, sides, later_end(running))
    answer(running, Who.STUDENT, sides.student, Answer.OBJECTED, "Ik heb dan school.")
    assert said_on(sheet) == {"Student": "objected", "School": "sent it", "Company": "did not answer"}


def test_the_school_that_sent_it_is_not_asked_and_can_take_it_back(sides, running):
    amend(running, sides, later_end(running))
    told = telling.sheets_of(running, sides.coordinator)[0]
    assert (told.to_answer, told.to_take_back) == ([], True)
    assert telling.sheets_of(running, sides.student)[0].to_answer == [Who.STUDENT]
    assert not telling.sheets_of(running, sides.student)[0].to_take_back
    with pytest.raises(DomainError, match="not asked"):
        answer(running, Who.SCHOOL, sides.coordinator)
    assert answer(running, Who.SCHOOL, sides.coordinator, Answer.OBJECTED, "Verkeerde datum.")
    assert running.agreement.sheets[-1].status is SheetStatus.CORRECTED
    assert running.agreement.objected is None


def waits_for_school(sides):
    listed = session.execute(queries.of_school(sides.coordinator).where(queries.objected())).all()
    return [row.key for row in listed]


def test_an_objection_waits_for_the_school_until_it_leaves_it_or_sends_another(sides, running):
    other = make_placement(status=S.RUNNING, now=MONDAY)
    amend(running, sides, later_end(running))
    assert waits_for_school(sides) == []
    answer(running, Who.STUDENT, sides.student, Answer.OBJECTED, "Ik heb dan school.")
    told = telling.for_school(running, sides.coordinator, MONDAY.date())
    assert (told.objection.party, told.objection.words, told.objection.name) == (
        Who.STUDENT,
        "Ik heb dan school.",
        "Jildou Hoekstra",
    )
    assert telling.for_company(running, sides.manager, MONDAY.date()).objection is told.objection
    assert waits_for_school(sides) == [running.key]
    assert queries.number_to_close(sides.coordinator, MONDAY.date()) == 1
    assert amending.note_objection(running, by=sides.coordinator, now=MONDAY)
    assert not amending.note_objection(running, by=sides.coordinator, now=MONDAY)
    assert (waits_for_school(sides), telling.for_student(running, MONDAY.date()).objection) == ([], None)
    amend(running, sides, later_end(running))
    answer(running, Who.COMPANY, sides.manager, Answer.OBJECTED, "Te laat.")
    amend(running, sides, later_end(running, 7))
    assert waits_for_school(sides) == []
    assert other.key not in waits_for_school(sides)


def test_only_the_days_that_change_stand_on_the_sheet(sides, running):
    running.agreement.language = "en"
    after = week(4)
    after[1] = minors.day_of(1, time(9), time(17, 30), 45)
    sheet = amend(running, sides, {"week": minors.rows_of(after)})
    changed = next(part for part in agreement_page.told(sheet)["sections"] if part["heading"] == "What changed")
    assert changed["lines"] == [
        ["Working times, Tuesday", "08:00–16:30, 30 minutes of breaks", "09:00–17:30, 45 minutes of breaks"],
    ]


def test_a_day_that_falls_away_is_said_so(sides, running):
    running.agreement.language = "en"
    sheet = amend(running, sides, {"week": minors.rows_of(week(3))})
    changed = next(part for part in agreement_page.told(sheet)["sections"] if part["heading"] == "What changed")
    assert changed["lines"] == [["Working times, Thursday", "08:00–16:30, 30 minutes of breaks", "no work, no school"]]


def test_two_changes_do_not_wait_at_the_same_time(sides, running):
    amend(running, sides, later_end(running))
    with pytest.raises(DomainError, match="still waits"):
        amend(running, sides, later_end(running, 21))


def test_what_is_the_same_makes_no_sheet(sides, running):
    assert amend(running, sides, {"ends_on": running.ends_on, "hours": running.hours}) is None
    assert len(running.agreement.sheets) == 1


def test_an_answer_is_given_once_and_not_to_an_older_sheet(sides, running):
    amend(running, sides, later_end(running))
    assert answer(running, Who.STUDENT, sides.student)
    assert not answer(running, Who.STUDENT, sides.student)
    with pytest.raises(DomainError, match="answered already"):
        answer(running, Who.STUDENT, sides.student, Answer.OBJECTED, "Toch niet")
    with pytest.raises(DomainError, match="does not wait"):
        amending.answer(running, Who.COMPANY, Answer.AGREED, words="", version=1, by=sides.manager, now=MONDAY)


@pytest.mark.parametrize(
    ("field", "asked_by", "consent", "allowed"),
    [
        ("times", Who.STUDENT, False, True),
        ("times", Who.SCHOOL, False, True),
        ("times", Who.COMPANY, False, False),
        ("times", Who.COMPANY, True, True),
        ("guides", Who.COMPANY, False, True),
        ("guides", Who.STUDENT, False, False),
        ("programme", Who.STUDENT, False, True),
        ("programme", Who.SCHOOL, True, False),
        ("programme", Who.COMPANY, True, False),
    ],
)
def test_r10_who_may_ask_for_which_change(sides, running, field, asked_by, consent, allowed):
    values = {
        "times": later_end(running),
        "guides": {"trainer_name": "Doutzen Vries"},
        "programme": {"optional_module": "K0072"},
    }[field]
    if allowed:
        assert amend(running, sides, values, asked_by, consent).asked_by is asked_by
    else:
        with pytest.raises(DomainError):
            amend(running, sides, values, asked_by, consent)


def test_a_changed_sheet_may_not_make_a_minor_work_too_much(sides):
    editing.set_rules(sides.school.id, parents_sign=False, most_per_trainer=5)
    placement = make_placement(sides, status=S.RUNNING, adult_on=birthday(16))
    with pytest.raises(DomainError, match="Under 18"):
        amend(placement, sides, {"week": minors.rows_of(week(5, school={0: 8}))}, now=clock.now())


def test_the_first_day_of_what_runs_stays(sides, running):
    with pytest.raises(DomainError, match="has begun"):
        amend(running, sides, {"starts_on": running.starts_on + timedelta(days=1)})


def test_before_everybody_signed_there_is_nothing_to_amend(sides):
    placement = make_placement(sides, status=S.AWAITING_SIGNATURES)
    with pytest.raises(DomainError, match="Only a signed"):
        amend(placement, sides, later_end(placement))


def test_ac_e4_another_leerbedrijf_id_ends_the_agreement_and_asks_a_new_one(sides):
    placement = make_placement(sides, status=S.SIGNED)
    first = placement.agreement
    values, how = {"leerbedrijf_id": "987654321"}, {"by": sides.coordinator, "now": clock.now(), "ends_agreement": True}
    assert editing.change_facts(placement, values, version=placement.version, **how)
    assert first.status is AgreementStatus.DISSOLVED
    assert (placement.agreement.number, placement.agreement.status) == (2, AgreementStatus.DRAFT)
    assert placement.status is S.PREPARING_AGREEMENT
    assert not placement.check_is_fresh


def test_another_leerbedrijf_id_ends_nothing_before_somebody_says_that_it_may(sides):
    placement = make_placement(sides, status=S.SIGNED)
    how = {"version": placement.version, "by": sides.coordinator, "now": clock.now()}
    with pytest.raises(DomainError) as refusal:
        editing.change_facts(placement, {"leerbedrijf_id": "12"}, **how)
    assert refusal.value.field == "ends_agreement"
    assert (placement.status, placement.agreement.status) == (S.SIGNED, AgreementStatus.SIGNED)
    same = {"leerbedrijf_id": placement.leerbedrijf_id, "parent_name": "Anna"}
    assert editing.change_facts(placement, same, **how)


def test_nobody_agrees_to_a_week_that_nobody_works(sides, running):
    long = minors.rows_of([minors.day_of(0, time(8), time(7))])
    with pytest.raises(DomainError, match="12 hours") as refusal:
        amend(running, sides, {"week": long})
    assert refusal.value.field == "week"
    night = minors.rows_of([minors.day_of(0, time(22), time(6), 30)])
    assert amend(running, sides, {"week": night}).content["period"]["week"] == night


def test_ac_e4_in_a_running_placement_it_interrupts_until_the_new_one_is_signed(sides, running):
    amending.change_company(running, leerbedrijf_id="987654321", by=sides.coordinator, now=MONDAY)
    assert running.status is S.INTERRUPTED
    assert running.agreement.number == 2


def test_ac_e4_the_same_number_changes_nothing_and_a_draft_just_follows(sides):
    placement = make_placement(sides, status=S.PREPARING_AGREEMENT)
    same = {"leerbedrijf_id": placement.leerbedrijf_id}
    assert not editing.change_facts(placement, same, version=placement.version, by=sides.coordinator, now=clock.now())
    other = {"leerbedrijf_id": "987654321"}
    assert editing.change_facts(placement, other, version=placement.version, by=sides.coordinator, now=clock.now())
    assert placement.agreement.number == 1


def test_what_stands_on_a_sent_agreement_is_not_changed_beside_it(sides):
    placement = make_placement(sides, status=S.AWAITING_SIGNATURES)
    values = {"ends_on": placement.ends_on + timedelta(days=7)}
    with pytest.raises(DomainError, match="was sent"):
        editing.change_facts(placement, values, version=placement.version, by=sides.coordinator, now=clock.now())
    late = {"parent_name": "Anna"}
    assert editing.change_facts(placement, late, version=placement.version, by=sides.coordinator, now=clock.now())


def test_who_saves_over_a_colleague_is_told(sides):
    placement = make_placement(sides)
    seen = placement.version
    editing.change_facts(placement, {"hours": 600, "hours_by_year": {}}, version=seen, by=sides.coordinator, now=clock.now())
    with pytest.raises(DomainError):
        editing.change_facts(placement, {"hours": 500, "hours_by_year": {}}, version=seen, by=sides.coordinator, now=clock.now())
    assert placement.hours == 600


def test_hours_per_school_year_follow_the_dates_unless_the_school_spreads_them(sides):
    placement = make_placement(sides)
    year = agreement_kinds.school_year(placement.starts_on)
    given = {"hours_by_year": {str(year): 600, str(year + 1): 40}}
    editing.change_facts(placement, given, version=placement.version, by=sides.coordinator, now=clock.now())
    assert placement.hours_by_year == given["hours_by_year"]
    wrong = {"hours_by_year": {str(year): 600}}
    with pytest.raises(DomainError) as refusal:
        editing.change_facts(placement, wrong, version=placement.version, by=sides.coordinator, now=clock.now())
    assert refusal.value.field == "spread"
