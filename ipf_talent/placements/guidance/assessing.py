"""Assessment: the company grades and advises, the school decides (R11)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import update

from ipf_talent.accounts import audit
from ipf_talent.accounts.models import User
from ipf_talent.db import session
from ipf_talent.errors import DomainError, Refusals
from ipf_talent.i18n import _
from ipf_talent.placements.guidance import guest_links, letters, queries
from ipf_talent.placements.guidance.kinds import (
    Advice,
    AssessmentDeed,
    AssessmentMoment,
    AssessmentState,
    Decision,
    Grade,
    LinkPurpose,
)
from ipf_talent.placements.guidance.models import Assessment, AssessmentLine
from ipf_talent.placements.guidance.steps import assessment_after
from ipf_talent.placements.kinds import STARTED, Who
from ipf_talent.placements.models import Placement


class Changed(DomainError):
    """Somebody else wrote in the meantime; what was typed is kept on the page."""


def current(placement: Placement, which: AssessmentMoment) -> Assessment:
    """The assessment to write now: the newest one, or a blank one that is not kept yet; a new one where it has to be done again."""
    newest = queries.assessment(placement.id, which)
    if newest is not None and not (newest.state is AssessmentState.DECIDED and newest.decision is Decision.RESIT):
        return newest
    attempt = newest.attempt + 1 if newest else 1
    blank = Assessment(placement_id=placement.id, moment=which, attempt=attempt, state=AssessmentState.DRAFT, version=0)
    blank.attitude, blank.advice, blank.advice_text, blank.decision_text = None, None, "", ""
    parts = queries.parts_to_assess(placement)
    blank.lines = [AssessmentLine(position=n, title=title[:300]) for n, title in enumerate(parts, start=1)]
    return blank


def write(
    placement: Placement,
    assessment: Assessment,
    *,
    grades: Mapping[int, Grade],
    attitude: Grade | None,
    advice: Advice | None,
    text: str,
    send: bool,
    by: User | None,
    name: str,
    now: datetime,
    version: int,
) -> None:
    """
    Keep what the company says, or send it to the school, which then decides.

    Args:
        grades: by position of the line.
        version: of what was on the page; 0 for one that was not kept yet.

    Raises:
        Changed: somebody else wrote in the meantime.
        DomainError: the school has it already, the placement does not run, or something is missing before it can be sent.
    """
    if placement.status not in STARTED:
        raise DomainError(_("This is possible while the placement runs."))
    fresh = assessment.version == 0
    deed = AssessmentDeed.ADVISE if send else AssessmentDeed.KEEP
    after = assessment_after(None if fresh else assessment.state, deed, Who.COMPANY)
    if after is None:
        raise DomainError(_("This advice is at the school already."))
    if assessment.version != version:
        raise Changed(_("Somebody else changed this advice meanwhile. Look at it again; what you typed is below."))
    if send:
        _refuse_unless_whole(assessment, grades, attitude, advice)
    if fresh:
        assessment.version = 1
        session.add(assessment)
    for line in assessment.lines:
        line.grade = grades.get(line.position)
    assessment.attitude, assessment.advice, assessment.advice_text = attitude, advice, text
    assessment.state = after
    if send:
        assessment.advised_at, assessment.advised_by_id, assessment.advised_name = now, by.id if by else None, name[:120]
    session.flush()
    what = "send_advice" if send else "keep_advice"
    audit.record(by.id if by else None, what, "placement", placement.id, moment=assessment.moment.value, attempt=assessment.attempt)
    if send:
        letters.tell_supervisor(placement, "advice", moment=assessment.moment.value)


def _refuse_unless_whole(
    assessment: Assessment, grades: Mapping[int, Grade], attitude: Grade | None, advice: Advice | None
) -> None:
    said = _("Choose one; “not practised here” is an answer too.")
    found = [DomainError(said, field=f"grade-{line.position}") for line in assessment.lines if line.position not in grades]
    if attitude is None or attitude is Grade.NOT_APPLICABLE:
        found.append(DomainError(_("Say how the student works with others and keeps to what was agreed."), field="attitude"))
    if advice is None:
        found.append(DomainError(_("Say what you advise the school."), field="advice"))
    if found:
        raise Refusals(found)


def decide(placement: Placement, assessment: Assessment, decision: Decision, text: str, *, by: User, now: datetime) -> bool:
    """
    The school's decision, made once; the student and the company hear it.

    Returns:
        False where exactly this was decided before.

    Raises:
        DomainError: there is no advice of the company yet, it was decided otherwise, or a no comes without words.
    """
    if assessment.state is AssessmentState.DECIDED and assessment.decision is decision:
        return False
    after = assessment_after(assessment.state, AssessmentDeed.DECIDE, Who.SCHOOL)
    if after is None:
        raise DomainError(_("There is nothing to decide here: the company has not advised yet, or it was decided."))
    if decision is not Decision.SUFFICIENT and not text:
        raise DomainError(_("Say why, so that the student knows what to do."), field="text")
    wanted = (Assessment.id == assessment.id, Assessment.state == assessment.state, Assessment.version == assessment.version)
    values = {"state": after, "decision": decision, "decision_text": text, "decided_at": now, "decided_by_id": by.id}
    mine = update(Assessment).where(*wanted).values(**values, version=Assessment.version + 1).returning(Assessment.id)
    if session.execute(mine.execution_options(synchronize_session=False)).scalar() is None:
        raise DomainError(_("Somebody else was just before you. Look at the page again."))
    session.refresh(assessment)
    audit.record(by.id, "decide_assessment", "placement", placement.id, moment=assessment.moment.value, decision=decision.value)
    values_told: dict[str, Any] = {"moment": assessment.moment.value, "decision": decision.value}
    letters.tell_student(placement, "decided", **values_told)
    letters.tell_trainer(placement, "decided", **values_told)
    return True


def ask(placement: Placement, which: AssessmentMoment, *, by: User, now: datetime) -> None:
    """
    Ask the company for its advice; without an account the trainer gets a link for it.

    Raises:
        DomainError: the advice is there, or the placement does not run.
    """
    if placement.status not in STARTED:
        raise DomainError(_("This is possible while the placement runs."))
    if current(placement, which).state is not AssessmentState.DRAFT:
        raise DomainError(_("This advice is at the school already."))
    guest = guest_links.for_trainer(placement, LinkPurpose.ADVICE, which.value, by=by, now=now)
    letters.tell_trainer(placement, "advice_asked", guest=guest, moment=which.value)
    audit.record(by.id, "ask_advice", "placement", placement.id, moment=which.value)
