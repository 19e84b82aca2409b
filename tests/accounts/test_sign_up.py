"""Asking for an account and confirming it: the same answer for every address, and nobody opens one in another's name."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from ipf_talent import clock
from ipf_talent.accounts import services
from ipf_talent.accounts.models import Attempt, AuditEntry, OneTimeLink, User
from tests.accounts.conftest import AWAY, PASSWORD, link_in, mails, token_in

NEW = {"display_name": "Tsjikke Proef", "email": "tsjikke@voorbeeld.example", "password": "kievit op de dyk", "sixteen": "y"}


def user_of(session, email=NEW["email"]):
    session.expire_all()
    found = session.scalar(select(User).where(User.email == email))
    session.commit()
    return found


def test_the_whole_walk_from_sign_up_over_one_button_to_being_signed_in(client, session, fill):
    answer = fill(client, "/sign-up", **NEW)
    assert answer.status_code == 303 and answer.location == "/check-mail"
    assert user_of(session).confirmed_at is None
    shown = client.get("/demo/mail").text
    link = re.search(r'href="(/confirm/[^"]+)"', shown)[1]
    page = client.get(link)
    assert page.status_code == 200 and "password" not in re.findall(r'type="(\w+)"', page.text)
    done = fill(client, link)
    assert done.status_code == 303 and done.location == "/sign-in"
    assert user_of(session).confirmed_at is not None
    assert client.get("/account").status_code == 303  # a link alone begins no session
    answer = fill(client, "/sign-in", email=NEW["email"], password=NEW["password"])
    assert answer.location == "/start" and client.get("/account").status_code == 200


def test_in_another_browser_the_chosen_password_is_asked_and_begins_a_session(app, client, session, fill):
    fill(client, "/sign-up", **NEW)
    link, other = link_in(mails()[0]), app.test_client()
    other.set_cookie("lang", "en")
    assert 'type="password"' in other.get(link).text
    wrong = fill(other, link, password="something else entirely")
    assert wrong.status_code == 422 and "not the password you chose" in wrong.text
    assert user_of(session).confirmed_at is None
    right = fill(other, link, password=NEW["password"])
    assert right.status_code == 303 and right.location == "/start"
    assert other.get("/account").status_code == 200


def test_who_typed_my_address_gains_nothing_when_i_press_the_button(app, client, session, fill):
    """I ask, somebody asks after me with my address and a password of theirs; my browser's mark fits my request only."""
    fill(client, "/sign-up", **NEW)
    stranger = app.test_client()
    fill(stranger, "/sign-up", **NEW | {"password": "vreemde vogel in tuin"})
    first, newest = (link_in(mail) for mail in mails())
    assert client.get(first).status_code == 410
    page = fill(client, newest)
    assert page.status_code == 422 and 'type="password"' in page.text
    assert user_of(session).confirmed_at is None


def test_the_answer_is_the_same_for_a_known_and_a_new_address(app, client, session, fill, person, monkeypatch):
    monkeypatch.setitem(app.config, "DEMO", False)
    known = person(email="known@school.example", language="en")
    answers = []
    for email in (known.email, "fresh@school.example"):
        browser = app.test_client()
        browser.set_cookie("lang", "en")
        answer = fill(browser, "/sign-up", **NEW | {"email": email})
        with browser.session_transaction() as cookie:
            kept = {key: type(value) for key, value in cookie.items()}
        text = re.sub(r'value="[^"]{60,}"', "", browser.get(answer.location).text)
        answers.append((answer.status_code, answer.location, answer.text, text, kept))
    assert answers[0] == answers[1]
    told = [(mail.to_address, "already" in mail.subject) for mail in mails()]
    assert told == [(known.email, True), ("fresh@school.example", False)]


def test_a_known_address_keeps_its_password_and_name(client, session, fill, person):
    known = person(email=NEW["email"], display_name="The owner")
    before = known.password_hash
    fill(client, "/sign-up", **NEW | {"email": NEW["email"].upper()})
    after = user_of(session)
    assert (after.display_name, after.password_hash) == ("The owner", before)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("sixteen", "", "from 16 years"),
        ("password", "elf letters", "at least 12"),
        ("password", "tsjikkeproef", "easy to guess"),
        ("email", "no address", "not an e-mail address"),
        ("email", "a@b@c.example", "not an e-mail address"),
        ("display_name", "", "required"),
        ("display_name", "x" * 81, "80 characters"),
        ("display_name", "turned \u202e around", "cannot be kept"),
    ],
)
def test_a_refused_form_keeps_what_was_typed_and_says_why(client, session, fill, field, value, words):
    answer = fill(client, "/sign-up", **NEW | {field: value})
    assert answer.status_code == 422 and words in answer.text
    assert "<title>Error:" in answer.text
    if field != "email":
        assert f'value="{NEW["email"]}"' in answer.text
    assert NEW["password"] not in answer.text
    assert mails() == [] and user_of(session) is None


