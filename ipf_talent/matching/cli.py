"""Commands of matching: build the index, see how it stands, freeze the background, take one score apart."""

import json
import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup
from rich.console import Console
from rich.progress import track

from ipf_talent import clock
from ipf_talent.db import session
from ipf_talent.matching import background, indexes, services
from ipf_talent.matching.collections import read_entries, write_run
from ipf_talent.matching.engine import Document, IndexProblem, Query, read_versions
from ipf_talent.matching.fairness import STUDENTS
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
SENTENCES = Path("tests/skills/data/recognition_held_out.jsonl")
"""Seen from the top of the repository; recognition was not made with them."""


@group.command("rebuild")
@click.option("--if-stale", is_flag=True, help="Leave an index alone that is as new as the tables.")
@click.option("--quick", is_flag=True, help="With --if-stale: believe what an index says of itself, and do not read it.")
def rebuild(if_stale: bool, quick: bool) -> None:
    """Build the indexes of places and programmes."""
    deed = partial(services.rebuild_if_stale, quick=quick) if if_stale else services.rebuild
    console = Console(stderr=True)
    with console.status("Reading places and programmes") as shown:
        done = deed(indexes.folder(), clock.today(), step=lambda kind: shown.update(f"Building the index of {kind}"))
    session.rollback()
    for one in done:
        click.echo(
            f"{one.kind}: {one.documents} indexed ({one.why})" if one.why else f"{one.kind}: up to date, {one.documents} indexed"
        )


@group.command("status")
def status() -> None:
    """Say how each index stands, and leave with 1 where one cannot be used."""
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
    try:
        given, asked = read_entries(documents), read_entries(queries)
    except FaultyFile as error:
        raise click.ClickException(str(error)) from error
    console = Console(stderr=True)
    with console.status(f"Reading {len(given)} documents"):
        matcher = matcher_of(given, lexicon())
    silent = not console.is_terminal
    found = track(ranked(matcher, asked, lexicon(), top), "Ranking", total=len(asked), console=console, disable=silent)
    lines = ((one.id, ranking.ids, ranking.scores.tolist()) for one, ranking in found)
    write_run(output, lines, f"ipf-{matcher.model_version}")
    click.echo(f"{len(given)} documents, {len(asked)} queries: {output}")


@group.command("evaluate")
@click.option("--collection", type=FOLDER, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def evaluate(collection: Path, as_json: bool) -> None:
    """Judge the ranking of a collection (documents.jsonl, queries.jsonl, qrels.tsv) beside plain TF-IDF and BM25."""
    from ipf_talent.matching.judging import judged  # scikit-learn comes along, which takes seconds

    try:
        reports = judged(collection, lexicon())
    except (FaultyFile, FileNotFoundError) as error:
        raise click.ClickException(str(error)) from error
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

    places = services.documents_now(clock.today())["places"]
    session.rollback()
    if not places:
        raise click.ClickException("There are no open places to measure on. Load the example region first: ipf-talent demo load")
    known = taxonomy_of(read_subset()), lexicon()
    try:
        cases, collections = read_cases(sentences), collections_in(folders)
        with Console(stderr=True).status("Measuring") as shown:
            found = measured(collections, places, *known, cases, clock.today(), students=students, step=shown.update)
    except (FaultyFile, FileNotFoundError) as error:
        raise click.ClickException(str(error)) from error
    write(found, path)
    click.echo(f"{len(found.collections)} collections, {len(places)} places: {path}")


@group.command("explain")
@click.option("--profile", type=FILE, required=True, help='JSON: {"skills": [slug, …], "wish": "…"}')
@click.option("--vacancy", type=FILE, required=True, help='JSON: {"text": "…", "musts": [slug, …], "wanted": [slug, …]}')
def explain(profile: Path, vacancy: Path) -> None:
    """Take the fit of one profile and one place apart; both come from files, nothing is stored."""
    from ipf_talent.matching.engine import Matcher  # takes seconds the first time

    person, place = _read(profile), _read(vacancy)
    document = Document(place.get("slug", vacancy.stem), place.get("text", ""), place.get("musts", ()), place.get("wanted", ()))
    relations = skills.taxonomy().relations
    session.rollback()
    matcher = Matcher().fit([document], background=background.frozen(), relations=relations)
    why = matcher.explain(Query(person.get("wish", ""), person.get("skills", ())), row=0)
    click.echo(f"fit {why.score:.1%}")
    for line in why.contributions:
        click.echo(f"{line.value:8.2%}  {line.kind:8}{', '.join(line.query)} → {line.document}")
    for gate in why.gates:
        click.echo(f"gate {gate.name}: × {gate.factor:.2f}  {', '.join(gate.of)}")


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise click.ClickException(f"{path.name} is no JSON: {error}") from error
    if not isinstance(found, dict):
        raise click.ClickException(f"{path.name} holds no object.")
    return found


commands = (group,)
