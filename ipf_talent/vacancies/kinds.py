"""Kinds of place, states, and the words for them."""

from enum import StrEnum

from ipf_talent.i18n import lazy


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
