"""Matchmaking days: who may do what when, the plan and its publication, cancelling, and what comes of a talk."""

from datetime import date, time, timedelta

import pytest
import time_machine

from ipf_talent import clock
from ipf_talent.accounts.roles import Role
from ipf_talent.applications.kinds import Release, State
from ipf_talent.applications.models import Application
from ipf_talent.cohorts.days import arranging, inviting, life, telling
from ipf_talent.cohorts.days import outcomes as day_outcomes
from ipf_talent.cohorts.days import policy as day_policy
from ipf_talent.cohorts.days import publishing as day_publishing
from ipf_talent.cohorts.days import queries as day_queries
from ipf_talent.cohorts.days import services as day_services
from ipf_talent.cohorts.days import signing as day_signing
from ipf_talent.cohorts.days.kinds import DayStatus, Mark, Outcome
from ipf_talent.cohorts.days.life import DayDeed
from ipf_talent.cohorts.days.models import DayInvitation, DayTalk, MatchDay
from ipf_talent.db import session as database
from ipf_talent.errors import DomainError, Refusals
from ipf_talent.i18n import speaking
from ipf_talent.notifications.models import OutboxMail
from ipf_talent.programmes.levels import Level, StartingPoint
from ipf_talent.vacancies.company_editing import Stale
from ipf_talent.vacancies.kinds import PlacingMode
from tests.factories.accounts import make_user
from tests.factories.applications import make_profile
from tests.factories.days import make_day, make_day_company, make_day_student, plan_day, publish_day
from tests.factories.organisations import make_organisation, make_school
from tests.factories.vacancies import make_vacancy

pytestmark = pytest.mark.usefixtures("english")
DAY = {
    "title": "Meet and match", "held_on": date(2030, 3, 14), "starts_at": time(13, 0), "venue": "Drachten", "about": "",
    "rounds": 8, "talk_minutes": 15, "change_minutes": 5, "breaks": {"4": 20}, "least": 3, "most": 6,
    "sign_up_until": date(2030, 3, 1),
}  # fmt: skip
KEY = "0" * 32


@pytest.fixture
def english(app_context):
    """Refusals in English, as the code has them."""
    with speaking("en"):
        yield


@pytest.fixture
def office(session):
    return make_user(Role.CLUSTER_OFFICE)


def letters(session):
    return session.query(OutboxMail).order_by(OutboxMail.id).all()


def talking(talk, day):
    """The moment at which a talk has begun."""
    return day.slots[talk.round - 1].begins + timedelta(minutes=1)


def test_the_same_form_sent_twice_makes_one_day(session, office):
    made = day_services.make(DAY, key=KEY, by=office, now=clock.now())
    assert day_services.make(DAY, key=KEY, by=office, now=clock.now()) is made
    assert (made.slug, made.status) == ("meet-and-match", DayStatus.DRAFT)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"held_on": date(2020, 1, 1), "sign_up_until": date(2020, 1, 1)}, "held_on"),
        ({"sign_up_until": date(2030, 3, 15)}, "sign_up_until"),
        ({"most": 9}, "most"),
        ({"least": 7}, "least"),
        ({"starts_at": time(22, 30)}, "rounds"),
        ({"breaks": {"8": 10}}, "break_after"),
    ],
)
def test_a_day_that_contradicts_itself_is_refused_beside_its_field(session, office, change, field):
    with pytest.raises(DomainError) as refused:
        day_services.make(DAY | change, key=KEY, by=office, now=clock.now())
    assert refused.value.field == field


def test_the_hours_of_a_day_count_breaks_and_changes(session):
    begins = [f"{slot.begins:%H:%M}" for slot in make_day(rounds=4, breaks={"2": 20}).slots]
    assert begins == ["13:00", "13:20", "13:55", "14:15"]


def test_hours_stay_right_on_the_day_on_which_the_clock_changes(session):
    day = make_day(held_on=date(2027, 3, 28), sign_up_until=date(2027, 3, 1), starts_at=time(1, 30), rounds=3)
    assert [f"{slot.begins:%H:%M}" for slot in day.slots] == ["01:30", "01:50", "02:25"]


