from sqlalchemy import text

from ipf_talent.home import schema


def test_the_process_says_that_it_lives(client):
    assert client.get("/healthz").json == {"status": "ok"}


def test_a_database_without_the_newest_tables_is_not_ready(client):
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json["checks"] == {"database": True, "migrations": False}


def test_it_is_ready_with_database_and_tables(client, session, monkeypatch):
    monkeypatch.setattr(schema, "is_current", lambda engine: True)
    assert client.get("/readyz").status_code == 200


def test_a_database_that_is_gone_is_not_ready_and_not_a_crash(client, session, monkeypatch):
    monkeypatch.setattr("ipf_talent.home.health.text", lambda _statement: text("SELECT * FROM nowhere"))
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json["checks"]["database"] is False
