"""What the pages of guidance show, put together for each side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import ceil
from typing import Any, NamedTuple

from ipf_talent.placements.guidance import completing, moments, outcomes, queries, week_hours
from ipf_talent.placements.guidance.completing import MISSING_LABELS, Missing
from ipf_talent.placements.guidance.kinds import (
    ADVICE_LABELS,
    ASSESSMENT_LABELS,
    ASSESSMENT_STATE_LABELS,
    DECISION_LABELS,
    FORM_LABELS,
    GRADE_LABELS,
    HOURS_KIND_LABELS,
    HOURS_STATE_LABELS,
    MOMENT_LABELS,
    OUTCOME_KIND_LABELS,
    PRESENT_LABELS,
    PURPOSE_LABELS,
    AssessmentMoment,
    Grade,
    HoursState,
    LinkPurpose,
)
from ipf_talent.placements.guidance.models import Assessment, ContactMoment, GuestLink, HoursEntry
from ipf_talent.placements.guidance.week_pages import WeekSum, sums_of
from ipf_talent.placements.kinds import REASON_LABELS, STARTED, STATUS_LABELS, PlacementStatus
from ipf_talent.placements.models import Placement

WORDS: Mapping[str, Mapping[Any, Any]] = {
    "advices": ADVICE_LABELS,
    "assessments": ASSESSMENT_LABELS,
    "assessment_states": ASSESSMENT_STATE_LABELS,
    "decisions": DECISION_LABELS,
    "forms": FORM_LABELS,
    "grades": GRADE_LABELS,
    "kinds": HOURS_KIND_LABELS,
    "missing": MISSING_LABELS,
    "moments": MOMENT_LABELS,
    "outcomes": OUTCOME_KIND_LABELS,
    "present": {one.value: label for one, label in PRESENT_LABELS.items()},
    "purposes": PURPOSE_LABELS,
    "reasons": REASON_LABELS,
    "states": HOURS_STATE_LABELS,
    "statuses": STATUS_LABELS,
}
ONE_WEEK, SIX = timedelta(days=7), timedelta(days=6)


@dataclass(frozen=True)
class GuidancePage:
    """All the guidance of one placement, for whoever may see it."""

    one: Placement
    progress: week_hours.Progress
    weeks: Sequence[WeekSum]
    moments: Sequence[ContactMoment]
    assessments: Sequence[Any]
    missing: Sequence[Any]
    outcomes: Sequence[Any]
    overdue: frozenset[int]
    passed: frozenset[int]
    """Talks whose planned day lies behind, so that nobody can agree to it any more."""
    short: int
    """Minutes that three quarters of all are more than the approved ones, once three quarters of the time are over (R24)."""
    check_day: date
    runs: bool
    links: Sequence[Any] = field(default_factory=list)
    handled: frozenset[int] = frozenset()
    """Open links whose thing was done in another way, or whose placement is over."""

    @property
    def wanted(self) -> int:
        """Three quarters of all hours, in minutes."""
        return ceil(self.progress.total * week_hours.CHECKED_AT)


def guidance_page(placement: Placement, today: date, *, links: bool = False) -> GuidancePage:
    """How it stands today; the links only for the school."""
    entries = queries.hours_of(placement.id)
    times = {"starts_on": placement.starts_on, "ends_on": placement.last_day}
    progress = week_hours.progress(entries, total=placement.hours * 60, **times, today=today)
    talks = queries.moments_of(placement.id)
    marks = queries.assessments_of(placement.id)
    runs = placement.status in STARTED
    late = {one.id for one in talks if one.held_on is None and moments.days_overdue(one.planned_on, today) > 0}
    sent = queries.links_of(placement.id) if links else []
    return GuidancePage(
        one=placement,
        progress=progress,
        weeks=list(reversed(sums_of(entries, []))),
        moments=talks,
        assessments=marks,
        missing=_missing(progress, talks, marks) if runs else [],
        outcomes=outcomes.questions(placement, queries.outcomes_of(placement.id)) if _is_asked(placement) else [],
        overdue=frozenset(late) if runs else frozenset(),
        passed=frozenset(one.id for one in talks if one.held_on is None and one.planned_on < today),
        short=week_hours.shortfall(progress, **times, today=today) if runs else 0,
        check_day=week_hours.check_day(**times),
        runs=runs,
        links=sent,
        handled=_handled(sent, entries, talks, marks, runs=runs),
    )


def _is_asked(placement: Placement) -> bool:
    return placement.status is PlacementStatus.COMPLETED


def _handled(
    links: Sequence[GuestLink], entries: Sequence[HoursEntry], talks: Sequence[ContactMoment], marks: Sequence[Assessment],
    *, runs: bool,
) -> frozenset[int]:  # fmt: skip
    waiting = {week_hours.week_name(row.day) for row in entries if row.state is HoursState.SUBMITTED}
    asked: dict[LinkPurpose, set[str]] = {
        LinkPurpose.HOURS: waiting,
        LinkPurpose.MOMENT: {str(one.id) for one in talks if one.company_agreed_at is None},
        LinkPurpose.ADVICE: {one.value for one in AssessmentMoment}
        - {one.moment.value for one in marks if one.advised_at is not None},
    }
    return frozenset(one.id for one in links if one.purpose in asked and not (runs and one.subject in asked[one.purpose]))


def _missing(progress: week_hours.Progress, talks: Sequence[ContactMoment], marks: Sequence[Assessment]) -> list[Missing]:
    """As `guidance.ready` says it, from what is at hand."""
    held = {one.kind for one in talks if one.held_on is not None}
    end = next((one for one in reversed(marks) if one.moment is AssessmentMoment.END), None)
    return completing.missing(
        approved=progress.approved, total=progress.total, held=held, decision=end.decision if end is not None else None
    )


class LineShown(NamedTuple):
    """One line to grade, with what is chosen."""

    position: int
    title: str
    grade: str


def lines_to_grade(assessment: Assessment, typed: Mapping[int, Grade] | None = None) -> list[LineShown]:
    """The lines of an assessment; `typed` is what was just chosen and refused."""
    chosen = {line.position: line.grade for line in assessment.lines} if typed is None else dict(typed)
    return [LineShown(line.position, line.title, _code(chosen.get(line.position))) for line in assessment.lines]


def _code(grade: Grade | None) -> str:
    return grade.value if grade else ""