def test_two_people_who_change_a_day_at_once_do_not_overwrite_each_other(session, office):
    day = day_services.make(DAY, key=KEY, by=office, now=clock.now())
    day_services.change(day, DAY | {"venue": "Leeuwarden"}, version=day.version, by=office, now=clock.now())
    with pytest.raises(Stale):
        day_services.change(day, DAY, version=1, by=office, now=clock.now())


def test_the_sign_up_opens_only_with_a_room_and_in_time(session, office):
    day = make_day(status=DayStatus.DRAFT)
    day.rooms.clear()
    with pytest.raises(DomainError, match="room"):
        day_services.move(day, DayDeed.OPEN, by=office, now=clock.now())
    late = make_day(status=DayStatus.DRAFT, sign_up_until=clock.today() - timedelta(1))
    with pytest.raises(DomainError, match="last day"):
        day_services.move(late, DayDeed.OPEN, by=office, now=clock.now())


def test_a_step_that_was_done_is_no_error_and_one_that_is_not_there_is(session, office):
    day = make_day()
    assert day_services.move(day, DayDeed.CLOSE, by=office, now=clock.now()) is True
    assert day_services.move(day, DayDeed.CLOSE, by=office, now=clock.now()) is False
    with pytest.raises(DomainError):
        day_services.move(day, DayDeed.FINISH, by=office, now=clock.now())


def test_a_cancelled_day_is_told_to_everyone(session, office):
    day = make_day()
    company = make_organisation()
    make_user(Role.COMPANY_MANAGER, company)
    make_day_student(day, yes=[make_day_company(day, company)])
    day_services.move(day, DayDeed.CANCEL, by=office, now=clock.now())
    assert len(letters(session)) == 2


@pytest.mark.parametrize(("minutes", "ends"), [(-1, True), (0, False)])
def test_a_day_is_cancelled_until_its_first_round_begins_and_over_only_from_then(session, office, minutes, ends):
    for deed, allowed in ((DayDeed.CANCEL, ends), (DayDeed.FINISH, not ends)):
        day = make_day(status=DayStatus.PUBLISHED)
        now = day.slots[0].begins + timedelta(minutes=minutes)
        assert (deed in life.deeds(day.status, begun=day.has_begun(now))) is allowed
        if allowed:
            assert day_services.move(day, deed, by=office, now=now)
        else:
            with pytest.raises(DomainError, match="begun"):
                day_services.move(day, deed, by=office, now=now)
            assert day.status is DayStatus.PUBLISHED


def test_a_draft_is_removed_and_never_cancelled_and_a_day_that_was_seen_is_not_removed(session, office):
    draft, seen = make_day(status=DayStatus.DRAFT), make_day()
    with pytest.raises(DomainError):
        day_services.move(draft, DayDeed.CANCEL, by=office, now=clock.now())
    with pytest.raises(DomainError, match="cancelled"):
        day_services.remove(seen, by=office)
    day_services.remove(draft, by=office)
    assert [day.id for day in session.query(MatchDay)] == [seen.id]


def test_a_day_with_a_timetable_that_has_begun_stays_as_it_is(session, office):
    day = make_day()
    company = make_day_company(day)
    row = make_day_student(day, yes=[company])
    day = publish_day(day, office)
    now, question = day.slots[0].begins, arranging.asked(day).question
    change = day_services.change
    for deed in (
        lambda: change(day, DAY | {"title": "Another name"}, version=day.version, by=office, now=now),
        lambda: arranging.propose(day, question, arranging.solve(question), by=office, now=now),
        lambda: arranging.lock(day, row.code, company.company.slug, 1, by=office, now=now),
        lambda: day_publishing.publish(day, by=office, now=now),
    ):
        with pytest.raises(DomainError, match=r"over|begun"):
            deed()
    before = now - timedelta(minutes=1)
    arranging.lock(day, row.code, company.company.slug, 1, by=office, now=before)


def test_a_day_that_never_got_a_timetable_can_get_a_new_date_and_no_old_one(session, office):
    day = make_day(status=DayStatus.CLOSED)
    now = day.slots[0].begins + timedelta(days=2)
    with pytest.raises(DomainError) as refused:
        day_services.change(
            day, DAY | {"held_on": day.held_on, "sign_up_until": day.held_on}, version=day.version, by=office, now=now
        )
    assert refused.value.field == "held_on"
    day_services.change(day, DAY, version=day.version, by=office, now=now)
    assert day.held_on == DAY["held_on"]


