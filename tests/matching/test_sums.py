"""Rounded parts that add up to their rounded total."""

from hypothesis import given
from hypothesis import strategies as st

from ipf_talent.matching.sheet import had_label
from ipf_talent.matching.sums import percent_points
from ipf_talent.skills.taxonomy import Concept, Taxonomy


def tenths(value: float) -> int:
    return round(value * 10)


@given(st.lists(st.floats(0, 1), max_size=20))
def test_the_shown_parts_add_up_to_the_shown_total(parts):
    whole = sum(parts) or 1.0
    shown, total = percent_points([part / whole for part in parts])
    assert sum(tenths(value) for value in shown) == tenths(total)
    assert abs(total - 100 * sum(part / whole for part in parts)) <= 0.051
    assert all(abs(value - 100 * part / whole) < 0.1001 for value, part in zip(shown, parts, strict=True))


def test_the_part_that_lost_most_gets_the_missing_tenth():
    assert percent_points([0.00349, 0.00161, 0.0009]) == ([0.3, 0.2, 0.1], 0.6)


def test_among_equal_losses_the_first_gets_it():
    assert percent_points([0.0005, 0.0005]) == ([0.1, 0.0], 0.1)


def test_nothing_adds_up_to_nothing():
    assert percent_points([]) == ([], 0.0)


def test_a_skill_that_counts_as_had_says_through_which_one(app):
    concepts = [
        Concept("plc", "skill", "automation", "plc", "PLC"),
        Concept("tia", "tool", "automation", "TIA Portal", "TIA Portal"),
    ]
    taxonomy = Taxonomy.of(concepts, [("tia", "plc")], [])
    with app.test_request_context("/?lang=en"):
        assert had_label("plc", ("tia",), taxonomy) == "PLC (through TIA Portal)"
        assert had_label("plc", ("tia", "plc"), taxonomy) == "PLC"
        assert had_label("gone", (), taxonomy) == "gone"
