"""
Why a guaranteed minimum of talks cannot be kept, for whom.

The proof is Hall's (1935), with capacities as in Gale (1957): a group of students that together need more talks than the
companies they may talk with can give. The group is read from a minimum cut (Ford & Fulkerson 1956). Where nobody is away and
nothing is fixed this is the whole truth: a bipartite multigraph whose degrees are at most the number of rounds can be coloured
with that many rounds (König 1916), so every choice of pairs that fits the tables also fits a timetable.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from ipf_talent.cohorts.timetable.question import Question
from ipf_talent.cohorts.timetable.timetabling import in_order, least_missing, possible, room_of


class Cause(StrEnum):
    """What stands in the way."""

    FEW_MARKED = "few_marked"
    FEW_ROUNDS = "few_rounds"
    TABLES = "tables"
    FIXED = "fixed"
    AWAY = "away"


@dataclass(frozen=True)
class Reason:
    """A group of students that need `needed` talks where at most `possible` can be had, and with which companies."""

    cause: Cause
    students: tuple[str, ...]
    companies: tuple[str, ...]
    """Of TABLES: the companies whose tables are all taken by this group."""
    needed: int
    possible: int

    @property
    def missing(self) -> int:
        """How many talks this costs."""
        return self.needed - self.possible


def reasons(question: Question) -> list[Reason]:
    """
    Why the minimum cannot be kept for everyone; empty where it can.

    Reasons of one student come first, then groups, then what only the rounds explain. What the first two explain is a lower
    bound of what misses; together with the last it is exactly what misses.
    """
    question = in_order(question)
    missing = least_missing(question)
    if missing == 0:
        return []
    pairs = _pairs(question)
    found = _of_one(question, pairs)
    left = dict.fromkeys((one.code for one in question.students), question.least)
    for reason in found:
        left[reason.students[0]] = reason.possible
    found += _of_groups(question, pairs, left)
    unexplained = missing - sum(reason.missing for reason in found)
    return found + ([_of_rounds(question, missing, unexplained)] if unexplained else [])


def reachable(question: Question) -> int:
    """The highest minimum that can be kept for everyone, up to the one that is asked."""
    low, high = 0, question.least
    while low < high:
        middle = (low + high + 1) // 2
        if least_missing(replace(question, least=middle)) == 0:
            low = middle
        else:
            high = middle - 1
    return low


def _pairs(question: Question) -> dict[str, list[str]]:
    """With which companies each student can talk at all."""
    own: dict[str, list[str]] = {one.code: [] for one in question.students}
    for student, company in dict.fromkeys((talk.student, talk.company) for talk in possible(question)):
        own[student].append(company)
    return own


def _of_one(question: Question, pairs: Mapping[str, list[str]]) -> list[Reason]:
    found = []
    for student in question.students:
        there = min(question.most, sum(number not in student.away for number in range(1, question.rounds + 1)))
        marked = len(pairs[student.code])
        if min(there, marked) < question.least:
            cause = Cause.FEW_MARKED if marked <= there else Cause.FEW_ROUNDS
            found.append(Reason(cause, (student.code,), tuple(pairs[student.code]), question.least, min(there, marked)))
    return found


def _of_groups(question: Question, pairs: Mapping[str, list[str]], need: Mapping[str, int]) -> list[Reason]:
    """Groups that Hall's condition fails for, from the cut that is nearest to the students."""
    students, companies = [one.code for one in question.students], [one.code for one in question.companies]
    room = {one.code: room_of(one, question.rounds) for one in question.companies}
    number = {code: at for at, code in enumerate((*students, *companies), start=1)}
    source, sink, size = 0, len(number) + 1, len(number) + 2
    edges = [(source, number[code], need[code]) for code in students if need[code]]
    edges += [(number[code], number[other], 1) for code in students for other in pairs[code]]
    edges += [(number[code], sink, room[code]) for code in companies]
    if not edges:
        return []
    rows, columns, capacities = (np.array(list(values), dtype=np.int32) for values in zip(*edges, strict=True))
    graph = csr_array((capacities, (rows, columns)), shape=(size, size))
    flow = maximum_flow(graph, source, sink).flow
    reached = _reached(csr_array(graph - flow), source)
    group = [code for code in students if number[code] in reached]
    full = {code for code in companies if number[code] in reached}
    return [
        reason
        for part in _parts(group, pairs, full)
        if (reason := _deficit(part, pairs, need, room, full)).missing > 0
    ]  # fmt: skip


def _reached(left: csr_array, start: int) -> set[int]:
    seen, waiting = {start}, [start]
    while waiting:
        at = waiting.pop()
        for where in range(left.indptr[at], left.indptr[at + 1]):
            target = int(left.indices[where])
            if left.data[where] > 0 and target not in seen:
                seen.add(target)
                waiting.append(target)
    return seen


def _parts(group: list[str], pairs: Mapping[str, list[str]], full: set[str]) -> list[list[str]]:
    """The group, parted into those that share no full company."""
    parts: list[tuple[list[str], set[str]]] = []
    for code in group:
        own = full.intersection(pairs[code])
        touching = [part for part in parts if part[1] & own]
        parts = [part for part in parts if part not in touching]
        members = [*(one for part in touching for one in part[0]), code]
        parts.append((members, own.union(*(part[1] for part in touching))))
    return [sorted(members) for members, _own in parts]


def _deficit(
    part: list[str], pairs: Mapping[str, list[str]], need: Mapping[str, int], room: Mapping[str, int], full: set[str]
) -> Reason:
    wanted = Counter(company for code in part for company in pairs[code])
    taken = sorted(full.intersection(wanted))
    elsewhere = sum(number for company, number in wanted.items() if company not in full)
    needed = sum(need[code] for code in part)
    return Reason(Cause.TABLES, tuple(part), tuple(taken), needed, sum(room[code] for code in taken) + elsewhere)


def _of_rounds(question: Question, missing: int, unexplained: int) -> Reason:
    """What neither one student nor a group explains: fixed talks, or rounds in which somebody is away."""
    free = replace(question, fixed=frozenset())
    cause = Cause.FIXED if question.fixed and least_missing(free) < missing else Cause.AWAY
    return Reason(cause, (), (), unexplained, 0)
