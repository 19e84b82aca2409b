"""What every test can ask for: a database that forgets, the application on it, and a browser-like client that reads English."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine, create_engine, event, make_url, text
from sqlalchemy.orm import Session, scoped_session

import config
from ipf_talent import clock, create_app, db, every_model, mail
from ipf_talent.accounts import sessions
from ipf_talent.accounts.models import User
from ipf_talent.skills import queries as skills
from ipf_talent.vacancies import search

settings.register_profile("unhurried", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

URL = os.environ.get("IPF_TEST_DATABASE_URL", "")
"""A PostgreSQL server to run the suite on; without it, SQLite."""


def fresh_database(folder: Path, name: str) -> str:
    """The address of a fresh, empty database."""
    if not URL:
        return f"sqlite:///{folder / name}.db"
    server = make_url(URL).set(drivername="postgresql+psycopg")
    own = f"{server.database}_{name}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{own}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{own}"'))
    admin.dispose()
    return server.set(database=own).render_as_string(hide_password=False)


DATABASES = frozenset({"empty_engine", "demo_engine"})
"""Who asks for one of these, by whatever way, works on a database."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that a database can change, so that a second database need not repeat the others."""
    for item in items:
        asked, module = getattr(item, "fixturenames", ()), getattr(item, "module", None)
        works = DATABASES.intersection(asked) or hasattr(module, "fresh_database")
        if works and not getattr(module, "SAME_ON_EVERY_DATABASE", False):
            item.add_marker(pytest.mark.database)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The instance folder of this run."""
    return tmp_path_factory.mktemp("instance")


@pytest.fixture(scope="session")
def empty_engine(folder: Path) -> Iterator[Engine]:
    """A database with tables and no rows."""
    every_model()
    engine = db.connect(fresh_database(folder, "empty"))
    db.Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def application(empty_engine: Engine, folder: Path) -> Flask:
    """The application on the empty database; one for the whole run."""
    return create_app(config.Test, INSTANCE=str(folder), DATABASE_ENGINE=empty_engine, DATABASE_URL=str(empty_engine.url))


@pytest.fixture
def app(application: Flask) -> Iterator[Flask]:
    """The application, as one request finds it: nobody signed in, no mail sent."""
    mail.sent.clear()
    application.extensions.pop("match_cache", None)
    yield application
    mail.sent.clear()


@pytest.fixture
def session(empty_engine: Engine) -> Iterator[scoped_session[Session]]:
    """The session on an empty database; whatever a test commits is gone after it."""
    yield from _forgetting(empty_engine)


def _forgetting(engine: Engine) -> Iterator[scoped_session[Session]]:
    with engine.connect() as connection:
        outer = connection.begin()
        db.session.remove()
        skills.forget()
        search.forget()
        db.session.configure(bind=connection, join_transaction_mode="create_savepoint")
        yield db.session
        db.session.remove()
        outer.rollback()
        db.session.configure(bind=engine, join_transaction_mode="conditional_savepoint")


@pytest.fixture
def client(app: Flask, session: object) -> FlaskClient:
    """A guest at the screen who reads English, on an empty database."""
    return _english(app)


def _english(app: Flask) -> FlaskClient:
    client = app.test_client()
    client.set_cookie("lang", "en")
    return client


@pytest.fixture(scope="session")
def demo_engine(folder: Path, application: Flask) -> Iterator[Engine]:
    """A database with the region's data and the example people; loaded once in a run. Its match index stands beside it."""
    from ipf_talent.demo import services
    from ipf_talent.matching import services as matching

    engine = db.connect(fresh_database(folder, "demo"))
    db.Base.metadata.create_all(engine)
    db.session.remove()
    db.session.configure(bind=engine, join_transaction_mode="conditional_savepoint")
    with application.app_context(), db.transaction():
        services.load()
        matching.rebuild(folder / "match", clock.today())
    db.session.remove()
    yield engine
    engine.dispose()


@pytest.fixture
def world(demo_engine: Engine) -> Iterator[scoped_session[Session]]:
    """The session on the example region; whatever a test commits is gone after it."""
    yield from _forgetting(demo_engine)


@pytest.fixture
def visitor(app: Flask, world: object) -> FlaskClient:
    """A guest at the screen who reads English, in the example region."""
    return _english(app)


@pytest.fixture
def sign_in(app: Flask) -> Callable[[FlaskClient, User], FlaskClient]:
    """Sign a person in without their password: `sign_in(client, user)`."""

    def begin(client: FlaskClient, user: User) -> FlaskClient:
        with client.session_transaction() as cookie:
            cookie["_user_id"] = user.get_id()
            cookie["_fresh"] = True
            cookie[sessions.SINCE] = clock.now().isoformat()
        return client

    return begin


@pytest.fixture
def app_context(app: Flask, session: object) -> Iterator[None]:
    """For services that need settings: inside the application, outside a request."""
    with app.test_request_context():
        yield


@pytest.fixture
def count_queries() -> Iterator[Callable[[], list[str]]]:
    """The statements that were sent since the test began, savepoints left out."""
    seen: list[str] = []

    def note(_connection, _cursor, statement, _parameters, _context, _many):  # type: ignore[no-untyped-def]
        if not statement.lstrip().upper().startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA", "BEGIN")):
            seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield lambda: list(seen)
    event.remove(Engine, "before_cursor_execute", note)
