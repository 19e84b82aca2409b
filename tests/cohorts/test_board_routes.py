"""The board on real rows: who stands where, who may look, nudges once a day, lists of 8 and 4 weeks, and the file."""

import csv
import io
import re
from datetime import timedelta
from secrets import token_hex
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select

from ipf_talent import clock
from ipf_talent.accounts.roles import Role
from ipf_talent.applications.kinds import State
from ipf_talent.cohorts.board import nudging
from ipf_talent.cohorts.board import queries as board_queries
from ipf_talent.cohorts.board.models import Nudge, NudgeTo, PeriodNotice
from ipf_talent.cohorts.board.standing import Act, Actor, Standing
from ipf_talent.cohorts.rounds import answering, computing
from ipf_talent.cohorts.rounds import services as round_services
from ipf_talent.cohorts.rounds.kinds import Answer
from ipf_talent.enrolments.kinds import EnrolmentStatus
from ipf_talent.enrolments.models import Enrolment
from ipf_talent.notifications.models import OutboxMail
from ipf_talent.placements.kinds import PlacementStatus
from ipf_talent.placements.models import Placement
from ipf_talent.vacancies.kinds import PlacingMode, VacancyKind
from tests.factories.accounts import make_user
from tests.factories.applications import make_application
from tests.factories.enrolments import make_class, make_enrolment, make_period
from tests.factories.organisations import make_establishment, make_organisation, make_school
from tests.factories.programmes import make_programme
from tests.factories.rounds import Class
from tests.factories.vacancies import make_vacancy

S, P = Standing, PlacementStatus


@pytest.fixture
def group(app, session):
    """A class of a school whose students respond to companies themselves, a company, and another school."""
    one, other = make_school(is_example=False, name="Techniekcollege"), make_school(is_example=False)
    period = make_period(one, name="BPV 3", slug="bpv-3", placing_mode=PlacingMode.COMPANY_CHOOSES)
    company = make_organisation(name="Robotica BV")
    return SimpleNamespace(
        school=one,
        period=period,
        one=make_class(one, make_programme(institution=one, code="25344"), period, name="MT4A"),
        coordinator=make_user(Role.COORDINATOR, one),
        stranger=make_user(Role.COORDINATOR, other),
        other=other,
        company=company,
        manager=make_user(Role.COMPANY_MANAGER, company),
        home=make_establishment(company),
    )


def student(group, **values):
    return make_enrolment(group.one, student=make_user(None, display_name=values.get("name", "Student")), **values)


def place(group, enrolment, status=P.SIGNED, **values):
    kept = {"key": token_hex(8), "student_id": enrolment.student_id, "enrolment_id": enrolment.id, "period_id": group.period.id,
            "school_id": group.school.id, "establishment_id": group.home.id, "kind": VacancyKind.BOL_INTERNSHIP,
            "starts_on": group.period.starts_on, "ends_on": group.period.ends_on, "hours": 640, "days_per_week": 4,
            "hours_per_week": 32, "status": status, "created_at": clock.now(), "changed_at": clock.now()}  # fmt: skip
    placement = Placement(**kept | values)
    board_queries.session.add(placement)
    board_queries.session.commit()
    return placement


def respond(app, group, enrolment, state=State.SENT, **values):
    dates = {"starts_on": group.period.starts_on, "ends_on": group.period.ends_on, "kind": VacancyKind.HBO_INTERNSHIP}
    vacancy = make_vacancy(company=group.company, **dates | values)
    with app.test_request_context():
        return make_application(enrolment.student, vacancy, state=state)


def rows(group, today=None):
    found = board_queries.rows([group.period], today or clock.today())
    return {row.name: row for row in found}


