"""
What it costs to keep an index: a change, a cold start, its size, and its growth.

    python -m bench.keeping --documents 100000

- A change: milliseconds to add, change and remove one place without fitting again, its text read and a first search included.
- A cold start: seconds of processor time of a new worker of the site until its first answer, imports included, from the stored
  index and from a pickled TfidfVectorizer with its matrix, in turns.
- A search beside its floor: the postings of the query read once in a compiled loop, and nothing else.
- Growth: the same search among ten times as many places, each of them ten times there.
"""

import argparse
import json
import pickle
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import numba
import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from bench.corpus import places, students
from bench.matching import machine
from ipf_talent.matching.engine import Document, Matcher, Query, save
from ipf_talent.matching.engine.part import Part
from ipf_talent.matching.engine.postings import Postings
from ipf_talent.matching.engine.prepared import Prepared
from ipf_talent.skills.files import read_subset, taxonomy_of

TIMES = 10
"""How many times as many places growth is measured with."""

STORED = """
import sys
from pathlib import Path
from ipf_talent.matching.engine import Query, kernels, load
kernels.choose(sys.argv[2])
load(Path(sys.argv[1])).rank([Query(sys.stdin.read())], 10)
"""
PICKLED = """
import pickle, sys
import ipf_talent
import numpy as np
from sklearn.metrics.pairwise import linear_kernel
with open(sys.argv[1], "rb") as file:
    vectorizer, matrix = pickle.load(file)
np.argsort(-linear_kernel(vectorizer.transform([sys.stdin.read()]), matrix)[0], kind="stable")[:10]
"""
CPU = "\nimport resource\nused = resource.getrusage(resource.RUSAGE_SELF)\nprint(used.ru_utime + used.ru_stime)\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the arguments, build, measure, print."""
    given = _parser().parse_args(arguments)
    corpus = places(given.documents + given.rounds, given.seed)
    corpus, new = corpus[: given.documents], corpus[given.documents :]
    asked = students(given.queries, given.seed)
    matcher = Matcher().fit(corpus, relations=taxonomy_of(read_subset()).relations)
    prepared = matcher.prepare(asked)
    with TemporaryDirectory() as work:
        found = {
            "documents": given.documents,
            "machine": machine(),
            "bytes_per_posting": bytes_per_posting(matcher.index_.base),
            "change_ms": changes(matcher, new, prepared),
            "cold_cpu_s": cold(matcher, corpus, asked[0], Path(work), given.rounds),
            "search_ms": growth(matcher, prepared),
        }
    print(json.dumps(found, indent=None if given.json else 1))


def bytes_per_posting(part: Part) -> float:
    """Bytes of rows and weights, and of the starts and numbers of terms, for each posting of words and concepts."""
    lists = (part.words, part.concepts)
    size = sum(array.nbytes for one in lists for array in (one.rows, one.weights, one.starts, one.terms))
    return size / sum(len(one.rows) for one in lists)


def changes(matcher: Matcher, new: Sequence[Document], prepared: Sequence[Prepared]) -> dict[str, float]:
    """Median milliseconds until one change shows in a search: of a matcher that has many changes behind it already."""
    times: dict[str, list[float]] = {"add": [], "change": [], "remove": []}
    matcher.rank(prepared[:1])
    for place in new:
        for deed, add, remove in (
            ("add", [place], []),
            ("change", [replace(place, text=f"{place.text} changed")], [place.id]),
            ("remove", [], [matcher.ids_[0]]),
        ):
            begin = perf_counter()
            matcher = matcher.changed(add=add, remove=remove)
            matcher.rank(prepared[:1])
            times[deed].append(perf_counter() - begin)
    return {deed: median(seconds) * 1e3 for deed, seconds in times.items()}


def cold(matcher: Matcher, corpus: Sequence[Document], student: Query, work: Path, rounds: int) -> dict[str, float]:
    """Median seconds of processor time of a new process to its first answer."""
    save(matcher, work / "index")
    vectorizer = TfidfVectorizer()
    with (work / "pickle").open("wb") as file:
        pickle.dump((vectorizer, vectorizer.fit_transform(place.text for place in corpus)), file)
    ways = {
        "product": (STORED, str(work / "index"), "numba"),
        "product_numpy": (STORED, str(work / "index"), "numpy"),
        "pickled": (PICKLED, str(work / "pickle")),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, (code, *arguments) in ways.items():
            command = [sys.executable, "-c", code + CPU, *arguments]
            told = subprocess.run(command, input=student.text, capture_output=True, text=True, check=True).stdout
            times[name].append(float(told))
    return {name: median(seconds) for name, seconds in times.items()}


def growth(matcher: Matcher, prepared: Sequence[Prepared]) -> dict[str, float]:
    """Median milliseconds of a search and of its floor, among all places and among ten times as many."""
    base = matcher.index_.base
    many = Matcher(**matcher.get_params())
    many.versions_ = matcher.versions_
    many.index_ = replace(matcher.index_, base=Part.join([(base, np.arange(len(base)))] * TIMES))
    found = {}
    for name, one in (("once", matcher), (f"{TIMES} times", many)):
        one.rank(prepared[:1])
        found[name] = _median_ms(partial(_search, one), prepared)
        found[f"{name}, floor"] = _median_ms(partial(floor, one.index_.base), prepared)
    return found


def _search(matcher: Matcher, query: Prepared) -> None:
    matcher.rank([query])


def floor(part: Part, query: Prepared) -> None:
    """Read the postings of a query, of words and of those concepts that few places share."""
    _read(part.words, *part.words.known(query.text.words))
    places, factors = part.concepts.known(query.concepts)
    rare = part.common.of[places] < 0
    _read(part.concepts, places[rare], factors[rare])


def _read(postings: Postings, places: np.ndarray[Any, Any], factors: np.ndarray[Any, Any]) -> None:
    _sum(postings.starts, postings.rows, postings.weights, places * postings.n_blocks, (places + 1) * postings.n_blocks, factors)


@numba.njit(nogil=True)
def _sum(starts: Any, rows: Any, weights: Any, firsts: Any, lasts: Any, factors: Any) -> float:
    total = 0.0
    for number in range(len(firsts)):
        for posting in range(starts[firsts[number]], starts[lasts[number]]):
            total += weights[posting] * factors[number] + rows[posting]
    return total


def _median_ms(search: Callable[[Prepared], Any], prepared: Sequence[Prepared]) -> float:
    search(prepared[0])
    times = []
    for query in prepared:
        begin = perf_counter()
        search(query)
        times.append(perf_counter() - begin)
    return median(times) * 1e3


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.keeping", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=100_000, help="places in the index")
    parser.add_argument("--queries", type=int, default=50, help="students")
    parser.add_argument("--rounds", type=int, default=5, help="changes of each sort, and cold starts")
    parser.add_argument("--seed", type=int, default=0, help="of the corpus")
    parser.add_argument("--json", action="store_true", help="on one line")
    return parser


if __name__ == "__main__":
    main()
