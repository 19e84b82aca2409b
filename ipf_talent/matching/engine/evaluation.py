"""How good a ranking is: nDCG and average precision, with bootstrap intervals over the queries."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

Grades = Mapping[str, int]
"""Grade of each judged document: 0 is not relevant; what is not judged counts as 0."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean over queries with its 95 % bootstrap interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Report:
    """Quality over all judged queries; a query without an answer counts as 0."""

    n_queries: int
    ndcg_10: Interval
    average_precision: Interval


def evaluate(runs: Mapping[str, Sequence[str]], qrels: Mapping[str, Grades]) -> Report:
    """
    Judge a run.

    Parameters
    ----------
    runs : mapping
        Ids of the documents found for each query, best first.
    qrels : mapping
        Grades of the documents for each query. Queries without a relevant document do not count.
    """
    judged = {query: grades for query, grades in sorted(qrels.items()) if any(grade > 0 for grade in grades.values())}
    found = [(runs.get(query, ()), grades) for query, grades in judged.items()]
    return Report(
        n_queries=len(judged),
        ndcg_10=bootstrap([ndcg(ranked, grades) for ranked, grades in found]),
        average_precision=bootstrap([average_precision(ranked, grades) for ranked, grades in found]),
    )


def ndcg(ranked: Sequence[str], grades: Grades, k: int = 10) -> float:
    """Discounted gain of the first `k` as a share of the best possible; gain is the grade, as in trec_eval."""
    _once(ranked)
    best = sorted(grades.values(), reverse=True)
    ideal = _discounted(best[:k])
    return _discounted([grades.get(id, 0) for id in ranked[:k]]) / ideal if ideal > 0 else 0.0


def average_precision(ranked: Sequence[str], grades: Grades) -> float:
    """Mean of the precision at each relevant document; one that is not found counts as 0."""
    _once(ranked)
    relevant = {id for id, grade in grades.items() if grade > 0}
    hits, total = 0, 0.0
    for place, id in enumerate(ranked, start=1):
        if id in relevant:
            hits += 1
            total += hits / place
    return total / len(relevant) if relevant else 0.0


def bootstrap(values: Sequence[float], *, seed: int = 0, rounds: int = 1000) -> Interval:
    """Mean and 95 % percentile interval over `rounds` draws with replacement; all 0 where there are no values."""
    if not values:
        return Interval(0.0, 0.0, 0.0)
    drawn = np.random.default_rng(seed).choice(np.asarray(values, float), (rounds, len(values)))
    low, high = np.quantile(drawn.mean(axis=1), (0.025, 0.975))
    return Interval(float(np.mean(values)), float(low), float(high))


def _discounted(gains: Sequence[int]) -> float:
    return sum(max(gain, 0) / math.log2(place + 1) for place, gain in enumerate(gains, start=1))


def _once(ranked: Sequence[str]) -> None:
    if len(set(ranked)) < len(ranked):
        raise ValueError("A run names a document twice for one query.")
