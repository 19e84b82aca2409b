"""What templates read stored codes of responses with."""

from collections.abc import Mapping
from typing import Any

from ipf_talent.applications.kinds import (
    BAND_LABELS,
    DEED_LABELS,
    PLAIN_STATES,
    REASON_LABELS,
    RELEASE_LABELS,
    REPORT_LABELS,
    SHOWN_LABELS,
    STATE_LABELS,
    WHO_LABELS,
)
from ipf_talent.applications.workflow import EFFECT_LABELS, GUARD_LABELS
from ipf_talent.i18n import lazy

EVENT_LABELS = {
    "send": lazy("The response was sent"),
    "take_up": lazy("The company is looking at it"),
    "invite": lazy("The company asks for a talk"),
    "offer": lazy("The company offers the place"),
    "accept": lazy("The place is accepted"),
    "wish": lazy("The learning wish went to the school"),
    "propose": lazy("The school proposes the student"),
    "turn_down": lazy("The school says that it cannot be this place"),
    "agree": lazy("The student agrees"),
    "confirm": lazy("The company confirms"),
    "give_back": lazy("The company gives it back to the school"),
    "refuse": lazy("The company says no"),
    "withdraw": lazy("The student withdraws"),
    "expire": lazy("Nobody answered in 15 working days, so it ended"),
    "close": lazy("The place closed, so it ended"),
    "leave": lazy("The student left; the place is free again"),
    "release": lazy("Shown to the company"),
    "take_back": lazy("No longer shown to the company"),
    "seen": lazy("The company looked at it"),
    "ask": lazy("The company asks to see more"),
    "message": lazy("A message was written"),
    "remind_5": lazy("Reminder after 5 working days"),
    "remind_10": lazy("Reminder after 10 working days"),
    "late_answer": lazy("The company answered after all"),
    "consent_1": lazy("It may be kept for a year"),
    "no_consent": lazy("It may no longer be kept for a year"),
}
WORDS: Mapping[str, Mapping[Any, Any]] = {
    "bands": BAND_LABELS,
    "deeds": DEED_LABELS,
    "effects": EFFECT_LABELS,
    "events": EVENT_LABELS,
    "guards": GUARD_LABELS,
    "plain_states": PLAIN_STATES,
    "reasons": REASON_LABELS,
    "releases": RELEASE_LABELS,
    "reports": REPORT_LABELS,
    "shown": SHOWN_LABELS,
    "states": STATE_LABELS,
    "who": WHO_LABELS,
}
