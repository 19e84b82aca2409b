"""A table whose rows the database itself refuses to change, and refuses to take away before they are two years old."""

from sqlalchemy import DDL, Table, event

YEARS = 2
"""How long a row stays at least; the privacy page promises that it goes afterwards."""


def statements(dialect_name: str, table: str = "audit_entry") -> list[str]:
    """
    What guards the table, one statement each; a migration that remakes the table has to say it again.

    Args:
        dialect_name: sqlite or postgresql.
        table: it has a column `at`, the moment of the row in UTC.
    """
    return _CREATE[dialect_name](table)


def drop_statements(dialect_name: str, table: str = "audit_entry") -> list[str]:
    """What takes the guard away again; to be said while the table is there."""
    return _DROP[dialect_name](table)


def guard(table: Table) -> None:
    """Guard a table from the moment `create_all` makes it."""
    for dialect in _CREATE:
        for statement in statements(dialect, table.name):
            event.listen(table, "after_create", DDL(statement).execute_if(dialect=dialect))  # type: ignore[no-untyped-call]
    for statement in drop_statements("postgresql", table.name):  # dropping a table leaves PostgreSQL's function behind
        event.listen(table, "before_drop", DDL(statement).execute_if(dialect="postgresql"))  # type: ignore[no-untyped-call]


def _create_sqlite(table: str) -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    young = f"WHEN OLD.at > datetime('now', '-{YEARS} years')"
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {young} {refuse}",
    ]


def _drop_sqlite(table: str) -> list[str]:
    return [f"DROP TRIGGER IF EXISTS {table}_no_update", f"DROP TRIGGER IF EXISTS {table}_no_delete"]


def _create_postgresql(table: str) -> list[str]:
    old_enough = f"TG_OP = 'DELETE' AND OLD.at <= now() - interval '{YEARS} years'"
    return [
        f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF TG_LEVEL = 'ROW' THEN IF {old_enough} THEN RETURN OLD; END IF; END IF; "
        f"RAISE EXCEPTION '{table} is append-only'; END $$",
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()",
    ]


def _drop_postgresql(table: str) -> list[str]:
    triggers = [f"DROP TRIGGER IF EXISTS {table}_{name} ON {table}" for name in ("no_change", "no_truncate")]
    return [*triggers, f"DROP FUNCTION IF EXISTS {table}_refuse()"]


_CREATE = {"sqlite": _create_sqlite, "postgresql": _create_postgresql}
_DROP = {"sqlite": _drop_sqlite, "postgresql": _drop_postgresql}
