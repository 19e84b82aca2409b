"""States, deeds, reasons, parties and kinds of agreement, with the words for them."""

from enum import StrEnum

from ipf_talent.i18n import lazy


class PlacementStatus(StrEnum):
    """Where a placement stands."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    DECLINED = "declined"
    PREPARING_AGREEMENT = "preparing_agreement"
    AWAITING_SIGNATURES = "awaiting_signatures"
    SIGNED = "signed"
    RUNNING = "running"
    INTERRUPTED = "interrupted"
    COMPLETED = "completed"
    ENDED_EARLY = "ended_early"
    CANCELLED = "cancelled"


_S = PlacementStatus
LIVE = frozenset(
    {
        _S.PROPOSED,
        _S.APPROVED,
        _S.PREPARING_AGREEMENT,
        _S.AWAITING_SIGNATURES,
        _S.SIGNED,
        _S.RUNNING,
        _S.INTERRUPTED,
    }
)
"""States in which the student holds a place."""
COUNTED = LIVE - {_S.PROPOSED}
"""States that count when places are added up (R22)."""
GUIDED = COUNTED - {_S.INTERRUPTED}
"""States in which somebody at the company guides the student now, or will (R22)."""
BEFORE_START = frozenset({_S.PROPOSED, _S.APPROVED, _S.PREPARING_AGREEMENT, _S.AWAITING_SIGNATURES, _S.SIGNED})
STARTED = frozenset({_S.RUNNING, _S.INTERRUPTED})
ENDS = frozenset({_S.DECLINED, _S.COMPLETED, _S.ENDED_EARLY, _S.CANCELLED})
"""States after which nothing more comes of it."""


class Deed(StrEnum):
    """What moves a placement on."""

    APPROVE = "approve"
    DECLINE = "decline"
    PREPARE = "prepare"
    SEND = "send"
    REDO = "redo"
    SIGN = "sign"
    START = "start"
    INTERRUPT = "interrupt"
    RESUME = "resume"
    COMPLETE = "complete"
    END_EARLY = "end_early"
    CANCEL = "cancel"


class Who(StrEnum):
    """A side of a placement."""

    STUDENT = "student"
    PARENT = "parent"
    COMPANY = "company"
    SCHOOL = "school"
    SYSTEM = "system"


PARTIES = (Who.STUDENT, Who.PARENT, Who.SCHOOL, Who.COMPANY)
"""Who can be asked to sign."""


class Reason(StrEnum):
    """Why a placement was declined, interrupted, cancelled or ended early."""

    STUDENT = "student"
    COMPANY = "company"
    SCHOOL = "school"
    UNSAFE = "unsafe"
    RECOGNITION = "recognition"
    JOB_ENDED = "job_ended"
    ILLNESS = "illness"
    RELEVANCE = "relevance"
    GUIDANCE = "guidance"
    OTHER = "other"


END_REASONS = (
    Reason.STUDENT,
    Reason.COMPANY,
    Reason.SCHOOL,
    Reason.UNSAFE,
    Reason.RECOGNITION,
    Reason.JOB_ENDED,
    Reason.OTHER,
)
PAUSE_REASONS = (Reason.ILLNESS, Reason.RECOGNITION, Reason.COMPANY, Reason.JOB_ENDED, Reason.UNSAFE, Reason.OTHER)
DECLINE_REASONS = (Reason.RECOGNITION, Reason.RELEVANCE, Reason.UNSAFE, Reason.GUIDANCE, Reason.SCHOOL, Reason.OTHER)
CANCEL_REASONS = (Reason.STUDENT, Reason.COMPANY, Reason.SCHOOL, Reason.RECOGNITION, Reason.OTHER)


class CheckOutcome(StrEnum):
    """What a person at school found when looking the recognition up (R2); nothing else of SBB is kept."""

    RECOGNISED = "recognised"
    NOT_RECOGNISED = "not_recognised"


class AgreementType(StrEnum):
    """Which agreement a placement asks."""

    POK_BOL = "pok_bol"
    POK_BBL = "pok_bbl"
    POK_OPTIONAL = "pok_optional"
    PRACTICE_CERTIFICATE = "practice_certificate"
    INTERNSHIP = "internship"
    THREE_PARTY_NON_EU = "three_party_non_eu"


class AgreementStatus(StrEnum):
    """Where an agreement stands."""

    DRAFT = "draft"
    SENT = "sent"
    PARTLY_SIGNED = "partly_signed"
    SIGNED = "signed"
    EXPIRED = "expired"
    DISSOLVED = "dissolved"
    VOID = "void"


OPEN_AGREEMENT = frozenset({AgreementStatus.DRAFT, AgreementStatus.SENT, AgreementStatus.PARTLY_SIGNED, AgreementStatus.SIGNED})
"""States of the one agreement that holds; the others are history."""


class SheetStatus(StrEnum):
    """Where a sheet of an agreement stands."""

    SENT = "sent"
    IN_FORCE = "in_force"
    CORRECTED = "corrected"


class SignedIn(StrEnum):
    """Where the agreement was signed."""

    PLATFORM = "platform"
    PAPER = "paper"
    SCHOOL_SYSTEM = "school_system"
    MIXED = "mixed"


class SigningWay(StrEnum):
    """How one party signed."""

    CLICK = "click"
    SCAN = "scan"
    SCHOOL_SYSTEM = "school_system"


class Answer(StrEnum):
    """What a party says of a changed sheet."""

    AGREED = "agreed"
    OBJECTED = "objected"


class AssignmentStatus(StrEnum):
    """Where the assignment of an hbo or university student stands (4.4)."""

    PROPOSED = "proposed"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    REVISE = "revise"
    REJECTED = "rejected"


STATUS_LABELS = {
    _S.PROPOSED: lazy("Proposed placement"),
    _S.APPROVED: lazy("Approved"),
    _S.DECLINED: lazy("Not approved"),
    _S.PREPARING_AGREEMENT: lazy("Preparing the agreement"),
    _S.AWAITING_SIGNATURES: lazy("Awaiting signatures"),
    _S.SIGNED: lazy("Signed"),
    _S.RUNNING: lazy("Running"),
    _S.INTERRUPTED: lazy("Interrupted"),
    _S.COMPLETED: lazy("Completed"),
    _S.ENDED_EARLY: lazy("Ended early"),
    _S.CANCELLED: lazy("Cancelled"),
}
WHO_LABELS = {
    Who.STUDENT: lazy("Student"),
    Who.PARENT: lazy("Parent"),
    Who.COMPANY: lazy("Company"),
    Who.SCHOOL: lazy("School"),
    Who.SYSTEM: lazy("The site"),
}
DEED_LABELS = {
    Deed.APPROVE: lazy("approve the placement"),
    Deed.DECLINE: lazy("not approve it"),
    Deed.PREPARE: lazy("prepare the agreement"),
    Deed.SEND: lazy("send the agreement to be signed"),
    Deed.REDO: lazy("make a new agreement"),
    Deed.SIGN: lazy("complete the signatures"),
    Deed.START: lazy("start"),
    Deed.INTERRUPT: lazy("interrupt it"),
    Deed.RESUME: lazy("go on"),
    Deed.COMPLETE: lazy("complete it"),
    Deed.END_EARLY: lazy("end it early"),
    Deed.CANCEL: lazy("cancel it before the start"),
}
REASON_LABELS = {
    Reason.STUDENT: lazy("The student stops"),
    Reason.COMPANY: lazy("The company stops"),
    Reason.SCHOOL: lazy("The school stops it"),
    Reason.UNSAFE: lazy("It is not safe there"),
    Reason.RECOGNITION: lazy("The company is not recognised for this"),
    Reason.JOB_ENDED: lazy("The job has ended"),
    Reason.ILLNESS: lazy("Illness of more than two weeks"),
    Reason.RELEVANCE: lazy("The work does not fit the programme"),
    Reason.GUIDANCE: lazy("There is not enough guidance"),
    Reason.OTHER: lazy("Another reason"),
}
TYPE_LABELS = {
    AgreementType.POK_BOL: lazy("Practical training agreement (bol)"),
    AgreementType.POK_BBL: lazy("Practical training agreement (bbl)"),
    AgreementType.POK_OPTIONAL: lazy("Practical training agreement for an optional module"),
    AgreementType.PRACTICE_CERTIFICATE: lazy("Practical training agreement for a practice certificate"),
    AgreementType.INTERNSHIP: lazy("Internship agreement"),
    AgreementType.THREE_PARTY_NON_EU: lazy("Internship agreement between three parties"),
}
"""What stands above an agreement; nothing in it tells where a student comes from (R13)."""
AGREEMENT_LABELS = {
    AgreementStatus.DRAFT: lazy("Draft"),
    AgreementStatus.SENT: lazy("Sent, nobody has signed yet"),
    AgreementStatus.PARTLY_SIGNED: lazy("Signed by some"),
    AgreementStatus.SIGNED: lazy("Signed by everybody"),
    AgreementStatus.EXPIRED: lazy("Ended"),
    AgreementStatus.DISSOLVED: lazy("Dissolved"),
    AgreementStatus.VOID: lazy("Void"),
}
SHEET_LABELS = {
    SheetStatus.SENT: lazy("Sent, not yet in force"),
    SheetStatus.IN_FORCE: lazy("In force"),
    SheetStatus.CORRECTED: lazy("Withdrawn after an objection"),
}
WAY_LABELS = {
    SigningWay.CLICK: lazy("on this site"),
    SigningWay.SCAN: lazy("on paper"),
    SigningWay.SCHOOL_SYSTEM: lazy("in the system of the school"),
}
ASSIGNMENT_LABELS = {
    AssignmentStatus.PROPOSED: lazy("Being written"),
    AssignmentStatus.IN_REVIEW: lazy("At the school"),
    AssignmentStatus.APPROVED: lazy("Approved"),
    AssignmentStatus.REVISE: lazy("To be changed"),
    AssignmentStatus.REJECTED: lazy("Rejected"),
}
OUTCOME_LABELS = {
    CheckOutcome.RECOGNISED: lazy("Recognised on the starting date"),
    CheckOutcome.NOT_RECOGNISED: lazy("Not recognised"),
}
