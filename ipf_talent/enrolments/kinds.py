"""How far a school and a student have come with each other, and the words for it."""

from datetime import timedelta
from enum import StrEnum

from ipf_talent.i18n import lazy
from ipf_talent.vacancies.kinds import PlacingMode


class EnrolmentStatus(StrEnum):
    """Where an enrolment stands."""

    INVITED = "invited"
    """The school put the student on a list; nobody took the invitation yet."""
    CLAIMED = "claimed"
    """The student came with an account; the school still has to confirm programme and year."""
    CONFIRMED = "confirmed"
    ENDED = "ended"


STATUS_LABELS = {
    EnrolmentStatus.INVITED: lazy("Invited"),
    EnrolmentStatus.CLAIMED: lazy("To confirm"),
    EnrolmentStatus.CONFIRMED: lazy("Confirmed"),
    EnrolmentStatus.ENDED: lazy("Ended"),
}
HERE = frozenset(EnrolmentStatus) - {EnrolmentStatus.ENDED}
"""States of whoever is a student of the school now."""

WHO_PLACES = {
    PlacingMode.SCHOOL_PLACES: lazy("The school places"),
    PlacingMode.COMPANY_CHOOSES: lazy("Students respond to places"),
    PlacingMode.EVENT: lazy("At a matchmaking day"),
}
"""In few words, for coordinators."""

INVITATION_VALID = timedelta(days=60)
"""How long a student's invitation waits."""
