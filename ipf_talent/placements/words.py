"""What templates read stored codes of placements with."""

from collections.abc import Mapping
from typing import Any

from ipf_talent.i18n import lazy
from ipf_talent.placements.kinds import (
    AGREEMENT_LABELS,
    ASSIGNMENT_LABELS,
    DEED_LABELS,
    OUTCOME_LABELS,
    REASON_LABELS,
    SHEET_LABELS,
    STATUS_LABELS,
    TYPE_LABELS,
    WAY_LABELS,
    WHO_LABELS,
)
from ipf_talent.placements.workflow import EFFECT_LABELS, GUARD_LABELS
from ipf_talent.programmes.levels import LEVEL_LABELS
from ipf_talent.vacancies.kinds import KIND_LABELS

EVENT_LABELS = {
    "propose": lazy("The placement was proposed"),
    "approve": lazy("The school approved it"),
    "decline": lazy("The school did not approve it"),
    "prepare": lazy("The agreement is being prepared"),
    "send": lazy("The agreement was sent to be signed"),
    "redo": lazy("A new agreement is being made"),
    "sign": lazy("Everybody has signed"),
    "start": lazy("It has started"),
    "interrupt": lazy("It was interrupted"),
    "resume": lazy("It goes on"),
    "complete": lazy("It is completed"),
    "end_early": lazy("It ended early"),
    "cancel": lazy("It was cancelled before the start"),
    "change": lazy("The data were changed"),
    "draft": lazy("The words of the agreement were changed"),
    "check": lazy("The recognition was looked up"),
    "lost": lazy("The company lost its recognition"),
    "contract": lazy("The employment contract was seen"),
    "no_contract": lazy("The employment contract is not there"),
    "other_company": lazy("The leerbedrijf-ID has changed"),
    "signed_student": lazy("The student signed"),
    "signed_parent": lazy("A parent signed"),
    "signed_school": lazy("The school signed"),
    "signed_company": lazy("The company signed"),
    "replacement": lazy("It takes the place of an interrupted placement"),
    "amend": lazy("A changed sheet was sent"),
    "sheet_agreed": lazy("Agreed with the change"),
    "sheet_objected": lazy("Objected to the change"),
    "in_force": lazy("The changed sheet is in force"),
    "corrected": lazy("The changed sheet was withdrawn"),
    "left_as_it_was": lazy("The school leaves the agreement as it was"),
    "assignment_written": lazy("The assignment was written"),
    "assignment_in_review": lazy("The assignment went to the school"),
    "assignment_approved": lazy("The school approved the assignment"),
    "assignment_revise": lazy("The school asks to change the assignment"),
    "assignment_rejected": lazy("The school rejected the assignment"),
}
WORDS: Mapping[str, Mapping[Any, Any]] = {
    "agreements": AGREEMENT_LABELS,
    "assignments": ASSIGNMENT_LABELS,
    "deeds": DEED_LABELS,
    "effects": EFFECT_LABELS,
    "events": EVENT_LABELS,
    "guards": GUARD_LABELS,
    "kinds": KIND_LABELS,
    "levels": LEVEL_LABELS,
    "outcomes": OUTCOME_LABELS,
    "reasons": REASON_LABELS,
    "sheets": SHEET_LABELS,
    "states": STATUS_LABELS,
    "types": TYPE_LABELS,
    "ways": WAY_LABELS,
    "who": WHO_LABELS,
    "who_by": {one.value: label for one, label in WHO_LABELS.items()},
}
