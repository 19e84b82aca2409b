"""Pages of guidance: a week in a few presses, many weeks approved at once, stale forms, and a small number of statements."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from ipf_talent import clock
from ipf_talent.accounts.roles import Role
from ipf_talent.notifications.models import OutboxMail
from ipf_talent.organisations.recognition import RecognitionStatus
from ipf_talent.placements.guidance import assessing, hours, week_hours, week_pages
from ipf_talent.placements.guidance import deadlines as guidance_deadlines
from ipf_talent.placements.guidance import queries as guidance_queries
from ipf_talent.placements.guidance.kinds import (
    Advice,
    AssessmentMoment,
    Decision,
    Grade,
    HoursKind,
    HoursState,
    MomentKind,
    OutcomeKind,
    OutcomeTerm,
)
from ipf_talent.placements.guidance.models import ContactMoment, GuestLink, Outcome
from ipf_talent.placements.kinds import PlacementStatus
from tests.factories.accounts import make_user
from tests.factories.guidance import make_hours, make_moment, make_running
from tests.factories.organisations import make_organisation, make_recognition, make_school


@pytest.fixture
def both(app, session):
    """A placement that runs, with everybody around it; no context is open, so that each request knows who is signed in."""
    company, school = make_organisation(name="Voorbeeld BV"), make_school(name="Voorbeeldcollege")
    student = make_user(Role.STUDENT, school, display_name="Jildou Hoekstra")
    one = make_running(student, company, school)
    monday = week_hours.monday(clock.today()) - timedelta(days=7)
    return SimpleNamespace(
        one=one, student=student, company=company, school=school, monday=monday, name=week_hours.week_name(monday),
        manager=make_user(Role.COMPANY_MANAGER, company), coordinator=make_user(Role.COORDINATOR, school),
        trainer=make_user(Role.WORKPLACE_TRAINER, company), supervisor=make_user(Role.SCHOOL_SUPERVISOR, school),
    )  # fmt: skip


@pytest.fixture
def send(client):
    """Post a form with its token; the answer."""

    def post(path, **data):
        token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/about").text)[1]
        return client.post(path, data={"csrf_token": token} | data)

    return post


def days(both, *typed, kind="work"):
    names = [(both.monday + timedelta(days=n)).isoformat() for n in range(len(typed))]
    return {f"hours-{name}": text for name, text in zip(names, typed, strict=True)} | {f"kind-{name}": kind for name in names}


def week(both):
    rows = guidance_queries.hours_between(both.one.id, both.monday, both.monday + timedelta(days=6))
    return [(row.minutes, row.state.value) for row in rows]


def test_a_week_is_copied_looked_over_and_sent(both, client, sign_in, send):
    before = both.monday - timedelta(days=7)
    make_hours(both.one, [before, before + timedelta(days=1)], minutes=450, state=HoursState.APPROVED)
    sign_in(client, both.student)
    path = f"/my-placement/{both.one.key}/hours?week={both.name}"
    page = client.get(f"{path}&copy=1").text
    assert page.count('value="7:30"') == 2
    assert week(both) == []
    assert send(path, **days(both, "7:30", "7,5", "", "8"), deed="send").status_code == 303
    assert week(both) == [(450, "submitted"), (450, "submitted"), (480, "submitted")]
    page = client.get(path).text
    assert "Ask my company again" in page
    assert 'name="hours-' + (both.monday + timedelta(days=1)).isoformat() not in page


def test_saving_does_not_send(both, client, sign_in, send, session):
    sign_in(client, both.student)
    send(f"/my-placement/{both.one.key}/hours?week={both.name}", **days(both, "8"), deed="save")
    assert week(both) == [(480, "entered")]
    assert session.scalars(select(OutboxMail)).all() == []


@pytest.mark.parametrize("typed", ["acht", "13", "7:99", "<script>", "9" * 5000, "\u0663", "-1", "8\u202e"])
def test_what_is_wrong_is_said_at_its_day_and_nothing_is_lost(both, client, sign_in, send, typed):
    sign_in(client, both.student)
    answer = send(f"/my-placement/{both.one.key}/hours?week={both.name}", **days(both, "8", typed), deed="send")
    assert answer.status_code == 422
    assert week(both) == []
    assert 'value="8"' in answer.text
    assert f'id="error-{(both.monday + timedelta(days=1)).isoformat()}"' in answer.text
    assert "<script>" not in answer.text.split("<main")[1]


def test_all_days_that_are_wrong_are_said_at_once_on_top_and_at_their_day(both, client, sign_in, send):
    sign_in(client, both.student)
    answer = send(f"/my-placement/{both.one.key}/hours?week={both.name}", **days(both, "acht", "8", "25"), deed="send")
    assert answer.status_code == 422
    assert " 2 things</h2>" in answer.text
    for number, wrong in enumerate((True, False, True)):
        name = (both.monday + timedelta(days=number)).isoformat()
        assert (f'<a href="#hours-{name}">' in answer.text) is wrong
        assert (f'id="error-{name}"' in answer.text) is wrong
    assert week(both) == []


@pytest.mark.parametrize(("left", "offered"), [(0, True), (-1, False)])
def test_one_can_be_ill_as_long_as_the_placement_lasts(both, client, sign_in, session, left, offered):
    both.one.ends_on = clock.today() + timedelta(days=left)
    session.commit()
    sign_in(client, both.student)
    assert ("I am ill today" in client.get(f"/my-placement/{both.one.key}/hours").text) is offered


def test_one_who_is_not_there_for_an_interruption_is_not_asked_whether_they_are_ill(both, client, sign_in, session):
    both.one.status = PlacementStatus.INTERRUPTED
    session.commit()
    sign_in(client, both.student)
    page = client.get(f"/my-placement/{both.one.key}/hours").text
    assert "I am ill today" not in page and "Save and send to my company" in page


def test_no_week_is_ticked_before_somebody_does(both, client, sign_in):
    make_hours(both.one, [both.monday], state=HoursState.SUBMITTED)
    sign_in(client, both.manager)
    page = client.get("/received/hours").text
    assert page.count('name="week"') == 1 and " checked" not in page


def test_a_company_says_once_asked_whether_somebody_works_there(both, client, sign_in, send, session):
    both.one.status, both.one.ended_on = PlacementStatus.COMPLETED, clock.today() - timedelta(days=190)
    both.one.starts_on = clock.today() - timedelta(days=300)
    session.commit()
    path = f"/received/placements/{both.one.key}/guidance"
    sign_in(client, both.manager)
    assert "You are asked on" in client.get(path).text
    assert send(f"{path}/outcome", deed="yes", thing="6").status_code == 404
    session.add(Outcome(placement_id=both.one.id, term=OutcomeTerm.HALF_YEAR, asked_at=clock.now(), answer=OutcomeKind.ELSEWHERE))
    session.commit()
    page = client.get(path).text
    assert "Does Jildou Hoekstra work with you now?" in page and "outside the region" not in page
    assert send(f"{path}/outcome", deed="perhaps", thing="6").status_code == 404
    assert send(f"{path}/outcome", deed="yes", thing="6").status_code == 303
    assert "You said: works here." in client.get(path).text
    sign_in(client, both.coordinator)
    page = client.get(f"/placements/{both.one.key}/guidance").text
    assert "works here" in page and "I work outside the region" in page and "not asked yet" in page


def test_a_link_for_what_was_done_otherwise_is_not_offered_to_take_back(both, client, sign_in, send, session):
    make_hours(both.one, [both.monday], state=HoursState.SUBMITTED)
    talk = make_moment(both.one, kind=MomentKind.MID, planned_on=clock.today() - timedelta(days=3))
    sign_in(client, both.coordinator)
    path = f"/placements/{both.one.key}/guidance"
    page = client.get(path).text
    assert f'value="moment:{talk.id}"' not in page, "its day has passed"
    known = {"name": "Wytske Proef", "email": "wytske@bedrijf.example"}
    assert send(f"{path}/link", what=f"moment:{talk.id}", **known).status_code == 422
    assert send(f"{path}/link", what=f"hours:{both.name}", **known).status_code == 303
    assert client.get(path).text.count("Take back") == 1
    for row in guidance_queries.hours_of(both.one.id):
        row.state, row.approved_at = HoursState.APPROVED, clock.now()
    session.commit()
    page = client.get(path).text
    assert "Take back" not in page and "Not needed any more" in page
    assert f'href="/placements/{both.one.key}"' in page and f'href="/agreements/{both.one.key}"' in page


@pytest.mark.parametrize("asked", ["", "nonsense", "2027-w99", "1999-w01", "2099-w10"])
def test_an_odd_week_in_the_address_breaks_nothing(both, client, sign_in, asked):
    sign_in(client, both.student)
    assert client.get(f"/my-placement/{both.one.key}/hours?week={asked}").status_code == 200


def test_one_press_tells_that_one_is_ill(both, client, sign_in, send, session):
    sign_in(client, both.student)
    path = f"/my-placement/{both.one.key}/hours"
    assert send(f"{path}/tell", deed="ill").status_code == 303
    assert "You said that you are ill" in client.get(path).text
    addresses = set(session.scalars(select(OutboxMail.to_address)))
    assert addresses == {both.manager.email, both.one.trainer_email, both.coordinator.email}
    send(f"{path}/tell", deed="well")
    assert "You said that you are ill" not in client.get(path).text


def test_a_trainer_approves_the_weeks_of_many_students_at_once(both, client, sign_in, send):
    others = [make_running(company=both.company, trainer=both.trainer) for _n in range(3)]
    for placement in others:
        make_hours(placement, [both.monday, both.monday + timedelta(days=1)], state=HoursState.SUBMITTED)
    make_hours(both.one, [both.monday], state=HoursState.SUBMITTED)
    sign_in(client, both.trainer)
    page = client.get("/received/hours").text
    codes = re.findall(r'name="week" value="([^"]+)"', page)
    assert len(codes) == 3
    assert "Jildou" not in page
    guided = {f"guided-{codes[0].rpartition(' ')[0]}": "1:30"}
    assert send("/received/hours", week=codes, **guided).status_code == 303
    noted = guidance_queries.weeks_noted([one.id for one in others])
    assert list(noted.values()) == [90]
    for placement in others:
        assert {row.state for row in guidance_queries.hours_of(placement.id)} == {HoursState.APPROVED}
    assert week(both) == [(480, "submitted")]
    assert send("/received/hours", week=codes).status_code == 303
    assert send("/received/hours").status_code == 422


@pytest.mark.parametrize(("minutes", "warned"), [(540, False), (541, True)])
def test_a_week_of_more_than_45_hours_under_18_is_pointed_out(both, client, sign_in, session, minutes, warned):
    both.one.adult_on = both.monday + timedelta(days=30)
    make_hours(both.one, [both.monday + timedelta(days=n) for n in range(4)], state=HoursState.SUBMITTED, minutes=540)
    make_hours(both.one, [both.monday + timedelta(days=4)], state=HoursState.SUBMITTED, minutes=minutes, kind=HoursKind.SCHOOL)
    sign_in(client, both.manager)
    assert ("More than 45 hours under 18" in client.get("/received/hours").text) is warned


def test_a_week_that_changed_is_left_and_the_others_are_approved(both, client, sign_in, send, session):
    other = make_running(company=both.company)
    for placement in (both.one, other):
        make_hours(placement, [both.monday], state=HoursState.SUBMITTED)
    sign_in(client, both.manager)
    codes = re.findall(r'name="week" value="([^"]+)"', client.get("/received/hours").text)
    (row,) = guidance_queries.hours_of(both.one.id)
    row.minutes = 60
    session.commit()
    send("/received/hours", week=codes)
    assert week(both) == [(60, "submitted")]
    assert guidance_queries.hours_of(other.id)[0].state is HoursState.APPROVED


@pytest.mark.parametrize("code", ["", "x", "nothing 2027-w01 x", "{key} nonsense x", "{key}"])
def test_an_odd_code_is_refused(both, client, sign_in, send, code):
    sign_in(client, both.manager)
    make_hours(both.one, [both.monday], state=HoursState.SUBMITTED)
    code = code.format(key=both.one.key)
    assert client.get("/received/hours/return", query_string={"week": code}).status_code == 404
    assert send("/received/hours", week=code).status_code in (303, 422)
    assert week(both) == [(480, "submitted")]


def test_somebody_of_another_company_approves_nothing_by_a_code_that_is_not_theirs(both, client, sign_in, send):
    make_hours(both.one, [both.monday], state=HoursState.SUBMITTED)
    sign_in(client, both.manager)
    codes = re.findall(r'name="week" value="([^"]+)"', client.get("/received/hours").text)
    sign_in(client, make_user(Role.COMPANY_MANAGER, make_organisation()))
    send("/received/hours", week=codes)
    assert client.get("/received/hours/return", query_string={"week": codes[0]}).status_code == 404
    assert week(both) == [(480, "submitted")]


def test_a_week_is_sent_back_with_what_is_not_right(both, client, sign_in, send):
    make_hours(both.one, [both.monday], state=HoursState.SUBMITTED)
    sign_in(client, both.manager)
    (code,) = re.findall(r'name="week" value="([^"]+)"', client.get("/received/hours").text)
    path = f"/received/hours/return?week={code.replace(' ', '+')}"
    assert send(path, reason="").status_code == 422
    assert send(path, reason="Monday was <b>free</b>.").status_code == 303
    sign_in(client, both.student)
    page = client.get(f"/my-placement/{both.one.key}/hours?week={both.name}").text
    assert "Monday was &lt;b&gt;free&lt;/b&gt;." in page


def test_the_company_advises_and_the_second_writer_is_told(both, client, sign_in, send, session):
    make_recognition(both.one.establishment, status=RecognitionStatus.VERIFIED, work_processes=["W1 Bouwt", "W2 Test"])
    sign_in(client, both.manager)
    path = f"/received/placements/{both.one.key}/advice?moment=end"
    assert "W2 Test" in client.get(path).text
    assert send(path, deed="save", version="0", text="First.", **{"grade-1": "g"}).status_code == 303
    stale = send(path, deed="save", version="0", text="Typed in another window.", **{"grade-2": "v"})
    assert (stale.status_code, "Typed in another window." in stale.text) == (409, True)
    values = {"grade-1": "g", "grade-2": "nvt", "attitude": "v", "advice": "insufficient", "text": "More care."}
    assert send(path, deed="send", version="1", **values | {"grade-2": "bogus"}).status_code == 422
    assert send(path, deed="send", version="1", **values).status_code == 303
    found = guidance_queries.assessment(both.one.id, AssessmentMoment.END)
    assert [line.grade for line in found.lines] == [Grade.GOOD, Grade.NOT_APPLICABLE]
    assert "More care." in client.get(f"/received/placements/{both.one.key}/guidance").text
    assert "<form" not in client.get(path).text.split("<main")[1]


def test_the_school_decides_and_the_student_reads_it(both, app, client, sign_in, send, session):
    with app.test_request_context():
        assessment = assessing.current(both.one, AssessmentMoment.END)
        assessing.write(
            both.one, assessment, grades={}, attitude=Grade.GOOD, advice=Advice.SUFFICIENT, text="Well done.", send=True,
            by=both.manager, name="Manager", now=clock.now(), version=0,
        )  # fmt: skip
        session.commit()
    sign_in(client, both.coordinator)
    path = f"/placements/{both.one.key}/guidance"
    assert send(f"{path}/decide", moment="end", decision="resit").status_code == 422
    assert send(f"{path}/decide", moment="mid", decision="sufficient").status_code == 422
    assert send(f"{path}/decide", moment="end", decision="sufficient", text="Fine.").status_code == 303
    assert guidance_queries.assessment(both.one.id, AssessmentMoment.END).decision is Decision.SUFFICIENT
    sign_in(client, both.student)
    page = client.get(f"/my-placement/{both.one.key}/guidance").text
    assert "Well done." in page
    assert "Fine." in page


def test_a_talk_is_planned_noted_and_agreed_to_by_both(both, client, sign_in, send, session):
    both.one.supervisor, both.one.trainer = both.supervisor, both.trainer
    session.commit()
    moment = make_moment(both.one, kind=MomentKind.MID, planned_on=clock.today())
    foreign = make_moment(make_running(), kind=MomentKind.MID, planned_on=clock.today())
    sign_in(client, both.supervisor)
    path = f"/placements/{both.one.key}/guidance"
    later = clock.today() + timedelta(days=9)
    assert send(f"{path}/day", thing=str(moment.id), day=later.isoformat(), form="video").status_code == 303
    assert send(f"{path}/day", thing=str(moment.id), day="2020-01-01", form="video").status_code == 422
    assert send(f"{path}/day", thing=str(foreign.id), day=later.isoformat(), form="video").status_code == 404
    assert send(f"{path}/day", day=later.isoformat(), form="phone").status_code == 303
    noted = {
        "held_on": clock.today().isoformat(),
        "form": "video",
        "present": ["student", "trainer"],
        "agreements": "Two days more.",
    }
    assert send(f"{path}/note?talk={foreign.id}", version="1", **noted).status_code == 404
    stale = send(f"{path}/note?talk={moment.id}", version="1", **noted)
    assert (stale.status_code, "Two days more." in stale.text) == (409, True)
    assert send(f"{path}/note?talk={moment.id}", version="2", **noted).status_code == 303
    sign_in(client, both.student)
    own = f"/my-placement/{both.one.key}/guidance"
    assert send(f"{own}/moment", thing=str(foreign.id)).status_code in (404, 422)
    assert send(f"{own}/moment", thing=str(moment.id), remark="It was one day.").status_code == 303
    assert send(f"{own}/moment", thing=str(moment.id)).status_code == 303
    sign_in(client, both.trainer)
    assert send(f"/received/placements/{both.one.key}/guidance/moment", thing=str(moment.id)).status_code == 303
    found = guidance_queries.moment(moment.id, both.one.id)
    assert (found.student_agreed_at is None, found.company_agreed_at is None, found.remark) == (False, False, "")
    assert session.get(ContactMoment, foreign.id).held_on is None


def test_the_school_sends_a_link_for_one_thing_and_takes_it_back(both, client, sign_in, send, session):
    make_hours(both.one, [both.monday], state=HoursState.SUBMITTED)
    sign_in(client, both.coordinator)
    path = f"/placements/{both.one.key}/guidance"
    named = {"name": "Mentor Proef", "email": "mentor@bedrijf.example"}
    assert send(f"{path}/link", what="hours:2001-w01", **named).status_code == 422
    assert send(f"{path}/link", what=f"hours:{both.name}", **named | {"email": "nonsense"}).status_code == 422
    assert send(f"{path}/link", what=f"hours:{both.name}", **named).status_code == 303
    (letter,) = session.scalars(select(OutboxMail)).all()
    secret = re.search(r"/guest/([\w-]+)", letter.body)[1]
    client.get(path)  # which says once where the mail went
    page = client.get(path).text
    assert "Mentor Proef" in page
    assert "mentor@bedrijf.example" not in page
    (link,) = session.scalars(select(GuestLink)).all()
    other = make_running()
    assert send(f"/placements/{other.key}/guidance/revoke", thing=link.key).status_code == 404
    assert client.get(f"/guest/{secret}").status_code == 200
    assert send(f"{path}/revoke", thing=link.key).status_code == 303
    assert client.get(f"/guest/{secret}").status_code == 410


def test_an_example_account_sends_no_mail_to_an_address_that_somebody_typed(both, client, sign_in, send, session):
    make_hours(both.one, [both.monday], state=HoursState.SUBMITTED)
    both.coordinator.is_demo = True
    session.commit()
    sign_in(client, both.coordinator)
    path = f"/placements/{both.one.key}/guidance/link"
    refused = send(path, what=f"hours:{both.name}", name="Somebody", email="somebody@elsewhere.example")
    assert refused.status_code == 422
    assert session.scalars(select(OutboxMail)).all() == []
    assert send(path, what=f"hours:{both.name}", name="Wytske Proef", email=both.one.trainer_email).status_code == 303


def test_the_list_of_a_school_takes_few_statements_whatever_its_length(both, client, sign_in, count_queries):
    for _n in range(15):
        one = make_running(school=both.school, company=both.company)
        make_hours(one, [both.monday, both.monday + timedelta(days=1)], state=HoursState.APPROVED)
        make_moment(one, kind=MomentKind.START, planned_on=both.monday - timedelta(days=14))
    sign_in(client, both.coordinator)
    before = len(count_queries())
    page = client.get("/guidance")
    assert page.status_code == 200
    assert page.text.count("1 talk overdue") == 15
    assert len(count_queries()) - before <= 12


@pytest.mark.parametrize("who", ["student", "manager", "coordinator"])
def test_each_page_of_one_placement_takes_few_statements(both, app, client, sign_in, count_queries, session, who):
    make_hours(both.one, [both.monday + timedelta(days=n) for n in range(5)], state=HoursState.SUBMITTED)
    with app.test_request_context():
        guidance_deadlines.keep(clock.now())
    paths = {
        "student": [f"/my-placement/{both.one.key}/hours?copy=1", f"/my-placement/{both.one.key}/guidance"],
        "manager": ["/received/hours", f"/received/placements/{both.one.key}/guidance"],
        "coordinator": [f"/placements/{both.one.key}/guidance", "/replacements"],
    }[who]
    sign_in(client, getattr(both, who))
    for path in paths:
        session.expire_all()
        before = len(count_queries())
        assert client.get(path).status_code == 200
        assert len(count_queries()) - before <= 12, path


def test_a_page_for_each_end_of_a_placement(both, client, sign_in, session):
    sign_in(client, both.student)
    for status in PlacementStatus:
        both.one.status = status
        session.commit()
        for path in ("hours", "guidance"):
            assert client.get(f"/my-placement/{both.one.key}/{path}").status_code == 200


def test_days_off_are_shown_without_hours(both):
    make_hours(both.one, [both.monday], minutes=0, kind=HoursKind.LEAVE)
    make_hours(both.one, [both.monday + timedelta(days=1)], minutes=0)
    shown = week_pages.week_page(both.one, both.monday, clock.today()).days
    assert [(day.typed, day.kind) for day in shown[:2]] == [("", HoursKind.LEAVE), ("0", HoursKind.WORK)]
    assert hours.mark_of([]) != hours.mark_of(guidance_queries.hours_of(both.one.id))
