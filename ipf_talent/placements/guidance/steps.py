"""The lives of hours and of an assessment (4.8), as two small tables that services obey."""

from typing import NamedTuple

from ipf_talent.placements.guidance.kinds import AssessmentDeed, AssessmentState, HoursDeed, HoursState
from ipf_talent.placements.kinds import Who


class HoursStep(NamedTuple):
    """This side can do this with hours in these states; then they stand there. No state before: the day was empty."""

    before: tuple[HoursState | None, ...]
    deed: HoursDeed
    after: HoursState
    who: Who


class AssessmentStep(NamedTuple):
    """This side can do this with an assessment in these states; then it stands there."""

    before: tuple[AssessmentState | None, ...]
    deed: AssessmentDeed
    after: AssessmentState
    who: Who


_H, _A = HoursState, AssessmentState
HOURS_STEPS = (
    HoursStep((None, _H.ENTERED, _H.DECLINED), HoursDeed.ENTER, _H.ENTERED, Who.STUDENT),
    HoursStep((_H.ENTERED,), HoursDeed.SUBMIT, _H.SUBMITTED, Who.STUDENT),
    HoursStep((_H.SUBMITTED,), HoursDeed.APPROVE, _H.APPROVED, Who.COMPANY),
    HoursStep((_H.SUBMITTED,), HoursDeed.DECLINE, _H.DECLINED, Who.COMPANY),
)
ASSESSMENT_STEPS = (
    AssessmentStep((None, _A.DRAFT), AssessmentDeed.KEEP, _A.DRAFT, Who.COMPANY),
    AssessmentStep((None, _A.DRAFT), AssessmentDeed.ADVISE, _A.SUBMITTED, Who.COMPANY),
    AssessmentStep((_A.SUBMITTED,), AssessmentDeed.DECIDE, _A.DECIDED, Who.SCHOOL),
)


def hours_after(state: HoursState | None, deed: HoursDeed, who: Who) -> HoursState | None:
    """Where hours stand after this deed by this side; None where the table has no such step."""
    fitting = (one.after for one in HOURS_STEPS if state in one.before and one.deed is deed and one.who is who)
    return next(fitting, None)


def assessment_after(state: AssessmentState | None, deed: AssessmentDeed, who: Who) -> AssessmentState | None:
    """Where an assessment stands after this deed by this side; None where the table has no such step."""
    fitting = (one.after for one in ASSESSMENT_STEPS if state in one.before and one.deed is deed and one.who is who)
    return next(fitting, None)
