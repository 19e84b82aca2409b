"""Kinds and states of hours, contact moments, assessments, outcomes and guest links, with the words for them."""

from enum import StrEnum

from ipf_talent.i18n import lazy


class HoursKind(StrEnum):
    """What a student did on a day."""

    WORK = "work"
    SCHOOL = "school"
    SICK = "sick"
    LEAVE = "leave"
    HOLIDAY = "holiday"


class HoursState(StrEnum):
    """Where the hours of a day stand (4.8)."""

    ENTERED = "entered"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    DECLINED = "declined"


COUNTING = frozenset({HoursKind.WORK})
"""Kinds that count for the hours of a placement; days at school, ill or free are kept and do not count."""
OWN = frozenset({HoursState.ENTERED, HoursState.DECLINED})
"""States in which the student can still change a day."""


class HoursDeed(StrEnum):
    """What moves hours on."""

    ENTER = "enter"
    SUBMIT = "submit"
    APPROVE = "approve"
    DECLINE = "decline"


class MomentKind(StrEnum):
    """Which contact moment of a placement (R23)."""

    START = "start"
    MID = "mid"
    END = "end"
    EXTRA = "extra"


REQUIRED = (MomentKind.START, MomentKind.MID, MomentKind.END)
"""The three that every placement has."""


class MomentForm(StrEnum):
    """How people met."""

    AT_COMPANY = "at_company"
    AT_SCHOOL = "at_school"
    VIDEO = "video"
    PHONE = "phone"


class Present(StrEnum):
    """Who was there."""

    STUDENT = "student"
    TRAINER = "trainer"
    SUPERVISOR = "supervisor"
    PARENT = "parent"
    OTHER = "other"


class AssessmentMoment(StrEnum):
    """When an assessment is made."""

    MID = "mid"
    END = "end"


class AssessmentState(StrEnum):
    """Where an assessment stands (4.8)."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    DECIDED = "decided"


class AssessmentDeed(StrEnum):
    """What moves an assessment on."""

    KEEP = "keep"
    ADVISE = "advise"
    DECIDE = "decide"


class Grade(StrEnum):
    """What a company says of one work process."""

    INSUFFICIENT = "o"
    SUFFICIENT = "v"
    GOOD = "g"
    NOT_APPLICABLE = "nvt"


class Advice(StrEnum):
    """What the company advises the school (R11)."""

    SUFFICIENT = "sufficient"
    INSUFFICIENT = "insufficient"


class Decision(StrEnum):
    """What the school decides (R11)."""

    SUFFICIENT = "sufficient"
    INSUFFICIENT = "insufficient"
    RESIT = "resit"


FINAL = frozenset({Decision.SUFFICIENT, Decision.INSUFFICIENT})
"""Decisions after which nothing has to be done again."""


class OutcomeTerm(StrEnum):
    """How long after the end it is asked."""

    HALF_YEAR = "6"
    YEAR = "12"


MONTHS = {OutcomeTerm.HALF_YEAR: 6, OutcomeTerm.YEAR: 12}


class OutcomeKind(StrEnum):
    """Where somebody is some months after a placement."""

    AT_COMPANY = "at_company"
    ELSEWHERE_IN_REGION = "elsewhere_in_region"
    ELSEWHERE = "elsewhere"
    STUDYING_IN_REGION = "studying_in_region"
    STUDYING_ELSEWHERE = "studying_elsewhere"
    UNKNOWN = "unknown"


class LinkPurpose(StrEnum):
    """The one thing that a guest link lets somebody do."""

    HOURS = "hours"
    ADVICE = "advice"
    MOMENT = "moment"
    OUTCOME = "outcome"
    SIGN = "sign"
    ANSWER = "answer"
    READ = "read"


OF_AGREEMENT = frozenset({LinkPurpose.SIGN, LinkPurpose.ANSWER, LinkPurpose.READ})
"""Links to the agreement itself."""


HOURS_KIND_LABELS = {
    HoursKind.WORK: lazy("Work"),
    HoursKind.SCHOOL: lazy("School"),
    HoursKind.SICK: lazy("Ill"),
    HoursKind.LEAVE: lazy("Leave"),
    HoursKind.HOLIDAY: lazy("Public holiday"),
}
HOURS_STATE_LABELS = {
    HoursState.ENTERED: lazy("Not sent yet"),
    HoursState.SUBMITTED: lazy("Waiting for approval"),
    HoursState.APPROVED: lazy("Approved"),
    HoursState.DECLINED: lazy("Sent back"),
}
MOMENT_LABELS = {
    MomentKind.START: lazy("Start talk"),
    MomentKind.MID: lazy("Talk halfway"),
    MomentKind.END: lazy("End talk"),
    MomentKind.EXTRA: lazy("Extra talk"),
}
FORM_LABELS = {
    MomentForm.AT_COMPANY: lazy("At the company"),
    MomentForm.AT_SCHOOL: lazy("At school"),
    MomentForm.VIDEO: lazy("By video"),
    MomentForm.PHONE: lazy("By telephone"),
}
PRESENT_LABELS = {
    Present.STUDENT: lazy("The student"),
    Present.TRAINER: lazy("The trainer or supervisor of the company"),
    Present.SUPERVISOR: lazy("The supervisor of the school"),
    Present.PARENT: lazy("A parent"),
    Present.OTHER: lazy("Somebody else"),
}
ASSESSMENT_LABELS = {
    AssessmentMoment.MID: lazy("Assessment halfway"),
    AssessmentMoment.END: lazy("Assessment at the end"),
}
ASSESSMENT_STATE_LABELS = {
    AssessmentState.DRAFT: lazy("The company is writing its advice"),
    AssessmentState.SUBMITTED: lazy("The school decides"),
    AssessmentState.DECIDED: lazy("Decided by the school"),
}
GRADE_LABELS = {
    Grade.INSUFFICIENT: lazy("Not yet sufficient"),
    Grade.SUFFICIENT: lazy("Sufficient"),
    Grade.GOOD: lazy("Good"),
    Grade.NOT_APPLICABLE: lazy("Not practised here"),
}
ADVICE_LABELS = {
    Advice.SUFFICIENT: lazy("We advise: sufficient"),
    Advice.INSUFFICIENT: lazy("We advise: not yet sufficient"),
}
DECISION_LABELS = {
    Decision.SUFFICIENT: lazy("Sufficient"),
    Decision.INSUFFICIENT: lazy("Not sufficient"),
    Decision.RESIT: lazy("To be done again"),
}
OUTCOME_KIND_LABELS = {
    OutcomeKind.AT_COMPANY: lazy("I work at the company of my placement"),
    OutcomeKind.ELSEWHERE_IN_REGION: lazy("I work at another company or organisation in the region"),
    OutcomeKind.ELSEWHERE: lazy("I work outside the region"),
    OutcomeKind.STUDYING_IN_REGION: lazy("I study on in the region"),
    OutcomeKind.STUDYING_ELSEWHERE: lazy("I study on somewhere else"),
    OutcomeKind.UNKNOWN: lazy("Something else, or I would rather not say"),
}
PURPOSE_LABELS = {
    LinkPurpose.HOURS: lazy("Approve the hours of a week"),
    LinkPurpose.ADVICE: lazy("Advise on the assessment"),
    LinkPurpose.MOMENT: lazy("Agree to a contact moment"),
    LinkPurpose.OUTCOME: lazy("Say where one is now"),
    LinkPurpose.SIGN: lazy("Sign the agreement"),
    LinkPurpose.ANSWER: lazy("Agree to a change or object"),
    LinkPurpose.READ: lazy("Read the agreement"),
}
