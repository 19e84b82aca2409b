"""The life of a vacancy as one table: from where to where, by whom, and what must hold."""

from enum import StrEnum
from typing import NamedTuple

from ipf_talent.vacancies.kinds import VacancyStatus as S


class Actor(StrEnum):
    """Who can make a step."""

    COMPANY = "company"
    SYSTEM = "system"
    PLATFORM = "platform"


class Guard(StrEnum):
    """What must hold for a step."""

    NONE = "none"
    COMPLETE = "complete"
    """Every page of the posting is filled in."""
    CHECKED = "checked"
    """R1, R5, R7, R8 and R15 let it pass; of several crebos those that fail are left out and named."""
    FLAGGED = "flagged"
    """The company set a word aside that a rule does not allow, so a person looks."""
    RECOGNISED = "recognised"
    """At least one crebo that it is meant for is verified; kinds without a crebo always are."""
    ALL_TAKEN = "all_taken"
    PLACE_FREE = "place_free"
    TIME_OVER = "time_over"
    OLD = "old"
    """It closed 24 months ago."""


class Step(NamedTuple):
    """One line of the table."""

    name: str
    source: S
    target: S
    who: Actor
    guard: Guard = Guard.NONE


_C, _S, _P = Actor.COMPANY, Actor.SYSTEM, Actor.PLATFORM
TABLE = (
    Step("submit", S.DRAFT, S.IN_REVIEW, _C, Guard.COMPLETE),
    Step("publish", S.IN_REVIEW, S.PUBLISHED, _S, Guard.CHECKED),
    Step("approve", S.IN_REVIEW, S.PUBLISHED, _P, Guard.FLAGGED),
    Step("return", S.IN_REVIEW, S.DRAFT, _P),
    Step("withdraw", S.IN_REVIEW, S.DRAFT, _C),
    Step("pause", S.PUBLISHED, S.PAUSED, _C),
    Step("pause", S.PUBLISHED, S.PAUSED, _S),
    Step("resume", S.PAUSED, S.PUBLISHED, _C, Guard.RECOGNISED),
    Step("fill", S.PUBLISHED, S.FULL, _S, Guard.ALL_TAKEN),
    Step("reopen", S.FULL, S.PUBLISHED, _S, Guard.PLACE_FREE),
    *(Step("close", status, S.CLOSED, _C) for status in (S.IN_REVIEW, S.PUBLISHED, S.PAUSED, S.FULL)),
    *(Step("close", status, S.CLOSED, _S, Guard.TIME_OVER) for status in (S.PUBLISHED, S.PAUSED, S.FULL)),
    Step("archive", S.CLOSED, S.ARCHIVED, _S, Guard.OLD),
)
"""Whatever is not in it cannot happen."""


def step(name: str, source: S, who: Actor) -> Step | None:
    """The line of the table for a deed in a state, by somebody; None where it cannot be done."""
    return next((line for line in TABLE if (line.name, line.source, line.who) == (name, source, who)), None)


def deeds(source: S, who: Actor) -> tuple[str, ...]:
    """What somebody can do in a state, each once."""
    return tuple(dict.fromkeys(line.name for line in TABLE if line.source is source and line.who is who))
