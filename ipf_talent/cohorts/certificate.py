"""
A certificate of a placing: the whole input in codes, its SHA-256, the seed and what came out, so that its holder can check it.

Of a hard limit it says only that a pair was barred, not which limit: that would tell something about a person.
"""

import json
from hashlib import sha256
from typing import Any

from ipf_talent.cohorts.assignment import Placing, Problem, rank_of

FORMAT = "ipf-talent-placing-1"
METHOD = (
    "student-proposing deferred acceptance (Gale and Shapley 1962), one lottery number per student: SHA-256 of seed, colon, code"
)
STATEMENT = (
    "An independent check tried every student with every place higher on their own list than the one they got, "
    "and found no pair that would both rather have each other."
)


def canonical(value: Any) -> bytes:
    """One way to write a value: sorted names, no spaces, ASCII."""
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("ascii")


def entered(problem: Problem) -> dict[str, Any]:
    """What goes into a placing, as plain values."""
    return {
        "places": [{"code": place.code, "seats": place.seats} for place in problem.places],
        "students": [
            {
                "code": student.code,
                "wishes": [
                    {"place": wish.place, "standing": list(wish.standing), "barred": wish.barred is not None}
                    for wish in student.wishes
                ],
            }
            for student in problem.students
        ],
        "locks": [[lock.student, lock.place] for lock in problem.locks],
    }


def commitment(seed: str) -> str:
    """What is published of a seed before it is: its SHA-256."""
    return sha256(seed.encode()).hexdigest()


def document(problem: Problem, placing: Placing) -> dict[str, Any]:
    """The certificate as plain values."""
    given = entered(problem)
    return {
        "format": FORMAT,
        "method": METHOD,
        "statement": STATEMENT,
        "seed": problem.seed,
        "seed_sha256": commitment(problem.seed),
        "input": given,
        "input_sha256": sha256(canonical(given)).hexdigest(),
        "pairs": [[student, place] for student, place in placing.pairs.items() if place is not None],
        "counts": counts(problem, placing),
    }


def counts(problem: Problem, placing: Placing) -> dict[str, int]:
    """How many took part, and how many got a place."""
    return {
        "students": len(problem.students),
        "places": len(problem.places),
        "seats": sum(place.seats for place in problem.places),
        "placed": len(problem.students) - len(placing.without),
        "first_choice": sum(rank_of(student, placing.pairs[student.code]) == 1 for student in problem.students),
        "locks": len(problem.locks),
    }


def written(problem: Problem, placing: Placing) -> bytes:
    """The certificate as bytes: the same for the same input and seed, in whatever order the input came."""
    return canonical(document(problem, placing)) + b"\n"
