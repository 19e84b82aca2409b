"""What a correction is about and how it stands, and the example students that read a place."""

from enum import StrEnum

from ipf_talent.i18n import lazy


class CorrectionKind(StrEnum):
    """What is read wrongly."""

    PLACE = "place"
    PROGRAMME = "programme"


class CorrectionAbout(StrEnum):
    """Which line of its sheet is wrong."""

    NOT_ASKED = "not_asked"
    MISSING = "missing"
    LEVEL = "level"
    OTHER = "other"


class CorrectionStatus(StrEnum):
    """Whether somebody has looked at it."""

    OPEN = "open"
    SETTLED = "settled"


class Example(StrEnum):
    """Which example student reads the place."""

    MUSTS = "musts"
    """Has exactly what is required, and wrote nothing."""
    STUDENT = "student"
    """Has learnt what the best preparing programme teaches, and wishes for a place like this."""


KIND_LABELS = {
    CorrectionKind.PLACE: lazy("Place"),
    CorrectionKind.PROGRAMME: lazy("Programme"),
}
ABOUT_LABELS = {
    CorrectionAbout.NOT_ASKED: lazy("A skill is named that does not belong here"),
    CorrectionAbout.MISSING: lazy("A skill is missing"),
    CorrectionAbout.LEVEL: lazy("The level is wrong"),
    CorrectionAbout.OTHER: lazy("Something else"),
}
STATUS_LABELS = {
    CorrectionStatus.OPEN: lazy("To look at"),
    CorrectionStatus.SETTLED: lazy("Settled"),
}
EXAMPLE_LABELS = {
    Example.MUSTS: lazy("Exactly the must-haves"),
    Example.STUDENT: lazy("An example student"),
}
