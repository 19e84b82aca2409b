"""Kinds of place, states, and the words for them."""

from collections.abc import Mapping
from enum import StrEnum

from ipf_talent.i18n import lazy
from ipf_talent.programmes.levels import Level


class VacancyKind(StrEnum):
    """What kind of place it is."""

    BOL_INTERNSHIP = "bol_internship"
    BBL_APPRENTICESHIP = "bbl_apprenticeship"
    HBO_INTERNSHIP = "hbo_internship"
    HBO_GRADUATION = "hbo_graduation"
    WO_INTERNSHIP = "wo_internship"
    WO_DESIGN = "wo_design"
    WO_THESIS = "wo_thesis"
    DUAL = "dual"
    ENGD_POSITION = "engd_position"
    ORIENTATION = "orientation"
    PRACTICE_CERTIFICATE = "practice_certificate"


class VacancyStatus(StrEnum):
    """Where a vacancy stands."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    PAUSED = "paused"
    FULL = "full"
    CLOSED = "closed"
    ARCHIVED = "archived"


class PlacingMode(StrEnum):
    """Who brings student and place together (R4)."""

    SCHOOL_PLACES = "school_places"
    COMPANY_CHOOSES = "company_chooses"
    EVENT = "event"


class Expenses(StrEnum):
    """Whether a student's costs are covered (R7)."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Minors(StrEnum):
    """Whether someone under 18 can take the place, for safety only (R8)."""

    YES = "yes"
    WITH_SUPERVISION = "with_supervision"
    NO = "no"


class Hybrid(StrEnum):
    """How much of the work can be done from home."""

    NEVER = "never"
    PARTLY = "partly"
    """At most half of it."""
    FULLY = "fully"


class AllowancePer(StrEnum):
    """What an amount is paid for."""

    MONTH = "month"
    WEEK = "week"
    HOUR = "hour"


class CollectiveAgreement(StrEnum):
    """The agreement that a wage follows."""

    METALEKTRO = "metalektro"
    METAAL_TECHNIEK = "metaal_techniek"
    OTHER = "other"
    NONE = "none"


class Confidentiality(StrEnum):
    """What may be told of the work (R12)."""

    NONE = "none"
    READABLE = "readable"
    """An agreement that lets the examiner read the work."""
    TALK = "talk"


class Ownership(StrEnum):
    """Whose the result is (R12)."""

    STUDENT = "student"
    SEPARATE_TRANSFER = "separate_transfer"
    COMPANY = "company"


class RequirementKind(StrEnum):
    """What may be asked beside skills, each for a reason that lies in the work (R5)."""

    CONDUCT = "conduct"
    SAFETY = "safety"
    LICENCE = "licence"
    SCREENING = "screening"
    LANGUAGE = "language"


class Feature(StrEnum):
    """What makes a place easier to take."""

    MORE_GUIDANCE = "more_guidance"
    ACCESSIBLE = "accessible"
    PERMANENT_JOB = "permanent_job"
    MBO_CERTIFICATE = "mbo_certificate"
    PRACTICE_STATEMENT = "practice_statement"


