"""Commands about responses: keep terms, and forget in time."""

from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import AppGroup

from ipf_talent import clock, db
from ipf_talent.applications import deadlines, retention, workdays
from ipf_talent.db import session

group = AppGroup("responses", help="Responses: remind and end what is due, and forget in time.")


@group.command("terms")
@click.option("--only", metavar="KEY", help="Look at this response alone; its key stands in the address of its page.")
@click.option(
    "--after",
    type=click.IntRange(1, 60),
    multiple=True,
    help="In example mode: as if so many working days had passed; several one by one.",
)
def terms(only: str | None, after: tuple[int, ...]) -> None:
    """Remind whoever is silent, and end what nobody answered; a second time does nothing."""
    if after and not current_app.config["DEMO"]:
        raise click.ClickException("Time passes by itself outside example mode (IPF_DEMO=true).")
    for moment in [_later(days) for days in after] or [clock.now()]:
        done = deadlines.keep(moment, only=only)
        click.echo(f"reminded {done.reminded}, ended {done.expired}, failed {done.failed}")


def _later(days: int) -> datetime:
    """This time of the day, so many working days later."""
    return datetime.combine(workdays.after(clock.today(), days), clock.now().time(), UTC)


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
