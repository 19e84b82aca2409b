"""
Who talks with whom in which round of a matchmaking day: an exact plan, or the proof that the minimum cannot be kept.

One aim after the other is brought to its best; an aim that was reached is never given up for a later one:

1. nobody has fewer talks than the guaranteed minimum, or as few as possible are missing;
2. talks of a former plan stay where they are;
3. as many talks as possible that student and company both wish, then as many as possible that the student marked with yes;
4. as few talks as possible that nobody marked;
5. the talks are spread as evenly as they can be (the least sum of squares).

Each aim is an integer program, solved to proven optimality by HiGHS (Huangfu & Hall 2018) through `scipy.optimize.milp`. Where
everybody is there all day and nothing is fixed, its variables are pairs, and `colouring` gives each pair a round without
losing one (König 1916). Elsewhere the best pairs are chosen first as if rounds did not matter: no timetable can be better than
that choice, so where the chosen pairs fit the rounds they are the best plan. Only where they do not, or a former plan must be kept
as far as possible, the variables are pairs in rounds. Codes stand for persons and companies; nothing here knows a name. Same
question, same bytes, in whatever order it is asked.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array

from ipf_talent.cohorts.timetable.colouring import coloured
from ipf_talent.cohorts.timetable.question import Company, Interest, Plan, Question, Student, Talk

SECONDS = 60.0
"""How long one aim may take; a plan that is not proven best in that time is not given."""
INFEASIBLE = 2
"""What `milp` answers where there is no solution."""


class Contradiction(ValueError):
    """The fixed talks cannot all take place, whatever else is planned."""


class Unfinished(RuntimeError):
    """The best plan was not proven in time; none is given, since a slower machine would give another one."""


def plan(question: Question) -> Plan:
    """
    Make the best plan, proven to be the best.

    Raises:
        Contradiction: the fixed talks stand in each other's way.
        Unfinished: it took longer than SECONDS.
    """
    question = in_order(question)
    refuse_contradictions(question)
    return _told(question, _all_kept(question) if question.former else _best(question))


def _all_kept(question: Question) -> list[Talk]:
    """The best plan that changes a former one; where every talk that is left of it can stay, the rest is planned around these."""
    left = question.former & set(possible(question))
    held, free = replace(question, fixed=question.fixed | left, former=frozenset()), replace(question, former=frozenset())
    try:
        refuse_contradictions(held)
    except Contradiction:
        return _best(question)
    talks = _best(held)
    missing = sum(_short(question, talks).values())
    return talks if missing == 0 or missing == least_missing(free) else _best(question)


def in_rounds(question: Question) -> Plan:
    """The same plan by one program over pairs in rounds, which takes longer: what `plan` is held against."""
    question = in_order(question)
    refuse_contradictions(question)
    return _told(question, _chosen(_Program(question, in_rounds=True)))


def _best(question: Question) -> list[Talk]:
    if not _in_rounds(question):
        pairs = _chosen(_Program(question, in_rounds=False))
        return [Talk(*one) for one in coloured([talk[:2] for talk in pairs], question.rounds)]
    found = None if question.former else _fitted(question)
    return _chosen(_Program(question, in_rounds=True)) if found is None else found


def _fitted(question: Question) -> list[Talk] | None:
    """The best pairs, each in a round in which both are there; None where the rounds do not hold them all."""
    pairs = {talk[:2] for talk in _chosen(_Program(question, in_rounds=False))}
    students = tuple(
        replace(one, interests={code: level for code, level in one.interests.items() if (one.code, code) in pairs})
        for one in question.students
    )
    program = _Program(replace(question, students=students, least=0), in_rounds=True, every_pair=True)
    return program.chosen() if program.can() else None


def _chosen(program: "_Program") -> list[Talk]:
    question = program.question
    if not program.slots:
        return []
    former, interests = question.former, {one.code: one.interests for one in question.students}

    def marked(*which: Interest) -> Callable[[Talk], bool]:
        return lambda talk: interests[talk.student].get(talk.company, Interest.OPEN) in which

    program.aim(program.missing())
    program.aim(-program.talks(former.__contains__))
    program.aim(-program.talks(marked(Interest.YES, Interest.MAYBE)))
    program.aim(-program.talks(marked(Interest.YES)))
    program.aim(program.talks(marked(Interest.OPEN)))
    program.aim(program.spread())
    return program.chosen()


def _in_rounds(question: Question) -> bool:
    away = any(one.away for one in question.students) or any(one.away for one in question.companies)
    return bool(away or question.fixed or question.former)


def _short(question: Question, talks: Iterable[Talk]) -> dict[str, int]:
    had = Counter(talk.student for talk in talks)
    return {one.code: question.least - had[one.code] for one in question.students if had[one.code] < question.least}


def _told(question: Question, talks: list[Talk]) -> Plan:
    interests = {one.code: one.interests for one in question.students}
    level = Counter(interests[talk.student].get(talk.company, Interest.OPEN) for talk in talks)
    order = tuple(sorted(talks, key=lambda talk: (talk.round, talk.company, talk.student)))
    wished, kept = level[Interest.YES] + level[Interest.MAYBE], len(question.former.intersection(talks))
    return Plan(order, _short(question, talks), wished, level[Interest.YES], kept)


def least_missing(question: Question) -> int:
    """How many talks of the minimum are missing in the best plan; the first aim alone."""
    question = in_order(question)
    program = _Program(question, in_rounds=_in_rounds(question))
    return program.aim(program.missing()) if program.slots else question.least * len(question.students)


def in_order(question: Question) -> Question:
    """The same question with everything in one order, so that the order of asking decides nothing."""
    return replace(
        question,
        students=tuple(sorted(question.students, key=lambda one: one.code)),
        companies=tuple(sorted(question.companies, key=lambda one: one.code)),
    )


def refuse_contradictions(question: Question) -> None:
    """
    Whether the fixed talks fit each other.

    Raises:
        Contradiction: naming the talk, student or company where they do not.
    """
    students = {one.code: one for one in question.students}
    companies = {one.code: one for one in question.companies}
    for talk in sorted(question.fixed):
        if talk.student not in students or talk.company not in companies or not 1 <= talk.round <= question.rounds:
            raise Contradiction(f"{talk}: nobody of that code, or no such round")
        if talk.round in students[talk.student].away or talk.round in companies[talk.company].away:
            raise Contradiction(f"{talk}: one of them is away")
    _refuse_more(Counter((talk.student, talk.round) for talk in question.fixed), lambda _key: 1)
    _refuse_more(Counter((talk.student, talk.company) for talk in question.fixed), lambda _key: 1)
    _refuse_more(Counter(talk.student for talk in question.fixed), lambda _key: question.most)
    _refuse_more(Counter((talk.company, talk.round) for talk in question.fixed), lambda key: companies[key[0]].tables)
    _refuse_more(Counter(talk.company for talk in question.fixed), lambda key: room_of(companies[key], question.rounds))


def _refuse_more(counted: Counter[Any], most: Callable[[Any], int]) -> None:
    for key, number in counted.items():
        if number > most(key):
            raise Contradiction(f"{key}: {number} fixed talks where {most(key)} fit")


def room_of(company: Company, rounds: int) -> int:
    """How many talks a company can have: its tables in the rounds in which it is there, and no more than it wants."""
    there = company.tables * (rounds - len(company.away & set(range(1, rounds + 1))))
    return there if company.talks is None else min(there, company.talks)


def rounds_of(student: Student, rounds: int) -> int:
    """In how many rounds a student is there."""
    return rounds - len(student.away & set(range(1, rounds + 1)))


def possible(question: Question) -> list[Talk]:
    """Every talk that may be planned, in order."""
    companies = {one.code: one for one in question.companies}
    pairs = {(one.code, code) for one in question.students for code in one.interests if code in companies}
    pairs |= {(talk.student, talk.company) for talk in question.fixed}
    away = {one.code: one.away for one in question.students}
    return [
        Talk(student, company, number)
        for student, company in sorted(pairs)
        for number in range(1, question.rounds + 1)
        if number not in away[student] and number not in companies[company].away
    ]


class _Program:
    """
    The integer program: one variable for each possible talk, one for what a student misses, and steps that count talks.

    Args:
        in_rounds: whether a variable is a talk in a round; otherwise it is a pair, in round 0 for now.
        every_pair: whether each pair must get a round.
    """

    def __init__(self, question: Question, *, in_rounds: bool, every_pair: bool = False) -> None:
        self.question, self.in_rounds = question, in_rounds
        slots = possible(question)
        self.slots = slots if in_rounds else list(dict.fromkeys(talk._replace(round=0) for talk in slots))
        self._fixed = question.fixed if in_rounds else {talk._replace(round=0) for talk in question.fixed}
        self._least_of_a_pair = int(every_pair)
        self._codes = [one.code for one in question.students]
        self._steps = min(question.most, question.rounds)
        talks, students = len(self.slots), len(self._codes)
        self._missing, self._counts = talks, talks + students
        self._size = talks + students * (1 + self._steps)
        self._entries: tuple[list[int], list[int], list[float]] = ([], [], [])
        self._low: list[float] = []
        self._high: list[float] = []
        self._found: NDArray[np.float64] = np.zeros(self._size)
        self._rule()

    def _rule(self) -> None:
        asked, companies = self.question, {one.code: one for one in self.question.companies}
        by: dict[tuple[str, object, object], list[int]] = {}
        for column, talk in enumerate(self.slots):
            keys: list[tuple[str, object, object]] = [("company", talk.company, None)]
            if self.in_rounds:
                keys += [("student in round", talk.student, talk.round), ("company in round", talk.company, talk.round)]
                keys += [("pair", talk.student, talk.company)]
            for key in keys:
                by.setdefault(key, []).append(column)
        for (what, first, _second), columns in by.items():
            most = 1
            if what == "company in round":
                most = companies[str(first)].tables
            elif what == "company":
                most = room_of(companies[str(first)], asked.rounds)
            self._row([(column, 1) for column in columns], self._least_of_a_pair if what == "pair" else 0, most)
        own: dict[str, list[tuple[int, float]]] = {code: [] for code in self._codes}
        for column, talk in enumerate(self.slots):
            own[talk.student].append((column, 1))
        for number, (code, student) in enumerate(zip(self._codes, asked.students, strict=True)):
            self._row([*own[code], (self._missing + number, 1)], asked.least, np.inf)
            self._row(own[code], 0, rounds_of(student, asked.rounds))
            steps = range(self._counts + number * self._steps, self._counts + (number + 1) * self._steps)
            self._row([*own[code], *((column, -1) for column in steps)], 0, 0)

    def _row(self, entries: Iterable[tuple[int, float]], low: float, high: float) -> None:
        rows, columns, values = self._entries
        for column, value in entries:
            rows.append(len(self._low))
            columns.append(column)
            values.append(value)
        self._low.append(low)
        self._high.append(high)

    def talks(self, counts: Callable[[Talk], bool]) -> NDArray[np.float64]:
        """The number of talks of some sort, as something to aim at."""
        costs = np.zeros(self._size)
        costs[: len(self.slots)] = [counts(talk) for talk in self.slots]
        return costs

    def missing(self) -> NDArray[np.float64]:
        """The number of talks that miss at the minimum."""
        costs = np.zeros(self._size)
        costs[self._missing : self._counts] = 1
        return costs

    def spread(self) -> NDArray[np.float64]:
        """The sum of squares of talks for each student: a student's k-th talk adds 2k - 1."""
        costs = np.zeros(self._size)
        costs[self._counts :] = np.tile(2 * np.arange(self._steps) + 1, len(self._codes))
        return costs

    def aim(self, costs: NDArray[np.float64]) -> int:
        """Make something as small as it can be, and hold it there from now on; gives how small that is."""
        if not costs.any():
            return 0
        if not self._solve(costs):
            raise Unfinished("this cannot be")
        best = round(float(costs @ self._found))
        self._row([(int(column), float(costs[column])) for column in np.flatnonzero(costs)], -np.inf, best)
        return best

    def can(self) -> bool:
        """Whether there is any solution."""
        return not self.slots or self._solve(np.zeros(self._size))

    def _solve(self, costs: NDArray[np.float64]) -> bool:
        low, high = np.zeros(self._size), np.ones(self._size)
        low[: len(self.slots)] = [talk in self._fixed for talk in self.slots]
        high[self._missing : self._counts] = self.question.least
        shape = (len(self._low), self._size)
        rows = coo_array((self._entries[2], (self._entries[0], self._entries[1])), shape=shape).tocsr()
        from scipy.optimize import Bounds, LinearConstraint, milp  # half a second that no start of the site needs

        found = milp(
            costs,
            constraints=LinearConstraint(rows, self._low, self._high),
            bounds=Bounds(low, high),
            integrality=np.ones(self._size),
            options={"time_limit": SECONDS, "mip_rel_gap": 0.0},
        )
        if found.status == INFEASIBLE:
            return False
        if found.status != 0 or found.x is None:
            raise Unfinished(str(found.message))
        self._found = np.round(found.x)
        return True

    def chosen(self) -> list[Talk]:
        """The talks of the last solution."""
        return [talk for talk, taken in zip(self.slots, self._found, strict=False) if taken]