def test_everything_that_contradicts_itself_is_told_at_once(session):
    wrong = DAY | {
        "sign_up_until": date(2030, 3, 15),
        "most": 9,
        "least": 10,
        "starts_at": time(22, 30),
        "breaks": {"4": 20, "8": 9},
    }
    found = {error.field for error in day_services.contradictions(wrong, clock.today())}
    assert found == {"sign_up_until", "most", "least", "rounds", "second_after"}
    assert day_services.contradictions(DAY, clock.today()) == []
    unknown = dict.fromkeys(DAY) | {"breaks": {"3": 10}, "rounds": 4}
    assert day_services.contradictions(unknown, clock.today()) == []


def test_companies_and_schools_hear_of_a_day_once(session, office):
    day = make_day()
    company, there, school = (
        make_organisation(is_example=False),
        make_organisation(is_example=False),
        make_school(is_example=False),
    )
    example, unchecked = make_organisation(), make_organisation(is_example=False, verified_at=None)
    manager, coordinator = make_user(Role.COMPANY_MANAGER, company), make_user(Role.COORDINATOR, school)
    for one in (there, example, unchecked):
        make_user(Role.COMPANY_MANAGER, one)
    make_user(Role.WORKPLACE_TRAINER, company)
    make_user(Role.STUDENT, school)
    make_day_company(day, there)
    assert inviting.waiting(day) == (1, 1, 2)
    assert inviting.invite(day, by=office, now=clock.now()) == (1, 1, 2)
    assert {one.to_address for one in letters(session)} == {manager.email, coordinator.email}
    assert {one.organisation_id: one.people for one in session.query(DayInvitation)} == {company.id: 1, school.id: 1}
    with pytest.raises(DomainError, match="told"):
        inviting.invite(day, by=office, now=clock.now())
    late = make_user(Role.COMPANY_MANAGER, make_organisation(is_example=False))
    assert inviting.invite(day, by=office, now=clock.now()) == (1, 0, 1)
    assert letters(session)[-1].to_address == late.email


def test_nobody_is_told_of_a_day_that_takes_no_sign_ups(session, office):
    make_user(Role.COMPANY_MANAGER, make_organisation(is_example=False))
    for day in (make_day(status=DayStatus.DRAFT), make_day(sign_up_until=clock.today() - timedelta(1))):
        with pytest.raises(DomainError, match="sign-up"):
            inviting.invite(day, by=office, now=clock.now())


def test_a_room_whose_tables_are_given_stays(session, office):
    day = make_day()
    make_day_company(day, tables=5)
    hall, library = day.rooms
    with pytest.raises(DomainError, match="5 tables"):
        day_services.remove_room(day, hall.id, by=office)
    day_services.remove_room(day, library.id, by=office)
    assert [room.name for room in day.rooms] == ["Hall"]


def test_an_example_account_touches_example_days_only(session):
    example = make_user(Role.CLUSTER_OFFICE, is_demo=True)
    with pytest.raises(DomainError, match="example"):
        day_services.move(make_day(), DayDeed.CLOSE, by=example, now=clock.now())
    assert day_services.move(make_day(is_example=True), DayDeed.CLOSE, by=example, now=clock.now())
    assert day_services.make(DAY, key=KEY, by=example, now=clock.now()).is_example


def said(**more):
    return {"named": True, "fill_up": False, "minor": False, **more}


def test_a_student_signs_up_with_level_and_fields_of_the_profile_and_once(session):
    day, student = make_day(), make_user()
    with pytest.raises(DomainError, match="profile"):
        day_signing.sign_up_student(day, student, **said(), now=clock.now())
    make_profile(student, point=StartingPoint.MBO_4)
    row = day_signing.sign_up_student(day, student, **said(), now=clock.now())
    assert (row.level, row.named, len(row.code)) == (Level.MBO_4, True, 4)
    assert day_signing.sign_up_student(day, student, **said(named=False, away=[2, 9]), now=clock.now()) is row
    assert (row.named, row.away) == (False, [2])
    with pytest.raises(DomainError) as refused:
        day_signing.sign_up_student(day, student, **said(away=[1, 2, 3]), now=clock.now())
    assert refused.value.field == "away"


