"""Commands about placing a class."""

from pathlib import Path

import click
from flask.cli import AppGroup

from ipf_talent.cohorts import checker

group = AppGroup("cohorts", help="Placing a class at once.")


@group.command("check")
@click.argument("certificate", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(certificate: Path) -> None:
    """Check the certificate of a round; ends with 1 where something is wrong."""
    with certificate.open("rb") as file:
        verdict = checker.check_text(file.read(checker.LARGEST + 1))
    for found in verdict.faults:
        click.echo(" ".join(part for part in (found.fault.value, found.student, found.place) if part))
    if not verdict.sound:
        raise SystemExit(1)
    click.echo(f"sound: {verdict.pairs_tried} pairs tried, input {verdict.input_sha256}")


commands = (group,)
