import pytest
from sqlalchemy import func, select

from ipf_talent.accounts.models import User
from ipf_talent.demo import services
from ipf_talent.demo.people import ACCOUNTS
from ipf_talent.programmes.models import Programme
from ipf_talent.sheets import Fault, FaultyFile


@pytest.fixture
def run(app, session):
    return lambda *words: app.test_cli_runner().invoke(args=["demo", *words])


def test_load_tells_what_it_did(run, session):
    told = run("load")
    assert told.exit_code == 0, told.output
    assert "programmes: 108 added, 0 changed, 0 unchanged" in told.output
    assert (
        session.scalar(select(func.count()).select_from(User)) == 40 + 6 + 26
    )  # beside the guides and the staff, the class that is not enrolled yet


def test_without_demo_mode_only_what_exists_is_loaded(run, session, app, monkeypatch):
    monkeypatch.setitem(app.config, "DEMO", False)
    told = run("load")
    assert told.exit_code == 0, told.output
    assert "example" not in told.output
    assert session.scalar(select(func.count()).select_from(User)) == 0
    assert session.scalar(select(func.count()).select_from(Programme)) == 108


def test_a_faulty_file_is_told_without_a_traceback(run, monkeypatch):
    def refuse(**_options):
        raise FaultyFile([Fault("places.csv", 3, "lat", "'x' is no number of degrees")])

    monkeypatch.setattr(services, "load", refuse)
    told = run("load")
    assert told.exit_code == 1
    assert "places.csv, row 3, column lat: 'x' is no number of degrees" in told.output


def test_the_accounts_are_told_in_demo_mode_only(run, app, monkeypatch):
    assert all(email in run("accounts").output for email in ACCOUNTS.values())
    monkeypatch.setitem(app.config, "DEMO", False)
    assert run("accounts").output == ""