def test_everybody_stands_where_they_are(app, group):
    place(group, student(group, name="Geplaatst"))
    place(group, student(group, name="Afgewezen"), P.DECLINED)
    place(group, student(group, name="Andere periode"), period_id=make_period(group.school).id)
    respond(app, group, student(group, name="Bezig"))
    respond(app, group, student(group, name="Andere tijd"), starts_on=group.period.ends_on + timedelta(days=1), ends_on=None)
    respond(app, group, student(group, name="Concept"), State.DRAFT)
    student(group, name="Vrij", excused=True)
    student(group, name="Zonder")
    student(group, name="Gekomen", status=EnrolmentStatus.CLAIMED)
    make_enrolment(group.one, name="Uitgenodigd")
    make_enrolment(group.one, name="Weg", status=EnrolmentStatus.ENDED)
    make_enrolment(make_class(group.other), name="Andere school")
    found = {name: (row.step.standing, row.step.actor) for name, row in rows(group).items()}
    assert found == {
        "Geplaatst": (S.PLACED, Actor.NOBODY),
        "Afgewezen": (S.WITHOUT, Actor.STUDENT),
        "Andere periode": (S.WITHOUT, Actor.STUDENT),
        "Bezig": (S.IN_PROGRESS, Actor.COMPANY),
        "Andere tijd": (S.WITHOUT, Actor.STUDENT),
        "Concept": (S.WITHOUT, Actor.STUDENT),
        "Vrij": (S.EXCUSED, Actor.NOBODY),
        "Zonder": (S.WITHOUT, Actor.STUDENT),
        "Gekomen": (S.WITHOUT, Actor.SCHOOL),
        "Uitgenodigd": (S.WITHOUT, Actor.STUDENT),
    }


def test_a_placement_without_enrolment_or_period_counts_by_account_and_days(app, group):
    place(group, student(group, name="Zo"), enrolment_id=None, period_id=None)
    late = group.period.ends_on + timedelta(days=30)
    place(group, student(group, name="Later"), enrolment_id=None, period_id=None, starts_on=late, ends_on=late + timedelta(days=9))
    assert {name: row.step.standing for name, row in rows(group).items()} == {"Zo": S.PLACED, "Later": S.WITHOUT}


def test_of_two_responses_the_furthest_is_shown_with_its_day(app, group):
    enrolment = student(group, name="Bezig")
    respond(app, group, enrolment, State.SENT)
    further = respond(app, group, enrolment, State.OFFERED)
    row = rows(group)["Bezig"]
    assert (row.step.actor, row.step.act, row.step.due) == (Actor.STUDENT, Act.ACCEPT, further.due_on)


def test_the_school_sees_the_company_of_a_placement_and_not_of_a_students_own_response(app, group):
    place(group, student(group, name="Geplaatst"))
    respond(app, group, student(group, name="Bezig"))
    found = rows(group)
    assert found["Geplaatst"].company == "Robotica BV"
    assert found["Bezig"].company is None


def test_last_contact_is_what_somebody_did_last(app, group):
    enrolment = student(group, name="Bezig", claimed_at=clock.now() - timedelta(days=40))
    assert rows(group)["Bezig"].last_contact == clock.today() - timedelta(days=40)
    respond(app, group, enrolment)
    assert rows(group)["Bezig"].last_contact == clock.today()


def test_ac_e5_unplaced_students_are_listed_8_and_4_weeks_before_the_period(app, group, client, sign_in, session):
    group.period.starts_on, group.period.ends_on = clock.today() + timedelta(weeks=8), clock.today() + timedelta(weeks=30)
    soon = make_period(group.school, begins_in=28, name="BPV 2")
    far = make_period(group.school, begins_in=57, name="BPV 4")
    session.commit()
    place(group, student(group, name="Geplaatst"))
    student(group, name="Vrij", excused=True)
    student(group, name="Acht")
    respond(app, group, student(group, name="Bezig"))
    student(group, name="Vier", own_period=soon)
    student(group, name="Ver", own_period=far)
    page = sign_in(client, group.coordinator).get("/board").text
    assert "Within 8 weeks: 3 students have no settled place" in page
    assert "Within 4 weeks: 1 student has no settled place" in page
    assert names(client.get("/board?weeks=8&state=without").text) == {"Acht", "Vier"}
    assert names(client.get("/board?weeks=4").text) == {"Vier"}
    assert "Ver" in names(client.get("/board").text)


def listed(page):
    return re.findall(r'<span class="visually-hidden">Choose </span>([^<]+)</label>', page)


def names(page):
    return set(listed(page))


