"""How well a company answers: its rate, its median, and what repeated silence does to its places."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from statistics import median

PUBLIC_FROM = 5
"""So many responses must have been due before others see how a company answers."""

LOOKED_BACK = 90
"""Days that silence counts."""

SINKS_FROM, HIDES_FROM = 2, 4
"""Silences from which the places of a company stand last, and from which they are hidden."""


class Standing(IntEnum):
    """What silence does to the places of a company; `Organisation.silence` holds the number."""

    FINE = 0
    SINKS = 1
    HIDDEN = 2


@dataclass(frozen=True)
class Outcome:
    """
    One response that the company had to answer.

    Attributes:
        days: working days until its first answer; None when none came in time.
        in_time: whether the answer came on the promised day at the latest.
    """

    days: int | None
    in_time: bool = False


@dataclass(frozen=True)
class Answering:
    """How a company answers: `due` responses, of which `answered`, of which `in_time`; `median_days` in working days."""

    due: int
    answered: int
    in_time: int
    median_days: float | None

    @property
    def percent(self) -> int | None:
        """The share that was answered, in percent; None where nothing was due."""
        return round(100 * self.answered / self.due) if self.due else None

    @property
    def is_public(self) -> bool:
        """Whether there is enough to show it to everyone."""
        return self.due >= PUBLIC_FROM


def answering(outcomes: Sequence[Outcome]) -> Answering:
    """The figures over all that was due."""
    days = [one.days for one in outcomes if one.days is not None]
    return Answering(len(outcomes), len(days), sum(one.in_time for one in outcomes), median(days) if days else None)


def standing(silent: int, due: int) -> Standing:
    """
    What follows from silence in the last LOOKED_BACK days.

    Args:
        silent: responses that ended without an answer and were not answered late either.
        due: all that had to be answered in that time, the silent ones among them.
    """
    if silent >= HIDES_FROM and 2 * silent >= due:
        return Standing.HIDDEN
    return Standing.SINKS if silent >= SINKS_FROM and 4 * silent >= due else Standing.FINE


def to_answer(silent: int, due: int) -> int:
    """How many of the silent ones must be answered late before everything is fine again: the way back."""
    needed = 0
    while standing(silent - needed, due) is not Standing.FINE:
        needed += 1
    return needed
