"""
Placing a whole class at once: student-proposing deferred acceptance, places with seats, one lottery number per student.

Gale and Shapley (1962), "College admissions and the stability of marriage", American Mathematical Monthly 69; ties broken by one
number per student for all places, as Abdulkadiroğlu, Pathak and Roth (2009), "Strategy-proofness versus efficiency in matching with
indifferences", American Economic Review 99. No other stable placing gives any student a place higher on their list, and no student
gains by a list that is not true. Values in, values out; people are codes here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from heapq import heappop, heappush


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place with so many seats."""

    code: str
    seats: int


@dataclass(frozen=True, slots=True)
class Wish:
    """
    A place on a student's list.

    Attributes:
        standing: what the place's criteria say of this student, the first criterion first; lower goes before, equal is one class.
        barred: the hard limit that forbids the pair; None where it may be.
    """

    place: str
    standing: tuple[int, ...] = ()
    barred: str | None = None


@dataclass(frozen=True, slots=True)
class Student:
    """Somebody who looks for a place, and their list of any length, the dearest first."""

    code: str
    wishes: tuple[Wish, ...]


@dataclass(frozen=True, slots=True, order=True)
class Lock:
    """A pair that a coordinator fixed beforehand; it takes a seat and the student out of the placing."""

    student: str
    place: str


class BadProblem(ValueError):
    """The input cannot be placed: a code twice, a place that is not there, a lock beyond the seats."""


@dataclass(frozen=True)
class Problem:
    """
    All that goes in. The order in which places, students and locks are given makes no difference.

    Raises:
        BadProblem: it contradicts itself.
    """

    places: tuple[Place, ...]
    students: tuple[Student, ...]
    seed: str
    locks: tuple[Lock, ...] = ()

    def __post_init__(self) -> None:
        for name in ("places", "students"):
            object.__setattr__(self, name, tuple(sorted(getattr(self, name), key=lambda one: str(one.code))))
        object.__setattr__(self, "locks", tuple(sorted(self.locks)))
        _refuse_contradictions(self)

    @cached_property
    def numbers(self) -> Mapping[str, bytes]:
        """The lottery number of each student; the lowest goes first where two stand in one class."""
        return {student.code: sha256(f"{self.seed}:{student.code}".encode()).digest() for student in self.students}

    @cached_property
    def seats(self) -> Mapping[str, int]:
        """Seats per place that no lock has taken."""
        left = {place.code: place.seats for place in self.places}
        for lock in self.locks:
            left[lock.place] -= 1
        return left


def _refuse_contradictions(problem: Problem) -> None:
    places, students = {one.code: one for one in problem.places}, {one.code: one for one in problem.students}
    if len(places) < len(problem.places) or len(students) < len(problem.students):
        raise BadProblem("a code occurs twice")
    if any(one.seats < 0 for one in problem.places):
        raise BadProblem("a place has fewer than no seats")
    for student in problem.students:
        wished = [wish.place for wish in student.wishes]
        if len(set(wished)) < len(wished) or not set(wished) <= set(places):
            raise BadProblem(f"the list of {student.code} names a place twice, or one that is not there")
    locked = [lock.student for lock in problem.locks]
    if len(set(locked)) < len(locked) or not set(locked) <= set(students):
        raise BadProblem("a lock names a student twice, or one that is not there")
    for lock in problem.locks:
        if lock.place not in places:
            raise BadProblem(f"a lock names {lock.place}, which is not there")
        if any(wish.place == lock.place and wish.barred for wish in students[lock.student].wishes):
            raise BadProblem(f"a hard limit forbids {lock.student} at {lock.place}")
    if any(sum(lock.place == place.code for lock in problem.locks) > place.seats for place in problem.places):
        raise BadProblem("a place has more locks than seats")


class Why(StrEnum):
    """What took a place from a student's list."""

    BARRED = "barred"
    """A hard limit."""
    NO_SEATS = "no_seats"
    """Locked pairs, or none to begin with."""
    HIGHER_CLASS = "higher_class"
    """Full with students who all stand in a higher class by the place's criteria."""
    TIE_LOST = "tie_lost"
    """Full; among those who stand equal the lottery number decided."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A place on a student's list that they did not get, and what took it; `limit` names the hard limit."""

    place: str
    why: Why
    limit: str | None = None