def test_ac_e5_coordinators_are_told_once_at_each_mark(app, group, session):
    first = group.period.starts_on
    student(group, name="Zonder")
    place(group, student(group, name="Geplaatst"))

    def told(days):
        at = clock.now() + (first - timedelta(days=days) - clock.today())
        with app.test_request_context():
            return nudging.announce(at)

    assert [told(57), told(56), told(55), told(29), told(28), told(1), told(-1)] == [0, 1, 0, 0, 1, 0, 0]
    letters = session.scalars(select(OutboxMail).order_by(OutboxMail.id)).all()
    assert [letter.to_address for letter in letters] == [group.coordinator.email] * 2
    assert "1" in letters[0].body
    assert "Zonder" not in letters[0].body
    assert session.scalars(select(PeriodNotice.weeks).order_by(PeriodNotice.id)).all() == [8, 4]


def test_a_round_that_comes_late_tells_of_the_last_mark_alone_and_of_nothing_where_all_are_placed(app, group, session):
    place(group, student(group))
    full = make_period(group.school, begins_in=20)
    student(group, own_period=full)
    with app.test_request_context():
        assert nudging.announce(clock.now() + timedelta(days=1)) == 1
    assert session.scalars(select(PeriodNotice.weeks).where(PeriodNotice.period_id == full.id)).all() == [4]


def post(client, path, **data):
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/about").text)[1]
    return client.post(path, data={"csrf_token": token, **data})


def sent(session):
    return session.scalars(select(OutboxMail.to_address).order_by(OutboxMail.id)).all()


def test_students_are_nudged_once_a_day(group, client, sign_in, session):
    first, second = student(group, name="Een"), student(group, name="Twee")
    addresses, keys = {first.email, second.email}, [first.key, second.key]
    sign_in(client, group.coordinator)
    answer = post(client, "/board/nudge", keys=keys, to="student", back="/board?state=without")
    assert answer.location == "/board?state=without"
    assert set(sent(session)) == addresses
    post(client, "/board/nudge", keys=keys, to="student")
    assert "2 were given today already" in client.get("/board").text
    assert len(sent(session)) == 2
    assert session.scalar(select(func.count()).select_from(Nudge)) == 2


def test_a_student_whose_turn_it_is_not_gets_no_mail_and_no_mark_of_contact(app, group, client, sign_in, session):
    waits, turn = student(group, name="Jildou"), student(group, name="Nynke")
    signs, placed = (student(group, name=name) for name in ("Marrit", "Gerben"))
    excused = student(group, name="Hanna", excused=True)
    keys, theirs = [one.key for one in (waits, turn, signs, placed, excused)], {turn.email, signs.email}
    respond(app, group, waits)
    place(group, signs, P.AWAITING_SIGNATURES)
    place(group, placed, P.APPROVED)
    session.query(OutboxMail).delete()
    session.commit()
    sign_in(client, group.coordinator)
    post(client, "/board/nudge", keys=keys, to="student")
    assert set(sent(session)) == theirs
    assert session.scalar(select(func.count()).select_from(Nudge)) == 2
    assert "For 3 nobody has to be written to" in client.get("/board").text


def test_all_of_the_list_that_one_looks_at_can_be_nudged_at_once(app, group, client, sign_in, session):
    two, placed = {student(group, name=name).email for name in ("Jildou", "Nynke")}, student(group, name="Gerben")
    place(group, placed, P.AWAITING_SIGNATURES)
    sign_in(client, group.coordinator)
    post(client, "/board/nudge?state=without", every="1", to="student")
    assert set(sent(session)) == two


def test_who_has_to_act_soonest_comes_first_and_who_has_not_comes_last(app, group, client, sign_in):
    names_of = {name: student(group, name=name) for name in ("Aafke", "Bouke", "Carla")}
    place(group, names_of["Aafke"], P.SIGNED)
    place(group, names_of["Bouke"], P.APPROVED)
    sign_in(client, group.coordinator)
    assert listed(client.get("/board").text) == ["Carla", "Bouke", "Aafke"]
    assert listed(client.get("/board?sort=name").text) == ["Aafke", "Bouke", "Carla"]
    assert listed(client.get("/board?sort=odd").text) == ["Carla", "Bouke", "Aafke"]


def test_students_without_a_period_are_spoken_of(group, client, sign_in, session):
    sign_in(client, group.coordinator)
    assert "stands on no board" not in client.get("/board").text
    enrolment = student(group, name="Jildou")
    enrolment.period_id = None
    group.one.period_id = None
    session.commit()
    assert "1 student has no internship period yet" in client.get("/board").text


