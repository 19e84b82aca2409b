"""The life of a listing as one table: from where to where, by whom, and what must hold; how old its last check may be (AC-E7)."""

from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from ipf_talent.i18n import lazy

CHECK_AGAIN = timedelta(days=365)
"""How long after its last check a listing asks for another one."""
HIDDEN_AFTER = timedelta(days=548)
"""Eighteen months: who did not check it for so long is not shown in search, planner and matching."""


class ListingStatus(StrEnum):
    """Where a programme or one of its offerings stands."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    INACTIVE = "inactive"
    ARCHIVED = "archived"
    CANCELLED = "cancelled"


class Channel(StrEnum):
    """Where one applies; nobody enrols here."""

    CAMBO = "cambo"
    STUDIELINK = "studielink"
    OWN_SITE = "own_site"


class IntakeState(StrEnum):
    """What one can do with an intake on a day."""

    UPCOMING = "upcoming"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Actor(StrEnum):
    """Who can make a step."""

    SCHOOL = "school"
    """A programme manager of the school."""
    SECOND = "second"
    """Another programme manager of it than the one who handed it in."""
    PLATFORM = "platform"


class Guard(StrEnum):
    """What must hold for a step."""

    NONE = "none"
    COMPLETE = "complete"
    """All that a reader must know is filled in."""
    REASON = "reason"
    """Whoever does it says why."""
    FRESH = "fresh"
    """It is complete, and was checked within the last twelve months."""


class Step(NamedTuple):
    """One line of the table."""

    name: str
    source: ListingStatus
    target: ListingStatus
    who: Actor
    guard: Guard = Guard.NONE


_S, _A = ListingStatus, Actor
TABLE = (
    Step("submit", _S.DRAFT, _S.IN_REVIEW, _A.SCHOOL, Guard.COMPLETE),
    Step("withdraw", _S.IN_REVIEW, _S.DRAFT, _A.SCHOOL),
    Step("return", _S.IN_REVIEW, _S.DRAFT, _A.SECOND, Guard.REASON),
    Step("return", _S.IN_REVIEW, _S.DRAFT, _A.PLATFORM, Guard.REASON),
    Step("publish", _S.IN_REVIEW, _S.PUBLISHED, _A.SECOND, Guard.COMPLETE),
    Step("publish", _S.IN_REVIEW, _S.PUBLISHED, _A.PLATFORM, Guard.COMPLETE),
    Step("rest", _S.PUBLISHED, _S.INACTIVE, _A.SCHOOL),
    Step("resume", _S.INACTIVE, _S.PUBLISHED, _A.SCHOOL, Guard.FRESH),
    Step("archive", _S.INACTIVE, _S.ARCHIVED, _A.SCHOOL),
    *(Step("cancel", status, _S.CANCELLED, _A.SCHOOL) for status in (_S.IN_REVIEW, _S.PUBLISHED, _S.INACTIVE)),
)
"""Whatever is not in it cannot happen. Rows from the region's data begin as published; rows of an import begin in review."""

SEEN = frozenset({_S.PUBLISHED, _S.INACTIVE, _S.ARCHIVED, _S.CANCELLED})
"""States in which a page is there for everyone, be it to say that it is no longer offered."""
EDITABLE = frozenset({_S.DRAFT, _S.IN_REVIEW, _S.PUBLISHED, _S.INACTIVE})

STATUS_LABELS = {
    _S.DRAFT: lazy("Draft"),
    _S.IN_REVIEW: lazy("In review"),
    _S.PUBLISHED: lazy("Published"),
    _S.INACTIVE: lazy("Inactive"),
    _S.ARCHIVED: lazy("Archived"),
    _S.CANCELLED: lazy("Cancelled"),
}
CHANNEL_LABELS = {
    Channel.CAMBO: lazy("CAMBO (mbo)"),
    Channel.STUDIELINK: lazy("Studielink (hbo and university)"),
    Channel.OWN_SITE: lazy("The school's own site"),
}
INTAKE_LABELS = {
    IntakeState.UPCOMING: lazy("Not open yet"),
    IntakeState.OPEN: lazy("Open now"),
    IntakeState.CLOSED: lazy("Closed"),
    IntakeState.CANCELLED: lazy("Cancelled"),
}


def step(name: str, source: ListingStatus, who: Actor) -> Step | None:
    """The line of the table for a deed in a state, by somebody; None where it cannot be done."""
    return next((line for line in TABLE if (line.name, line.source, line.who) == (name, source, who)), None)


def deeds(source: ListingStatus, who: Actor) -> tuple[str, ...]:
    """What somebody can do in a state."""
    return tuple(line.name for line in TABLE if line.source is source and line.who is who)


def needs_check(checked_on: date | None, today: date) -> bool:
    """Whether somebody should look again whether it is still true: after twelve months, or where nobody ever did."""
    return checked_on is None or checked_on < today - CHECK_AGAIN


def shown_since(today: date) -> date:
    """The oldest day of a check with which a listing is still shown."""
    return today - HIDDEN_AFTER


def too_old(checked_on: date | None, today: date) -> bool:
    """Whether its last check is so old that it is hidden; where none is known the source itself speaks."""
    return checked_on is not None and checked_on < shown_since(today)


def intake_state(
    today: date, *, starts_on: date | None, apply_from: date | None, apply_until: date | None, cancelled: bool
) -> IntakeState:
    """
    What one can do with an intake; where no last day is named, one can apply until it starts.

    Args:
        starts_on: None where one can start at any time.
    """
    if cancelled:
        return IntakeState.CANCELLED
    last = apply_until or starts_on
    if last is not None and today > last:
        return IntakeState.CLOSED
    if apply_from is not None and today < apply_from:
        return IntakeState.UPCOMING
    return IntakeState.OPEN
