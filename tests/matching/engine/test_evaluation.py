import math

import pytest

from ipf_talent.matching.engine import average_precision, bootstrap, evaluate, ndcg


def test_ndcg_by_hand():
    grades = {"a": 3, "b": 2, "c": 1}
    ideal = 3 + 2 / math.log2(3) + 1 / 2
    assert ndcg(["b", "x", "a"], grades) == pytest.approx((2 + 3 / 2) / ideal)
    assert ndcg(["a", "b", "c"], grades) == 1
    assert ndcg(["x", "a"], grades, k=1) == 0


def test_average_precision_by_hand():
    assert average_precision(["a", "x", "b"], {"a": 1, "b": 2, "c": 1, "x": 0}) == pytest.approx((1 + 2 / 3) / 3)


def test_nothing_relevant_counts_as_nothing():
    assert ndcg(["a"], {"a": 0}) == average_precision(["a"], {}) == 0


def test_a_run_names_a_document_once():
    with pytest.raises(ValueError, match="twice"):
        ndcg(["a", "a"], {"a": 1})


def test_a_query_without_answer_counts_and_one_without_judgement_does_not():
    report = evaluate({"1": ["a"], "3": ["a"]}, {"1": {"a": 1}, "2": {"a": 1}, "4": {"a": 0}})
    assert report.n_queries == 2
    assert report.ndcg_10.mean == report.average_precision.mean == 0.5


def test_the_interval_holds_the_mean_and_repeats():
    values = [0.1, 0.4, 0.5, 0.9]
    found = bootstrap(values)
    assert found.low < found.mean < found.high
    assert found == bootstrap(values)
    assert bootstrap([]).high == 0
