"""Changing one's own account: always by the password, told to both addresses, and gone when it is closed."""

import re

import pytest
from sqlalchemy import func, select

from ipf_talent.accounts.models import AuditEntry, Membership, OneTimeLink, User
from ipf_talent.notifications.models import OutboxMail
from ipf_talent.profiles import services as profiles
from ipf_talent.profiles.card import Card
from ipf_talent.programmes.levels import StartingPoint
from tests.accounts.conftest import PASSWORD, link_in, mails

FRESH = "nieuwe fiets zonder bel"
PAGES = ["/account", "/account/details", "/account/password", "/account/email", "/account/close"]


@pytest.fixture
def me(person):
    return person(language="en")


@pytest.fixture
def mine(client, session, sign_in, me):
    return sign_in(client, me)


def fresh(session, me):
    session.expire_all()
    return session.get(User, me.id)


@pytest.mark.parametrize("page", PAGES)
def test_a_guest_is_asked_to_sign_in_and_comes_back(client, session, page):
    assert client.get(page).location == f"/sign-in?next={page}"


@pytest.mark.parametrize("page", PAGES)
def test_each_page_opens(mine, page):
    answer = mine.get(page)
    assert answer.status_code == 200 and answer.text.count("<h1") == 1


@pytest.mark.parametrize("page", PAGES[1:])
def test_without_a_token_nothing_changes(mine, session, me, page):
    data = {"display_name": "X", "language": "fy", "old": PASSWORD, "password": FRESH, "email": "x@y.example"}
    assert mine.post(page, data=data).status_code == 400
    assert fresh(session, me).display_name == me.display_name and mails() == []


def test_name_and_language_change_and_the_site_speaks_it(mine, session, me, fill):
    assert fill(mine, "/account/details", display_name="Fokje", language="fy").location == "/account"
    kept = fresh(session, me)
    assert (kept.display_name, kept.language) == ("Fokje", "fy")
    assert '<html lang="fy"' in mine.get("/account").text


def test_fields_that_no_form_declares_do_not_change(mine, session, me, fill):
    fill(mine, "/account/details", display_name="Fokje", language="en", is_demo="1", email="x@y.example", session_epoch="7")
    kept = fresh(session, me)
    assert (kept.is_demo, kept.email, kept.session_epoch) == (False, me.email, 0)


def test_another_password_needs_the_present_one_and_ends_sessions_elsewhere(app, mine, session, me, fill, sign_in):
    elsewhere = sign_in(app.test_client(), me)
    wrong = fill(mine, "/account/password", old="not it", password=FRESH)
    assert wrong.status_code == 422 and "not your password" in wrong.text
    weak = fill(mine, "/account/password", old=PASSWORD, password="welkom welkom")
    assert weak.status_code == 422 and "easy to guess" in weak.text
    assert fill(mine, "/account/password", old=PASSWORD, password=FRESH).status_code == 303
    assert mine.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 303
    assert [mail.subject for mail in mails()] == ["Your password was changed"]


def test_the_present_password_cannot_be_guessed_here_either(mine, session, fill):
    statuses = [fill(mine, "/account/password", old="wrong", password=FRESH).status_code for _try in range(11)]
    assert statuses == [422] * 10 + [429]


def test_another_address_works_once_it_is_confirmed_and_both_are_told(mine, session, me, fill):
    old = me.email
    assert fill(mine, "/account/email", email="New@School.example", old=PASSWORD).location == "/check-mail"
    assert fresh(session, me).email == old
    assert [mail.to_address for mail in mails()] == ["new@school.example", old]
    assert fill(mine, link_in(mails()[0])).location == "/sign-in"
    assert fresh(session, me).email == "new@school.example"
    assert mine.get("/account").status_code == 303
    assert mails()[-1].to_address == old


def test_a_taken_address_gets_the_same_answer_and_moves_nowhere(mine, session, me, fill, person):
    other = person(email="taken@school.example", language="en")
    answers = [fill(mine, "/account/email", email=email, old=PASSWORD) for email in (other.email, "free@school.example")]
    assert len({(answer.status_code, answer.location, answer.text) for answer in answers}) == 1
    assert not any("/confirm-email/" in mail.body for mail in mails() if mail.to_address == other.email)


def test_an_address_that_somebody_confirmed_meanwhile_is_not_taken_from_them(mine, session, me, fill, person):
    fill(mine, "/account/email", email="new@school.example", old=PASSWORD)
    person(email="new@school.example")
    assert fill(mine, link_in(mails()[0])).status_code == 400
    assert fresh(session, me).email == me.email


def test_an_address_that_somebody_only_typed_is_free(mine, session, me, fill, person):
    fill(mine, "/account/email", email="new@school.example", old=PASSWORD)
    person(email="new@school.example", confirmed_at=None)
    assert fill(mine, link_in(mails()[0])).status_code == 303
    assert fresh(session, me).email == "new@school.example"


def test_a_new_password_stops_a_change_of_address(mine, session, me, fill):
    fill(mine, "/account/email", email="new@school.example", old=PASSWORD)
    link = link_in(mails()[0])
    fill(mine, "/account/password", old=PASSWORD, password=FRESH)
    assert mine.get(link).status_code == 410


def test_closing_needs_the_password_and_takes_everything_with_it(mine, session, me, fill, person):
    other = person()
    profiles.save(me.id, Card(point=StartingPoint.MBO_4, wish="a private wish"))
    session.commit()
    fill(mine, "/account/email", email="new@school.example", old=PASSWORD)
    assert fill(mine, "/account/close", old="wrong").status_code == 422
    assert fill(mine, "/account/close", old=PASSWORD).location == "/"
    session.expire_all()
    assert session.scalars(select(User.id)).all() == [other.id]
    tables = (Membership.user_id, OneTimeLink.user_id)
    assert [session.scalar(select(func.count()).where(column == me.id)) for column in tables] == [0, 0]
    left = session.scalars(select(OutboxMail).where(OutboxMail.to_address == me.email)).all()
    assert [mail.subject for mail in left] == ["Your account is closed"]
    assert session.scalars(select(AuditEntry.action).where(AuditEntry.actor_id == me.id)).all()[-1] == "close"
    assert mine.get("/account").status_code == 303


@pytest.mark.parametrize("page", PAGES[1:])
def test_an_example_account_stays_as_it_is(client, session, fill, person, sign_in, page):
    example = person(is_demo=True)
    sign_in(client, example)
    fields = {"display_name": "X", "language": "fy", "old": PASSWORD, "password": FRESH, "email": "x@y.example"}
    answer = fill(client, page, **fields)
    assert answer.status_code == 422 and re.search("example account", answer.text)
    kept = fresh(session, example)
    assert kept is not None and kept.display_name == example.display_name and kept.email == example.email
