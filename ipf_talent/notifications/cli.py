"""Commands about mail: send what waits, and see how it stands."""

import click
from flask.cli import AppGroup

from ipf_talent.db import session
from ipf_talent.notifications import queries, sending

group = AppGroup("mail", help="The outbox: send what waits, or see how it stands.")


@group.command("send")
def send() -> None:
    """Send what is due."""
    click.echo(f"{sending.send_due()} sent.")


@group.command("status")
def status() -> None:
    """Say how many mails wait, went out and were given up, and why those were."""
    found, dead = queries.status(), queries.given_up()
    session.rollback()
    click.echo(f"waiting {found.waiting}, sent {found.sent}, given up {found.given_up}")
    if found.waiting_since:
        click.echo(f"the oldest waits since {found.waiting_since:%Y-%m-%d %H:%M} UTC")
    for number, tries, error in dead:
        click.echo(f"given up {number}: {error or 'unknown'} after {tries} tries")


commands = (group,)
