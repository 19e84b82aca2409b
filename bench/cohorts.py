"""
Speed of placing a class, beside the library `matching` on the same students and places.

    python -m bench.cohorts --students 200 --places 150

Students rank a share of the places, those that are popular more often; places go by a class and then by one lottery. The
library takes strict orders, so that each place's order of the students who rank it is worked out beforehand and is not in its
time. Its copy of the players goes deeper than Python allows by itself, so that the limit is raised for it. Both are asked in
turns, and must find the same pairs: there is one placing that is best for students. Times are of the processor, and `check` is
the independent check of the certificate.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from hashlib import sha256
from random import Random
from statistics import median
from time import process_time
from typing import Any

from matching.games import HospitalResident

from bench.matching import machine
from ipf_talent.cohorts import certificate, checker
from ipf_talent.cohorts.assignment import Place, Problem, Student, Wish, assign

DEEP = 1_000_000
"""Frames that Python may stack while the library copies its players."""
CLASSES = 4
"""Classes that places have at most."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the arguments, make a class, measure, print."""
    given = _parser().parse_args(arguments)
    problem = make(given.students, given.places, given.wishes, given.seed)
    found = {
        "students": given.students,
        "places": given.places,
        "seats": sum(place.seats for place in problem.places),
        "wishes": given.wishes,
        "seed": given.seed,
        "machine": machine(),
        **measure(problem, given.rounds),
    }
    print(json.dumps(found) if given.json else table(found))


def make(students: int, places: int, wishes: int, seed: int) -> Problem:
    """A class made from a seed: seats for nearly all, wishes that crowd at popular places."""
    random = Random(seed)
    codes = [f"P{number:04}" for number in range(places)]
    weights = [1 / (1 + number) ** 0.5 for number in range(places)]
    seats = [Place(code, random.choice((1, 1, 1, 2, 2, 3))) for code in codes]
    people = []
    for number in range(students):
        wanted = dict.fromkeys(random.choices(codes, weights, k=3 * wishes))
        standing = {code: (random.randrange(CLASSES),) for code in wanted}
        people.append(Student(f"S{number:04}", tuple(Wish(code, standing[code]) for code in list(wanted)[:wishes])))
    return Problem(tuple(seats), tuple(people), str(seed))


def measure(problem: Problem, rounds: int) -> dict[str, Any]:
    """Both ways in turns, the check, and whether both found the same."""
    wishes, orders, seats = strict(problem)
    ours, theirs, checks = list[float](), list[float](), list[float]()
    written = certificate.written(problem, assign(problem))
    sys.setrecursionlimit(DEEP)
    for _round in range(rounds):
        placing = _timed(ours, lambda: assign(Problem(problem.places, problem.students, problem.seed)))
        library = _timed(theirs, lambda: HospitalResident.create_from_dictionaries(wishes, orders, seats).solve(optimal="resident"))
        verdict = _timed(checks, lambda: checker.check_text(written))
    found = {str(student): str(place) for place, students in library.items() for student in students}
    return {
        "assign_ms": _ms(ours),
        "library_ms": _ms(theirs),
        "check_ms": _ms(checks),
        "ratio": round(median(theirs) / median(ours), 1),
        "same": found == {student: place for student, place in placing.pairs.items() if place},
        "sound": verdict.sound,
        "placed": len(found),
    }


def strict(problem: Problem) -> tuple[dict[str, list[str]], dict[str, list[str]], dict[str, int]]:
    """The same problem with a strict order of students at each place; who wishes nothing, or whom nobody wishes, stays out."""
    claims: dict[str, list[tuple[tuple[int, ...], bytes, str]]] = {}
    for student in problem.students:
        number = sha256(f"{problem.seed}:{student.code}".encode()).digest()
        for wish in student.wishes:
            claims.setdefault(wish.place, []).append((wish.standing, number, student.code))
    orders = {place: [code for _standing, _number, code in sorted(asked)] for place, asked in claims.items()}
    wishes = {one.code: [wish.place for wish in one.wishes] for one in problem.students if one.wishes}
    return wishes, orders, {place.code: place.seats for place in problem.places if place.code in orders}


def table(found: dict[str, Any]) -> str:
    """The figures for people."""
    return "\n".join(f"{name.rjust(12)}  {value}" for name, value in found.items())


def _timed(times: list[float], deed: Callable[[], Any]) -> Any:
    begin = process_time()
    result = deed()
    times.append(process_time() - begin)
    return result


def _ms(times: Sequence[float]) -> float:
    return round(1000 * median(times), 2)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.cohorts", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--students", type=int, default=200, help="who look for a place")
    parser.add_argument("--places", type=int, default=150, help="with one to three seats each")
    parser.add_argument("--wishes", type=int, default=20, help="places that a student ranks at most")
    parser.add_argument("--rounds", type=int, default=5, help="turns of each")
    parser.add_argument("--seed", type=int, default=0, help="of the class")
    parser.add_argument("--json", action="store_true", help="figures for programs")
    return parser


if __name__ == "__main__":
    main()
