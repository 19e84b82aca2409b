"""The pages about people of an organisation: own ones open, foreign ones not there."""

import re

import pytest
from sqlalchemy import func, select

from ipf_talent.accounts.models import Invitation, Membership
from ipf_talent.accounts.roles import Role
from tests.accounts.conftest import PASSWORD, link_in, mails, token_in
from tests.factories.accounts import make_user
from tests.factories.organisations import make_organisation, make_school

EMAIL = "colleague@company.example"


@pytest.fixture
def company(session):
    return make_organisation(name="Our company")


@pytest.fixture
def manager(company):
    return make_user(Role.COMPANY_MANAGER, company, language="en")


@pytest.fixture
def mine(client, sign_in, manager):
    return sign_in(client, manager)


def count(session, model) -> int:
    session.expire_all()
    return session.scalar(select(func.count()).select_from(model))


def test_a_guest_is_asked_to_sign_in(client, company):
    for page in ("/organisation/people", f"/organisation/{company.slug}/people", "/organisations/new", "/organisations/pending"):
        assert client.get(page).location.startswith("/sign-in?next=")


@pytest.mark.parametrize(
    ("role", "index", "own", "foreign"),
    [
        (Role.COMPANY_MANAGER, 200, 200, 404), (Role.WORKPLACE_TRAINER, 403, 404, 404), (Role.SIGNER, 403, 404, 404),
        (Role.STUDENT, 403, 404, 404), (Role.CLUSTER_OFFICE, 403, 404, 404), (Role.PLATFORM_ADMIN, 403, 200, 200),
    ],
)  # fmt: skip
def test_who_sees_the_people_of_which_organisation(client, session, sign_in, company, role, index, own, foreign):
    nowhere = (Role.CLUSTER_OFFICE, Role.PLATFORM_ADMIN)
    sign_in(client, make_user(role, None if role in nowhere else company))
    pages = ("/organisation/people", f"/organisation/{company.slug}/people", f"/organisation/{make_organisation().slug}/people")
    assert [client.get(page).status_code for page in pages] == [index, own, foreign]


@pytest.mark.parametrize("deed", ["people", "people/remove", "people/withdraw"])
def test_a_foreign_organisation_is_not_there_for_any_deed_and_nothing_changes(mine, session, company, deed):
    other = make_organisation()
    theirs = make_user(Role.COMPANY_MANAGER, other)
    make_user(Role.COMPANY_MANAGER, other)
    token = token_in(mine.get("/organisation/people").text)
    number = str(theirs.memberships[0].id)
    data = {"csrf_token": token, "number": number, "email": EMAIL, "role": "signer"}
    assert mine.post(f"/organisation/{other.slug}/{deed}", data=data).status_code == 404
    assert mine.post(f"/organisation/nowhere/{deed}", data=data).status_code == 404
    if deed != "people":  # one's own organisation, and a line of another one
        assert mine.post(f"/organisation/{company.slug}/{deed}", data=data).status_code == 404
    assert (count(session, Membership), count(session, Invitation)) == (3, 0)


def test_the_page_shows_staff_and_open_invitations_and_no_student(client, session, sign_in, fill):
    school = make_school(name="Our school")
    pupil = make_user(Role.STUDENT, school, display_name="A pupil")
    teacher = make_user(Role.PROGRAMME_MANAGER, school)
    sign_in(client, teacher)
    fill(client, f"/organisation/{school.slug}/people", email=EMAIL, role="coordinator")
    text = client.get("/organisation/people").text
    assert "Our school" in text and teacher.email in text and EMAIL in text and "Internship coordinator" in text
    assert pupil.display_name not in text and pupil.email not in text


def test_the_walk_from_invitation_to_the_first_page_of_a_colleague(app, mine, session, company, fill, person):
    page = f"/organisation/{company.slug}/people"
    answer = fill(mine, page, email=EMAIL, role="workplace_trainer")
    assert answer.status_code == 303
    link = link_in(mails()[0])
    browser = app.test_client()
    browser.set_cookie("lang", "en")
    guest = browser.get(link)
    assert f"/sign-in?next={link}" in guest.text and "Our company" in guest.text
    person(None, email=EMAIL)
    came = fill(browser, f"/sign-in?next={link}", action="/sign-in", email=EMAIL, password=PASSWORD, next=link)
    assert came.location == link
    assert fill(browser, link).location == "/start"
    assert "Our company" in browser.get("/start").text
    assert browser.get(link).status_code == 410


def test_an_invitation_for_another_address_is_shown_and_not_taken(app, mine, session, company, fill, person, sign_in):
    fill(mine, f"/organisation/{company.slug}/people", email=EMAIL, role="workplace_trainer")
    link = link_in(mails()[0])
    other = sign_in(app.test_client(), person(None))
    other.set_cookie("lang", "en")
    shown = other.get(link).text
    assert "another address" in shown and EMAIL not in shown
    assert other.post(link, data={"csrf_token": token_in(shown)}).status_code == 400
    assert count(session, Membership) == 1


