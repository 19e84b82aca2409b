"""Commands about people: the roles that nobody can be invited to."""

import click
from flask.cli import AppGroup

from ipf_talent import db
from ipf_talent.accounts import memberships, queries
from ipf_talent.accounts.roles import Role

PLATFORM = (Role.PLATFORM_ADMIN, Role.CLUSTER_OFFICE)
_ROLE = click.argument("role", type=click.Choice([role.value for role in PLATFORM]))

group = AppGroup("people", help="Roles on the platform itself: platform_admin and cluster_office.")


@group.command("grant")
@_ROLE
@click.argument("email")
def grant(role: str, email: str) -> None:
    """Give somebody with a confirmed account a role on the platform."""
    with db.transaction():
        user = queries.by_email(email)
        if user is None or user.confirmed_at is None or user.is_demo:
            raise click.ClickException("There is no confirmed account with this address.")
        memberships.give(user, None, Role(role), by_id=None)
    click.echo(f"{email} is {role} from the next sign-in on.")


@group.command("withdraw")
@_ROLE
@click.argument("email")
def withdraw(role: str, email: str) -> None:
    """Take such a role away."""
    with db.transaction():
        user = queries.by_email(email)
        if user is None or not memberships.take_platform_role(user, Role(role)):
            raise click.ClickException("There is no account with this address and this role.")
    click.echo(f"{email} is no longer {role}.")


commands = (group,)
