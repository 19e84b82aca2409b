"""The life of a recognition: where it can stand, who may bring it from where to where, and what that asks."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ipf_talent.i18n import lazy

CHECK_AGAIN = timedelta(days=365)
"""How long after its check a verified recognition asks for another one; it does not expire (R3)."""

APPLY_URL = "https://www.s-bb.nl/bedrijven/erkenning/leerbedrijf-worden"
"""Where a company asks SBB for recognition; this address was looked up on `APPLY_SEEN_ON`."""
CONDITIONS_URL = "https://www.s-bb.nl/bedrijven/voorwaarden-erkenning/"
"""What SBB asks of a company."""
APPLY_SEEN_ON = date(2026, 11, 27)


class RecognitionStatus(StrEnum):
    """Where a recognition stands; before it is declared there is no row."""

    DECLARED = "declared"
    VERIFIED = "verified"
    REJECTED = "rejected"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    LAPSED = "lapsed"


class RecognitionSource(StrEnum):
    """How whoever checked it knows."""

    STAGEMARKT = "stagemarkt_viewed"
    PROOF = "company_proof"
    SCHOOL = "school_records"


class Side(StrEnum):
    """Who may make a move."""

    COMPANY = "company"
    """The managers of the company."""
    CHECKER = "checker"
    """A coordinator of a checked school, or platform administration; never for a company where they work."""


@dataclass(frozen=True)
class Move:
    """One step of the life of a recognition."""

    before: RecognitionStatus | None
    """None: it is not there yet."""
    after: RecognitionStatus
    side: Side


_S = RecognitionStatus
MOVES = (
    Move(None, _S.DECLARED, Side.COMPANY),
    Move(_S.REJECTED, _S.DECLARED, Side.COMPANY),
    Move(_S.REVOKED, _S.DECLARED, Side.COMPANY),
    Move(_S.LAPSED, _S.DECLARED, Side.COMPANY),
    Move(_S.DECLARED, _S.VERIFIED, Side.CHECKER),
    Move(_S.DECLARED, _S.REJECTED, Side.CHECKER),
    Move(_S.VERIFIED, _S.VERIFIED, Side.CHECKER),
    Move(_S.VERIFIED, _S.SUSPENDED, Side.CHECKER),
    Move(_S.VERIFIED, _S.REVOKED, Side.CHECKER),
    Move(_S.VERIFIED, _S.LAPSED, Side.CHECKER),
    Move(_S.SUSPENDED, _S.VERIFIED, Side.CHECKER),
    Move(_S.SUSPENDED, _S.REVOKED, Side.CHECKER),
    Move(_S.SUSPENDED, _S.LAPSED, Side.CHECKER),
)
"""All there are; verified to verified is a new check. A checker always names the source, and says why unless it is verified."""

LOST = frozenset({_S.SUSPENDED, _S.REVOKED, _S.LAPSED})
"""Reached from verified, these pause the places that depend on it and are told to the schools."""

RETRACTABLE = frozenset({_S.DECLARED, _S.REJECTED})
"""The company can take these away again: nothing ever depended on them."""


def decisions(status: RecognitionStatus) -> tuple[RecognitionStatus, ...]:
    """What a checker can make of a recognition that stands so."""
    return tuple(move.after for move in MOVES if move.before is status and move.side is Side.CHECKER)


def may_move(before: RecognitionStatus | None, after: RecognitionStatus, side: Side) -> bool:
    """Whether this side may take this step."""
    return Move(before, after, side) in MOVES


def asks_check(status: RecognitionStatus, checked_on: date | None, today: date) -> bool:
    """Whether somebody should look it up again: verified more than twelve months ago."""
    return status is _S.VERIFIED and (checked_on is None or today - checked_on > CHECK_AGAIN)


STATUS_LABELS = {
    _S.DECLARED: lazy("To check"),
    _S.VERIFIED: lazy("Recognised"),
    _S.REJECTED: lazy("Not recognised"),
    _S.SUSPENDED: lazy("Suspended"),
    _S.REVOKED: lazy("Revoked"),
    _S.LAPSED: lazy("Lapsed"),
}
SOURCE_LABELS = {
    RecognitionSource.STAGEMARKT: lazy("Looked up at SBB (Stagemarkt or MijnSBB)"),
    RecognitionSource.PROOF: lazy("The company showed proof"),
    RecognitionSource.SCHOOL: lazy("From the records of our school"),
}
DECISION_LABELS = {
    _S.VERIFIED: lazy("It is recognised for this qualification"),
    _S.REJECTED: lazy("It is not recognised for this qualification"),
    _S.SUSPENDED: lazy("SBB has suspended the recognition"),
    _S.REVOKED: lazy("SBB has revoked the recognition"),
    _S.LAPSED: lazy("The recognition has lapsed: four years without a student"),
}
