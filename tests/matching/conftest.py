"""A small region with an index of its own, so that no other test's index is ever looked at."""

from collections.abc import Callable

import pytest

from ipf_talent import clock
from ipf_talent.matching import services
from ipf_talent.profiles.card import Card, KnownSkill
from ipf_talent.programmes.levels import StartingPoint
from tests.factories.skills import make_link, make_skill

PLC_STUDENT = Card(
    point=StartingPoint.MBO_4,
    skills=(KnownSkill("plc-programming"), KnownSkill("cad")),
    wish="Ik wil leren hoe je een robotcel bouwt en programmeert.",
)


@pytest.fixture
def match_folder(app, tmp_path, monkeypatch):
    """The folder of the index, fresh for each test."""
    monkeypatch.setitem(app.config, "INSTANCE", str(tmp_path))
    return tmp_path / "match"


@pytest.fixture
def taught(session) -> dict:
    """Skills with a broader link: who knows Siemens PLCs knows PLCs."""
    made = {slug: make_skill(slug) for slug in ("plc-programming", "siemens-plc", "cad", "robotics", "welding", "machine-vision")}
    make_link(made["siemens-plc"], made["plc-programming"])
    return made


@pytest.fixture
def index(match_folder, session) -> Callable[[], None]:
    """Build the index from the rows that are there now."""

    def build() -> None:
        services.rebuild(match_folder, clock.today())

    return build


@pytest.fixture
def as_student(client):
    """The guest at the screen, with a card."""

    def say(card: Card = PLC_STUDENT):
        with client.session_transaction() as cookie:
            cookie["card"] = card.as_json()
        return client

    return say
