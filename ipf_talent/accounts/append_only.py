"""Tables whose rows the database itself refuses to change or take away."""

from sqlalchemy import DDL, Table, event


def sqlite(table: str) -> tuple[str, ...]:
    """What guards a table on SQLite; a migration that remakes the table has to say it again."""
    return tuple(
        f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for deed in ("UPDATE", "DELETE")
    )


def postgresql(table: str) -> tuple[str, ...]:
    """What guards a table on PostgreSQL."""
    return (
        f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$",
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()",
    )


STATEMENTS = {"sqlite": sqlite, "postgresql": postgresql}


def guard(table: Table) -> None:
    """Guard a table from the moment it is made."""
    for dialect, statements in STATEMENTS.items():
        for statement in statements(table.name):
            event.listen(table, "after_create", DDL(statement).execute_if(dialect=dialect))  # type: ignore[no-untyped-call]