@dataclass(frozen=True)
class Placing:
    """
    What comes out.

    Attributes:
        pairs: student to place, None for nobody's; in the order of the codes.
        missed: of each student the places above the one they got, all of them where they got none; locked ones have none.
        free: seats that stay empty, per place that has any.
        proposals: how often a student asked a place.
    """

    pairs: Mapping[str, str | None]
    missed: Mapping[str, tuple[Missed, ...]]
    free: Mapping[str, int]
    proposals: int

    @property
    def without(self) -> tuple[str, ...]:
        """Students who have no place."""
        return tuple(student for student, place in self.pairs.items() if place is None)


_Claim = tuple[tuple[int, ...], bytes]


class _Worst:
    """A claim turned round, so that a heap has the one that gives way on top."""

    __slots__ = ("claim", "student")

    def __init__(self, claim: _Claim, student: str) -> None:
        self.claim, self.student = claim, student

    def __lt__(self, other: "_Worst") -> bool:
        return self.claim > other.claim


def assign(problem: Problem) -> Placing:
    """Give each student the highest place on their list that no student with a better claim keeps from them."""
    locked = {lock.student: lock.place for lock in problem.locks}
    lists = {one.code: [wish for wish in one.wishes if wish.barred is None] for one in problem.students}
    held: dict[str, list[_Worst]] = {place.code: [] for place in problem.places}
    waiting = [one.code for one in reversed(problem.students) if one.code not in locked]
    at, proposals = dict.fromkeys(lists, 0), 0
    while waiting:
        student = waiting.pop()
        if at[student] == len(lists[student]):
            continue
        wish = lists[student][at[student]]
        at[student] += 1
        proposals += 1
        heappush(held[wish.place], _Worst((wish.standing, problem.numbers[student]), student))
        if len(held[wish.place]) > problem.seats[wish.place]:
            waiting.append(heappop(held[wish.place]).student)
    pairs: dict[str, str | None] = {one.code: locked.get(one.code) for one in problem.students}
    pairs.update({one.student: place for place, holders in held.items() for one in holders})
    missed = {one.code: () if one.code in locked else _missed(one, pairs[one.code], problem, held) for one in problem.students}
    free = {code: seats - len(held[code]) for code, seats in problem.seats.items() if seats > len(held[code])}
    return Placing(pairs, missed, free, proposals)


def _missed(student: Student, got: str | None, problem: Problem, held: Mapping[str, list[_Worst]]) -> tuple[Missed, ...]:
    lost = []
    for wish in student.wishes:
        if wish.place == got:
            break
        if wish.barred is not None:
            lost.append(Missed(wish.place, Why.BARRED, wish.barred))
        elif not problem.seats[wish.place]:
            lost.append(Missed(wish.place, Why.NO_SEATS))
        else:
            tied = held[wish.place][0].claim[0] == wish.standing
            lost.append(Missed(wish.place, Why.TIE_LOST if tied else Why.HIGHER_CLASS))
    return tuple(lost)


@dataclass(frozen=True, slots=True)
class Change:
    """What a lock does to one student: the number on their own list of what they get, from 1; None is no place of their list."""

    student: str
    before: int | None
    after: int | None

    @property
    def hurts(self) -> bool:
        """Whether the student ends lower on their own list, or without a place."""
        return self.before is not None and (self.after is None or self.after > self.before)


@dataclass(frozen=True, slots=True)
class Cost:
    """What an override costs: every student for whom it makes a difference, the locked one left out, and how many get a place."""

    lock: Lock
    own: Change
    changes: tuple[Change, ...]
    placed_before: int
    placed_after: int

    @property
    def hurt(self) -> tuple[Change, ...]:
        """Those whom it hurts."""
        return tuple(one for one in self.changes if one.hurts)


def cost_of_lock(problem: Problem, lock: Lock) -> Cost:
    """
    Place with and without one lock, all others as they are.

    Raises:
        BadProblem: the lock cannot be.
    """
    others = tuple(one for one in problem.locks if one.student != lock.student)
    before = assign(replace(problem, locks=others))
    after = assign(replace(problem, locks=(*others, lock)))
    changes = [Change(one.code, _rank(one, before), _rank(one, after)) for one in problem.students]
    own = next(one for one in changes if one.student == lock.student)
    moved = tuple(one for one in changes if one.student != lock.student and one.before != one.after)
    return Cost(lock, own, moved, _placed(before), _placed(after))


def rank_of(student: Student, place: str | None) -> int | None:
    """Where a place stands on a student's list, from 1; None where it does not."""
    wished: Sequence[str] = [wish.place for wish in student.wishes]
    return wished.index(place) + 1 if place in wished else None


def _rank(student: Student, placing: Placing) -> int | None:
    return rank_of(student, placing.pairs[student.code])


def _placed(placing: Placing) -> int:
    return len(placing.pairs) - len(placing.without)
