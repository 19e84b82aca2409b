"""Measuring engines in turns, so that what else the machine does falls on all of them alike."""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from time import perf_counter, process_time
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.engines import TOP, Engine
from ipf_talent.matching.engine import Query

TURN = 5
"""Students that an engine answers, one by one, before the next engine has its turn."""

BATCH = 25
"""Students in one call where throughput is measured."""


@dataclass(frozen=True, slots=True)
class Row:
    """
    What was measured of one engine.

    A search is timed with the student's vector made beforehand, unless `vectorise_ms` is None.

    Attributes:
        p50_ms, p95_ms: milliseconds of a search for one student, over all students and rounds.
        overlap: mean share of the ten best that the engine's own scoring of every place confirms, see `overlap`.
        fit_s: seconds on the clock to build the index.
        index_mb: megabytes (10⁶ bytes) of the index, as the engine tells.
        students_per_cpu_s: students ranked in batches for each second of the process's CPU time.
        vectorise_ms: median milliseconds to make a student's vector; None where the engine does so inside its search.
    """

    engine: str
    p50_ms: float
    p95_ms: float
    overlap: float
    fit_s: float
    index_mb: float
    students_per_cpu_s: float
    vectorise_ms: float | None


@dataclass(slots=True)
class _Times:
    """Seconds of one engine: of each search, of each vector, of CPU in batches."""

    searches: list[float] = field(default_factory=list)
    vectors: list[float] = field(default_factory=list)
    cpu: float = 0.0


def measure(engines: Mapping[str, tuple[Engine, float]], students: Sequence[Query], rounds: int, seed: int) -> list[Row]:
    """
    Measure engines, given with the seconds it took to build each.

    Every engine warms up first: one compiles when it is first called.
    """
    times = {name: _Times() for name in engines}
    built = {name: engine for name, (engine, _fit_s) in engines.items()}
    random = Random(f"{seed} turns")
    for engine in built.values():
        engine.search(engine.prepare(students[:BATCH]))
        engine.search(engine.prepare(students[:1]))
    with _no_collector():
        _one_by_one(built, students, rounds, random, times)
        _in_batches(built, students, rounds, random, times)
    return [_row(name, engine, fit_s, students, rounds, times[name]) for name, (engine, fit_s) in engines.items()]


def overlap(rows: Sequence[int], scores: NDArray[Any], top: int = TOP) -> float:
    """
    Share of the best places that were found: at each rank one whose score, to the bit, is the one that belongs there.

    Equal scores may stand in any order. A place without a score is no match, so that fewer than `top` can be all there are.
    """
    best = np.sort(scores)[::-1][:top]
    best = best[best > 0]
    found = [row for row in dict.fromkeys(rows) if scores[row] > 0]
    if not len(best) and not found:
        return 1.0
    right = sum(bool(scores[row] == score) for row, score in zip(found, best, strict=False))
    return right / max(len(best), len(found))


def _one_by_one(
    built: Mapping[str, Engine], students: Sequence[Query], rounds: int, random: Random, times: Mapping[str, _Times]
) -> None:
    prepared: dict[str, list[Any]] = {name: [] for name in built}
    for name, engine in built.items():
        for student in students:
            begin = perf_counter()
            prepared[name].append(engine.prepare([student]))
            times[name].vectors.append(perf_counter() - begin)
    for name, start in _turns(built, len(students), TURN, rounds, random):
        search, searches = built[name].search, times[name].searches
        for one in prepared[name][start : start + TURN]:
            begin = perf_counter()
            search(one)
            searches.append(perf_counter() - begin)


def _in_batches(
    built: Mapping[str, Engine], students: Sequence[Query], rounds: int, random: Random, times: Mapping[str, _Times]
) -> None:
    starts = range(0, len(students), BATCH)
    prepared = {
        name: {start: engine.prepare(students[start : start + BATCH]) for start in starts} for name, engine in built.items()
    }
    for name, start in _turns(built, len(students), BATCH, rounds, random):
        begin = process_time()
        built[name].search(prepared[name][start])
        times[name].cpu += process_time() - begin


def _turns(names: Mapping[str, Engine], n: int, size: int, rounds: int, random: Random) -> Iterator[tuple[str, int]]:
    """Whose turn it is and with which student it starts: all engines get the same students before the next ones come."""
    order = list(names)
    for _ in range(rounds):
        for start in range(0, n, size):
            random.shuffle(order)
            yield from ((name, start) for name in order)


def _row(name: str, engine: Engine, fit_s: float, students: Sequence[Query], rounds: int, times: _Times) -> Row:
    shares = [overlap(engine.search(engine.prepare([student]))[0], engine.scores(student)) for student in students]
    p50, p95 = np.percentile(times.searches, [50, 95]) * 1e3
    return Row(
        engine=name,
        p50_ms=float(p50),
        p95_ms=float(p95),
        overlap=float(np.mean(shares)),
        fit_s=fit_s,
        index_mb=engine.size() / 1e6,
        students_per_cpu_s=len(students) * rounds / times.cpu if times.cpu else 0.0,
        vectorise_ms=float(np.median(times.vectors)) * 1e3,
    )


@contextmanager
def _no_collector() -> Iterator[None]:
    """Without the collector of garbage, which would fall on whoever's turn it is."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