def test_without_a_token_nothing_happens(client, session):
    assert client.post("/sign-up", data=NEW).status_code == 400
    assert user_of(session) is None


def test_weak_passwords_do_not_use_up_tries(client, session, fill):
    for _try in range(7):
        assert fill(client, "/sign-up", **NEW | {"password": "easy"}).status_code == 422
    assert session.scalars(select(Attempt)).all() == []


def test_the_sixth_request_of_a_day_for_one_address_is_refused(client, session, fill):
    statuses = [fill(client, "/sign-up", **NEW).status_code for _try in range(6)]
    assert statuses == [303] * 5 + [429]
    assert len(mails()) == 5


@pytest.mark.parametrize(("after", "status"), [(timedelta(hours=24) - timedelta(seconds=1), 200), (timedelta(hours=24), 410)])
def test_the_link_works_for_24_hours(client, session, fill, after, status):
    with time_machine.travel("2027-01-04 09:00Z", tick=False) as traveller:
        fill(client, "/sign-up", **NEW)
        traveller.shift(after)
        assert client.get(link_in(mails()[0])).status_code == status


def test_the_link_works_once_and_looking_does_not_use_it(client, session, fill):
    fill(client, "/sign-up", **NEW)
    link = link_in(mails()[0])
    assert [client.get(link).status_code for _look in range(2)] == [200, 200]
    token = token_in(client.get(link).text)
    assert [client.post(link, data={"csrf_token": token}).status_code for _press in range(2)] == [303, 410]


def test_the_secret_is_kept_as_a_hash_and_the_trail_holds_numbers_only(client, session, fill):
    fill(client, "/sign-up", **NEW)
    secret = link_in(mails()[0]).rpartition("/")[2]
    assert len(secret) >= 43
    assert secret not in session.scalar(select(OneTimeLink.secret_hash))
    line = session.scalars(select(AuditEntry)).one()
    assert (line.action, line.detail) == ("sign_up", {})


def test_after_confirming_one_goes_where_one_was_going(client, session, fill):
    fill(client, "/sign-up", **NEW, next="/vacancies?level=mbo_4")
    fill(client, link_in(mails()[0]))
    assert fill(client, "/sign-in", email=NEW["email"], password=NEW["password"]).location == "/vacancies?level=mbo_4"


@pytest.mark.parametrize("target", AWAY)
def test_a_sign_up_never_leads_away_afterwards(client, session, fill, target):
    fill(client, "/sign-up", **NEW, next=target)
    with client.session_transaction() as cookie:
        assert cookie["after"] is None
        cookie["after"] = target  # and if it stood there all the same
    fill(client, link_in(mails()[0]))
    assert fill(client, "/sign-in", email=NEW["email"], password=NEW["password"]).location == "/start"


def test_the_right_password_of_an_unconfirmed_account_brings_another_mail_once_an_hour_and_no_session(client, session, fill):
    with time_machine.travel("2027-01-04 09:00Z", tick=False) as traveller:
        fill(client, "/sign-up", **NEW)
        counts = []
        for minutes in (1, 60, 1):
            traveller.shift(timedelta(minutes=minutes))
            answer = fill(client, "/sign-in", email=NEW["email"], password=NEW["password"])
            counts.append((answer.status_code, len(mails())))
        assert counts == [(422, 1), (422, 2), (422, 2)]


def test_what_a_guest_said_moves_into_the_account_at_sign_in(client, session, fill, person):
    user = person()
    with client.session_transaction() as cookie:
        cookie["card"] = {"point": "mbo_4"}
    fill(client, "/sign-in", email=user.email, password=PASSWORD)
    assert "mbo 4" in client.get("/start").text
    with client.session_transaction() as cookie:
        assert "card" not in cookie


def test_someone_who_is_signed_in_needs_no_second_account(client, session, sign_in, person):
    assert sign_in(client, person()).get("/sign-up").location == "/start"


def test_accounts_that_nobody_confirmed_are_taken_away_after_a_week(client, session, fill, person):
    waiting = person(confirmed_at=None, created_at=clock.now() - timedelta(days=8))
    asked_again = person(confirmed_at=None, created_at=clock.now() - timedelta(days=8))
    young = person(confirmed_at=None, created_at=clock.now() - timedelta(days=6))
    settled = person(created_at=clock.now() - timedelta(days=800))
    fill(client, "/sign-up", **NEW | {"email": asked_again.email})
    services.tidy(now=clock.now())
    session.commit()
    left = set(session.scalars(select(User.id)))
    assert left == {asked_again.id, young.id, settled.id} and waiting.id not in left
