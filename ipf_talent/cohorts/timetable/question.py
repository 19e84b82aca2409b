"""What is asked of a timetable and what it answers: students, companies, talks in rounds. Codes stand for all of them; pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple


class Interest(IntEnum):
    """What a student thinks of a company that looks for somebody like them."""

    OPEN = 0
    """Not marked; the student lets us fill up with it where the minimum needs it."""
    MAYBE = 1
    YES = 2


class Talk(NamedTuple):
    """A talk in one round; rounds count from 1."""

    student: str
    company: str
    round: int


@dataclass(frozen=True)
class Student:
    """A student: which companies may be talked with, and in which rounds they are not there."""

    code: str
    interests: Mapping[str, Interest]
    away: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Company:
    """A company: at how many tables it talks at once, how many talks it wants at most, and when it is not there."""

    code: str
    tables: int = 1
    talks: int | None = None
    away: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Question:
    """What is asked of a plan."""

    rounds: int
    least: int
    """Talks that are guaranteed to every student."""
    most: int
    """Talks that a student has at most."""
    students: tuple[Student, ...]
    companies: tuple[Company, ...]
    fixed: frozenset[Talk] = frozenset()
    """Talks that must be in the plan."""
    former: frozenset[Talk] = frozenset()
    """Talks of the plan before; they stay where they are as far as that is possible."""


@dataclass(frozen=True)
class Plan:
    """The best timetable there is."""

    talks: tuple[Talk, ...]
    """By round, company and student."""
    short: Mapping[str, int] = field(default_factory=dict)
    """How many talks of the minimum a student misses, for those who miss any."""
    wished: int = 0
    """Talks that both sides wish."""
    yes: int = 0
    """Those among them that the student marked with yes."""
    kept: int = 0
    """Talks of the former plan that stayed."""