def test_a_guest_who_presses_accept_takes_nothing(app, mine, session, company, fill):
    fill(mine, f"/organisation/{company.slug}/people", email=EMAIL, role="workplace_trainer")
    browser = app.test_client()
    token = token_in(browser.get("/sign-in").text)
    answer = browser.post(link_in(mails()[0]), data={"csrf_token": token})
    assert answer.status_code == 200 and count(session, Membership) == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"email": "nothing", "role": "signer"}, "not an e-mail address"),
        ({"email": EMAIL, "role": "programme_manager"}, "valid choice"),
        ({"email": EMAIL, "role": "platform_admin"}, "valid choice"),
        ({"email": EMAIL, "role": "student"}, "valid choice"),
    ],
)
def test_a_refused_invitation_keeps_what_was_typed(mine, session, company, fill, fields, words):
    answer = fill(mine, f"/organisation/{company.slug}/people", **fields)
    assert answer.status_code == 422 and words in answer.text and f'value="{fields["email"]}"' in answer.text
    assert mails() == [] and count(session, Invitation) == 0


def test_the_answer_is_the_same_whether_or_not_the_address_has_an_account(mine, session, company, fill, person):
    known = person(None, email="known@school.example")
    answers = []
    for email in (known.email, "fresh@school.example"):
        answer = fill(mine, f"/organisation/{company.slug}/people", email=email, role="signer")
        answers.append((answer.status_code, answer.location, answer.text))
    assert answers[0] == answers[1]
    texts = [re.sub(r"/invitation/\S+", "", mail.body) for mail in mails()]
    assert texts[0] == texts[1]


def test_a_coordinator_cannot_make_or_unmake_a_manager(client, session, sign_in, fill):
    school = make_school()
    boss = make_user(Role.PROGRAMME_MANAGER, school)
    make_user(Role.PROGRAMME_MANAGER, school)
    sign_in(client, make_user(Role.COORDINATOR, school))
    page = f"/organisation/{school.slug}/people"
    assert fill(client, page, email=EMAIL, role="programme_manager").status_code == 422
    assert fill(client, page, action=f"{page}/remove", number=str(boss.memberships[0].id)).status_code == 404
    assert fill(client, page, email=EMAIL, role="school_supervisor").status_code == 303


def test_removing_is_said_and_the_last_manager_stays(mine, session, company, manager, fill):
    trainer = make_user(Role.WORKPLACE_TRAINER, company)
    page = f"/organisation/{company.slug}/people"
    fill(mine, page, action=f"{page}/remove", number=str(trainer.memberships[0].id))
    assert "The role is taken away." in mine.get(page).text
    fill(mine, page, action=f"{page}/remove", number=str(manager.memberships[0].id))
    assert "last manager" in mine.get(page).text
    assert count(session, Membership) == 1


def test_a_manager_who_steps_back_stays_signed_in_without_the_role(mine, session, company, manager, fill):
    make_user(Role.COMPANY_MANAGER, company)
    page = f"/organisation/{company.slug}/people"
    assert fill(mine, page, action=f"{page}/remove", number=str(manager.memberships[0].id)).location == "/start"
    assert mine.get("/start").status_code == 200 and mine.get(page).status_code == 404


def test_an_invitation_is_taken_back(mine, session, company, fill):
    page = f"/organisation/{company.slug}/people"
    fill(mine, page, email=EMAIL, role="signer")
    number = session.scalar(select(Invitation.id))
    session.commit()
    fill(mine, page, action=f"{page}/withdraw", number=str(number))
    assert mine.get(link_in(mails()[0])).status_code == 410
    assert EMAIL not in mine.get(page).text


@pytest.mark.parametrize("number", ["", "x", "-1", "0", "9" * 30, "١", "1 OR 1=1", "999999999"])
@pytest.mark.parametrize("deed", ["remove", "withdraw"])
def test_odd_lines_are_not_there(mine, company, fill, number, deed):
    page = f"/organisation/{company.slug}/people"
    assert fill(mine, page, action=f"{page}/{deed}", number=number).status_code == 404


@pytest.mark.parametrize("deed", ["people", "people/remove", "people/withdraw"])
def test_without_a_token_nothing_happens(mine, session, company, manager, deed):
    data = {"number": str(manager.memberships[0].id), "email": EMAIL, "role": "signer"}
    assert mine.post(f"/organisation/{company.slug}/{deed}", data=data).status_code == 400
    assert (count(session, Membership), count(session, Invitation)) == (1, 0)


def test_the_sixth_invitation_of_a_day_to_one_address_is_refused(mine, session, company, fill):
    page = f"/organisation/{company.slug}/people"
    assert [fill(mine, page, email=EMAIL, role="signer").status_code for _n in range(6)] == [303] * 5 + [429]


def test_the_people_of_a_large_company_cost_no_more_statements(mine, session, company, count_queries):
    for _n in range(30):
        make_user(Role.WORKPLACE_TRAINER, company)
    before = len(count_queries())
    assert mine.get("/organisation/people").status_code == 200
    assert len(count_queries()) - before <= 6
