"""Background work: one queue, kept in SQLite beside the database, or in PostgreSQL when that is the database.

Arguments of a job are ids only. What must happen (a mail) is a row first; the job only sweeps rows.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from huey import MemoryHuey, PostgresHuey, SqliteHuey, crontab
from huey.api import Huey
from huey.consumer import Consumer
from huey.serializer import SignedSerializer

_declared: list[tuple[Callable[..., Any], str | None]] = []
"""Jobs declared by the domains: the function, and the minutes at which it runs by itself (crontab's minute field)."""

_tasks: dict[tuple[Huey, Callable[..., Any]], Callable[..., Any]] = {}
"""How a declared job is put into a queue."""


def job(*, every: str | None = None) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare a job; `every` is the minute field of a crontab, such as `*/5`, for one that runs by itself."""

    def declare(function: Callable[..., Any]) -> Callable[..., Any]:
        if all(function.__qualname__ != known.__qualname__ or function.__module__ != known.__module__ for known, _ in _declared):
            _declared.append((function, every))
        return function

    return declare


class _Thread(Consumer):  # type: ignore[misc]
    """A consumer inside the web process: it leaves the signals alone."""

    def _set_signal_handlers(self) -> None:
        pass


def init(app: Flask) -> None:
    """Prepare the queue; nothing is opened before the first job."""
    app.extensions["jobs"] = None


def queue(app: Flask) -> Huey:
    """The queue of this application, with every declared job known to it."""
    if app.extensions["jobs"] is None:
        app.extensions["jobs"] = huey = _open(app)
        for function, every in _declared:
            wrapped = _inside(app, function)
            if every is None:
                _tasks[huey, function] = huey.task(name=function.__qualname__)(wrapped)
            else:
                huey.periodic_task(crontab(minute=every), name=function.__qualname__)(wrapped)
    opened: Huey = app.extensions["jobs"]
    return opened


def soon(app: Flask, function: Callable[..., Any], *ids: int) -> None:
    """Put a declared job in the queue, for as soon as a worker is free."""
    _tasks[queue(app), function](*ids)


def tell(app: Flask, name: str, value: int) -> None:
    """Keep how far something is beside the queue, where a page can read it while the database is being written."""
    queue(app).put(name, value)


def told(app: Flask, name: str) -> int | None:
    """What `tell` kept last."""
    value: int | None = queue(app).get(name, peek=True)
    return value


def _open(app: Flask) -> Huey:
    if app.config["TESTING"]:
        return MemoryHuey("ipf", immediate=True)
    serializer = SignedSerializer(secret=app.config["SECRET_KEY"])
    url = app.config["DATABASE_URL"]
    if url.startswith("sqlite"):
        return SqliteHuey("ipf", filename=str(Path(app.config["INSTANCE"]) / "jobs.db"), serializer=serializer)
    return PostgresHuey("ipf", dsn=url.replace("+psycopg", ""), serializer=serializer)


def _inside(app: Flask, function: Callable[..., Any]) -> Callable[..., Any]:
    def run(*args: Any) -> Any:
        with app.app_context():
            return function(*args)

    run.__name__ = function.__name__
    return run


def start(app: Flask) -> Consumer:
    """Work through the queue in a thread of this process; the caller stops it with `.stop(graceful=True)`."""
    consumer = _Thread(queue(app), workers=1, periodic=True, initial_delay=0.5, max_delay=5)
    consumer.start()
    return consumer
