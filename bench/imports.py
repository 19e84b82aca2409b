"""
Speed of importing listings: a file of new programmes, read, laid beside what is here, and applied.

    python -m bench.imports --rows 2000

The file is made from a seed: programmes with texts, fields and skills, each at two places, with a start; it is applied to an empty
database of its own in a folder for the time. A second file changes a text of each of them. Times are of the processor. What
others wait for is `apply`: from the beginning of the transaction that writes to its end.
"""

import argparse
import json
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time
from typing import Any

from bench.matching import machine
from ipf_talent import clock, db, every_model
from ipf_talent.accounts.models import User
from ipf_talent.db import session
from ipf_talent.exchange import applying, services
from ipf_talent.exchange.kinds import RunStatus
from ipf_talent.organisations.kinds import OrganisationKind
from ipf_talent.organisations.models import Organisation, Place
from ipf_talent.skills.models import Skill

HEAD = (
    "title_nl;type;level;code;duration_months;fields;skills;description_nl;admission_nl;programme_url;place;mode;school_days;"
    "costs_eur;starts_on;apply_until;capacity"
)
TOWNS = ("Drachten", "Leeuwarden")
SKILLS = ("meten", "lassen", "tekenen", "solderen")


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the arguments, make a file, measure, print."""
    given = _parser().parse_args(arguments)
    found = {"rows": given.rows, "machine": machine(), **measure(given.rows)}
    print(json.dumps(found) if given.json else table(found))


def make(rows: int, text: str = "bouwt en onderhoudt") -> bytes:
    """A file with so many rows; two of them tell of one programme."""
    lines = [HEAD]
    for number in range(rows):
        one, place = divmod(number, len(TOWNS))
        about = f"Wie deze opleiding volgt {text} machines, leest tekeningen, meet na en lost storingen op; nummer {one}."
        lines.append(
            f"Opleiding {one};mbo_diploma;mbo_{one % 3 + 2};{10_000 + one};36;mechanics,automation;"
            f'"{SKILLS[one % 4]};{SKILLS[(one + 1) % 4]}";"{about}";Vmbo kader, gl of tl.;https://school.example/{one};'
            f"{TOWNS[place]};bol;4;350;2090-09-01;2090-04-01;24"
        )
    return "\n".join(lines).encode()


def measure(rows: int) -> dict[str, Any]:
    """Import a file of new programmes, and then one that changes each of them."""
    with tempfile.TemporaryDirectory() as folder:
        school, by = _database(Path(folder))
        new = _import(make(rows), school, by, "a" * 32)
        changed = _import(make(rows, "ontwerpt en bouwt"), school, by, "b" * 32)
        session.remove()
    return {**new, **{f"again_{name}": value for name, value in changed.items()}}


def _database(folder: Path) -> tuple[Organisation, User]:
    every_model()
    engine = db.connect(f"sqlite:///{folder / 'bench.db'}")
    db.Base.metadata.create_all(engine)
    session.remove()
    session.configure(bind=engine)
    school = Organisation(slug="school", name="School", kind=OrganisationKind.SCHOOL, is_example=True)
    by = User(email="someone@school.example", display_name="Someone", password_hash="!")
    places = [Place(name=name, municipality=name, province="Fryslân", lat=53.1, lon=6.1) for name in TOWNS]
    skills = [
        Skill(slug=one, type="skill", field="mechanics", label_nl=one, label_en=one, label_source="own-concept") for one in SKILLS
    ]
    session.add_all([school, by, *places, *skills])
    session.commit()
    return school, by


def _import(data: bytes, school: Organisation, by: User, once: str) -> dict[str, float]:
    times: dict[str, float] = {}
    parsed = _timed(times, "read_s", lambda: services.parse(data, "file.csv"))
    sent = services.Sent(data, "file.csv", school.id, "file", once)
    run = _timed(times, "compare_s", lambda: services.take_in(parsed, sent, by=by, now=clock.now()))
    if not services.begin(run, by=by, without_refused=False, now=clock.now()):
        raise RuntimeError("somebody else applies the file")
    session.commit()
    if _timed(times, "apply_s", lambda: applying.finish(run.id)) is not RunStatus.APPLIED:
        raise RuntimeError("the file was not applied")
    times["apply_ms_a_row"] = round(1000 * times["apply_s"] / run.rows, 2)
    return times


def _timed(times: dict[str, float], name: str, deed: Callable[[], Any]) -> Any:
    begin = process_time()
    result = deed()
    times[name] = round(process_time() - begin, 2)
    return result


def table(found: dict[str, Any]) -> str:
    """The figures for people."""
    return "\n".join(f"{name.rjust(20)}  {value}" for name, value in found.items())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.imports", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=2_000, help="of the file")
    parser.add_argument("--json", action="store_true", help="figures for programs")
    return parser


if __name__ == "__main__":
    main()
