"""States of a matchmaking day, what is marked before it and said after it, and the words for them."""

from enum import StrEnum

from ipf_talent.i18n import lazy


class DayStatus(StrEnum):
    """Where a matchmaking day stands."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"
    HELD = "held"
    CANCELLED = "cancelled"


class Mark(StrEnum):
    """What a student marks a company with before the day."""

    YES = "yes"
    MAYBE = "maybe"


class Outcome(StrEnum):
    """What one side says after a talk."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


INTERESTED = frozenset({Outcome.YES, Outcome.MAYBE})
"""Outcomes that make a response, where both sides say one of them."""
SHOWN = frozenset(DayStatus) - {DayStatus.DRAFT}
"""States in which everyone can see the day."""
PLANNABLE = frozenset({DayStatus.OPEN, DayStatus.CLOSED, DayStatus.PUBLISHED})
"""States in which a plan can be tried."""
WITH_TIMETABLE = frozenset({DayStatus.PUBLISHED, DayStatus.HELD})

STATUS_LABELS = {
    DayStatus.DRAFT: lazy("Draft"),
    DayStatus.OPEN: lazy("Sign-up is open"),
    DayStatus.CLOSED: lazy("Sign-up is closed"),
    DayStatus.PUBLISHED: lazy("Timetable published"),
    DayStatus.HELD: lazy("Held"),
    DayStatus.CANCELLED: lazy("Cancelled"),
}
MARK_LABELS = {Mark.YES: lazy("Yes"), Mark.MAYBE: lazy("Maybe")}
OUTCOME_LABELS = {Outcome.YES: lazy("Yes"), Outcome.MAYBE: lazy("Maybe"), Outcome.NO: lazy("No")}
