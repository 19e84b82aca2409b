"""
From chosen pairs to rounds, where everybody is there all day and nothing is fixed.

A bipartite multigraph whose degrees are at most `rounds` can be coloured with that many rounds (König 1916). Here every student has
at most that many talks, and the talks of a company are dealt out to its tables, each at most that many; so a free round is found
for each talk in turn, by swapping two rounds along a chain of talks where student and table have no free one in common.
"""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple


class Edge(NamedTuple):
    """A chosen talk: the student, and the table at which it takes place."""

    student: str
    company: str
    table: int

    @property
    def ends(self) -> tuple[tuple[str, int], tuple[str, int]]:
        """Both ends, told apart from each other whatever the codes are."""
        return ((self.student, -1), (self.company, self.table))


def coloured(pairs: Iterable[tuple[str, str]], rounds: int) -> list[tuple[str, str, int]]:
    """
    A round for each pair of student and company, 1 to `rounds`; no student and no table twice in one.

    Args:
        pairs: each once; at most `rounds` for a student, and `rounds` for each table of a company.
    """
    dealt: Counter[str] = Counter()
    edges: list[Edge] = []
    held: dict[tuple[str, int], dict[int, int]] = {}
    for student, company in sorted(pairs):
        edge = Edge(student, company, dealt[company] // rounds)
        dealt[company] += 1
        edges.append(edge)
        for end in edge.ends:
            held.setdefault(end, {})
    for index, edge in enumerate(edges):
        mine, theirs = (next(n for n in range(1, rounds + 1) if n not in held[end]) for end in edge.ends)
        if mine != theirs:
            _swap(edges, held, edge.ends[1], mine, theirs)
        for end in edge.ends:
            held[end][mine] = index
    return [(edge.student, edge.company, _round(held[edge.ends[0]], index)) for index, edge in enumerate(edges)]


def _round(own: dict[int, int], index: int) -> int:
    return next(number for number, held in own.items() if held == index)


def _swap(edges: list[Edge], held: dict[tuple[str, int], dict[int, int]], start: tuple[str, int], one: int, other: int) -> None:
    """Exchange two rounds along the chain that leaves `start` in round `one`; it never comes back to where it began."""
    at, number = start, one
    chain: list[tuple[int, int]] = []
    while number in held[at]:
        index = held[at][number]
        chain.append((index, number))
        first, second = edges[index].ends
        at, number = (second if first == at else first), one + other - number
    for index, was in chain:
        for end in edges[index].ends:
            if held[end].get(was) == index:
                del held[end][was]
    for index, was in chain:
        for end in edges[index].ends:
            held[end][one + other - was] = index
