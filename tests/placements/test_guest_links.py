"""Guest links: one thing, one placement, once, fourteen days; reopened they show the same; and nothing of an account."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from ipf_talent import clock
from ipf_talent.accounts.models import AuditEntry
from ipf_talent.accounts.roles import Role
from ipf_talent.errors import DomainError
from ipf_talent.notifications.models import OutboxMail
from ipf_talent.organisations.recognition import RecognitionStatus
from ipf_talent.placements.guidance import assessing, contacts, guest_links, hours, outcomes, week_hours
from ipf_talent.placements.guidance import queries as guidance_queries
from ipf_talent.placements.guidance.guest_links import Standing
from ipf_talent.placements.guidance.kinds import (
    Advice,
    AssessmentMoment,
    AssessmentState,
    Grade,
    HoursState,
    LinkPurpose,
    MomentForm,
    MomentKind,
    OutcomeKind,
    OutcomeTerm,
    Present,
)
from ipf_talent.placements.guidance.models import GuestLink
from ipf_talent.placements.kinds import PlacementStatus
from tests.factories.accounts import make_user
from tests.factories.guidance import make_hours, make_moment, make_running
from tests.factories.organisations import make_organisation, make_recognition, make_school


@pytest.fixture
def both(app_context, session):
    """A running placement with a sent week, a supervisor, and another placement beside it."""
    school = make_school(name="Voorbeeldcollege")
    student = make_user(Role.STUDENT, school, display_name="Jildou Hoekstra", email="jildou@school.example")
    supervisor = make_user(Role.SCHOOL_SUPERVISOR, school, display_name="Sjoerd Bakker", email="sjoerd@school.example")
    one = make_running(student, make_organisation(name="Voorbeeld BV"), school, supervisor=supervisor)
    monday = week_hours.monday(clock.today() - timedelta(days=7))
    make_hours(one, [monday, monday + timedelta(days=1)])
    hours.submit_week(one, monday, by=student, now=clock.now())
    session.commit()
    return SimpleNamespace(one=one, other=make_running(), student=student, supervisor=supervisor, monday=monday)


def secret_to(session, address):
    """What the newest mail to somebody holds."""
    letters = session.scalars(select(OutboxMail).where(OutboxMail.to_address == address).order_by(OutboxMail.id)).all()
    return re.search(r"/guest/([\w-]+)", letters[-1].body)[1]


def issue(both, purpose=LinkPurpose.HOURS, subject=None, **how):
    values = {"name": "Wytske Proef", "email": "wytske@bedrijf.example", "by": both.supervisor, "now": clock.now()}
    return guest_links.issue(both.one, purpose, subject or week_hours.week_name(both.monday), **values | how)


def press(client, secret, **values):
    page = client.get(f"/guest/{secret}").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    mark = re.search(r'name="mark" value="([^"]+)"', page)
    known = {"csrf_token": token} | ({"mark": mark[1]} if mark else {})
    return client.post(f"/guest/{secret}", data=known | values)


def test_the_secret_is_kept_nowhere_and_lasts_fourteen_days_at_most(both, session):
    secret = issue(both)
    link = session.scalars(select(GuestLink).order_by(GuestLink.id.desc())).first()
    assert secret not in str([getattr(link, column.key) for column in GuestLink.__table__.columns])
    assert link.expires_at - link.created_at == timedelta(days=14)
    assert guest_links.find(secret, now=link.expires_at - timedelta(seconds=1)).standing is Standing.OPEN
    assert guest_links.find(secret, now=link.expires_at).standing is Standing.EXPIRED
    assert guest_links.find(secret[:-1] + ("A" if secret[-1] != "A" else "B"), now=clock.now()) is None


def test_a_newer_link_for_the_same_thing_ends_the_older_one(both):
    first, other = issue(both), issue(both, subject="2020-w01")
    second = issue(both)
    found = [guest_links.find(secret, now=clock.now()).standing for secret in (first, second, other)]
    assert found == [Standing.REVOKED, Standing.OPEN, Standing.OPEN]


def test_a_link_is_used_once(both):
    opened = guest_links.find(issue(both), now=clock.now())
    guest_links.use(opened.link, now=clock.now())
    with pytest.raises(DomainError):
        guest_links.use(opened.link, now=clock.now())


def test_another_trainer_ends_the_links_of_the_former_one_and_not_those_of_a_mentor(both, session):
    trainer, mentor = issue(both), issue(both, email="mentor@bedrijf.example", name="Mentor")
    both.one.trainer_email = "nieuw@bedrijf.example"
    session.commit()
    assert guest_links.find(trainer, now=clock.now()).standing is Standing.REVOKED
    assert guest_links.find(mentor, now=clock.now()).standing is Standing.OPEN


def test_an_address_is_not_flooded(both):
    for number in range(guest_links.MOST_A_DAY - 1):
        issue(both, subject=f"2020-w{number + 1:02}")
    with pytest.raises(DomainError):
        issue(both, subject="2021-w01")


def test_the_page_says_who_asks_and_shows_one_week_and_no_account_data(both, client, session):
    make_hours(both.one, [both.monday + timedelta(days=7)], minutes=333, state=HoursState.SUBMITTED)
    page = client.get(f"/guest/{secret_to(session, 'wytske@bedrijf.example')}")
    assert page.status_code == 200
    assert "Jildou Hoekstra, student of Voorbeeldcollege, asks you." in page.text
    assert "16 hours of work wait for you." in page.text
    assert page.text.count('data-label="Hours"') == 2
    for private in (both.student.email, both.supervisor.email, "5.55", "5:33"):
        assert private not in page.text
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert "noindex" in page.text


def test_a_guest_approves_a_week_once_and_sees_the_same_afterwards(both, client, session):
    secret = secret_to(session, "wytske@bedrijf.example")
    assert press(client, secret, deed="approve").status_code == 303
    rows = guidance_queries.hours_of(both.one.id)
    assert {(row.state, row.approved_name, row.approved_by_id) for row in rows} == {(HoursState.APPROVED, "Wytske Proef", None)}
    for _again in range(2):
        page = client.get(f"/guest/{secret}")
        assert (page.status_code, "You answered on" in page.text, "<form" in page.text.split("<main")[1]) == (200, True, False)
    actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert [one for one in actions if "guest" in one] == ["send_guest_link", "open_guest_link", "use_guest_link"]


def test_a_guest_sends_a_week_back_with_a_reason(both, client, session):
    secret = secret_to(session, "wytske@bedrijf.example")
    refused = press(client, secret, deed="decline", reason="")
    assert refused.status_code == 422
    assert {row.state for row in guidance_queries.hours_of(both.one.id)} == {HoursState.SUBMITTED}
    assert press(client, secret, deed="decline", reason="Monday was free.").status_code == 303
    assert {row.state for row in guidance_queries.hours_of(both.one.id)} == {HoursState.DECLINED}


def test_hours_that_changed_meanwhile_are_not_approved_and_the_link_still_works(both, client, session):
    secret = secret_to(session, "wytske@bedrijf.example")
    assert press(client, secret, deed="approve", mark="0" * 16).status_code == 422
    assert {row.state for row in guidance_queries.hours_of(both.one.id)} == {HoursState.SUBMITTED}
    assert press(client, secret, deed="approve").status_code == 303


def test_a_week_that_was_approved_in_another_way_leaves_nothing_to_do(both, client, session):
    secret = secret_to(session, "wytske@bedrijf.example")
    mark = hours.mark_of(guidance_queries.hours_of(both.one.id))
    hours.approve(both.one, both.monday, mark, by=both.supervisor, name="Somebody", now=clock.now())
    session.commit()
    page = client.get(f"/guest/{secret}")
    assert "handled already" in page.text
    assert "<form" not in page.text.split("<main")[1]


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_was_taken_back_or_is_unknown_opens_nothing(both, client, session, method):
    secret = secret_to(session, "wytske@bedrijf.example")
    link = session.scalars(select(GuestLink)).one()
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/about").text)[1]
    assert guest_links.revoke(link, by=both.supervisor, now=clock.now())
    assert not guest_links.revoke(link, by=both.supervisor, now=clock.now())
    session.commit()
    for path in (f"/guest/{secret}", "/guest/nothing", f"/guest/{'x' * 300}"):
        answer = getattr(client, method)(path, data={"csrf_token": token, "deed": "approve"})
        assert answer.status_code == 410
        assert "Jildou" not in answer.text


def test_a_link_of_a_student_who_left_opens_nothing(both, client, session):
    secret = secret_to(session, "wytske@bedrijf.example")
    both.one.student_id = None
    session.commit()
    assert client.get(f"/guest/{secret}").status_code == 410


def test_guessing_addresses_is_slowed_down(both, client):
    answers = [client.get(f"/guest/{number}").status_code for number in range(102)]
    assert answers == [410] * 100 + [429] * 2


def test_pressing_many_times_is_slowed_down(both, client, session):
    secret = issue(both)
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/about").text)[1]
    answers = [
        client.post(f"/guest/{secret}", data={"csrf_token": token, "deed": "approve", "mark": "0"}).status_code for _n in range(32)
    ]
    assert answers == [422] * 30 + [429] * 2


def test_nothing_happens_without_a_token(both, client, session):
    secret = secret_to(session, "wytske@bedrijf.example")
    assert client.post(f"/guest/{secret}", data={"deed": "approve"}).status_code == 400
    assert {row.state for row in guidance_queries.hours_of(both.one.id)} == {HoursState.SUBMITTED}


def test_a_guest_agrees_to_what_was_noted_of_a_talk(both, client, session):
    moment = make_moment(both.one, kind=MomentKind.START, planned_on=clock.today())
    contacts.note(
        both.one, moment, held_on=clock.today(), form=MomentForm.AT_COMPANY, present={Present.STUDENT, Present.TRAINER},
        agreements="We look at the robot cell in week 10.", by=both.supervisor, now=clock.now(),
    )  # fmt: skip
    session.commit()
    secret = secret_to(session, "wytske@bedrijf.example")
    page = client.get(f"/guest/{secret}").text
    assert "Sjoerd Bakker of Voorbeeldcollege asks you." in page
    assert "We look at the robot cell in week 10." in page
    assert press(client, secret).status_code == 303
    found = guidance_queries.moment(moment.id, both.one.id)
    assert (found.company_agreed_at is not None, found.company_name, found.student_agreed_at) == (True, "Wytske Proef", None)
    assert "You answered on" in client.get(f"/guest/{secret}").text


def test_a_guest_is_not_asked_to_agree_to_a_day_that_has_passed(both, client, session):
    moment = make_moment(both.one, kind=MomentKind.MID, planned_on=clock.today())
    secret = guest_links.issue(
        both.one, LinkPurpose.MOMENT, str(moment.id), name="Wytske Proef", email="wytske@bedrijf.example", by=both.supervisor,
        now=clock.now(),
    )  # fmt: skip
    session.commit()
    assert "That day is fine" in client.get(f"/guest/{secret}").text
    moment.planned_on = clock.today() - timedelta(days=1)
    session.commit()
    page = client.get(f"/guest/{secret}").text
    assert "That day is fine" not in page and "This day has passed" in page
    assert press(client, secret).status_code == 422
    assert guidance_queries.moment(moment.id, both.one.id).company_agreed_at is None


def test_a_guest_sees_each_missing_line_marked_and_linked(both, client, session):
    make_recognition(both.one.establishment, status=RecognitionStatus.VERIFIED, work_processes=["Mounting", "Faults"])
    session.refresh(both.one)
    assessing.ask(both.one, AssessmentMoment.END, by=both.supervisor, now=clock.now())
    session.commit()
    secret = secret_to(session, "wytske@bedrijf.example")
    answer = press(client, secret, **{"grade-1": "g"}, deed="send", attitude="g", version="0")
    assert answer.status_code == 422
    assert " 2 things</h2>" in answer.text
    assert re.search(r'<a href="#grade-2-1">Faults: ', answer.text) and 'id="grade-2-1"' in answer.text
    assert 'id="grade-2-error"' in answer.text and 'id="grade-1-error"' not in answer.text
    assert '<a href="#advice-0">' in answer.text
    assert press(client, secret, **{"grade-1": "g", "grade-2": "v"}, deed="send", attitude="g", advice="sufficient",
                 version="0").status_code == 303  # fmt: skip


def test_a_guest_advises_in_two_sittings_and_sends_once(both, client, session):
    session.refresh(both.one)
    assessing.ask(both.one, AssessmentMoment.END, by=both.supervisor, now=clock.now())
    session.commit()
    secret = secret_to(session, "wytske@bedrijf.example")
    kept = press(client, secret, deed="save", attitude="g", text="Works neatly.", version="0")
    assert kept.status_code == 303
    page = client.get(f"/guest/{secret}").text
    assert "Works neatly." in page
    assert press(client, secret, deed="send", attitude="g", text="Works neatly.", version="1").status_code == 422
    sent = press(client, secret, deed="send", attitude="g", advice="sufficient", text="Works neatly.", version="1")
    assert sent.status_code == 303
    found = guidance_queries.assessment(both.one.id, AssessmentMoment.END)
    told = (found.state, found.advice, found.attitude, found.advised_name, found.decision)
    assert told == (AssessmentState.SUBMITTED, Advice.SUFFICIENT, Grade.GOOD, "Wytske Proef", None)
    assert "at the school since" in client.get(f"/guest/{secret}").text


def test_a_student_answers_where_they_are_by_a_link(both, client, session):
    both.one.status, both.one.ended_on = PlacementStatus.COMPLETED, clock.today() - timedelta(days=190)
    both.one.starts_on = clock.today() - timedelta(days=300)
    session.commit()
    assert outcomes.ask(guidance_queries.one(both.one.id), OutcomeTerm.HALF_YEAR, now=clock.now())
    session.commit()
    secret = secret_to(session, both.student.email)
    assert press(client, secret, answer="nonsense").status_code == 422
    assert press(client, secret, answer="at_company").status_code == 303
    assert guidance_queries.outcome(both.one.id, OutcomeTerm.HALF_YEAR).answer is OutcomeKind.AT_COMPANY
    assert "You answered on" in client.get(f"/guest/{secret}").text
