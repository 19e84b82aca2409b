"""Commands of demo."""

import click
from flask import current_app
from flask.cli import AppGroup

from ipf_talent import db
from ipf_talent.demo import services
from ipf_talent.demo.people import ACCOUNTS
from ipf_talent.sheets import FaultyFile

group = AppGroup("demo", help="The region's data, and the examples beside it.")


@group.command("load")
def load() -> None:
    """Bring skills and the region up to date; with IPF_DEMO=true the examples too."""
    try:
        with db.transaction():
            counts = services.load(examples=current_app.config["DEMO"])
    except FaultyFile as error:
        raise click.ClickException(str(error)) from error
    for what, changes in counts.items():
        click.echo(f"{what}: {changes.added} added, {changes.changed} changed, {changes.unchanged} unchanged")


@group.command("accounts")
def accounts() -> None:
    """Say as whom one can look around; nothing without examples."""
    if not current_app.config["DEMO"]:
        return
    click.echo('Look around as one of these, with the buttons on the home page under "Look around":')
    for who, email in ACCOUNTS.items():
        click.echo(f"  {who}: {email}")


commands = (group,)
