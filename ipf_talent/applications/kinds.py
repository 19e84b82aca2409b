"""States, deeds, reasons and what a student can show, with the words for them."""

from enum import StrEnum

from ipf_talent.i18n import lazy


class State(StrEnum):
    """Where a response stands."""

    DRAFT = "draft"
    SENT = "sent"
    IN_PROGRESS = "in_progress"
    INTERVIEW = "interview"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    LEARNING_WISH = "learning_wish"
    PROPOSED = "proposed"
    AGREED = "agreed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


ENDS = frozenset({State.REJECTED, State.RETURNED, State.WITHDRAWN, State.EXPIRED})
"""States after which nothing more comes of it."""
PLACED = frozenset({State.ACCEPTED, State.CONFIRMED})
"""States in which the student has the place."""
OPEN = frozenset(State) - ENDS - PLACED
"""States in which somebody still has to do something."""


class Who(StrEnum):
    """A side of a response."""

    STUDENT = "student"
    COMPANY = "company"
    SCHOOL = "school"
    SYSTEM = "system"


class Deed(StrEnum):
    """What moves a response on."""

    SEND = "send"
    TAKE_UP = "take_up"
    INVITE = "invite"
    OFFER = "offer"
    ACCEPT = "accept"
    WISH = "wish"
    PROPOSE = "propose"
    TURN_DOWN = "turn_down"
    AGREE = "agree"
    CONFIRM = "confirm"
    GIVE_BACK = "give_back"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"
    CLOSE = "close"
    LEAVE = "leave"
    END = "end"


class Reason(StrEnum):
    """Why it ended with no; the list of rule R5."""

    FULL = "full"
    LEARNING_GOAL = "learning_goal"
    PERIOD = "period"
    GUIDANCE = "guidance"
    OTHER_CANDIDATE = "other_candidate"
    MINOR_SAFETY = "minor_safety"
    OTHER = "other"


class Release(StrEnum):
    """What a student can show a company of themselves, a piece at a time."""

    MESSAGE = "message"
    NAME = "name"
    CONTACT = "contact"
    CV = "cv"


class Band(StrEnum):
    """How far a student travels, as the crow flies; never where from."""

    UNDER_10 = "under_10"
    UNDER_25 = "under_25"
    UNDER_50 = "under_50"
    OVER_50 = "over_50"


class ReportStatus(StrEnum):
    """Where a report of discrimination stands."""

    RECEIVED = "received"
    IN_PROGRESS = "in_progress"
    FORWARDED = "forwarded"
    SETTLED = "settled"


STATE_LABELS = {
    State.DRAFT: lazy("Draft"),
    State.SENT: lazy("Sent"),
    State.IN_PROGRESS: lazy("In progress"),
    State.INTERVIEW: lazy("Interview"),
    State.OFFERED: lazy("Offered"),
    State.ACCEPTED: lazy("Accepted"),
    State.LEARNING_WISH: lazy("Learning wish"),
    State.PROPOSED: lazy("Proposed"),
    State.AGREED: lazy("You agreed"),
    State.CONFIRMED: lazy("Confirmed"),
    State.REJECTED: lazy("Refused"),
    State.RETURNED: lazy("Returned to school"),
    State.WITHDRAWN: lazy("Withdrawn"),
    State.EXPIRED: lazy("Ended without an answer"),
}
PLAIN_STATES = STATE_LABELS | {State.AGREED: lazy("Student agreed")}
"""The same for who is not the student."""
WHO_LABELS = {
    Who.STUDENT: lazy("Student"),
    Who.COMPANY: lazy("Company"),
    Who.SCHOOL: lazy("School"),
    Who.SYSTEM: lazy("The site"),
}
DEED_LABELS = {
    Deed.SEND: lazy("send the response"),
    Deed.TAKE_UP: lazy("take it up"),
    Deed.INVITE: lazy("invite for a talk"),
    Deed.OFFER: lazy("offer the place"),
    Deed.ACCEPT: lazy("accept the place"),
    Deed.WISH: lazy("tell the school the learning wish"),
    Deed.PROPOSE: lazy("propose the student"),
    Deed.TURN_DOWN: lazy("say that it cannot be this place"),
    Deed.AGREE: lazy("agree"),
    Deed.CONFIRM: lazy("confirm"),
    Deed.GIVE_BACK: lazy("give the proposal back to the school"),
    Deed.REFUSE: lazy("refuse"),
    Deed.WITHDRAW: lazy("withdraw"),
    Deed.EXPIRE: lazy("end it, since nobody answered"),
    Deed.CLOSE: lazy("end it, since the place closed"),
    Deed.LEAVE: lazy("leave the site"),
    Deed.END: lazy("end it, since the placement has ended"),
}
REASON_LABELS = {
    Reason.FULL: lazy("The place is taken"),
    Reason.LEARNING_GOAL: lazy("It does not fit what you need to learn"),
    Reason.PERIOD: lazy("The period does not fit"),
    Reason.GUIDANCE: lazy("We cannot give enough guidance now"),
    Reason.OTHER_CANDIDATE: lazy("Another candidate was chosen"),
    Reason.MINOR_SAFETY: lazy("Not safe for somebody under 18"),
    Reason.OTHER: lazy("Another reason"),
}
RELEASE_LABELS = {
    Release.MESSAGE: lazy("Your message"),
    Release.NAME: lazy("Your name and programme"),
    Release.CONTACT: lazy("Your e-mail address"),
    Release.CV: lazy("Your CV"),
}
SHOWN_LABELS = {
    Release.MESSAGE: lazy("Message"),
    Release.NAME: lazy("Name and programme"),
    Release.CONTACT: lazy("E-mail address"),
    Release.CV: lazy("CV"),
}
BAND_LABELS = {
    Band.UNDER_10: lazy("less than 10 km"),
    Band.UNDER_25: lazy("10 to 25 km"),
    Band.UNDER_50: lazy("25 to 50 km"),
    Band.OVER_50: lazy("50 km or more"),
}
REPORT_LABELS = {
    ReportStatus.RECEIVED: lazy("Received"),
    ReportStatus.IN_PROGRESS: lazy("In progress"),
    ReportStatus.FORWARDED: lazy("Forwarded"),
    ReportStatus.SETTLED: lazy("Settled"),
}


def band_of(kilometres: float) -> Band:
    """The band that a distance falls in."""
    limits = ((10, Band.UNDER_10), (25, Band.UNDER_25), (50, Band.UNDER_50))
    return next((band for limit, band in limits if kilometres < limit), Band.OVER_50)