def test_after_the_last_day_nobody_signs_up_or_marks(session):
    day, student = make_day(sign_up_until=clock.today() - timedelta(1)), make_user()
    make_profile(student, point=StartingPoint.MBO_4)
    with pytest.raises(DomainError, match="closed"):
        day_signing.sign_up_student(day, student, **said(), now=clock.now())
    with pytest.raises(DomainError, match="closed"):
        day_signing.mark(make_day_student(day, student), day, {}, by=student, now=clock.now())


def test_marks_hold_companies_of_this_day_only(session):
    day, other = make_day(), make_day()
    here, there, gone = make_day_company(day), make_day_company(other), make_day_company(day, withdrawn_at=clock.now())
    row = make_day_student(day)
    marks = {here.id: Mark.MAYBE, there.id: Mark.YES, gone.id: Mark.YES}
    day_signing.mark(row, day, marks, by=row.student, now=clock.now())
    assert [(wish.day_company_id, wish.mark) for wish in row.wishes] == [(here.id, Mark.MAYBE)]
    day_signing.mark(row, day, {}, by=row.student, now=clock.now())
    assert row.wishes == []


WANTED = {"tables": 2, "talks": None, "levels": ["mbo_4"], "fields": [], "note": "", "away": []}


def test_a_company_brings_its_own_open_places_and_no_more_tables_than_are_left(session):
    day, company = make_day(), make_organisation()
    manager = make_user(Role.COMPANY_MANAGER, company)
    own, foreign = make_vacancy(company=company), make_vacancy()
    by_school = make_vacancy(company=company, placing_mode=PlacingMode.SCHOOL_PLACES)
    make_day_company(day, tables=5)
    how = {"version": 0, "by": manager, "now": clock.now()}
    chosen = {own.id, foreign.id, by_school.id}
    row = day_signing.sign_up_company(day, company, WANTED, places=chosen, **how)
    assert [one.vacancy_id for one in row.places] == [own.id]
    session.commit()
    with pytest.raises(DomainError) as refused:
        day_signing.sign_up_company(day, make_organisation(), WANTED | {"tables": 4}, places=(), **how)
    assert refused.value.field == "tables"
    with pytest.raises(Stale):
        day_signing.sign_up_company(day, company, WANTED, places=(), **how)


def test_what_a_company_says_of_itself_obeys_the_rules_for_words(session):
    company = make_organisation()
    with pytest.raises(DomainError) as refused:
        day_signing.sign_up_company(
            make_day(), company, WANTED | {"note": "Wij zoeken jonge honden."}, places=(), version=0,
            by=make_user(Role.COMPANY_MANAGER, company), now=clock.now(),
        )  # fmt: skip
    assert refused.value.field == "note"


def test_a_company_looks_for_levels_and_fields_and_never_for_a_person(session):
    day = make_day()
    student = make_day_student(day, level=Level.MBO_3, fields=["software"])
    assert arranging.looks_for(make_day_company(day), student)
    assert arranging.looks_for(make_day_company(day, levels=["mbo_3"], fields=["software", "robotics"]), student)
    assert not arranging.looks_for(make_day_company(day, levels=["mbo_4"]), student)
    assert not arranging.looks_for(make_day_company(day, fields=["robotics"]), student)


def test_a_mark_counts_only_where_the_company_looks_for_the_student(session, office):
    day = make_day(least=0)
    fitting, other = make_day_company(day), make_day_company(day, levels=["master"])
    row = make_day_student(day, yes=[fitting, other])
    (student,) = arranging.asked(day).question.students
    assert list(student.interests) == [fitting.company.slug]
    row.fill_up, row.wishes = True, []
    session.commit()
    (student,) = arranging.asked(day).question.students
    assert list(student.interests) == [fitting.company.slug]


def test_a_plan_is_kept_and_published_with_tables_and_letters(session, office):
    day = make_day()
    company = make_organisation()
    make_user(Role.COMPANY_MANAGER, company)
    first, second = make_day_company(day, company), make_day_company(day, tables=2)
    rows = [make_day_student(day, yes=[first, second]) for _number in range(3)]
    day = publish_day(day, office)
    talks = day_queries.talks(day.id)
    assert day.status is DayStatus.PUBLISHED
    assert {talk.day_student_id for talk in talks} == {row.id for row in rows}
    assert len({(talk.round, talk.table) for talk in talks}) == len(talks) == 6
    rooms = day_publishing.room_names(day)
    assert {rooms[talk.table] for talk in talks if talk.company.tables == 2} in ({"Hall"}, {"Library"})
    assert sorted(one.to_address for one in letters(session)) == sorted(
        [*(row.student.email for row in rows), company_mail(session, company)]
    )
    to_company = next(one for one in letters(session) if one.to_address == company_mail(session, company))
    assert not any(row.student.display_name in to_company.body or row.code in to_company.body for row in rows)


