"""
Speed of the timetable of a matchmaking day, and what the other way to make one would take.

    python -m bench.timetabling --students 40 --companies 10 --rounds 8 --days 50

`plan` is what the product runs on a day on which everybody is there: pairs first, then rounds by colouring. `in rounds` is the one
program over student, company and round, here on the same days: both must find the same number of talks, which is counted as
`agree`. `away` is a day on which one in eight is away for a round: the best pairs, and rounds for them. `changed` is the plan after
the busiest company cancelled, held to the first plan, `reasons` why a minimum cannot be kept. On a busy machine look at the
processor time.
"""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from random import Random
from time import perf_counter, process_time
from typing import Any

import numpy as np

from bench.matching import machine
from ipf_talent.cohorts.timetable import timetabling
from ipf_talent.cohorts.timetable.checker import faults
from ipf_talent.cohorts.timetable.question import Company, Interest, Plan, Question, Student
from ipf_talent.cohorts.timetable.reasons import reasons


@dataclass(frozen=True)
class Row:
    """Seconds of one way over all days; of those `cpu` is processor time."""

    way: str
    days: int
    p50_s: float
    p95_s: float
    max_s: float
    cpu_p50_s: float
    cpu_max_s: float


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the arguments, make the days, measure, print."""
    given = _parser().parse_args(arguments)
    chance = Random(given.seed)
    days = [day(chance, given.students, given.companies, given.rounds) for _number in range(given.days)]
    found = {"machine": machine(), **vars(given), **measure(days)}
    print(json.dumps(found) if given.json else table(found))


def day(chance: Random, students: int, companies: int, rounds: int) -> Question:
    """A day: some companies are marked far more often than others, and every day is fuller or emptier than the next."""
    often, draw = chance.uniform(0.3, 0.9), {f"C{n:02}": chance.random() ** 2 for n in range(companies)}
    people = []
    for number in range(students):
        marked = [code for code, much in draw.items() if chance.random() < often * (0.4 + 1.2 * much)]
        people.append(Student(f"s{number:03}", {code: chance.choice((Interest.YES, Interest.MAYBE)) for code in marked}))
    hosts = [Company(code, chance.choice((1, 2, 2, 3))) for code in draw]
    return Question(rounds, chance.choice((2, 3, 4)), max(4, rounds - 2), tuple(people), tuple(hosts))


def measure(days: Sequence[Question]) -> dict[str, Any]:
    """Every day in each way, one after the other."""
    times: dict[str, list[tuple[float, float]]] = {}
    agree = wrong = short = 0
    for number, question in enumerate(days):
        made = _timed(times, "plan", timetabling.plan, question)
        other = _timed(times, "in rounds", timetabling.in_rounds, question)
        agree += _values(made) == _values(other)
        absent = away(Random(number), question)
        partly = _timed(times, "away", timetabling.plan, absent)
        wrong += bool(faults(question, made.talks)) + bool(faults(question, other.talks)) + bool(faults(absent, partly.talks))
        if made.short:
            short += 1
            _timed(times, "reasons", reasons, question)
        gone = Counter(talk.company for talk in made.talks).most_common(1)[0][0]
        left = tuple(one for one in question.companies if one.code != gone)
        again = replace(question, companies=left, former=frozenset(made.talks))
        wrong += bool(faults(again, _timed(times, "changed", timetabling.plan, again).talks))
    rows = [_row(way, measured) for way, measured in times.items()]
    return {"agree": f"{agree} of {len(days)}", "faults": wrong, "below the minimum": short, "rows": [asdict(row) for row in rows]}


def _values(made: Plan) -> tuple[int, int, int]:
    return sum(made.short.values()), made.wished, made.yes


def away(chance: Random, question: Question) -> Question:
    """The same day on which one in eight is away for a round."""
    gone = {
        one.code: frozenset({chance.randint(1, question.rounds)} if chance.random() < 1 / 8 else ()) for one in question.students
    }
    return replace(question, students=tuple(replace(one, away=gone[one.code]) for one in question.students))


def _timed(times: dict[str, list[tuple[float, float]]], way: str, deed: Callable[[Question], Any], question: Question) -> Any:
    wall, cpu = perf_counter(), process_time()
    found = deed(question)
    times.setdefault(way, []).append((perf_counter() - wall, process_time() - cpu))
    return found


def _row(way: str, measured: Sequence[tuple[float, float]]) -> Row:
    wall, cpu = (np.array(values) for values in zip(*measured, strict=True))
    p50, p95 = np.percentile(wall, [50, 95])
    return Row(way, len(measured), *(round(float(v), 3) for v in (p50, p95, wall.max(), np.median(cpu), cpu.max())))


def table(found: dict[str, Any]) -> str:
    """The figures as lines."""
    head = f"{found['students']} students, {found['companies']} companies, {found['rounds']} rounds, {found['days']} days; "
    head += f"agree {found['agree']}, faults {found['faults']}, below the minimum {found['below the minimum']}"
    lines = [f"{'way':<8} {'days':>5} {'p50 s':>8} {'p95 s':>8} {'max s':>8} {'cpu p50':>8} {'cpu max':>8}"]
    for row in found["rows"]:
        name, days, *seconds = row.values()
        lines.append(f"{name:<8} {days:>5} " + " ".join(f"{value:>8.3f}" for value in seconds))
    return "\n".join([head, *lines])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, value in (("students", 40), ("companies", 10), ("rounds", 8), ("days", 20), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--json", action="store_true")
    return parser


if __name__ == "__main__":
    main()
