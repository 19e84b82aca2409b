"""What a placement still lacks before it can be completed: hours, three contact moments, a decision of the school."""

from collections.abc import Collection
from enum import StrEnum

from ipf_talent.i18n import lazy
from ipf_talent.placements.guidance.kinds import FINAL, REQUIRED, Decision, MomentKind


class Missing(StrEnum):
    """One thing that is not there yet."""

    HOURS = "hours"
    START = "start"
    MID = "mid"
    END = "end"
    DECISION = "decision"
    RESIT = "resit"


MISSING_LABELS = {
    Missing.HOURS: lazy("Not all hours are approved"),
    Missing.START: lazy("There was no start talk"),
    Missing.MID: lazy("There was no talk halfway"),
    Missing.END: lazy("There was no end talk"),
    Missing.DECISION: lazy("The school has not decided on the assessment at the end"),
    Missing.RESIT: lazy("The assessment at the end has to be done again"),
}


def missing(*, approved: int, total: int, held: Collection[MomentKind], decision: Decision | None) -> list[Missing]:
    """
    What is missing, in the order in which it happens; an empty list means that all is there.

    Args:
        approved: minutes that count.
        total: minutes that were agreed on.
        held: the contact moments that took place.
        decision: the newest one on the assessment at the end.
    """
    found = [Missing.HOURS] if approved < total else []
    found += [Missing(kind.value) for kind in REQUIRED if kind not in held]
    if decision not in FINAL:
        found.append(Missing.RESIT if decision is Decision.RESIT else Missing.DECISION)
    return found
