"""The way back in: one use, one hour, the configured address only, and the same answer for everyone."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from ipf_talent import clock, db
from ipf_talent.accounts import links, services
from ipf_talent.accounts.models import Attempt, AuditEntry, Purpose, User
from ipf_talent.errors import DomainError
from tests.accounts.conftest import PASSWORD, link_in, mails
from tests.factories.accounts import make_user

FRESH = "nieuwe fiets zonder bel"


def asked(client, fill, email) -> str:
    """Ask for a link; gives the page it leads to."""
    assert fill(client, "/forgot", email=email).location == "/check-mail"
    return link_in(mails()[-1])


def test_a_new_password_by_link_works_ends_all_sessions_and_is_told(app, client, session, fill, person, sign_in):
    user = person()
    elsewhere = sign_in(app.test_client(), user)
    link = asked(client, fill, user.email)
    assert fill(client, link, password=FRESH).location == "/sign-in"
    assert client.get("/account").status_code == 303  # it does not sign in
    assert elsewhere.get("/account").status_code == 303
    assert fill(client, "/sign-in", email=user.email, password=PASSWORD).status_code == 422
    assert fill(client, "/sign-in", email=user.email, password=FRESH).status_code == 303
    assert mails()[-1].subject == "Your password was changed" or "wachtwoord" in mails()[-1].subject


def test_the_link_works_once(client, session, fill, person):
    link = asked(client, fill, person().email)
    page = client.get(link)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)[1]
    statuses = [client.post(link, data={"csrf_token": token, "password": FRESH}).status_code for _use in range(2)]
    assert statuses == [303, 410]


@pytest.mark.parametrize(("after", "status"), [(timedelta(minutes=60) - timedelta(seconds=1), 200), (timedelta(minutes=60), 410)])
def test_the_link_works_for_an_hour(client, session, fill, person, after, status):
    with time_machine.travel("2027-01-04 09:00Z", tick=False) as traveller:
        link = asked(client, fill, person().email)
        traveller.shift(after)
        assert client.get(link).status_code == status


def test_a_weak_password_is_refused_and_the_link_still_works(client, session, fill, person):
    link = asked(client, fill, person().email)
    assert fill(client, link, password="welkom welkom").status_code == 422
    assert fill(client, link, password=FRESH).status_code == 303


def test_an_older_link_stops_working_when_the_password_changed(client, session, fill, person):
    user = person()
    first, second = asked(client, fill, user.email), asked(client, fill, user.email)
    assert fill(client, second, password=FRESH).status_code == 303
    assert client.get(first).status_code == 410


def test_a_link_of_another_kind_opens_nothing_here(client, session, fill, app_context):
    secret = links.issue(make_user(), Purpose.CONFIRM, now=clock.now())
    session.commit()
    assert client.get(f"/reset/{secret}").status_code == 410
    assert client.get(f"/confirm-email/{secret}").status_code == 410


@pytest.mark.parametrize("token", ["x", "x" * 500, "%00", "..", "é", "%ff"])
def test_odd_links_get_a_calm_answer(client, session, token):
    for page in ("/reset/", "/confirm/", "/confirm-email/", "/invitation/"):
        assert client.get(page + token).status_code in (400, 404, 410)


def test_the_answer_and_the_work_are_the_same_for_an_unknown_address(client, session, fill, person, count_queries):
    user = person()
    works = []
    for email in (user.email, "nobody@school.example"):
        page = client.get("/forgot")
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)[1]
        before = len(count_queries())
        answer = client.post("/forgot", data={"csrf_token": token, "email": email})
        written = [one.split()[0:3] for one in count_queries()[before:] if "outbox_mail" in one and one.startswith("INSERT")]
        works.append((answer.status_code, answer.location, answer.text, len(written)))
    assert works[0] == works[1] and works[0][3] == 1
    assert [mail.to_address for mail in mails()] == [user.email]


@pytest.mark.parametrize("state", [{"is_demo": True}, {"closed_at": clock.now()}])
def test_an_example_or_a_closed_account_gets_no_link(client, session, fill, person, state):
    assert fill(client, "/forgot", email=person(**state).email).status_code == 303
    assert mails() == []


def test_the_sixth_request_of_a_day_is_refused_for_known_and_unknown_alike(client, session, fill, person):
    for email in (person().email, "nobody@school.example"):
        assert [fill(client, "/forgot", email=email).status_code for _try in range(6)] == [303] * 5 + [429]
    assert len(mails()) == 5


def test_the_link_starts_at_the_configured_address_whatever_host_was_asked(client, session, fill, person):
    user = person()
    page = client.get("/forgot", base_url="http://127.0.0.1")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)[1]
    client.post("/forgot", data={"csrf_token": token, "email": user.email}, base_url="http://127.0.0.1")
    assert "http://localhost/reset/" in mails()[0].body and "127.0.0.1" not in mails()[0].body


def test_a_reset_also_proves_an_address_that_was_not_confirmed(client, session, fill, person):
    user = person(confirmed_at=None)
    fill(client, asked(client, fill, user.email), password=FRESH)
    assert fill(client, "/sign-in", email=user.email, password=FRESH).status_code == 303


def test_of_eight_uses_at_once_exactly_one_works(busy_app):
    with busy_app.test_request_context():
        user = make_user()
        secret = links.issue(user, Purpose.RESET, now=clock.now())
        db.session.commit()
        number = user.id
    db.session.remove()

    def use(_n: int) -> int:
        with busy_app.test_request_context():
            db.writing()
            try:
                services.reset_password(secret, password_hash="x", now=clock.now())
            except DomainError:
                db.session.rollback()
                return 0
            db.session.commit()
            return 1

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(use, range(8))) == 1
    with busy_app.app_context():
        assert db.session.get(User, number).session_epoch == 1


def test_the_trail_names_the_deed_and_no_address(client, session, fill, person):
    user = person()
    fill(client, asked(client, fill, user.email), password=FRESH)
    lines = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [line.action for line in lines] == ["forgot_password", "reset_password"]
    assert all(line.actor_id == user.id and line.detail == {} for line in lines)
    assert session.scalars(select(Attempt)).first() is not None
