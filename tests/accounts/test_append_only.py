"""The trail: the database refuses to change a line, and to take it away before its time."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.exc import DBAPIError

from ipf_talent import clock, db
from ipf_talent.accounts import append_only, audit
from ipf_talent.accounts.models import AuditEntry
from tests.conftest import fresh_database


@pytest.fixture
def line(session):
    audit.record(7, "sign_in", "user", 7)
    session.commit()
    return session.scalars(select(AuditEntry)).one()


def entry(session, age: timedelta) -> None:
    session.add(AuditEntry(at=clock.now() - age, actor_id=1, action="sign_in", thing="user", thing_id=1, detail={}))
    session.commit()


def test_a_line_cannot_be_changed(session, line):
    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(update(AuditEntry).values(actor_id=8))
    session.rollback()
    assert session.scalar(select(AuditEntry.actor_id)) == 7


def test_a_line_cannot_be_taken_away(session, line):
    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(delete(AuditEntry))
    session.rollback()
    assert session.scalar(select(func.count()).select_from(AuditEntry)) == 1


def test_an_old_line_cannot_be_changed_either(session):
    entry(session, timedelta(days=1000))
    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(update(AuditEntry).values(action="nothing"))
    session.rollback()


def test_one_young_line_saves_the_old_ones_from_a_delete_of_all(session):
    entry(session, timedelta(days=1000))
    entry(session, timedelta(days=729))
    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(delete(AuditEntry))
    session.rollback()
    assert session.scalar(select(func.count()).select_from(AuditEntry)) == 2


def test_the_sweep_takes_away_what_is_two_years_old_and_nothing_else(session):
    for days in (729, 730, 732, 1000):
        entry(session, timedelta(days=days))
    assert audit.sweep(clock.now()) == 2
    session.commit()
    kept = session.scalars(select(AuditEntry.at)).all()
    assert len(kept) == 2 and min(kept) > clock.now() - timedelta(days=731)


def test_what_create_all_makes_can_be_said_by_a_migration_too(tmp_path):
    engine = db.connect(fresh_database(tmp_path, "trail"))
    name = engine.dialect.name
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE audit_entry (id INTEGER PRIMARY KEY, at TIMESTAMP)"))
        for statement in append_only.statements(name):
            connection.exec_driver_sql(statement)
        connection.execute(text("INSERT INTO audit_entry VALUES (1, CURRENT_TIMESTAMP)"))
    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(text("DELETE FROM audit_entry"))
    with engine.begin() as connection:
        for statement in append_only.drop_statements(name):
            connection.exec_driver_sql(statement)
        assert connection.execute(text("DELETE FROM audit_entry")).rowcount == 1
    engine.dispose()


def test_dropping_all_tables_leaves_nothing_behind_and_they_can_be_made_again(tmp_path, application):
    engine = db.connect(fresh_database(tmp_path, "again"))
    for _round in range(2):
        db.Base.metadata.create_all(engine)
        db.Base.metadata.drop_all(engine)
    engine.dispose()
