"""Commands about placements: start what is due, and forget in time."""

from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import AppGroup

from ipf_talent import clock, db
from ipf_talent.applications import workdays
from ipf_talent.db import session
from ipf_talent.placements import keeping_time, retention

group = AppGroup("placements", help="Placements: start what is due, bring changed sheets into force, and forget in time.")


@group.command("keep")
@click.option("--only", metavar="KEY", help="Look at this placement alone; its key stands in the address of its page.")
@click.option("--after", type=click.IntRange(1, 60), help="In example mode: as if so many working days had passed.")
def keep(only: str | None, after: int | None) -> None:
    """Start what is due and bring changed sheets into force; a second time does nothing."""
    if after and not current_app.config["DEMO"]:
        raise click.ClickException("Time passes by itself outside example mode (IPF_DEMO=true).")
    moment = datetime.combine(workdays.after(clock.today(), after), clock.now().time(), UTC) if after else clock.now()
    done = keeping_time.keep(moment, only=only)
    click.echo(f"started {done.started}, held up {done.held_up}, in force {done.in_force}, failed {done.failed}")


@group.command("forget")
@click.option("--dry-run", is_flag=True, help="Only say how many.")
def forget(dry_run: bool) -> None:
    """Erase the personal data of placements that ended long enough ago, and scans without a row."""
    now = clock.now()
    if dry_run:
        click.echo(f"to erase {len(retention.due(now.astimezone(clock.AMSTERDAM).date()))}")
        session.rollback()
        return
    with db.transaction():
        number = retention.sweep(now)
    with db.transaction():
        files = retention.sweep_files(now)
    click.echo(f"erased {number}, files {files}")


commands = (group,)
