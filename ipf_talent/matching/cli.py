"""Commands of matching: build the index, see how it stands, freeze the background, take one score apart."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path

import click
from flask.cli import AppGroup
from rich.console import Console
from rich.progress import track
from sqlalchemy.exc import OperationalError, ProgrammingError

from ipf_talent import clock
from ipf_talent.db import session
from ipf_talent.matching import background, indexes, pair_files, printing, services
from ipf_talent.matching.collections import read_entries, write_run
from ipf_talent.matching.engine import IndexProblem, read_versions
from ipf_talent.matching.explaining import Told, as_pages, as_rank
from ipf_talent.matching.fairness import STUDENTS
from ipf_talent.matching.pair_files import Given
from ipf_talent.matching.ranked_files import matcher_of
from ipf_talent.matching.ranked_files import rank as ranked
from ipf_talent.matching.report import FILE as FILE_OF_REPORT
from ipf_talent.matching.report import write
from ipf_talent.sheets import FaultyFile
from ipf_talent.skills import queries as skills
from ipf_talent.skills.files import read_subset, taxonomy_of
from ipf_talent.skills.lexicon import lexicon
from ipf_talent.skills.recognition.accuracy import read_cases

group = AppGroup("matching", help="The match index: build it, see how it stands, explain one score.")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
SHOWN_FAULTS = 10
SENTENCES = Path("tests/skills/data/recognition_held_out.jsonl")
"""Seen from the top of the repository; recognition was not made with them."""


@contextmanager
def _tables() -> Iterator[None]:
    """Read the tables; where they are not there, say so in one line."""
    try:
        yield
    except (OperationalError, ProgrammingError) as error:
        session.rollback()
        cause = str(error.orig).splitlines()[0]
        raise click.ClickException(f"The tables cannot be read ({cause}). Make them first: ipf-talent db upgrade") from error


@contextmanager
def _files() -> Iterator[None]:
    """Read files; where they are not whole, say where, and at most ten places."""
    try:
        yield
    except FaultyFile as error:
        more = len(error.faults) - SHOWN_FAULTS
        told = [str(fault) for fault in error.faults[:SHOWN_FAULTS]]
        raise click.ClickException("\n".join([*told, f"and {more} more"] if more > 0 else told)) from error
    except FileNotFoundError as error:
        raise click.ClickException(str(error)) from error


@group.command("rebuild")
@click.option("--if-stale", is_flag=True, help="Leave an index alone that is as new as the tables.")
@click.option("--quick", is_flag=True, help="With --if-stale: believe what an index says of itself, and do not read it.")
def rebuild(if_stale: bool, quick: bool) -> None:
    """Build the indexes of places and programmes."""
    deed = partial(services.rebuild_if_stale, quick=quick) if if_stale else services.rebuild
    console = Console(stderr=True)
    with _tables(), console.status("Reading places and programmes") as shown:
        done = deed(indexes.folder(), clock.today(), step=lambda kind: shown.update(f"Building the index of {kind}"))
    session.rollback()
    for one in done:
        click.echo(
            f"{one.kind}: {one.documents} indexed ({one.why})" if one.why else f"{one.kind}: up to date, {one.documents} indexed"
        )


@group.command("status")
def status() -> None:
    """Say how each index stands, and leave with 1 where one cannot be used."""
    with _tables():
        taxonomy, found = skills.taxonomy(), services.documents_now(clock.today())
    faults = {kind: services.fault(indexes.folder() / kind, taxonomy, found[kind]) for kind in services.KINDS}
    session.rollback()
    for kind, fault in faults.items():
        click.echo(f"{kind}: {fault or 'up to date'}, {len(found[kind])} in the tables{_versions(indexes.folder() / kind)}")
    if set(faults.values()) - {"", "changed"}:
        sys.exit(1)


def _versions(folder: Path) -> str:
    try:
        found = read_versions(folder)
    except IndexProblem:
        return ""
    return f"\n  model {found.model}, background {found.background}, taxonomy {found.taxonomy}, corpus {found.corpus}"


@group.command("background")
@click.option("--to", "path", type=click.Path(dir_okay=False, path_type=Path), default=background.FILE, help="Where to write it.")
def freeze(path: Path) -> None:
    """Count the background on what is in the tables now, and freeze it in a file."""
    with _tables():
        counted = background.count(skills.taxonomy())
    session.rollback()
    counted.save(path)
    size = path.stat().st_size / 1000
    click.echo(f"{counted.n_texts} texts, {counted.n_profiles} profiles, {len(counted.terms)} terms: {size:.0f} kB")
    click.echo(f"background {counted.version}")


@group.command("rank")
@click.option("--documents", type=FILE, required=True, help="JSON lines: id, text, and perhaps skills and lang.")
@click.option("--queries", type=FILE, required=True, help="The same for those who seek.")
@click.option("--top", default=100, show_default=True, type=click.IntRange(1, 10_000), help="Documents for each query.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The run, as TREC lines.")
def rank(documents: Path, queries: Path, top: int, output: Path) -> None:
    """Rank the documents of a file for each query of another; no table is read."""
    if any(output.exists() and output.samefile(one) for one in (documents, queries)):
        raise click.BadParameter("this is a file to be read; name another.", param_hint="--output")
    with _files():
        given, asked = read_entries(documents), read_entries(queries)
    console = Console(stderr=True)
    try:
        with output.open("w", encoding="utf-8") as file:
            with console.status(f"Reading {_counted(len(given), 'document', 'documents')}"):
                matcher = matcher_of(given, lexicon())
            silent = not console.is_terminal
            found = track(ranked(matcher, asked, lexicon(), top), "Ranking", total=len(asked), console=console, disable=silent)
            lines = ((one.id, ranking.ids, ranking.scores.tolist()) for one, ranking in found)
            n_found = write_run(file, lines, f"ipf-{matcher.model_version}")
    except OSError as error:
        raise click.ClickException(f"{output} cannot be written: {error.strerror or error}") from error
    click.echo(f"{_counted(len(given), 'document', 'documents')}, {_counted(len(asked), 'query', 'queries')}: {output}")
    if n_found < len(asked):
        click.echo(f"{len(asked) - n_found} of {_counted(len(asked), 'query', 'queries')} found nothing", err=True)


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


@group.command("evaluate")
@click.option("--collection", type=FOLDER, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def evaluate(collection: Path, as_json: bool) -> None:
    """Judge the ranking of a collection (documents.jsonl, queries.jsonl, qrels.tsv) beside plain TF-IDF and BM25."""
    from ipf_talent.matching.judging import judged  # scikit-learn comes along, which takes seconds

    with _files():
        reports = judged(collection, lexicon())
    if as_json:
        click.echo(json.dumps({name: asdict(report) for name, report in reports.items()}, indent=1))
        return
    for name, report in reports.items():
        figures = (("nDCG@10", report.ndcg_10), ("MAP", report.average_precision))
        told = "   ".join(f"{what} {one.mean:.3f} [{one.low:.3f}, {one.high:.3f}]" for what, one in figures)
        click.echo(f"{name:8} {told}   ({report.n_queries} queries)")


@group.command("report")
@click.option(
    "--collections", "folders", type=FOLDER, multiple=True, required=True, help="A judged collection, or a folder of them."
)
@click.option("--to", "path", type=click.Path(dir_okay=False, path_type=Path), default=FILE_OF_REPORT, help="Where to write it.")
@click.option("--sentences", type=FILE, default=SENTENCES, show_default=True, help="Sentences whose skills were marked by hand.")
@click.option("--students", default=STUDENTS, show_default=True, type=click.IntRange(1, 10_000), help="Made-up students to swap.")
def report(folders: tuple[Path, ...], path: Path, sentences: Path, students: int) -> None:
    """Measure quality, errors, fairness and cost on collections and on the places in the tables, and write the report."""
    from ipf_talent.matching.measuring import collections_in, measured  # scikit-learn comes along, which takes seconds

    with _tables():
        places = services.documents_now(clock.today())["places"]
    session.rollback()
    if not places:
        raise click.ClickException("There are no open places to measure on. Load the example region first: ipf-talent demo load")
    known = taxonomy_of(read_subset()), lexicon()
    with _files():
        cases, collections = read_cases(sentences), collections_in(folders)
        with Console(stderr=True).status("Measuring") as shown:
            found = measured(collections, places, *known, cases, clock.today(), students=students, step=shown.update)
    write(found, path)
    click.echo(f"{len(found.collections)} collections, {len(places)} places: {path}")


@group.command("explain")
@click.option("--profile", type=FILE, required=True, help='JSON: {"skills": [slug, …], "wish": "…"}; perhaps "lang".')
@click.option(
    "--vacancy",
    type=FILE,
    required=True,
    help='JSON: {"text": "…", "musts": [slug, …], "wanted": [slug, …]}; perhaps "skills", "lang" and "id".',
)
@click.option("--documents", type=FILE, help="JSON lines as for `rank`: places to rank it among, and to learn for.")
@click.option(
    "--like",
    type=click.Choice(["pages", "rank"]),
    help="Whose matcher. That of the pages knows the taxonomy in the tables and counts rarity on a frozen background. "
    "That of `rank` reads no table, recognises skills in texts and counts rarity on the documents, without any on the place. "
    "Left out, it is that of the pages where the place names musts or wanted, else that of `rank`.",
)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON, unrounded.")
def explain(profile: Path, vacancy: Path, documents: Path | None, like: str | None, as_json: bool) -> None:
    """Take the fit of one profile and one place apart; both come from files, nothing is stored."""
    with _files():
        person, place = pair_files.read_profile(profile), pair_files.read_place(vacancy)
        if like == "pages" or (like is None and (place.musts or place.wanted)):
            others = pair_files.read_places(documents) if documents else []
            with _tables():
                taxonomy = skills.taxonomy()
            session.rollback()
            told = as_pages(person, place, others, taxonomy)
        else:
            entries = read_entries(documents) if documents else []
            told = as_rank(person, place, entries, taxonomy_of(read_subset()), lexicon())
    for note in _notes(told, ((profile, person), (vacancy, place))):
        click.echo(f"note: {note}", err=True)
    if as_json:
        click.echo(json.dumps(told.as_json(), indent=1))
        return
    for line in printing.lines(told):
        click.echo(line)


def _notes(told: Told, files: Sequence[tuple[Path, Given]]) -> Iterator[str]:
    """What in the files says nothing, or less than one may think."""
    for path, given in files:
        if given.unread:
            yield f"{path.name}: nobody reads {printing.listed(given.unread)}"
        if unknown := [name for name in told.unknown if name in given.named]:
            yield f"{path.name}: no skill is known as {printing.listed(unknown)}"
        if told.like == "rank" and given.musts:
            yield f"{path.name}: musts count as any skill here, as in a file to rank; --like pages has them as musts"


commands = (group,)