def company_mail(session, company):
    return next(one.email for one in session.query(type(make_user())).all() if company.id in one.organisation_ids())


def test_a_plan_that_is_out_of_date_is_not_published(session, office):
    day = make_day(status=DayStatus.CLOSED)
    company = make_day_company(day)
    row = make_day_student(day, yes=[company])
    plan_day(day, office)
    row.away = [1, 2]
    session.commit()
    with pytest.raises(DomainError, match="Plan again"):
        day_publishing.publish(day_queries.get(day.slug), by=office, now=clock.now())


def test_nothing_is_published_while_somebody_misses_the_minimum_and_the_reason_is_kept(session, office):
    day = make_day(status=DayStatus.CLOSED, least=2, most=2)
    make_day_student(day, code="AB12", yes=[make_day_company(day)])
    plan_day(day, office)
    assert day.proposal["short"] == {"AB12": 1}
    assert [one["cause"] for one in day.proposal["reasons"]] == ["few_marked"]
    with pytest.raises(DomainError, match="Lower the minimum"):
        day_publishing.publish(day, by=office, now=clock.now())


def test_what_changed_while_the_plan_was_made_is_not_overwritten(session, office):
    day = make_day(status=DayStatus.CLOSED)
    row = make_day_student(day, yes=[make_day_company(day)])
    question = arranging.asked(day).question
    made = arranging.solve(question)
    row.withdrawn_at = clock.now()
    session.commit()
    with pytest.raises(DomainError, match="Plan again"):
        arranging.propose(day_queries.get(day.slug), question, made, by=office, now=clock.now())


def test_a_fixed_talk_is_in_the_plan_and_contradictions_are_refused(session, office):
    day = make_day(status=DayStatus.CLOSED)
    company = make_day_company(day)
    one, two = make_day_student(day, yes=[company]), make_day_student(day, yes=[company])
    arranging.lock(day, one.code.lower(), company.company.slug, 3, by=office, now=clock.now())
    plan_day(day, office)
    assert [one.code, company.company.slug, 3] in day.proposal["talks"]
    with pytest.raises(DomainError) as refused:
        arranging.lock(day, two.code, company.company.slug, 3, by=office, now=clock.now())
    assert refused.value.field == "round"
    with pytest.raises(DomainError) as refused:
        arranging.lock(day, "nobody", company.company.slug, 1, by=office, now=clock.now())
    assert refused.value.field == "code"
    arranging.lock(day, one.code, company.company.slug, 1, by=office, now=clock.now())
    assert [held.round for held in day_queries.locks(day.id)] == [1]
    arranging.unlock(day, one.id, company.id, by=office, now=clock.now())
    assert day_queries.locks(day.id) == []


@pytest.mark.parametrize(
    ("levels", "marked", "fill_up", "against"),
    [
        (["mbo_4"], True, False, None),
        (["mbo_4"], False, True, None),
        (["mbo_4"], False, False, arranging.Against.STUDENT),
        (["master"], True, True, arranging.Against.COMPANY),
        (["master"], False, True, arranging.Against.BOTH),
    ],
)
def test_a_fixed_talk_tells_whose_word_it_goes_against(session, office, levels, marked, fill_up, against):
    day = make_day()
    company = make_day_company(day, levels=levels)
    row = make_day_student(day, yes=[company] if marked else [], fill_up=fill_up)
    assert arranging.lock(day, row.code, company.company.slug, 1, by=office, now=clock.now()) is against