LANGUAGE_LEVELS = ("A2", "B1", "B2", "C1")
_K, _L = VacancyKind, Level
MBO = frozenset({_K.BOL_INTERNSHIP, _K.BBL_APPRENTICESHIP, _K.PRACTICE_CERTIFICATE})
"""Kinds for which the workplace must be recognised for the crebo (R1)."""
HBO = frozenset({_K.HBO_INTERNSHIP, _K.HBO_GRADUATION})
WO = frozenset({_K.WO_INTERNSHIP, _K.WO_DESIGN, _K.WO_THESIS})
WAGED = frozenset({_K.BBL_APPRENTICESHIP, _K.ENGD_POSITION})
"""Kinds with a wage and a contract, where an allowance is not asked (R7, R15)."""
_MBO_LEVELS = (_L.MBO_1, _L.MBO_2, _L.MBO_3, _L.MBO_4)
LEVELS_OF: Mapping[VacancyKind, tuple[Level, ...]] = {
    _K.BOL_INTERNSHIP: _MBO_LEVELS,
    _K.BBL_APPRENTICESHIP: _MBO_LEVELS,
    _K.PRACTICE_CERTIFICATE: (*_MBO_LEVELS, _L.NONE),
    _K.HBO_INTERNSHIP: (_L.AD, _L.HBO_BACHELOR),
    _K.HBO_GRADUATION: (_L.AD, _L.HBO_BACHELOR),
    _K.WO_INTERNSHIP: (_L.WO_BACHELOR, _L.MASTER),
    _K.WO_DESIGN: (_L.WO_BACHELOR, _L.MASTER, _L.ENGD_PHD),
    _K.WO_THESIS: (_L.WO_BACHELOR, _L.MASTER),
    _K.DUAL: (_L.AD, _L.HBO_BACHELOR, _L.MASTER),
    _K.ENGD_POSITION: (_L.ENGD_PHD,),
    _K.ORIENTATION: tuple(_L),
}
"""The levels that go with each kind; the usual one of a kind with several is chosen on the page."""
KIND_LABELS = {
    VacancyKind.BOL_INTERNSHIP: lazy("mbo internship (bol)"),
    VacancyKind.BBL_APPRENTICESHIP: lazy("apprenticeship (bbl)"),
    VacancyKind.HBO_INTERNSHIP: lazy("hbo internship"),
    VacancyKind.HBO_GRADUATION: lazy("hbo graduation project"),
    VacancyKind.WO_INTERNSHIP: lazy("university internship"),
    VacancyKind.WO_DESIGN: lazy("university design project"),
    VacancyKind.WO_THESIS: lazy("university thesis project"),
    VacancyKind.DUAL: lazy("dual place (work and study)"),
    VacancyKind.ENGD_POSITION: lazy("EngD position"),
    VacancyKind.ORIENTATION: lazy("orientation"),
    VacancyKind.PRACTICE_CERTIFICATE: lazy("practice certificate"),
}
PLACING_LABELS = {
    PlacingMode.SCHOOL_PLACES: lazy("Your school places you"),
    PlacingMode.COMPANY_CHOOSES: lazy("You respond to the company"),
    PlacingMode.EVENT: lazy("At a matchmaking event"),
}
EXPENSES_LABELS = {
    Expenses.YES: lazy("Costs are covered"),
    Expenses.PARTLY: lazy("Costs are partly covered"),
    Expenses.NO: lazy("Costs are not covered"),
}
MINORS_LABELS = {
    Minors.YES: lazy("Open to people under 18"),
    Minors.WITH_SUPERVISION: lazy("Open to people under 18 with supervision"),
    Minors.NO: lazy("From 18 years, for safety"),
}
STATUS_LABELS = {
    VacancyStatus.DRAFT: lazy("Draft"),
    VacancyStatus.IN_REVIEW: lazy("In review"),
    VacancyStatus.PUBLISHED: lazy("Published"),
    VacancyStatus.PAUSED: lazy("Paused"),
    VacancyStatus.FULL: lazy("Full"),
    VacancyStatus.CLOSED: lazy("Closed"),
    VacancyStatus.ARCHIVED: lazy("Archived"),
}
HYBRID_LABELS = {
    Hybrid.NEVER: lazy("Always at the company"),
    Hybrid.PARTLY: lazy("Partly from home, at most half"),
    Hybrid.FULLY: lazy("All of it can be done from home"),
}
PER_LABELS = {
    AllowancePer.MONTH: lazy("a month"),
    AllowancePer.WEEK: lazy("a week"),
    AllowancePer.HOUR: lazy("an hour"),
}
AGREEMENT_LABELS = {
    CollectiveAgreement.METALEKTRO: lazy("Metalektro"),
    CollectiveAgreement.METAAL_TECHNIEK: lazy("Metaal en Techniek"),
    CollectiveAgreement.OTHER: lazy("Another collective agreement"),
    CollectiveAgreement.NONE: lazy("No collective agreement"),
}
CONFIDENTIALITY_LABELS = {
    Confidentiality.NONE: lazy("Nothing has to stay secret"),
    Confidentiality.READABLE: lazy("An agreement that lets the school read and assess the work"),
    Confidentiality.TALK: lazy("We agree on it together before the start"),
}
OWNERSHIP_LABELS = {
    Ownership.STUDENT: lazy("The student owns the result"),
    Ownership.SEPARATE_TRANSFER: lazy("The student hands it over in a separate, signed agreement"),
    Ownership.COMPANY: lazy("The company owns it, as with any employee"),
}
REQUIREMENT_LABELS = {
    RequirementKind.CONDUCT: lazy("Certificate of conduct (VOG)"),
    RequirementKind.SAFETY: lazy("Safety certificate (VCA)"),
    RequirementKind.LICENCE: lazy("Driving licence"),
    RequirementKind.SCREENING: lazy("Screening"),
    RequirementKind.LANGUAGE: lazy("A language at a level"),
}
FEATURE_LABELS = {
    Feature.MORE_GUIDANCE: lazy("Guidance for whoever needs more of it"),
    Feature.ACCESSIBLE: lazy("Accessible with a wheelchair"),
    Feature.PERMANENT_JOB: lazy("A job afterwards is possible"),
    Feature.MBO_CERTIFICATE: lazy("An mbo certificate can be earned"),
    Feature.PRACTICE_STATEMENT: lazy("A practice statement can be earned"),
}
