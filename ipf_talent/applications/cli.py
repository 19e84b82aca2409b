"""Commands about responses: keep terms, and forget in time."""

import click
from flask.cli import AppGroup

from ipf_talent import clock, db
from ipf_talent.applications import deadlines, retention
from ipf_talent.db import session

group = AppGroup("responses", help="Responses: remind and end what is due, and forget in time.")


@group.command("terms")
def terms() -> None:
    """Remind whoever is silent, and end what nobody answered; a second time does nothing."""
    done = deadlines.keep(clock.now())
    click.echo(f"reminded {done.reminded}, ended {done.expired}, failed {done.failed}")


@group.command("forget")
@click.option("--dry-run", is_flag=True, help="Only say how many.")
def forget(dry_run: bool) -> None:
    """Erase the personal data of responses that ended long enough ago, and files without a row."""
    now = clock.now()
    if dry_run:
        click.echo(f"to erase {len(retention.due(now))}")
        session.rollback()
        return
    with db.transaction():
        number = retention.sweep(now)
    with db.transaction():
        files = retention.sweep_files(now)
    click.echo(f"erased {number}, files {files}")


commands = (group,)