def test_where_the_minimum_cannot_be_kept_the_highest_that_can_is_told_and_students_stand_together(session, office):
    day = make_day(status=DayStatus.CLOSED, rounds=3, least=3, most=3)
    companies = [make_day_company(day, tables=3) for _number in range(3)]
    make_day_student(day, code="AA11", yes=companies[:1])
    make_day_student(day, code="BB22", yes=companies[:1])
    make_day_student(day, code="CC33", yes=companies[:2])
    make_day_student(day, code="DD44", yes=companies)
    plan_day(day, office)
    told = telling.proposal(day, arranging.asked(day))
    assert told.reachable == 1
    assert [(one["students"], one["possible"]) for one in telling.grouped(day.proposal["reasons"])] == [
        (["AA11", "BB22"], 1),
        (["CC33"], 2),
    ]
    assert told.reasons[0].startswith("2 students get at most 1 instead of 3")
    assert not any("DD44" in reason for reason in told.reasons)


def test_an_out_of_date_plan_shows_what_is_published_and_who_has_too_few_now(session, office):
    day = make_day(least=2)
    gone, stays, other = make_day_company(day), make_day_company(day), make_day_company(day)
    hit, spared = make_day_student(day, yes=[gone, stays]), make_day_student(day, yes=[stays, other])
    day = publish_day(day, office)
    assert telling.proposal(day, arranging.asked(day)).few == []
    day_signing.leave_company(gone, day, by=office, now=clock.now())
    session.commit()
    told = telling.proposal(day_queries.get(day.slug), arranging.asked(day))
    assert (told.fresh, told.few) == (False, [hit.code])
    shown = {(row.id, code) for row, rounds in told.grid for codes in rounds for code in codes}
    assert shown == {(stays.id, hit.code), (stays.id, spared.code), (other.id, spared.code)}


@pytest.mark.parametrize(
    ("away", "marked", "fill_up", "words"),
    [
        ([], 2, False, None),
        ([2, 3], 2, False, "1 talk at most. Everyone is promised 2: be there"),
        ([], 1, False, "1 talk at most. Everyone is promised 2: mark more"),
        ([], 0, False, "0 talks at most. Everyone is promised 2: mark more"),
        ([], 0, True, None),
    ],
)
def test_a_student_hears_that_fewer_talks_can_be_planned_than_are_promised(session, away, marked, fill_up, words):
    day = make_day(least=2, rounds=3)
    companies = [make_day_company(day), make_day_company(day), make_day_company(day, levels=["master"])]
    row = make_day_student(day, away=away, fill_up=fill_up, yes=companies[:marked])
    told = telling.few(day, row, telling.offers(row, companies))
    assert (told is None) == (words is None)
    assert words is None or words in told
    assert telling.few(day, row) is None or away


def test_when_a_company_cancels_its_talks_fall_out_and_the_new_plan_keeps_the_others_where_they_are(session, office):
    day = make_day(least=1)
    gone, stays, free = make_day_company(day), make_day_company(day), make_day_company(day)
    rows = [make_day_student(day, yes=[gone, stays], maybe=[free]) for _number in range(3)]
    day = publish_day(day, office)
    before = {talk.id: (talk.round, talk.table) for talk in day_queries.talks(day.id) if talk.day_company_id != gone.id}
    session.query(OutboxMail).delete()
    fell = day_signing.leave_company(gone, day, by=office, now=clock.now())
    session.commit()
    assert fell == 3
    assert {one.to_address for one in letters(session)} == {*(row.student.email for row in rows), office.email}
    session.query(OutboxMail).delete()
    day = day_queries.get(day.slug)
    assert not arranging.is_fresh(day, arranging.asked(day).question)
    day = publish_day(day, office)
    after = {talk.id: (talk.round, talk.table) for talk in day_queries.talks(day.id)}
    assert before.items() <= after.items()
    assert len(letters(session)) == 0 or {one.to_address for one in letters(session)} <= {row.student.email for row in rows}


def test_publishing_the_same_plan_again_tells_nobody(session, office):
    day = make_day()
    make_day_student(day, yes=[make_day_company(day)])
    day = publish_day(day, office)
    session.query(OutboxMail).delete()
    told = day_publishing.publish(day, by=office, now=clock.now())
    assert (told.new, told.moved, told.gone, told.students) == (0, 0, 0, 0)
    assert letters(session) == []


def test_a_student_who_cannot_come_frees_the_table_and_the_company_hears_it(session, office):
    day = make_day()
    company = make_organisation()
    manager = make_user(Role.COMPANY_MANAGER, company)
    row = make_day_student(day, yes=[make_day_company(day, company)])
    day = publish_day(day, office)
    session.query(OutboxMail).delete()
    day_signing.leave_student(day_queries.student_at(day.id, row.student_id), day, by=row.student, now=clock.now())
    assert day_queries.talks(day.id) == []
    assert [one.to_address for one in letters(session)] == [manager.email]


