"""
Speed of the planner: all ways from a profile to a place that no other way beats, beside one shortest way.

    python -m bench.pathways --programmes 1000 --edges 10000 --questions 50

The clock runs over everything from the graph to the dated ways, all found ways included, in turns with a plain Dijkstra of networkx
on the same entries. That one knows months only: no dates, no fees, no skills, and its graph is built beforehand. `grain` counts the
questions that had too many ways to be compared exactly, see `planner.GRAINS`. On a busy machine look at the processor time.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median
from time import perf_counter, process_time
from typing import Any

import networkx

from bench.matching import machine
from bench.routes import Made, Question, make
from ipf_talent.pathways.graph import HERE, Step, may_end, may_pass
from ipf_talent.pathways.planner.plan import GRAINS, plan

DONE = "done"
"""Where every end leads, in the graph of the plain search."""


@dataclass(frozen=True)
class Row:
    """Milliseconds of one search over all questions; of those `cpu` is processor time."""

    search: str
    p50_ms: float
    p95_ms: float
    max_ms: float
    cpu_p50_ms: float
    cpu_p95_ms: float


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the arguments, build, measure, print."""
    given = _parser().parse_args(arguments)
    field = make(given.programmes, given.edges, given.questions, given.seed)
    found = {
        "programmes": field.programmes,
        "edges": field.entries,
        "questions": len(field.questions),
        "seed": given.seed,
        "machine": machine(),
        **measure(field),
    }
    print(json.dumps(found) if given.json else table(found))


def measure(field: Made) -> dict[str, Any]:
    """Both searches, question by question."""
    ours, plain, fronts, grains, wrong = list[tuple[float, float]](), list[tuple[float, float]](), list[int](), [0] * len(GRAINS), 0
    for question in field.questions:
        network = _network(question)
        wall, cpu = perf_counter(), process_time()
        plans = plan(question.graph, field.stations, question.goal, question.wish)
        ours.append((perf_counter() - wall, process_time() - cpu))
        wall, cpu = perf_counter(), process_time()
        months = _shortest(network)
        plain.append((perf_counter() - wall, process_time() - cpu))
        fronts.append(len(plans.ways))
        grains[plans.grain] += 1
        wrong += bool(plans.ways) and (months is None or plans.ways[0].months < months)
    return {
        "rows": [asdict(_row("planner", ours)), asdict(_row("dijkstra", plain))],
        "front": {"p50": _at(fronts, 0.5), "p95": _at(fronts, 0.95), "max": max(fronts), "none": fronts.count(0)},
        "grain": grains,
        "quicker_than_shortest": wrong,
    }


def table(found: dict[str, Any]) -> str:
    """The figures for people."""
    rows = found.pop("rows")
    lines = ["  ".join(str(name).rjust(12) for name in rows[0])]
    lines += [
        "  ".join((f"{value:.2f}" if isinstance(value, float) else value).rjust(12) for value in row.values()) for row in rows
    ]
    return "\n".join([*lines, ", ".join(f"{name} {value}" for name, value in found.items())])


def _network(question: Question) -> "networkx.DiGraph[str]":
    """The same stops and entries, with months as weights; what is closed is no way through."""
    graph, ends = question.graph, question.goal.ends
    network: networkx.DiGraph[str] = networkx.DiGraph()
    network.add_nodes_from((HERE, DONE))
    for key, entries in graph.entries.items():
        at = graph.stops[key]
        for there, entry in entries.items():
            stop = graph.stops[there]
            if may_pass(at, stop, entry):
                network.add_edge(key, there, months=Step(stop, entry).length)
            after = ends.get(there)
            if after is not None and may_end(at, stop, entry):
                weight = entry.added + after
                known = network.get_edge_data(key, DONE, {"months": weight})["months"]
                network.add_edge(key, DONE, months=min(weight, known))
    if HERE in ends:
        network.add_edge(HERE, DONE, months=0)
    return network


def _shortest(network: "networkx.DiGraph[str]") -> int | None:
    try:
        return int(networkx.dijkstra_path_length(network, HERE, DONE, weight="months"))
    except networkx.NetworkXNoPath:
        return None


def _row(search: str, times: Sequence[tuple[float, float]]) -> Row:
    wall, cpu = ([1000 * one[at] for one in times] for at in (0, 1))
    return Row(search, median(wall), _at(wall, 0.95), max(wall), median(cpu), _at(cpu, 0.95))


def _at(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share does not exceed."""
    return sorted(values)[max(0, -int(-share * len(values) // 1) - 1)]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.pathways", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--programmes", type=_at_least_one, default=1_000, help="in the field")
    parser.add_argument("--edges", type=_at_least_one, default=10_000, help="entries between them")
    parser.add_argument("--questions", type=_at_least_one, default=50, help="profiles, each with a place")
    parser.add_argument("--seed", type=int, default=0, help="of the field and the questions")
    parser.add_argument("--json", action="store_true", help="figures for programs")
    return parser


def _at_least_one(given: str) -> int:
    if (number := int(given)) < 1:
        raise argparse.ArgumentTypeError(f"{number} is less than 1")
    return number


if __name__ == "__main__":
    main()
