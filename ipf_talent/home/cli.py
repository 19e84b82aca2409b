"""Commands that run the site: its tables, and the server."""

import secrets
import sys
import threading

import click
import structlog
from flask import Flask, current_app
from flask.cli import AppGroup
from sqlalchemy.exc import SQLAlchemyError
from waitress import create_server

from ipf_talent import jobs
from ipf_talent.home import schema
from ipf_talent.matching import indexes, reader
from ipf_talent.matching.forms import PlaceFilter
from ipf_talent.profiles.card import Card
from ipf_talent.skills import queries as skills
from ipf_talent.vacancies import search as finding

log = structlog.get_logger()

group = AppGroup("db", help="The tables: bring them up to date, or check them.")


@group.command("upgrade")
def upgrade() -> None:
    """Bring the tables up to date."""
    schema.upgrade(current_app.extensions["database"])


@group.command("revision")
@click.argument("message")
def revision(message: str) -> None:
    """Write a new revision from the models."""
    schema.revision(current_app.extensions["database"], message)


@group.command("check")
def check() -> None:
    """Fail where models and tables differ."""
    if found := schema.differences(current_app.extensions["database"]):
        click.echo("\n".join(str(difference) for difference in found))
        sys.exit("Models and migrations differ.")
    click.echo("Models and migrations match.")


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--threads", default=8, show_default=True)
def serve(host: str, port: int, threads: int) -> None:
    """Serve the site and work through its jobs until Ctrl-C."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    consumer = jobs.start(app) if app.config["JOBS"] else None
    threading.Thread(target=_warm, args=(app,), daemon=True).start()
    server = create_server(app, host=host, port=port, threads=threads, ident=None, clear_untrusted_proxy_headers=True)
    try:
        server.run()
    finally:
        if consumer:
            consumer.stop(graceful=True)


def _warm(app: Flask) -> None:
    """Do what the first reader of a match page would wait for: load indexes and recogniser, search once, compile the templates."""
    with app.app_context():
        try:
            me = reader.of(Card(wish="techniek"), PlaceFilter(), skills.taxonomy())
            indexes.programmes(me.taxonomy)
            finding.look("techniek")
            if me.search and (best := me.search.ranking.ids[:1]):
                me.search.explain(best[0])
        except SQLAlchemyError as error:  # the page of the first reader says so
            log.warning("not_warm", error=type(error).__name__)
        for name in app.jinja_env.list_templates(filter_func=lambda name: name.startswith(OF_MATCHING)):
            app.jinja_env.get_template(name)


OF_MATCHING = ("base", "components/", "matching/")
"""Where the names begin of the templates of a match page."""

BEFORE_SERVING = ("db upgrade", "demo load", "matching rebuild --if-stale --quick", "demo accounts")
"""What `up` does first; commands of other domains, by the words one would type."""


@click.command("up")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.pass_context
def up(context: click.Context, host: str, port: int) -> None:
    """Bring tables, data and match index up to date, then serve."""
    for words in BEFORE_SERVING:
        current_app.cli.main(args=words.split(), prog_name="ipf-talent", standalone_mode=False, obj=context.obj)
    click.echo(f"IPF Talent is at http://{host}:{port}")
    context.invoke(serve, host=host, port=port)


@click.command("secret")
def secret() -> None:
    """Print a secret key for IPF_SECRET_KEY."""
    click.echo(secrets.token_urlsafe(48))


commands = (group, serve, up, secret)
