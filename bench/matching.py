"""
Speed of the matcher beside other engines: the exact ten best of many places for one student.

    python -m bench.matching --documents 100000 --queries 100

The clock runs over the search, with the student's vector made beforehand; what making it takes is told apart where an engine allows
it. All engines get the same texts, in one thread, in turns with a shuffled order. On a busy machine only the ratios mean something.
`overlap` holds the ten best of each engine against the engine's own scores of all places: what is fast and wrong shows there. For
tantivy the scores are those of a search for all places, which can skip none; all the others give them by a way of their own.
"""

import argparse
import json
import os
import platform
import resource
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import numpy as np

from bench.corpus import places, students
from bench.engines import BASELINE, ENGINES, Engine
from bench.measuring import Row, measure
from ipf_talent.matching.engine import Document

HEADINGS = ("engine", "p50 ms", "p95 ms", "ratio", "overlap", "students/CPU s", "ratio", "vector ms", "fit s", "index MB")


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the arguments, build, measure, print."""
    given = _parser().parse_args(arguments)
    corpus = places(given.documents, given.seed)
    with TemporaryDirectory() as work:
        built = _built(given.engines, corpus, Path(work))
        rows = measure(built, students(given.queries, given.seed), given.rounds, given.seed)
    about = {
        "documents": given.documents,
        "queries": given.queries,
        "rounds": given.rounds,
        "seed": given.seed,
        "machine": machine(),
    }
    print(json.dumps(about | {"rows": [asdict(row) for row in rows]}) if given.json else table(rows, about))


def machine() -> dict[str, Any]:
    """What the figures were measured on; `peak_mb` is the most memory that this process has held so far."""
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6),
    }


def table(rows: Sequence[Row], about: Mapping[str, Any]) -> str:
    """The figures for people; the two ratios say how many times as fast as scikit-learn fitted once, alone and in batches."""
    base = next((row for row in rows if row.engine == BASELINE), None)
    cells = [HEADINGS, *(_cells(row, base) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [
        "  ".join(
            cell.rjust(width) if place else cell.ljust(width) for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in cells
    ]
    facts = ", ".join(f"{name} {value}" for name, value in {**about, **about["machine"]}.items() if name != "machine")
    return "\n".join([*lines, facts])


def _cells(row: Row, base: Row | None) -> tuple[str, ...]:
    return (
        row.engine,
        f"{row.p50_ms:.3f}",
        f"{row.p95_ms:.3f}",
        _times(base.p50_ms, row.p50_ms) if base else "",
        f"{row.overlap:.4f}",
        f"{row.students_per_cpu_s:.0f}",
        _times(row.students_per_cpu_s, base.students_per_cpu_s) if base else "",
        "" if row.vectorise_ms is None else f"{row.vectorise_ms:.3f}",
        f"{row.fit_s:.1f}",
        f"{row.index_mb:.1f}",
    )


def _times(more: float, less: float) -> str:
    return f"{more / less:.3g}" if less else ""


def _built(names: Sequence[str], corpus: Sequence[Document], work: Path) -> dict[str, tuple[Engine, float]]:
    """The engines, each with the seconds it took; one whose package is not installed is left out with a line that says so."""
    built = {}
    for name in names:
        begin = perf_counter()
        try:
            engine = ENGINES[name](corpus, work)
        except ModuleNotFoundError as error:
            print(f"{name} is left out: {error.name} is not installed (the extra `bench` has it).", file=sys.stderr)
            continue
        built[name] = (engine, perf_counter() - begin)
    return built


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.matching", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--documents", type=_at_least_one, default=100_000, help="places in the corpus")
    parser.add_argument("--queries", type=_at_least_one, default=100, help="students")
    parser.add_argument(
        "--engines",
        type=_engines,
        default=[name for name in ENGINES if name != "product_numpy"],
        help=f"some of {','.join(ENGINES)}; all but product_numpy unless said",
    )
    parser.add_argument("--rounds", type=_at_least_one, default=3, help="how often every student is ranked")
    parser.add_argument("--seed", type=int, default=0, help="of the corpus and the turns")
    parser.add_argument("--json", action="store_true", help="figures for programs")
    return parser


def _engines(given: str) -> list[str]:
    names = list(dict.fromkeys(given.split(",")))
    if unknown := [name for name in names if name not in ENGINES]:
        raise argparse.ArgumentTypeError(f"unknown: {', '.join(unknown)}; there are {', '.join(ENGINES)}")
    return names


def _at_least_one(given: str) -> int:
    if (number := int(given)) < 1:
        raise argparse.ArgumentTypeError(f"{number} is less than 1")
    return number


if __name__ == "__main__":
    main()
