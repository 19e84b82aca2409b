"""A process that is killed while it applies a file: the database is as it was, and the import can be applied again."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from ipf_talent import clock, db, every_model
from ipf_talent.accounts.models import AuditEntry
from ipf_talent.exchange import applying, services
from ipf_talent.exchange.kinds import RunStatus
from ipf_talent.exchange.models import ImportRun
from ipf_talent.programmes.listing_models import ListingField
from ipf_talent.programmes.models import Intake, Offering, Programme
from tests.factories.exchange import GOOD, a_file, make_manager, send
from tests.factories.organisations import make_place, make_school

KILLED = 9
SCRIPT = """
import os, sys
from ipf_talent import db, every_model
from ipf_talent.exchange import applying
from ipf_talent.programmes import editing

every_model()
db.session.configure(bind=db.connect(sys.argv[1]))
whole, done = editing.put_intake, []

def dies(*args, **more):
    done.append(whole(*args, **more))
    if len(done) == int(sys.argv[3]):
        os._exit(9)
    return done[-1]

editing.put_intake = dies
applying.finish(int(sys.argv[2]))
"""


@pytest.fixture
def own_database(tmp_path, session, empty_engine):
    """A database that another process can open; the suite's own comes back after it."""
    every_model()
    url = f"sqlite:///{tmp_path / 'killed.db'}"
    engine = db.connect(url)
    db.Base.metadata.create_all(engine)
    db.session.remove()
    db.session.configure(bind=engine, join_transaction_mode="conditional_savepoint")
    yield url
    db.session.remove()
    engine.dispose()
    db.session.configure(bind=empty_engine)


def counts():
    tables = (Programme, Offering, Intake, ListingField)
    found = [db.session.scalar(select(func.count()).select_from(table)) for table in tables]
    edits = (
        select(func.count()).select_from(AuditEntry).where(AuditEntry.action.in_(("create_listing", "edit_intake", "apply_import")))
    )
    return [*found, db.session.scalar(edits)]


def test_a_killed_import_leaves_the_database_as_it_was(own_database):
    make_place("Drachten")
    school = make_school()
    manager = make_manager(school)
    rows = [GOOD.replace("25744", f"257{number:02}").replace("Mechatronica", f"Opleiding {number}") for number in range(12)]
    run = send(a_file(*rows), school, manager)
    before, number, begun = counts(), run.id, clock.now()
    for after in (1, 11):
        assert services.begin(db.session.get(ImportRun, number), by=manager, without_refused=False, now=begun)
        db.session.commit()
        command = [sys.executable, "-c", SCRIPT, own_database, str(number), str(after)]
        assert subprocess.run(command, cwd=Path(__file__).parents[2], check=False).returncode == KILLED
        db.session.expire_all()
        assert counts() == before
        assert db.session.get(ImportRun, number).status is RunStatus.APPLYING
        begun += timedelta(minutes=16)
        db.session.rollback()
    assert services.begin(db.session.get(ImportRun, number), by=manager, without_refused=False, now=begun)
    db.session.commit()
    assert applying.finish(number) is RunStatus.APPLIED
    assert counts()[:3] == [12, 12, 12]
