"""Placing a class at once: stable, best for students, the same for the same seed, and no lie that pays."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipf_talent.cohorts import certificate, checker
from ipf_talent.cohorts.assignment import (
    BadProblem,
    Lock,
    Missed,
    Place,
    Placing,
    Problem,
    Student,
    Why,
    Wish,
    assign,
    cost_of_lock,
    rank_of,
)


def problem(*students: Student, seats: dict[str, int], seed: str = "seed", locks: tuple[Lock, ...] = ()) -> Problem:
    return Problem(tuple(Place(code, number) for code, number in seats.items()), students, seed, locks)


def student(code: str, *places: str, **standing: int) -> Student:
    """A student who wishes these places in order; `P=1` puts them in class 1 of place P."""
    return Student(code, tuple(Wish(place, (standing.get(place, 0),)) for place in places))


@st.composite
def problems(draw: st.DrawFn, most_students: int = 7, most_places: int = 5) -> Problem:
    codes = [f"P{number}" for number in range(draw(st.integers(1, most_places)))]
    places = tuple(Place(code, draw(st.integers(0, 3))) for code in codes)
    students = []
    for number in range(draw(st.integers(0, most_students))):
        wished = draw(st.lists(st.sampled_from(codes), unique=True))
        wishes = [
            Wish(code, (draw(st.integers(0, 1)), draw(st.integers(0, 1))), draw(st.sampled_from([None, None, None, "travel"])))
            for code in wished
        ]
        students.append(Student(f"S{number}", tuple(wishes)))
    made = Problem(places, tuple(students), str(draw(st.integers(0, 99))))
    locks = []
    for one in students:
        open_codes = [p for p in places if p.seats > sum(lock.place == p.code for lock in locks)]
        barred = {wish.place for wish in one.wishes if wish.barred}
        if draw(st.integers(0, 5)) == 0 and (able := [p.code for p in open_codes if p.code not in barred]):
            locks.append(Lock(one.code, draw(st.sampled_from(able))))
    return replace(made, locks=tuple(locks))


def verdict(one: Problem, placing: Placing) -> checker.Verdict:
    return checker.check_text(certificate.written(one, placing))


def every_placing(one: Problem) -> Iterator[dict[str, str | None]]:
    """All ways to give students a place of their list, or none, that keep to seats, limits and locks."""
    locked = {lock.student: lock.place for lock in one.locks}
    options = [
        [locked[s.code]] if s.code in locked else [None, *(w.place for w in s.wishes if w.barred is None)] for s in one.students
    ]
    for chosen in product(*options):
        if all(chosen.count(place.code) <= place.seats for place in one.places):
            yield dict(zip((s.code for s in one.students), chosen, strict=True))


def as_placing(pairs: dict[str, str | None]) -> Placing:
    return Placing(pairs, {}, {}, 0)


@settings(max_examples=300, deadline=None)
@given(problems())
def test_the_independent_check_finds_nothing(one: Problem) -> None:
    assert verdict(one, assign(one)).faults == ()


@settings(max_examples=120, deadline=None)
@given(problems(most_students=4, most_places=3))
def test_no_stable_placing_gives_any_student_a_higher_place(one: Problem) -> None:
    ours = assign(one).pairs
    stable = [pairs for pairs in every_placing(one) if verdict(one, as_placing(pairs)).sound]
    assert ours in stable
    for pairs in stable:
        for each in one.students:
            best, other = rank_of(each, ours[each.code]), rank_of(each, pairs[each.code])
            assert other is None or (best is not None and best <= other) or each.code in {lock.student for lock in one.locks}


@settings(max_examples=60, deadline=None)
@given(problems(most_students=4, most_places=3))
def test_no_list_that_is_not_true_gives_a_student_a_higher_place(one: Problem) -> None:
    ours = assign(one).pairs
    for each in one.students:
        wishes = {wish.place: wish for wish in each.wishes}
        truth = rank_of(each, ours[each.code]) or 99
        others = tuple(other for other in one.students if other is not each)
        for length in range(len(wishes) + 1):
            for lie in permutations(wishes.values(), length):
                got = assign(replace(one, students=(*others, Student(each.code, lie)))).pairs[each.code]
                assert (rank_of(each, got) or 99) >= truth


@settings(max_examples=100, deadline=None)
@given(problems(), st.randoms())
def test_the_same_input_and_seed_give_the_same_bytes_in_any_order(one: Problem, chance: object) -> None:
    shuffled = []
    for part in (one.places, one.students, one.locks):
        mixed = list(part)
        chance.shuffle(mixed)  # type: ignore[attr-defined]
        shuffled.append(tuple(mixed))
    other = Problem(shuffled[0], shuffled[1], one.seed, shuffled[2])
    assert certificate.written(one, assign(one)) == certificate.written(other, assign(other))


@settings(max_examples=150, deadline=None)
@given(problems())
def test_every_student_without_a_place_hears_of_every_place_on_their_list(one: Problem) -> None:
    placing = assign(one)
    for each in one.students:
        if placing.pairs[each.code] is None:
            assert [miss.place for miss in placing.missed[each.code]] == [wish.place for wish in each.wishes]
        for miss, wish in zip(placing.missed[each.code], each.wishes, strict=False):
            holders = [s for s in one.students if placing.pairs[s.code] == wish.place]
            movable = [s for s in holders if s.code not in {lock.student for lock in one.locks}]
            standings = [w.standing for s in movable for w in s.wishes if w.place == wish.place]
            match miss.why:
                case Why.BARRED:
                    assert wish.barred == miss.limit
                case Why.NO_SEATS:
                    assert movable == []
                case Why.HIGHER_CLASS:
                    assert all(standing < wish.standing for standing in standings)
                case Why.TIE_LOST:
                    assert wish.standing in standings


def test_a_class_goes_before_the_lottery() -> None:
    one = problem(student("S1", "P", P=1), student("S2", "P", P=0), seats={"P": 1})
    placing = assign(one)
    assert placing.pairs == {"S1": None, "S2": "P"}
    assert placing.missed["S1"] == (Missed("P", Why.HIGHER_CLASS),)


def test_another_seed_gives_equals_another_order() -> None:
    won = {
        assign(problem(student("S1", "P"), student("S2", "P"), seats={"P": 1}, seed=str(seed))).pairs["S1"] for seed in range(20)
    }
    assert won == {"P", None}


def test_a_student_who_is_pushed_out_gets_their_next_place() -> None:
    one = problem(student("S1", "P", "Q", P=1), student("S2", "P"), seats={"P": 1, "Q": 1})
    assert assign(one).pairs == {"S1": "Q", "S2": "P"}


def test_an_empty_list_gets_nothing_and_its_seat_stays_free() -> None:
    placing = assign(problem(student("S1"), seats={"P": 2}))
    assert (placing.without, placing.free, placing.missed["S1"]) == (("S1",), {"P": 2}, ())


def test_a_lock_says_whom_it_hurts() -> None:
    one = problem(student("S1", "P", "Q"), student("S2", "Q"), student("S3"), seats={"P": 1, "Q": 1})
    cost = cost_of_lock(one, Lock("S3", "P"))
    best = {"S1": "Q", "S2": None} if assign(replace(one, locks=(Lock("S3", "P"),))).pairs["S1"] == "Q" else {"S1": None, "S2": "Q"}
    assert {change.student: change.after for change in cost.hurt} == ({"S1": 2, "S2": None} if best["S1"] else {"S1": None})
    assert (cost.placed_before, cost.placed_after) == (2, 2)


def test_the_cost_of_a_lock_that_stands_is_that_of_adding_it() -> None:
    free = problem(student("S1", "P"), student("S2", "Q"), seats={"P": 1, "Q": 1})
    lock = Lock("S2", "P")
    assert cost_of_lock(free, lock) == cost_of_lock(replace(free, locks=(lock,)), lock)
    assert [(one.student, one.before, one.after) for one in cost_of_lock(free, lock).changes] == [("S1", 1, None)]


def test_a_lock_of_what_would_happen_anyway_costs_nobody_anything() -> None:
    free = problem(student("S1", "P"), student("S2", "Q"), seats={"P": 1, "Q": 1})
    assert cost_of_lock(free, Lock("S1", "P")).changes == ()


@pytest.mark.parametrize(
    ("places", "students", "locks"),
    [
        ((Place("P", 1), Place("P", 1)), (), ()),
        ((Place("P", -1),), (), ()),
        ((Place("P", 1),), (student("S1"), student("S1")), ()),
        ((Place("P", 1),), (student("S1", "Q"),), ()),
        ((Place("P", 1),), (student("S1", "P", "P"),), ()),
        ((Place("P", 1),), (student("S1"),), (Lock("S2", "P"),)),
        ((Place("P", 1),), (student("S1"),), (Lock("S1", "Q"),)),
        ((Place("P", 1),), (student("S1"), student("S2")), (Lock("S1", "P"), Lock("S2", "P"))),
        ((Place("P", 2),), (student("S1"),), (Lock("S1", "P"), Lock("S1", "P"))),
        ((Place("P", 1),), (Student("S1", (Wish("P", (0,), "minor"),)),), (Lock("S1", "P"),)),
    ],
)
def test_an_input_that_contradicts_itself_is_refused(
    places: tuple[Place, ...], students: tuple[Student, ...], locks: tuple[Lock, ...]
) -> None:
    with pytest.raises(BadProblem):
        Problem(places, students, "seed", locks)
