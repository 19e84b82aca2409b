"""Looking around as an example person, and reading one's own mail: in example mode, and nothing of anybody else."""

import re

import pytest
from sqlalchemy import select

from ipf_talent.accounts.models import User
from ipf_talent.accounts.roles import Role
from ipf_talent.demo.people import ACCOUNTS
from ipf_talent.notifications import services as outbox
from tests.accounts.conftest import PASSWORD, fill, person, token_in  # noqa: F401 fixtures
from tests.factories.accounts import make_user

WHO = ("student", "company", "school", "cluster")
NEW = {"display_name": "Tsjikke Proef", "email": "tsjikke@voorbeeld.example", "password": "kievit op de dyk", "sixteen": "y"}


def look(client, who):
    token = token_in(client.get("/sign-in").text)
    return client.post(f"/demo/{who}", data={"csrf_token": token})


@pytest.fixture
def examples(session):
    roles = (Role.STUDENT, None, None, Role.CLUSTER_OFFICE)
    return {who: make_user(role, email=ACCOUNTS[who], is_demo=True) for who, role in zip(WHO, roles, strict=True)}


@pytest.mark.parametrize("who", WHO)
def test_one_press_looks_around_and_says_so(client, examples, who):
    answer = look(client, who)
    assert answer.status_code == 303 and answer.location == "/start"
    text = client.get("/start").text
    assert "an example. Sign out when you are done." in text
    assert examples[who].display_name in text


@pytest.mark.parametrize("who", WHO)
def test_each_example_person_finds_something_to_do_in_the_region(visitor, who):
    look(visitor, who)
    answer = visitor.get("/start")
    assert answer.status_code == 200
    assert len(re.findall(r"<main.*", answer.text, re.DOTALL)[0]) > 3_000
    assert "ipf-empty" not in answer.text


def test_outside_example_mode_nothing_of_it_is_there(app, client, examples, monkeypatch):
    token = token_in(client.get("/sign-in").text)
    monkeypatch.setitem(app.config, "DEMO", False)
    assert client.get("/demo/mail").status_code == 404
    assert [client.post(f"/demo/{who}", data={"csrf_token": token}).status_code for who in WHO] == [404] * 4
    assert "/demo/" not in client.get("/sign-in").text
    assert client.get("/account").status_code == 303


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/demo/student", 405), ("POST", "/demo/admin", 404)])
def test_other_ways_lead_nowhere(client, examples, method, path, status):
    data = {"csrf_token": token_in(client.get("/sign-in").text)} if method == "POST" else None
    assert client.open(path, method=method, data=data).status_code == status


def test_without_a_token_nobody_is_signed_in(client, examples):
    assert client.post("/demo/student").status_code == 400
    assert client.get("/account").status_code == 303


def test_a_real_person_with_such_an_address_is_never_signed_in(client, session):
    make_user(email=ACCOUNTS["student"], is_demo=False)
    assert look(client, "student").status_code == 404
    assert client.get("/account").status_code == 303


def test_somebody_with_an_account_of_their_own_stays_in_it(client, session, examples, sign_in):
    me = make_user()
    sign_in(client, me)
    token = token_in(client.get("/account").text)
    client.post("/demo/student", data={"csrf_token": token})
    assert me.email in client.get("/account").text


def test_a_guests_profile_does_not_go_to_an_example_person_and_is_there_afterwards(client, examples):
    with client.session_transaction() as cookie:
        cookie["card"] = {"point": "mbo_4"}
    look(client, "student")
    assert "Tell us your level" in client.get("/start").text
    client.post("/sign-out", data={"csrf_token": token_in(client.get("/account").text)})
    with client.session_transaction() as cookie:
        assert cookie["card"] == {"point": "mbo_4"}


def test_only_mail_of_accounts_made_in_this_browser_is_shown(app, client, session, fill):  # noqa: F811
    make_user(email="other@school.example")
    outbox.post("other@school.example", "A secret of somebody else", "http://localhost/reset/x", domain="x.example")
    session.commit()
    assert "No messages for you" in client.get("/demo/mail").text
    fill(client, "/sign-up", **NEW)
    mine = client.get("/demo/mail").text
    assert NEW["email"] in mine and "/confirm/" in mine and "secret of somebody" not in mine
    stranger = app.test_client()
    stranger.set_cookie("lang", "en")
    assert "No messages for you" in stranger.get("/demo/mail").text


def test_signing_up_with_somebody_elses_address_shows_none_of_their_mail(client, session, fill, person):  # noqa: F811
    known = person(email=NEW["email"])
    outbox.post(known.email, "A secret of somebody else", "http://localhost/reset/x", domain="x.example")
    session.commit()
    fill(client, "/sign-up", **NEW)
    assert "No messages for you" in client.get("/demo/mail").text


def test_a_change_of_address_can_be_followed_here_too(client, session, fill):  # noqa: F811
    fill(client, "/sign-up", **NEW)
    fill(client, re.search(r'href="(/confirm/[^"]+)"', client.get("/demo/mail").text)[1])
    fill(client, "/sign-in", email=NEW["email"], password=NEW["password"])
    fill(client, "/account/email", email="moved@voorbeeld.example", old=NEW["password"])
    link = re.search(r'href="(/confirm-email/[^"]+)"', client.get("/demo/mail").text)[1]
    assert fill(client, link).location == "/sign-in"
    assert session.scalar(select(User.email)) == "moved@voorbeeld.example"


@pytest.mark.parametrize("planted", ["x", [1, "2"], {"a": 1}, ["1", None]])
def test_an_odd_list_in_the_session_shows_nothing_and_breaks_nothing(client, session, planted):
    with client.session_transaction() as cookie:
        cookie["own_mail"] = planted
    assert client.get("/demo/mail").status_code == 200


def test_passwords_of_examples_do_not_exist(client, session, examples, fill):  # noqa: F811
    assert fill(client, "/sign-in", email=ACCOUNTS["student"], password=PASSWORD).status_code == 422


def test_an_example_colleague_is_the_second_person(visitor):
    here, theirs = "/listings/voorbeeld-engineering-4", "/listings/voorbeeld-keuzedeel-robotica"
    look(visitor, "school")
    assert f'href="{here}"' in (waiting := visitor.get("/listings/review").text) and f'href="{theirs}"' in waiting
    mine = visitor.get(here).text
    assert f'action="{here}/do/publish"' not in mine and 'action="/demo/colleague"' in mine
    assert f'action="{theirs}/do/publish"' in visitor.get(theirs).text
    answer = visitor.post("/demo/colleague", data={"csrf_token": token_in(mine), "next": here})
    assert answer.location == here and f'action="{here}/do/publish"' in visitor.get(here).text
    assert f'action="{theirs}/do/publish"' not in visitor.get(theirs).text
    history = visitor.get(f"{here}/history").text
    assert "Handed in" in history and "Sjoukje Voorbeeld" in history
    assert visitor.post("/demo/school", data={"csrf_token": token_in(history), "next": "//evil.example"}).location == "/start"
