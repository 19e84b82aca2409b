"""The words that pages of rounds share."""

from ipf_talent.cohorts.criteria import USUAL
from ipf_talent.cohorts.rounds.kinds import (
    ANSWER_LABELS,
    CRITERION_LABELS,
    CRITERION_RULES,
    FAULT_LABELS,
    LIMIT_LABELS,
    OWN_WHY_LABELS,
    STATUS_LABELS,
    WHY_LABELS,
)
from ipf_talent.vacancies.kinds import KIND_LABELS

WORDS = {
    "statuses": STATUS_LABELS,
    "answers": ANSWER_LABELS,
    "criteria": CRITERION_LABELS,
    "rules": CRITERION_RULES,
    "limits": LIMIT_LABELS,
    "why": WHY_LABELS,
    "own_why": OWN_WHY_LABELS,
    "usual": [one.value for one in USUAL],
    "faults": FAULT_LABELS,
    "kinds": KIND_LABELS,
}
