"""Distances between towns, held against the map and against what a distance must be."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipf_talent.organisations.distance import EARTH_KM, kilometres

HALF_ROUND = EARTH_KM * 3.141592653589793
points = st.tuples(st.floats(-90, 90), st.floats(-180, 180))
exactly = settings(database=None, derandomize=True, max_examples=200, deadline=None)
DRACHTEN, GRONINGEN, LEEUWARDEN, ENSCHEDE = (53.1125, 6.0989), (53.2194, 6.5665), (53.2012, 5.7999), (52.2215, 6.8937)


@pytest.mark.parametrize(
    ("there", "km"), [(GRONINGEN, 33.4), (LEEUWARDEN, 22.2), (ENSCHEDE, 112.6)], ids=["Groningen", "Leeuwarden", "Enschede"]
)
def test_from_drachten_it_is_as_far_as_the_map_says(there, km):
    assert kilometres(*DRACHTEN, *there) == pytest.approx(km, abs=0.5)


def test_a_degree_of_latitude_is_111_kilometres_everywhere_and_of_longitude_only_on_the_equator():
    assert kilometres(0, 0, 1, 0) == pytest.approx(111.2, abs=0.1)
    assert kilometres(60, 5, 61, 5) == pytest.approx(111.2, abs=0.1)
    assert kilometres(0, 0, 0, 1) == pytest.approx(111.2, abs=0.1)
    assert kilometres(60, 0, 60, 1) == pytest.approx(55.6, abs=0.1)


def test_the_other_side_of_the_earth_is_half_way_round():
    assert kilometres(90, 0, -90, 0) == pytest.approx(HALF_ROUND)
    assert kilometres(10, 20, -10, -160) == pytest.approx(HALF_ROUND)


def test_the_date_line_is_no_wall():
    assert kilometres(0, 179.5, 0, -179.5) == pytest.approx(111.2, abs=0.1)


@exactly
@given(points)
def test_a_town_is_no_distance_from_itself(here):
    assert kilometres(*here, *here) == 0


@exactly
@given(points, points)
def test_there_and_back_are_equally_far_and_never_more_than_half_way_round(here, there):
    assert kilometres(*here, *there) == pytest.approx(kilometres(*there, *here))
    assert 0 <= kilometres(*here, *there) <= HALF_ROUND + 1e-6


@exactly
@given(points, points, points)
def test_a_detour_is_never_shorter(here, there, between):
    assert kilometres(*here, *there) <= kilometres(*here, *between) + kilometres(*between, *there) + 1e-3
