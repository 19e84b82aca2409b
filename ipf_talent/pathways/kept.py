"""A saved plan as one value: the same for a guest (in the signed session) and for a person with an account (in a row)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple, Self

from ipf_talent.i18n import lazy
from ipf_talent.pathways.question import Question

MOST = 3
"""Plans that one can keep."""
LONGEST_NAME = 80
"""Characters of a plan's name."""


class KeptLeg(NamedTuple):
    """A step as it was when the plan was saved: key of the stop, key of the way to follow it, and its first day."""

    stop: str
    option: str
    starts: date


@dataclass(frozen=True, slots=True)
class Kept:
    """
    A saved plan.

    Attributes:
        key: its name in addresses.
        version: raised with each change of its row; 0 for a guest.
    """

    key: str
    name: str
    question: Question
    legs: tuple[KeptLeg, ...]
    saved_on: date
    version: int = 0

    def as_json(self) -> list[Any]:
        """Plain values for the session, as short as can be: a cookie has little room."""
        return [self.key, self.name, self.question.address, legs_as_json(self.legs), self.saved_on.isoformat()]

    @classmethod
    def from_json(cls, values: Sequence[Any]) -> Self | None:
        """What `as_json` gave; None for anything else, since a session outlives a version of the code."""
        try:
            key, name, question, legs, saved_on = values
            return cls(str(key), str(name), question_of(question), legs_of(legs), date.fromisoformat(saved_on))
        except (TypeError, ValueError, AttributeError):
            return None


def question_of(values: Mapping[str, Any]) -> Question:
    """
    The question that a row or a session holds.

    Raises:
        ValueError: it is none.
    """
    return Question.from_address(values)


def legs_as_json(legs: Sequence[KeptLeg]) -> list[list[str]]:
    """Plain values of the steps."""
    return [[leg.stop, leg.option, leg.starts.isoformat()] for leg in legs]


def legs_of(values: Sequence[Sequence[str]]) -> tuple[KeptLeg, ...]:
    """
    What `legs_as_json` gave.

    Raises:
        ValueError: it is something else.
    """
    return tuple(KeptLeg(stop, option, date.fromisoformat(starts)) for stop, option, starts in values)


class SharePart(StrEnum):
    """What someone can show of a plan to others."""

    HERE = "here"
    GOAL = "goal"
    STEPS = "steps"
    COSTS = "costs"
    SKILLS = "skills"


PART_LABELS = {
    SharePart.HERE: lazy("Where I am now"),
    SharePart.GOAL: lazy("My goal"),
    SharePart.STEPS: lazy("The steps and their dates"),
    SharePart.COSTS: lazy("The costs"),
    SharePart.SKILLS: lazy("The skills that I learn"),
}
