"""The life of a round as one table, what a student answers, and the words for them and for criteria, limits and reasons."""

from dataclasses import dataclass
from enum import StrEnum

from ipf_talent.cohorts.assignment import Why
from ipf_talent.cohorts.checker import Fault
from ipf_talent.cohorts.criteria import Criterion, Limit
from ipf_talent.i18n import lazy


class RoundStatus(StrEnum):
    """Where a round stands."""

    DRAFT = "draft"
    WISHES = "wishes"
    COMPUTED = "computed"
    PROPOSED = "proposed"
    CLOSED = "closed"


class RoundDeed(StrEnum):
    """What moves a round on."""

    OPEN = "open"
    COMPUTE = "compute"
    REOPEN = "reopen"
    PUBLISH = "publish"
    CLOSE = "close"


class Answer(StrEnum):
    """What a student says to the proposal."""

    ACCEPTED = "accepted"
    DECLINED = "declined"


class WishWay(StrEnum):
    """How a student's list came about."""

    RANKED = "ranked"
    LEARNING = "learning"


@dataclass(frozen=True)
class RoundStep:
    """One line: the coordinator can do this in these states; then the round stands there."""

    before: tuple[RoundStatus, ...]
    deed: RoundDeed
    after: RoundStatus


_S, _D = RoundStatus, RoundDeed
STEPS = (
    RoundStep((_S.DRAFT,), _D.OPEN, _S.WISHES),
    RoundStep((_S.WISHES, _S.COMPUTED), _D.COMPUTE, _S.COMPUTED),
    RoundStep((_S.COMPUTED,), _D.REOPEN, _S.WISHES),
    RoundStep((_S.COMPUTED,), _D.PUBLISH, _S.PROPOSED),
    RoundStep((_S.WISHES, _S.COMPUTED, _S.PROPOSED), _D.CLOSE, _S.CLOSED),
)
SHOWN = frozenset({_S.PROPOSED, _S.CLOSED})
"""States in which students see what came out, if it was published."""
LOCKABLE = frozenset({_S.WISHES, _S.COMPUTED})
"""States in which a coordinator can fix a pair."""


def after(status: RoundStatus, deed: RoundDeed) -> RoundStatus | None:
    """Where a round stands after a deed; None where the table has no such line."""
    return next((one.after for one in STEPS if status in one.before and one.deed is deed), None)


STATUS_LABELS = {
    _S.DRAFT: lazy("Being prepared"),
    _S.WISHES: lazy("Students state their wishes"),
    _S.COMPUTED: lazy("Computed, not shown yet"),
    _S.PROPOSED: lazy("Proposed to the students"),
    _S.CLOSED: lazy("Closed"),
}
ANSWER_LABELS = {
    Answer.ACCEPTED: lazy("accepted"),
    Answer.DECLINED: lazy("declined"),
}
CRITERION_LABELS = {
    Criterion.PROGRAMME: lazy("Own qualification first"),
    Criterion.LEVEL: lazy("Own level first"),
    Criterion.YEAR: lazy("The asked year, or further, first"),
    Criterion.NEAR: lazy("Who lives nearer first"),
    Criterion.AGREED: lazy("Agreed before first"),
}
CRITERION_RULES = {
    Criterion.PROGRAMME: lazy(
        "The place names the qualification (crebo) or field of the student's programme, as the school confirmed it."
    ),
    Criterion.LEVEL: lazy("The level of the place is the level of the student's programme."),
    Criterion.YEAR: lazy("The student is in the year that the place asks, or further. Without an asked year all stand equal."),
    Criterion.NEAR: lazy("In bands as the crow flies: up to 10, 25 and 50 kilometres, then further or not known."),
    Criterion.AGREED: lazy("The company offered or confirmed this place to the student on this site before the round began."),
}
LIMIT_LABELS = {
    Limit.RECOGNITION: lazy("The place is not meant for the qualification, or its workplace is not recognised for it."),
    Limit.MINOR: lazy("The place is from 18 years on the first day, for safety."),
    Limit.WEEKS: lazy("The place has fewer weeks in the period than the round asks."),
    Limit.TRAVEL: lazy("It is further away than the school noted for travel, or than the round allows."),
    Limit.ADJUSTMENTS: lazy("It does not offer the guidance that was arranged with the school."),
}
WHY_LABELS = {
    Why.BARRED: lazy("A hard limit:"),
    Why.NO_SEATS: lazy("No seat was left: the coordinator had given them beforehand."),
    Why.HIGHER_CLASS: lazy("Full. Everybody who got it goes before by the facts named beforehand."),
    Why.TIE_LOST: lazy("Full. This student and the last one who got it stand equal; the lottery decided."),
}
OWN_WHY_LABELS = WHY_LABELS | {
    Why.TIE_LOST: lazy("Full. You and the last one who got it stand equal; the lottery decided."),
}
"""The same, said to the student."""
FAULT_LABELS = {
    Fault.EMPTY: lazy("This file is empty."),
    Fault.TOO_LARGE: lazy("This file is larger than 4 MB; a certificate is smaller."),
    Fault.UNREADABLE: lazy("This is not a certificate: it is no JSON."),
    Fault.SHAPE: lazy("This is JSON, but not a certificate of a round, or a part of it is missing."),
    Fault.HASH: lazy("The input is not the one that the certificate names: somebody changed it."),
    Fault.SEED: lazy("The seed is not the one that was committed to before the wishes closed."),
    Fault.STRANGER: lazy("Somebody, or a place, that is not in the input got a pair, or got two."),
    Fault.NOT_WISHED: lazy("Somebody got a place that is not on their list, without being locked to it."),
    Fault.BARRED: lazy("Somebody got a place that a hard limit forbids them."),
    Fault.SEATS: lazy("A place got more students than it has seats."),
    Fault.LOCK: lazy("A locked pair is not among the pairs."),
    Fault.BLOCKING: lazy("A student and a place would both rather have each other."),
    Fault.COUNTS: lazy("The counts do not fit what stands in it."),
}
