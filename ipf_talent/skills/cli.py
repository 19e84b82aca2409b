"""Commands of skills: load our own files, import a release of ESCO, try what is recognised, see what is there."""

from collections import Counter
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import func, select

from ipf_talent.db import session
from ipf_talent.sheets import FaultyFile
from ipf_talent.skills import queries, services
from ipf_talent.skills.models import Occupation

group = AppGroup("skills", help="The taxonomy: load it, import official labels, try what is recognised.")
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
LANGUAGES = ("nl", "en")


@group.command("load")
def load() -> None:
    """Bring our own reviewed subset into the tables."""
    changes = services.load_taxonomy()
    session.commit()
    click.echo(f"added {changes.added}, changed {changes.changed}, unchanged {changes.unchanged}")


@group.command("import")
@click.argument("folder", type=FOLDER)
@click.option("--languages", default=",".join(LANGUAGES), show_default=True, help="Whose labels to take: nl, en or both.")
@click.option("--add", is_flag=True, help="Also take the skills that the release links to our occupations.")
@click.option("--dry-run", is_flag=True, help="Say what would change and change nothing.")
def import_(folder: Path, languages: str, add: bool, dry_run: bool) -> None:
    """Take labels and synonyms from a folder of ESCO's official CSV release."""
    codes = languages.split(",")
    if not codes or set(codes) - set(LANGUAGES):
        raise click.BadParameter("choose from nl and en, with a comma between", param_hint="--languages")
    try:
        changes = services.import_esco(folder, codes, add=add)
    except FaultyFile as error:
        session.rollback()
        raise click.ClickException(str(error)) from error
    if dry_run:
        session.rollback()
        queries.forget()
    else:
        session.commit()
    click.echo(f"{'would be ' if dry_run else ''}added {changes.added}, changed {changes.changed}, unchanged {changes.unchanged}")


@group.command("find")
@click.argument("text")
def find(text: str) -> None:
    """Say which skills a text speaks of, and by which words."""
    found = queries.recogniser().find(text)
    concepts = queries.taxonomy().concepts
    session.rollback()
    for one in found:
        click.echo(f"{one.slug:36} {one.certainty:.2f}  {concepts[one.slug].label_nl}: {', '.join(one.words)}")
    if not found:
        click.echo("No skills recognised.")


@group.command("status")
def status() -> None:
    """Count what is there, and say where its labels come from."""
    taxonomy = queries.taxonomy()
    occupations = session.scalar(select(func.count(Occupation.id)))
    session.rollback()
    click.echo(f"{len(taxonomy)} skills, {occupations} occupations, version {taxonomy.version}")
    for source, number in sorted(Counter(concept.label_source for concept in taxonomy.concepts.values()).items()):
        click.echo(f"  {source}: {number}")


commands = (group,)
