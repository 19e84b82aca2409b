"""What templates read the stored codes of a vacancy with."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from ipf_talent.i18n import lazy
from ipf_talent.organisations.kinds import LABELS as ORGANISATION_LABELS
from ipf_talent.programmes.filters import LANGUAGE_LABELS
from ipf_talent.programmes.levels import LEVEL_LABELS
from ipf_talent.skills.fields import LABELS as FIELD_LABELS
from ipf_talent.vacancies.filters import SORT_LABELS
from ipf_talent.vacancies.kinds import (
    AGREEMENT_LABELS,
    CONFIDENTIALITY_LABELS,
    EXPENSES_LABELS,
    FEATURE_LABELS,
    HYBRID_LABELS,
    KIND_LABELS,
    MINORS_LABELS,
    OWNERSHIP_LABELS,
    PER_LABELS,
    PLACING_LABELS,
    REQUIREMENT_LABELS,
    STATUS_LABELS,
    PlacingMode,
)
from ipf_talent.vacancies.models import Vacancy

PLACING_EXPLAINED = {
    PlacingMode.SCHOOL_PLACES: lazy("Your school arranges this. You say what you want to learn, and your school proposes you."),
    PlacingMode.COMPANY_CHOOSES: lazy("You respond yourself. The company talks with you and says yes or no, with a reason."),
    PlacingMode.EVENT: lazy("Students and companies meet at a matchmaking event. There you choose each other."),
}


class Way(StrEnum):
    """How a student comes to a place."""

    NONE = "none"
    """It is made up, at a company that exists: nobody is there to ask."""
    TRY = "try"
    """It and its company are made up, so that one can try how it goes."""
    HERE = "here"


def way_to(vacancy: Vacancy) -> Way:
    """How a student comes to this place; an existing company never gets responses to a place that it does not offer."""
    if not (vacancy.is_example or vacancy.company.is_example):
        return Way.HERE
    return Way.TRY if vacancy.company.is_example else Way.NONE


WORDS: Mapping[str, Mapping[Any, Any]] = {
    "kinds": KIND_LABELS,
    "levels": LEVEL_LABELS,
    "fields": FIELD_LABELS,
    "placing": PLACING_LABELS,
    "placing_explained": PLACING_EXPLAINED,
    "expenses": EXPENSES_LABELS,
    "minors": MINORS_LABELS,
    "statuses": STATUS_LABELS,
    "pers": PER_LABELS,
    "agreements": AGREEMENT_LABELS,
    "hybrids": HYBRID_LABELS,
    "confidentialities": CONFIDENTIALITY_LABELS,
    "ownerships": OWNERSHIP_LABELS,
    "requirements": REQUIREMENT_LABELS,
    "features": FEATURE_LABELS,
    "languages": LANGUAGE_LABELS,
    "sorts": SORT_LABELS,
    "organisations": ORGANISATION_LABELS,
}