def test_a_nudge_of_yesterday_does_not_hold_back_one_of_today(app, group, session):
    enrolment = student(group, name="Een")
    for days in (0, 0, 1):
        with app.test_request_context():
            nudging.nudge(list(rows(group).values()), NudgeTo.STUDENT, group.school, by=group.coordinator,
                          now=clock.now() + timedelta(days=days))  # fmt: skip
            session.commit()
    assert sent(session) == [enrolment.email] * 2


def test_who_did_not_come_yet_gets_a_new_invitation(group, client, sign_in, session):
    enrolment = make_enrolment(group.one)
    number = enrolment.id
    sign_in(client, group.coordinator)
    post(client, "/board/nudge", keys=[enrolment.key], to="student")
    assert "/school-invitation/" in session.scalars(select(OutboxMail.body)).one()
    assert session.get(Enrolment, number).secret_hash is not None


def test_a_company_is_nudged_without_a_name_and_only_where_it_is_its_turn(app, group, client, sign_in, session):
    waits = student(group, name="Jildou Wiersma")
    respond(app, group, waits)
    idle = student(group, name="Nynke")
    session.query(OutboxMail).delete()
    session.commit()
    keys, manager = [waits.key, idle.key], group.manager.email
    sign_in(client, group.coordinator)
    post(client, "/board/nudge", keys=keys, to="company")
    (letter,) = session.scalars(select(OutboxMail)).all()
    assert letter.to_address == manager
    assert not any(word in letter.subject + letter.body for word in ("Jildou", "Wiersma", "Techniekcollege"))
    assert "For 1 nobody has to be written to" in client.get("/board").text


def test_a_reminder_to_oneself_is_one_mail_with_numbers(group, client, sign_in, session):
    first, second = student(group, name="Jildou"), student(group, name="Nynke")
    numbers, keys, mine = (first.number, second.number), [first.key, second.key], group.coordinator.email
    sign_in(client, group.coordinator)
    post(client, "/board/nudge", keys=keys, to="self")
    (letter,) = session.scalars(select(OutboxMail)).all()
    assert letter.to_address == mine
    assert all(number in letter.body for number in numbers)
    assert "Jildou" not in letter.body


def test_students_of_another_school_are_neither_seen_nor_nudged(group, client, sign_in, session):
    enrolment = student(group, name="Jildou Wiersma")
    key = enrolment.key
    sign_in(client, group.stranger)
    assert "Jildou" not in client.get("/board").text
    assert "Jildou" not in client.get("/board?period=bpv-3").text
    assert "Jildou" not in client.get("/board.csv").text
    post(client, "/board/nudge", keys=[key], to="student")
    assert sent(session) == []


def test_the_file_holds_what_one_looks_at_and_no_formula(group, client, sign_in):
    student(group, name="=HYPERLINK(1)", number="+31")
    place(group, student(group, name="Geplaatst"))
    sign_in(client, group.coordinator)
    answer = client.get("/board.csv?state=without")
    assert answer.data.startswith("\ufeff".encode())
    header, line = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";")
    assert header[:3] == ["Student number", "Name", "Class"]
    assert line[:3] == ["'+31", "'=HYPERLINK(1)", "MT4A"]


def test_filters_stand_in_the_address_and_odd_ones_are_left_out(group, client, sign_in):
    student(group, name="Een")
    make_enrolment(make_class(group.school, period=group.period, name="MT4B"), name="Twee")
    sign_in(client, group.coordinator)
    page = client.get("/board?actor=student").text
    assert names(page) == {"Een", "Twee"}
    number = re.search(r'<option value="(\d+)">MT4B', page)[1]
    assert names(client.get(f"/board?group={number}").text) == {"Twee"}
    assert names(client.get("/board?q=een").text) == {"Een"}
    assert names(client.get("/board?state=wizard&period=nope&group=x&weeks=%00".replace("%00", "99")).text) == {"Een", "Twee"}


def test_nothing_to_see_yet(client, session, sign_in):
    sign_in(client, make_user(Role.COORDINATOR, make_school()))
    assert "No internship period is ahead" in client.get("/board").text


