"""The order in which little crosses."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ipf_talent.pathways.map.ordering import crossings, ordered


def test_links_that_cross_are_laid_side_by_side():
    layers, links = [["a", "b"], ["c", "d"]], [("a", "d"), ("b", "c")]
    assert crossings(layers, links) == 1
    assert crossings(ordered(layers, links), links) == 0


def test_what_does_not_cross_stays_as_it_is():
    layers = [["a", "b"], ["c", "d"]]
    assert ordered(layers, [("a", "c"), ("b", "d")]) == layers


def test_what_is_pinned_stays_first():
    found = ordered([["x", "a", "b"], ["y", "c", "d"]], [("x", "d"), ("a", "c"), ("b", "y")], pinned=["x", "y"])
    assert [layer[0] for layer in found] == ["x", "y"]


@given(st.lists(st.integers(1, 5), min_size=1, max_size=4), st.data())
def test_an_order_is_never_worse_than_the_given_one_and_loses_nothing(sizes, data):
    layers = [[f"{at}-{number}" for number in range(size)] for at, size in enumerate(sizes)]
    pairs = [(a, b) for low, high in pairwise(layers) for a in low for b in high]
    links = data.draw(st.lists(st.sampled_from(pairs), max_size=12, unique=True)) if pairs else []
    found = ordered(layers, links)
    assert [sorted(layer) for layer in found] == layers
    assert crossings(found, links) <= crossings(layers, links)
    assert ordered(layers, links[::-1]) == found
