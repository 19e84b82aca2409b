"""How the guidance of a placement stands: hours, contact moments, assessment, and what is missing before it can be completed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ipf_talent.placements.guidance import completing, moments, queries, week_hours
from ipf_talent.placements.guidance.completing import Missing
from ipf_talent.placements.guidance.kinds import REQUIRED, AssessmentState, HoursState
from ipf_talent.placements.guidance.models import Assessment, ContactMoment
from ipf_talent.placements.guidance.week_hours import Progress
from ipf_talent.placements.kinds import STARTED
from ipf_talent.placements.models import Placement
from ipf_talent.programmes.queries import AnyRow


def ready(placement: Placement) -> list[Missing]:
    """What is missing before a placement can be completed; nothing means that it can."""
    done = queries.sums([placement.id]).get(placement.id, {})
    newest = queries.decided([placement.id]).get(placement.id)
    return completing.missing(
        approved=done.get(HoursState.APPROVED, 0),
        total=placement.hours * 60,
        held=queries.held(placement.id),
        decision=newest.decision if newest is not None and newest.state is AssessmentState.DECIDED else None,
    )


def progress(placement: Placement, today: date) -> Progress:
    """How far the hours are on a day."""
    entries = queries.hours_of(placement.id)
    times = {"starts_on": placement.starts_on, "ends_on": placement.last_day}
    return week_hours.progress(entries, total=placement.hours * 60, **times, today=today)


@dataclass(frozen=True)
class Line:
    """One placement in the list of a school: hours, the next talk, and what asks attention."""

    row: AnyRow
    progress: Progress
    short: int
    """Minutes missing at three quarters of the time."""
    next: ContactMoment | None
    overdue: int
    """Contact moments that are past their day."""
    held: int
    assessment: Assessment | None

    @property
    def asks(self) -> bool:
        """Whether somebody should look at it."""
        waits = self.assessment is not None and self.assessment.state is AssessmentState.SUBMITTED
        return bool(self.short or self.overdue or waits)


def lines(rows: Sequence[AnyRow], today: date) -> list[Line]:
    """The lines of a list, with three questions to the database however long it is."""
    ids = [row.id for row in rows]
    sums, talks, ends = queries.sums(ids), queries.moments_of_many(ids), queries.decided(ids)
    return [_line(row, sums.get(row.id, {}), talks.get(row.id, ()), ends.get(row.id), today) for row in rows]


def _line(
    row: AnyRow,
    sums: Mapping[HoursState, int],
    talks: Collection[ContactMoment],
    end: Assessment | None,
    today: date,
) -> Line:
    last = row.ended_on or row.ends_on
    found = Progress(
        sums.get(HoursState.APPROVED, 0),
        sums.get(HoursState.SUBMITTED, 0),
        sums.get(HoursState.ENTERED, 0) + sums.get(HoursState.DECLINED, 0),
        row.hours * 60,
        round(row.hours * 60 * week_hours.elapsed(row.starts_on, last, today)),
    )
    open_ones = [one for one in talks if one.held_on is None]
    runs = row.status in STARTED
    return Line(
        row=row,
        progress=found,
        short=week_hours.shortfall(found, starts_on=row.starts_on, ends_on=last, today=today) if runs else 0,
        next=open_ones[0] if open_ones and runs else None,
        overdue=sum(moments.days_overdue(one.planned_on, today) > 0 for one in open_ones) if runs else 0,
        held=sum(one.held_on is not None and one.kind in REQUIRED for one in talks),
        assessment=end,
    )
