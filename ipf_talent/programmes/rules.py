"""What a rule of progression says to a reader; only a right is called a right (R19)."""

from enum import StrEnum

from ipf_talent.i18n import _, lazy, ngettext


class RuleKind(StrEnum):
    """By what right one passes from here to there (R19)."""

    RIGHT = "right"
    INSTITUTION_DECIDES = "institution_decides"
    VIA_BRIDGE = "via_bridge"
    RECOMMENDED_ELECTIVE = "recommended_elective"
    SHORTENED = "shortened"
    WORK = "work"


RULE_LABELS = {
    RuleKind.RIGHT: lazy("You have a right to admission"),
    RuleKind.INSTITUTION_DECIDES: lazy("The school decides"),
    RuleKind.VIA_BRIDGE: lazy("Via a bridge course"),
    RuleKind.RECOMMENDED_ELECTIVE: lazy("An elective helps, but is not required"),
    RuleKind.SHORTENED: lazy("A shorter route"),
    RuleKind.WORK: lazy("You apply for a job"),
}
RULE_CHOICES = RULE_LABELS | {
    RuleKind.RIGHT: lazy("There is a right to admission"),
    RuleKind.WORK: lazy("One applies for a job"),
}
"""The same for a school that writes a rule."""
MONTHS_MEANING = {
    "total": lazy("in total"),
    "added": lazy("extra"),
    "saved": lazy("shorter"),
}
"""What `Progression.months` counts."""


def months_text(months: int | None, meaning: str | None) -> str:
    """How long in words; empty where the source gives no time."""
    if months is None or meaning is None:
        return ""
    if months == 0:
        return "" if meaning == "total" else str(_("no extra time"))
    if meaning == "added":
        return str(ngettext("%(num)d month extra", "%(num)d months extra", months))
    if meaning == "saved":
        return str(ngettext("up to %(num)d month shorter", "up to %(num)d months shorter", months))
    return str(ngettext("%(num)d month in total", "%(num)d months in total", months))
