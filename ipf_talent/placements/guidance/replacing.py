"""Finding a replacement place when a placement is interrupted (R20): a task with a day, and open places side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from ipf_talent import clock
from ipf_talent.accounts import audit
from ipf_talent.accounts.models import User
from ipf_talent.applications import workdays
from ipf_talent.db import session
from ipf_talent.organisations.distance import kilometres
from ipf_talent.placements.guidance import letters, queries
from ipf_talent.placements.guidance.models import ReplacementTask
from ipf_talent.placements.kinds import PlacementStatus, Reason
from ipf_talent.placements.models import Placement
from ipf_talent.programmes.queries import AnyRow

TERM = 10
"""Working days in which another place should be found."""

ASKS_PLACE = frozenset({Reason.RECOGNITION, Reason.COMPANY, Reason.JOB_ENDED, Reason.UNSAFE})
"""Reasons after which the student cannot go back; after an illness they can."""


@dataclass(frozen=True)
class OpenPlace:
    """An open place for the same qualification, with what a coordinator compares."""

    row: AnyRow
    distance_km: float | None
    """From the former place, as the crow flies; None where a town is not known."""

    @property
    def left(self) -> int:
        """How many students can still come."""
        return int(self.row.places - self.row.taken)


@dataclass(frozen=True)
class TaskTold:
    """A task with the open places that fit its facts."""

    task: ReplacementTask
    late: bool
    places: Sequence[OpenPlace]


def begin(placement: Placement, reason: Reason, *, now: datetime) -> ReplacementTask | None:
    """Make the task and tell the coordinators, once as long as it is open; None where the student can go back."""
    if reason not in ASKS_PLACE or queries.open_task(placement.id) is not None:
        return None
    today = now.astimezone(clock.AMSTERDAM).date()
    task = ReplacementTask(placement_id=placement.id, reason=reason, made_at=now, due_on=workdays.after(today, TERM))
    try:
        with session.begin_nested():
            session.add(task)
    except IntegrityError:  # made by somebody else just before
        return None
    audit.record(None, "begin_replacement", "placement", placement.id, reason=reason.value)
    letters.tell_coordinators(placement, "replacement", letters.TASKS, due=task.due_on)
    return task


def finish(task: ReplacementTask, *, found: bool, by: User | None, now: datetime) -> bool:
    """Say that another place was found, or that none is needed any more; tells whether that is new."""
    mine = update(ReplacementTask).where(ReplacementTask.id == task.id, ReplacementTask.done_at.is_(None))
    values = {"done_at": now, "done_by_id": by.id if by else None, "found": found}
    done = session.execute(mine.values(values).returning(ReplacementTask.id).execution_options(synchronize_session=False)).scalar()
    if done is None:
        return False
    audit.record(by.id if by else None, "finish_replacement", "placement", task.placement_id, found=found)
    session.expire(task)
    return True


def finish_resumed(now: datetime) -> int:
    """Close tasks of placements that go on after all, or ended; gives how many."""
    query = select(ReplacementTask).join(Placement, Placement.id == ReplacementTask.placement_id)
    over = (ReplacementTask.done_at.is_(None), Placement.status.in_((PlacementStatus.RUNNING, PlacementStatus.COMPLETED)))
    tasks = session.scalars(query.where(*over).order_by(ReplacementTask.id)).all()
    return sum(finish(task, found=False, by=None, now=now) for task in tasks)


def told(tasks: Sequence[ReplacementTask], today: date) -> list[TaskTold]:
    """Each task with the open places of the same qualification, at a recognised address: all of them, by town and company."""
    crebos = {task.placement.crebo for task in tasks if task.placement.crebo}
    rows = queries.open_places(crebos, today) if crebos else []
    return [TaskTold(task, today > task.due_on, _fitting(task.placement, rows)) for task in tasks]


def _fitting(placement: Placement, rows: Sequence[AnyRow]) -> list[OpenPlace]:
    """By facts alone: the same qualification and kind, another place than the former, time left in its period."""
    return [
        OpenPlace(row, _distance(placement, row))
        for row in rows
        if row.crebo == placement.crebo
        and row.kind is placement.kind
        and row.establishment_id != placement.establishment_id
        and (row.ends_on is None or row.ends_on >= placement.starts_on)
    ]


def _distance(placement: Placement, row: AnyRow) -> float | None:
    former = placement.establishment.place
    if former is None or row.lat is None:
        return None
    return kilometres(former.lat, former.lon, row.lat, row.lon)
