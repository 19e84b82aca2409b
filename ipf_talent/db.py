"""The database: one declarative base, one session, and the settings that make SQLite and PostgreSQL keep the same promises."""

import enum
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, Dialect, Engine, Enum, MetaData, String, Text, create_engine, event, make_url
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, scoped_session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import DateTime, TypeDecorator

CONVENTION = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def _values(kind: type[enum.Enum]) -> list[str]:
    return [str(member.value) for member in kind]


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, always aware and always UTC; SQLite forgets the zone, this type gives it back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def named(kind: type[enum.Enum], name: str) -> Enum:
    """A kind in a column whose rule has a name of its own, because a table may have one constraint of a name."""
    return Enum(kind, name=name, native_enum=False, length=30, create_constraint=True, values_callable=_values)


class Base(DeclarativeBase):
    """Every table."""

    metadata = MetaData(naming_convention=CONVENTION)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        list[str]: JSON,
        dict[str, Any]: JSON,
        list[dict[str, Any]]: JSON,
        enum.Enum: Enum(enum.Enum, native_enum=False, length=30, create_constraint=True, values_callable=_values),
    }


class Sourced:
    """A row taken from a public source: where it was read, when, and which of its fields people have changed since."""

    source_url: Mapped[str | None] = mapped_column(String(2048))
    source_note: Mapped[str | None] = mapped_column(Text)
    """What the source supports and what was derived, in the words of the reviewer."""
    checked_on: Mapped[date | None]
    is_example: Mapped[bool] = mapped_column(default=False)
    """True for a made-up example; false for a real organisation or programme."""
    edited_fields: Mapped[list[str]] = mapped_column(default=list)
    """Fields edited by a person; loading the source again leaves these alone."""

    def edit(self, **values: Any) -> None:
        """Change fields by hand, so that the next load keeps them."""
        for name, value in values.items():
            setattr(self, name, value)
        self.edited_fields = sorted({*(self.edited_fields or []), *values})

    def refresh(self, **values: Any) -> bool:
        """Take over what the source says, except what people edited; tells whether anything changed."""
        changed = False
        for name, value in values.items():
            if name not in (self.edited_fields or []) and getattr(self, name) != value:
                setattr(self, name, value)
                changed = True
        return changed


session = scoped_session(sessionmaker(expire_on_commit=False))
"""The session of this thread; the application removes it at the end of each request."""


def connect(url: str) -> Engine:
    """
    Open a database.

    `postgres://` and `postgresql://` are read as psycopg 3. SQLite gets WAL, `synchronous=FULL`, foreign keys, and real
    transactions: `BEGIN`, or `BEGIN IMMEDIATE` on a connection that `writing` marked.
    """
    target = make_url(url)
    if target.drivername in ("postgres", "postgresql"):
        target = target.set(drivername="postgresql+psycopg")
    if target.get_backend_name() != "sqlite":
        return create_engine(
            target, pool_pre_ping=True, connect_args={"connect_timeout": 3, "options": "-c statement_timeout=5000"}
        )
    engine = create_engine(target, connect_args={"timeout": 10})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def writing() -> None:
    """Begin a transaction that will write; must come before its first statement, and does nothing once one is open."""
    if not session().in_transaction():
        session.connection(execution_options={"writes": True})


def is_taken(error: OperationalError) -> bool:
    """Whether somebody else has held the database for so long that waiting was given up."""
    return "database is locked" in str(error.orig)


def writing_anew() -> None:
    """End what was only read and begin a transaction that writes: SQLite may refuse to turn the one into the other."""
    session.commit()
    writing()


@contextmanager
def transaction() -> Iterator[None]:
    """One unit of work outside a request: commits at the end, rolls back on an exception."""
    writing()
    try:
        yield
        session.commit()
    except BaseException:
        session.rollback()
        raise
