"""Filling in forms the way a browser does, and reading the mail that came of it."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

import config
from ipf_talent import create_app, db
from ipf_talent.accounts import passwords
from ipf_talent.db import session as db_session
from ipf_talent.notifications.models import OutboxMail
from tests.conftest import fresh_database
from tests.factories.accounts import make_user

PASSWORD = "lepel vuurtoren zeven"
AWAY = [
    "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "https:evil.example", "/\t/evil.example",
    "javascript:alert(1)", "///evil.example", "/%0a/evil.example\n", " /start", "http:/evil.example", "evil.example",
    "/a\\..\\b", "data:text/html,x", "/\x7f",
]  # fmt: skip
"""Where nobody may be led from here."""

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def token_in(page: str) -> str:
    """The token of the forms on a page."""
    found = _TOKEN.search(page)
    assert found, "no form with a token on this page"
    return unescape(found[1])


@pytest.fixture
def fill() -> Callable[..., TestResponse]:
    """Open a page and send its form in: `fill(client, "/sign-in", email=…)`; `action=` where the form goes elsewhere."""

    def send(client: FlaskClient, page: str, *, action: str = "", **fields: str) -> TestResponse:
        shown = client.get(page)
        return client.post(action or page, data={"csrf_token": token_in(shown.text), **fields})

    return send


@pytest.fixture
def person(app: Flask, session: object) -> Callable[..., object]:
    """Make someone who can sign in with PASSWORD."""

    def make(*args, **overrides):  # type: ignore[no-untyped-def]
        with app.app_context():
            hashed = passwords.hash_password(PASSWORD)
        return make_user(*args, **{"password_hash": hashed} | overrides)

    return make


@pytest.fixture
def busy_app(tmp_path, empty_engine):
    """An application on a database of its own that many threads use for real."""
    app = create_app(config.Test, DATABASE_URL=fresh_database(tmp_path, "busy"), INSTANCE=str(tmp_path))
    db.Base.metadata.create_all(app.extensions["database"])
    yield app
    db.session.remove()
    app.extensions["database"].dispose()
    db.session.configure(bind=empty_engine)


def mails() -> list[OutboxMail]:
    """What the outbox holds, oldest first."""
    found = list(db_session.scalars(select(OutboxMail).order_by(OutboxMail.id)))
    db_session.commit()
    return found


def link_in(mail: OutboxMail) -> str:
    """The page that a mail leads to, without the site's own address."""
    found = re.search(r"http://localhost(/\S*)", mail.body)
    assert found
    return found[1]
