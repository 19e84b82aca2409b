"""Coming in and going out: counted tries, one text for every refusal, and never away from this site."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from ipf_talent import clock
from ipf_talent.accounts import attempts, passwords
from ipf_talent.accounts.models import AuditEntry, User
from tests.accounts.conftest import AWAY, PASSWORD, mails


def test_the_right_password_comes_in_and_leaves_a_line_in_the_trail(client, session, fill, person):
    user = person()
    answer = fill(client, "/sign-in", email=f" {user.email.upper()} ", password=PASSWORD)
    assert answer.status_code == 303 and answer.location == "/start"
    assert session.scalars(select(AuditEntry.action)).all() == ["sign_in"]


@pytest.mark.parametrize(
    "email", ["known@school.example", "nobody@school.example", "unconfirmed@school.example", "closed@school.example"]
)
def test_every_refusal_reads_the_same(client, session, fill, person, email):
    person(email="known@school.example")
    person(email="unconfirmed@school.example", confirmed_at=None)
    person(email="closed@school.example", closed_at=clock.now())
    answer = fill(client, "/sign-in", email=email, password="not the password")
    text = re.sub(r'value="[^"]{60,}"', "", answer.text.replace(email, "…"))
    other = fill(client, "/sign-in", email="else@school.example", password="not the password")
    assert answer.status_code == other.status_code == 422
    assert text == re.sub(r'value="[^"]{60,}"', "", other.text.replace("else@school.example", "…"))
    assert mails() == []


def test_an_example_account_has_no_password_that_fits(client, session, fill, person):
    user = person(is_demo=True, password_hash="!")
    assert fill(client, "/sign-in", email=user.email, password="!").status_code == 422


def test_after_ten_failures_even_the_right_password_waits_five_minutes(client, session, fill, person):
    user = person()
    with time_machine.travel("2027-01-04 09:00Z", tick=False) as traveller:
        for _try in range(10):
            assert fill(client, "/sign-in", email=user.email, password="wrong").status_code == 422
        refused = fill(client, "/sign-in", email=user.email.upper(), password=PASSWORD)
        assert refused.status_code == 429 and refused.headers["Retry-After"] == "300"
        assert "Wait 5 minutes" in refused.text
        traveller.shift(timedelta(minutes=5))
        assert fill(client, "/sign-in", email=user.email, password=PASSWORD).status_code == 303


def test_an_address_without_account_is_locked_just_the_same(client, session, fill):
    for _try in range(10):
        fill(client, "/sign-in", email="nobody@school.example", password="wrong")
    assert fill(client, "/sign-in", email="nobody@school.example", password="wrong").status_code == 429


def test_a_forged_forwarding_header_changes_nothing(client, session, fill, person, monkeypatch):
    seen = []
    real = attempts.take
    monkeypatch.setattr(attempts, "take", lambda *args, **values: seen.append(values["network"]) or real(*args, **values))
    page = client.get("/sign-in")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)[1]
    for forged in ("1.2.3.4", "5.6.7.8"):
        data = {"csrf_token": token, "email": "a@b.example", "password": "x"}
        client.post("/sign-in", data=data, headers={"X-Forwarded-For": forged})
    assert seen == ["127.0.0.1", "127.0.0.1"]


def test_success_forgives_earlier_failures(client, session, fill, person):
    user = person()
    for _round in range(3):
        for _try in range(9):
            fill(client, "/sign-in", email=user.email, password="wrong")
        assert fill(client, "/sign-in", email=user.email, password=PASSWORD).status_code == 303
        client.delete_cookie("ipf")


@pytest.mark.parametrize("target", AWAY)
def test_a_sign_in_never_leads_away(app, session, fill, person, target):
    user = person()
    for way in ("form", "address"):
        client = app.test_client()
        given = {"next": target} if way == "form" else {}
        if way == "address":
            client.get("/sign-in", query_string={"next": target})
        answer = fill(client, "/sign-in", email=user.email, password=PASSWORD, **given)
        assert answer.location == "/start"
        assert client.get("/sign-in", query_string={"next": target}).location == "/start"


def test_a_page_that_asked_for_a_sign_in_follows_it(client, session, fill, person):
    asked = client.get("/account/details?x=1")
    assert asked.location == "/sign-in?next=/account/details?x%3D1"
    answer = fill(client, asked.location, action="/sign-in", email=person().email, password=PASSWORD, next="/account/details?x=1")
    assert answer.location == "/account/details?x=1"


def test_a_password_hashed_with_former_settings_is_hashed_anew(app, client, session, fill, person, monkeypatch):
    user = person()
    former = user.password_hash
    monkeypatch.setitem(app.config, "PASSWORD_ROUNDS", 2)
    fill(client, "/sign-in", email=user.email, password=PASSWORD)
    session.expire_all()
    kept = session.scalar(select(User.password_hash).where(User.id == user.id))
    assert kept != former
    with app.app_context():
        assert passwords.verify(session.get(User, user.id), PASSWORD)


def test_a_password_that_changes_while_it_is_tried_does_not_come_in(client, session, fill, person, monkeypatch):
    """The hash is compared outside any transaction; what was right a moment ago may be wrong now."""
    user = person()

    def changed_meanwhile(_user, _password):
        session.execute(update(User).values(password_hash="another"))
        session.commit()
        return True

    monkeypatch.setattr(passwords, "verify", changed_meanwhile)
    assert fill(client, "/sign-in", email=user.email, password=PASSWORD).status_code == 422


def test_signing_out_ends_a_copied_session_too(app, client, session, fill, person):
    user = person()
    fill(client, "/sign-in", email=user.email, password=PASSWORD)
    copied = app.test_client()
    copied.set_cookie("ipf", client.get_cookie("ipf").value)
    assert copied.get("/account").status_code == 200
    answer = fill(client, "/account", action="/sign-out")
    assert answer.status_code == 303
    assert [browser.get("/account").status_code for browser in (client, copied)] == [303, 303]


def test_signing_out_by_a_link_or_without_token_does_nothing(client, session, sign_in, person):
    sign_in(client, person())
    assert client.get("/sign-out").status_code == 405
    assert client.post("/sign-out").status_code == 400
    assert client.get("/account").status_code == 200


def test_a_session_of_before_the_sign_in_holds_nothing_but_what_is_handed_on(client, session, fill, person):
    with client.session_transaction() as cookie:
        cookie.update(card={"point": "mbo_2"}, own_mail=[1], planted="x")
    user = person()
    fill(client, "/sign-in", email=user.email, password=PASSWORD)
    with client.session_transaction() as cookie:
        assert "planted" not in cookie and cookie["own_mail"] == [1]


def test_a_page_for_someone_signed_in_is_not_kept_by_browsers(client, session, sign_in, person):
    assert sign_in(client, person()).get("/account").headers["Cache-Control"] == "no-store"