@pytest.fixture
def met(session, office):
    """A student and a company that had a talk: the day, the talk, the student and the company's manager."""
    company = make_organisation()
    manager = make_user(Role.COMPANY_MANAGER, company)
    today = clock.today()
    later = {"closes_on": today + timedelta(90), "starts_on": today + timedelta(120), "ends_on": today + timedelta(300)}
    vacancy = make_vacancy(company=company, places=2, **later)
    day, pupil = make_day(), make_user(Role.STUDENT, display_name="Sytske Proef")
    row = make_day_student(day, pupil, yes=[make_day_company(day, company, places=[vacancy])])
    make_profile(row.student)
    day = publish_day(day, office)
    (talk,) = day_queries.talks(day.id)
    with time_machine.travel(talking(talk, day), tick=False):
        yield day, talk.id, row.student, manager, vacancy


def one_talk(number):
    """A talk by its number, with all that a page reads of it."""
    (found,) = day_queries.speaking([database.get(DayTalk, number)])
    return found


def speak(met, student=None, company=None, *, agrees=False, place=True):
    """Both sides say something, the student first; gives the talk."""
    day, number, pupil, manager, vacancy = met
    talk = one_talk(number)
    if student:
        day_outcomes.student_says(talk, day, student, agrees=agrees, by=pupil, now=clock.now())
    if company:
        day_outcomes.company_says(talk, day, company, place=vacancy.slug if place else "", by=manager, now=clock.now())
    return talk


@pytest.mark.parametrize("student", [Outcome.YES, Outcome.MAYBE])
@pytest.mark.parametrize("company", [Outcome.YES, Outcome.MAYBE])
def test_ac_r3_interest_of_both_sides_becomes_an_event_response(session, met, student, company):
    talk = speak(met, student, company, agrees=True)
    made = session.get(Application, talk.application_id)
    assert (made.mode, made.state, made.student_id, made.vacancy_id) == (PlacingMode.EVENT, State.SENT, met[2].id, met[4].id)
    assert Release.NAME in made.releases or met[2].is_demo != met[4].company.is_example
    assert [line.what for line in made.events][:1] == ["send"]


@pytest.mark.parametrize(
    ("student", "company", "agrees", "place"),
    [
        (Outcome.NO, Outcome.YES, True, True),
        (Outcome.YES, Outcome.NO, True, True),
        (Outcome.YES, Outcome.YES, False, True),
        (Outcome.YES, Outcome.YES, True, False),
        (Outcome.YES, None, True, True),
    ],
)
def test_ac_r3_without_both_sides_the_place_and_the_consent_there_is_no_response(session, met, student, company, agrees, place):
    talk = speak(met, student, company, agrees=agrees, place=place)
    assert talk.application_id is None
    assert session.query(Application).count() == 0


def test_consent_can_follow_later_and_no_takes_it_back(session, met):
    talk = speak(met, Outcome.YES, Outcome.YES)
    assert any(one.to_address == met[2].email and "interes" in one.subject.lower() for one in letters(session))
    assert speak(met, Outcome.NO, agrees=True).agreed_at is None
    assert speak(met, Outcome.YES, agrees=True).application_id is not None
    with pytest.raises(DomainError, match="sent already"):
        speak(met, Outcome.NO)
    assert talk.student_says is Outcome.YES


def test_where_the_school_places_the_response_is_a_learning_wish_to_the_school(session, met):
    _day, _number, student, _manager, vacancy = met
    student.memberships[0].organisation = make_school()
    vacancy.placing_mode = PlacingMode.SCHOOL_PLACES
    session.commit()
    talk = speak(met, Outcome.YES, Outcome.YES, agrees=True)
    made = session.get(Application, talk.application_id)
    assert (made.mode, made.state) == (PlacingMode.SCHOOL_PLACES, State.LEARNING_WISH)


