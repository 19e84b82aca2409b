"""The life of a matchmaking day, as one table: from, deed, to. Services obey it and pages show its buttons."""

from dataclasses import dataclass
from enum import StrEnum

from ipf_talent.cohorts.days.kinds import DayStatus
from ipf_talent.i18n import lazy


class DayDeed(StrEnum):
    """What the organiser does with a day."""

    OPEN = "open"
    CLOSE = "close"
    REOPEN = "reopen"
    PUBLISH = "publish"
    FINISH = "finish"
    CANCEL = "cancel"


@dataclass(frozen=True)
class Step:
    """In these states this deed can be done; then the day stands there."""

    before: tuple[DayStatus, ...]
    deed: DayDeed
    after: DayStatus
    begun: bool = False
    """Whether it waits for the first round; otherwise it can be done only before that."""


_S, _D = DayStatus, DayDeed
STEPS = (
    Step((_S.DRAFT,), _D.OPEN, _S.OPEN),
    Step((_S.OPEN,), _D.CLOSE, _S.CLOSED),
    Step((_S.CLOSED,), _D.REOPEN, _S.OPEN),
    Step((_S.CLOSED, _S.PUBLISHED), _D.PUBLISH, _S.PUBLISHED),
    Step((_S.PUBLISHED,), _D.FINISH, _S.HELD, begun=True),
    Step((_S.OPEN, _S.CLOSED, _S.PUBLISHED), _D.CANCEL, _S.CANCELLED),
)
DEED_LABELS = {
    DayDeed.OPEN: lazy("Open the sign-up"),
    DayDeed.CLOSE: lazy("Close the sign-up"),
    DayDeed.REOPEN: lazy("Open the sign-up again"),
    DayDeed.PUBLISH: lazy("Publish the timetable"),
    DayDeed.FINISH: lazy("The day is over"),
    DayDeed.CANCEL: lazy("Cancel the day"),
}


def step(status: DayStatus, deed: DayDeed) -> Step | None:
    """The line for this deed, if there is one."""
    return next((one for one in STEPS if status in one.before and one.deed is deed), None)


def deeds(status: DayStatus, *, begun: bool) -> list[DayDeed]:
    """
    What can be done now, in the order of the table.

    Args:
        begun: whether the first round has begun.
    """
    return [one.deed for one in STEPS if status in one.before and one.begun is begun]