def test_the_board_takes_few_statements_whatever_the_number_of_students(app, group, client, sign_in, count_queries):
    for number in range(25):
        enrolment = student(group, name=f"Student {number}")
        if number % 3 == 0:
            respond(app, group, enrolment)
        elif number % 3 == 1:
            place(group, enrolment)
    sign_in(client, group.coordinator)
    before = len(count_queries())
    assert client.get("/board").status_code == 200
    assert len(count_queries()) - before <= 12


def test_the_figures_of_the_start_page_agree_with_the_board(app, group, client, sign_in, session):
    place(group, student(group, name="Geplaatst"))
    place(group, student(group, name="Zonder inschrijving"), enrolment_id=None, period_id=None)
    place(group, student(group, name="Afgewezen"), P.DECLINED)
    student(group, name="Vrij", excused=True)
    soon = make_period(group.school, begins_in=30)
    student(group, name="Gauw", own_period=soon, status=EnrolmentStatus.CLAIMED)
    make_enrolment(group.one, name="Uitgenodigd")
    student(group, name="Zonder periode", school_class=make_class(group.school), noted_at=clock.now())
    make_enrolment(make_class(group.other, period=make_period(group.other)))
    found = board_queries.figures(group.school.id, clock.today())
    every = board_queries.rows(board_queries.periods_now([group.school.id], clock.today()), clock.today())
    assert found == (7, 6, 1, 1, 3, 1, 2)
    assert found.unplaced == sum(row.unplaced for row in every)
    assert found.placed == sum(row.step.standing is S.PLACED for row in every)
    sign_in(client, group.coordinator)
    page = client.get("/start").text
    assert "3 students have no settled place, 1 of them within 8 weeks" in page
    assert "1 student says that something is wrong" in page
    assert "no settled place" not in sign_in(client, make_user(Role.SCHOOL_SUPERVISOR)).get("/start").text


def test_a_proposal_of_a_round_is_in_progress_until_the_student_answers_and_then_the_school_acts(app_context, session):
    school = Class(students=4, places=(3,))
    made = school.make_round()
    for number in range(3):
        school.wish(made, number, 0)
    computing.compute(made, by_id=0, now=clock.now(), early=True)

    def steps():
        session.expire_all()
        found = board_queries.rows(board_queries.periods_now([school.school.id], clock.today()), clock.today())
        by_id = {row.enrolment_id: row for row in found}
        return [by_id[one.id] for one in school.students]

    assert {row.step.standing for row in steps()} == {S.WITHOUT}  # computed, and nobody knows of it
    round_services.publish(made, by_id=0, now=clock.now())
    for row in steps()[:3]:
        assert (row.step.standing, row.step.actor, row.step.act) == (S.IN_PROGRESS, Actor.STUDENT, Act.AGREE)
        assert (row.step.due, row.proposed, row.company) == (made.answer_until, True, school.vacancies[0].company.name)
    assert (steps()[3].step.standing, steps()[3].proposed) == (S.WITHOUT, False)
    for number, said in ((0, Answer.ACCEPTED), (1, Answer.DECLINED)):
        answering.answer(school.entry(made, number), said, by=school.students[number].student, now=clock.now())
    yes, no, silent, _none = steps()
    assert (yes.step.standing, yes.step.act, yes.proposed) == (S.IN_PROGRESS, Act.APPROVE, False)
    assert (no.step.standing, silent.step.standing) == (S.WITHOUT, S.IN_PROGRESS)
    assert board_queries.figures(school.school.id, clock.today()).placed == 0
    assert board_queries.figures(school.school.id, clock.today()).unplaced == sum(row.unplaced for row in steps()) == 4
    round_services.close(made, by_id=0, now=clock.now(), sure=True)
    assert steps()[2].step.standing is S.WITHOUT


def test_a_nudge_about_a_proposal_leads_to_the_round(app_context, session):
    school = Class(students=1, places=(1,))
    made = school.make_round()
    school.wish(made, 0, 0)
    computing.compute(made, by_id=0, now=clock.now())
    round_services.publish(made, by_id=0, now=clock.now())
    rows = board_queries.rows(board_queries.periods_now([school.school.id], clock.today()), clock.today())
    nudging.nudge(rows, NudgeTo.STUDENT, school.school, by=school.coordinator, now=clock.now())
    assert "/my-rounds" in session.scalars(select(OutboxMail.body).order_by(OutboxMail.id.desc())).first()
