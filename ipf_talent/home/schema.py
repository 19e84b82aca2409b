"""The tables and their history: bringing them up to date, and telling whether they are."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from config import ROOT
from ipf_talent.db import Base

VERSIONS = Path(ROOT) / "migrations"


def settings() -> Config:
    """What Alembic needs to know."""
    config = Config()
    config.set_main_option("script_location", str(VERSIONS))
    config.set_main_option("path_separator", "os")
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the tables to a revision."""
    _run(engine, lambda config: command.upgrade(config, revision))


def downgrade(engine: Engine, revision: str) -> None:
    """Take the tables back to a revision; `base` takes all away."""
    _run(engine, lambda config: command.downgrade(config, revision))


def revision(engine: Engine, message: str) -> None:
    """Write a new revision from what the models have and the tables have not."""
    _run(engine, lambda config: command.revision(config, message=message, autogenerate=True))


def differences(engine: Engine) -> list[object]:
    """What the models have and the tables have not, or the other way round."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": include_object, "compare_type": True})
        return list(compare_metadata(context, Base.metadata))


def is_current(engine: Engine) -> bool:
    """Whether the tables are at the newest revision."""
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_heads()
    return set(found) == set(ScriptDirectory.from_config(settings()).get_heads())


def include_object(_item: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
    """The job queue keeps tables of its own, which are not ours to change."""
    return not (kind == "table" and name is not None and (name.startswith("huey") or name in ("task", "kv", "schedule")))


def _run(engine: Engine, act: Callable[[Config], object]) -> None:
    config = settings()
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        act(config)
        connection.commit()
