"""Filling in the profile the way a browser without scripts does."""

import re

import pytest

from ipf_talent.profiles.card import Card
from ipf_talent.skills import services as taxonomy

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@pytest.fixture
def send():
    """Send a form, with the token of the first page seen: `send(client, "/profile/wishes", wish=…)`."""
    seen = {}

    def fill(client, path, **fields):
        if client not in seen:
            seen[client] = TOKEN.search(client.get("/profile/wishes").text)[1]
        return client.post(path, data={"csrf_token": seen[client], **fields})

    return fill


@pytest.fixture
def card():
    """What a guest's session holds: `card(client)`."""

    def read(client):
        with client.session_transaction() as cookie:
            return Card.from_json(cookie.get("card", {}))

    return read


@pytest.fixture
def known(session):
    """The taxonomy as we ship it."""
    taxonomy.load_taxonomy()
    session.commit()
