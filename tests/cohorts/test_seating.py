"""Tables for companies: together in one room where that goes, and the same ones when the plan changes."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from ipf_talent.cohorts.timetable.seating import Room, TooFewTables, rooms_of, seats

ROOMS = [Room("Hall", 4), Room("Library", 3)]


def test_tables_are_numbered_through_the_rooms():
    assert rooms_of(ROOMS) == {1: "Hall", 2: "Hall", 3: "Hall", 4: "Hall", 5: "Library", 6: "Library", 7: "Library"}


def test_a_company_sits_in_one_room_where_that_is_possible():
    given_out = seats(ROOMS, {"a": 2, "b": 3, "c": 2})
    rooms = rooms_of(ROOMS)
    assert all(len({rooms[number] for number in own}) == 1 for own in given_out.values())
    assert sorted(number for own in given_out.values() for number in own) == [1, 2, 3, 4, 5, 6, 7]


def test_who_sat_somewhere_stays_there_and_a_new_table_comes_in_the_same_room():
    given_out = seats(ROOMS, {"a": 2, "b": 2}, {"a": [6]})
    assert 6 in given_out["a"]
    assert {rooms_of(ROOMS)[number] for number in given_out["a"]} == {"Library"}


def test_too_few_tables_are_refused():
    with pytest.raises(TooFewTables):
        seats(ROOMS, {"a": 5, "b": 3})


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    some.dictionaries(some.sampled_from("abcdef"), some.integers(1, 4), max_size=6),
    some.dictionaries(some.sampled_from("abcdef"), some.lists(some.integers(0, 20), max_size=3, unique=True), max_size=3),
)
def test_every_company_has_its_tables_and_no_table_is_given_twice(asked, held):
    taken: set[int] = set()
    own = {}
    for code, numbers in held.items():  # nobody sits where somebody else does
        own[code] = [number for number in numbers if number not in taken]
        taken |= set(own[code])
    rooms = [Room("Hall", 10), Room("Library", 14)]
    given_out = seats(rooms, asked, own)
    numbers = [number for mine in given_out.values() for number in mine]
    assert {code: len(mine) for code, mine in given_out.items()} == asked
    assert len(set(numbers)) == len(numbers)
    assert set(numbers) <= set(rooms_of(rooms))