def test_a_place_that_closed_meanwhile_does_not_lose_what_was_said(session, met):
    day, _number, _student, manager, vacancy = met
    vacancy.taken = vacancy.places
    session.commit()
    talk = speak(met, Outcome.YES, agrees=True)
    why = day_outcomes.company_says(talk, day, Outcome.YES, place=vacancy.slug, by=manager, now=clock.now())
    assert why
    assert (talk.company_says, talk.application_id) == (Outcome.YES, None)


def test_a_response_that_the_student_wrote_before_is_the_one_that_goes_on(session, met):
    from tests.factories.applications import make_application

    earlier = make_application(met[2], met[4])
    talk = speak(met, Outcome.YES, Outcome.YES, agrees=True)
    assert talk.application_id == earlier.id


def test_answers_are_kept_all_or_not_at_all_and_each_refusal_names_its_talk(session, met):
    day, number, _student, manager, vacancy = met
    talks = day_queries.speaking([session.get(DayTalk, number)])
    said = {number: day_outcomes.Saying("yes", place="somewhere-else")}
    with pytest.raises(Refusals) as refused:
        day_outcomes.companys_answers(talks, day, said, by=manager, now=clock.now())
    assert [error.message.split(":")[0] for error in refused.value.found] == [talks[0].student.code]
    for wrong in ("never", "None"):
        with pytest.raises(Refusals):
            day_outcomes.companys_answers(talks, day, {number: day_outcomes.Saying(wrong)}, by=manager, now=clock.now())
    said = {number: day_outcomes.Saying("yes", place=vacancy.slug)}
    assert day_outcomes.companys_answers(talks, day, said, by=manager, now=clock.now()) == (1, 0, ())
    assert day_outcomes.companys_answers(talks, day, said, by=manager, now=clock.now()) == (0, 0, ())


def test_an_answer_that_says_nothing_new_tries_again_where_a_response_waits(session, met):
    day, number, student, manager, vacancy = met
    vacancy.taken = vacancy.places
    session.commit()
    talks = day_queries.speaking([session.get(DayTalk, number)])
    mine, theirs = {number: day_outcomes.Saying("yes", agrees=True)}, {number: day_outcomes.Saying("yes", place=vacancy.slug)}
    day_outcomes.students_answers(talks, day, mine, by=student, now=clock.now())
    assert len(day_outcomes.companys_answers(talks, day, theirs, by=manager, now=clock.now()).unsent) == 1
    vacancy.taken = 0
    session.commit()
    assert day_outcomes.students_answers(talks, day, mine, by=student, now=clock.now()) == (1, 1, ())


def test_nothing_is_said_of_a_talk_before_it_begins(session, met):
    day, number, student, _manager, _vacancy = met
    talk = one_talk(number)
    early = day.slots[talk.round - 1].begins - timedelta(minutes=1)
    with pytest.raises(DomainError, match="not begun"):
        day_outcomes.student_says(talk, day, Outcome.YES, agrees=True, by=student, now=early)


def test_a_company_offers_only_what_it_brought(session, met):
    day, number, _student, manager, _vacancy = met
    with pytest.raises(DomainError) as refused:
        day_outcomes.company_says(
            one_talk(number), day, Outcome.YES, place=make_vacancy().slug, by=manager, now=clock.now()
        )  # fmt: skip
    assert refused.value.field == "place"


@pytest.mark.parametrize("status", list(DayStatus))
def test_who_may_see_and_take_part(session, status):
    day = make_day(status=status)
    shown = status is not DayStatus.DRAFT
    student, manager, trainer = make_user(), make_user(Role.COMPANY_MANAGER, make_organisation()), make_user(Role.WORKPLACE_TRAINER)
    assert day_policy.may_see(student, day) == shown
    assert day_policy.may_take_part(student, day) == shown
    assert day_policy.may_bring_company(manager, day) == shown
    assert not day_policy.may_bring_company(trainer, day)
    assert not day_policy.organises(manager, day)
    assert day_policy.organises(make_user(Role.CLUSTER_OFFICE), day)


def test_lists_show_drafts_to_the_organiser_alone(session):
    draft, shown = make_day(status=DayStatus.DRAFT), make_day()
    make_day_company(shown)
    make_day_company(shown, withdrawn_at=clock.now())
    assert [(row.slug, row.companies) for row in day_queries.coming(clock.today())] == [(shown.slug, 1)]
    assert {row.slug for row in day_queries.coming(clock.today(), drafts=True)} == {draft.slug, shown.slug}
