"""The pages of a posting: one thing each, in the order in which one fills them in."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from ipf_talent.i18n import lazy


class Task(StrEnum):
    """One page of the posting."""

    WHAT = "what"
    TEXT = "text"
    SKILLS = "skills"
    TARGET = "target"
    PERIOD = "period"
    PLACES = "places"
    PAY = "pay"
    GUIDANCE = "guidance"
    SAFETY = "safety"
    MORE = "more"
    TRANSLATION = "translation"


class TaskState(StrEnum):
    """How far a page is."""

    TODO = "todo"
    STARTED = "started"
    DONE = "done"
    OPTIONAL = "optional"


OPTIONAL = frozenset({Task.MORE, Task.TRANSLATION, Task.SKILLS})
SENSITIVE = frozenset({Task.TARGET, Task.PAY, Task.PLACES, Task.SAFETY})
"""Pages whose change in a published place is told to students who responded (4.2)."""
GROUPS: Mapping[Any, tuple[Task, ...]] = {
    lazy("The work"): (Task.WHAT, Task.TEXT, Task.SKILLS, Task.TARGET),
    lazy("Time and people"): (Task.PERIOD, Task.PLACES, Task.GUIDANCE),
    lazy("What you agree on"): (Task.PAY, Task.SAFETY),
    lazy("If you like"): (Task.MORE, Task.TRANSLATION),
}
LABELS = {
    Task.WHAT: lazy("Kind, level and address"),
    Task.TEXT: lazy("The text"),
    Task.SKILLS: lazy("Skills"),
    Task.TARGET: lazy("For which programmes"),
    Task.PERIOD: lazy("Period and hours"),
    Task.PLACES: lazy("Number of places and answers"),
    Task.PAY: lazy("Pay and costs"),
    Task.GUIDANCE: lazy("Guidance"),
    Task.SAFETY: lazy("Safety and requirements"),
    Task.MORE: lazy("More about the place"),
    Task.TRANSLATION: lazy("The text in another language"),
}
STATE_LABELS = {
    TaskState.TODO: lazy("Not started yet"),
    TaskState.STARTED: lazy("Something is missing"),
    TaskState.DONE: lazy("Completed"),
    TaskState.OPTIONAL: lazy("Optional"),
}


def following(task: Task) -> Task | None:
    """The next page in the order of filling in; None after the last one that is required."""
    order = [one for tasks in GROUPS.values() for one in tasks]
    place = order.index(task) + 1
    return order[place] if place < len(order) and order[place] not in (Task.MORE, Task.TRANSLATION) else None
