"""Finding a replacement place when a placement is interrupted (R20): a task with a day, and open places side by side."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from ipf_talent import clock
from ipf_talent.accounts import audit
from ipf_talent.accounts.models import User
from ipf_talent.applications import workdays
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.organisations.distance import kilometres
from ipf_talent.placements import arrivals, services
from ipf_talent.placements.guidance import letters, queries, replacement_queries
from ipf_talent.placements.guidance.kinds import HoursState
from ipf_talent.placements.guidance.models import ReplacementTask
from ipf_talent.placements.kinds import Deed, PlacementStatus, Reason, Who
from ipf_talent.placements.models import Placement
from ipf_talent.programmes.queries import AnyRow
from ipf_talent.vacancies import queries as vacancies

TERM = 10
"""Working days in which another place should be found."""

REPLACES = "replacement"
"""The line in the trail of a placement that was proposed in place of an interrupted one."""
KEPT = ("crebo", "optional_module", "supervisor_id", "three_party", "parent_name", "parent_email")
"""What the new placement takes over from the interrupted one, beside the student."""

ASKS_PLACE = frozenset({Reason.RECOGNITION, Reason.COMPANY, Reason.JOB_ENDED, Reason.UNSAFE})
"""Reasons after which the student cannot go back; after an illness they can."""


LEAST = timedelta(weeks=4)
"""How much of the time that is left a place has to offer; all of it, where less is left."""
Alike = Callable[[str], frozenset[str]]
"""The other numbers of the same occupation, by a crebo: `vacancies.equivalents.of`."""


@dataclass(frozen=True)
class OpenPlace:
    """An open place for the same occupation, with what a coordinator compares."""

    row: AnyRow
    starts_on: date
    ends_on: date
    """The days that the student could have there, within those of the former placement."""
    distance_km: float | None
    """From the former place, as the crow flies; None where a town is not known."""
    own: bool
    """Whether the company is recognised for the student's own number, and not for an equivalent one (R1)."""

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
    if reason not in ASKS_PLACE or replacement_queries.open_task(placement.id) is not None:
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


def propose(task: ReplacementTask, slug: str, *, alike: Alike, by: User, now: datetime) -> Placement:
    """
    Propose an open place in place of the interrupted one, for the hours that are left; the school approves it like any other.
    It carries no period of its own, because the interrupted placement holds that one.

    Returns:
        The new placement; the one there is, where it was proposed before.

    Raises:
        DomainError: the task is done, the place is not open any more or does not fit, or somebody was just before.
    """
    if task.proposed is not None:
        return task.proposed
    today, former = now.astimezone(clock.AMSTERDAM).date(), task.placement
    if task.done_at is not None or former.student_id is None:
        raise DomainError(_("This task was done already."))
    rows = replacement_queries.open_places(_wanted([task], alike), today)
    place = next((one for one in _fitting(former, rows, alike, today) if one.row.slug == slug), None)
    if place is None:
        raise DomainError(_("This place is not open any more, or its days do not fit. Look at the list again."))
    vacancy, done = vacancies.get(slug), queries.sums([former.id]).get(former.id, {}).get(HoursState.APPROVED, 0)
    new = services.propose(
        school_id=former.school_id, student_id=former.student_id, enrolment_id=former.enrolment_id, vacancy=vacancy,
        establishment_id=arrivals.establishment_of(vacancy), programme_id=former.programme_id, starts_on=place.starts_on,
        ends_on=place.ends_on, hours=max(1, former.hours - done // 60), adult_on=former.adult_on, by=by, now=now, take=True,
        tell=False,
    )  # fmt: skip
    for name in KEPT:
        setattr(new, name, getattr(former, name))
    mine = update(ReplacementTask).where(ReplacementTask.id == task.id, ReplacementTask.done_at.is_(None))
    before = (
        ReplacementTask.replacement_id == task.replacement_id if task.replacement_id else ReplacementTask.replacement_id.is_(None)
    )
    claimed = mine.where(before).values(replacement_id=new.id).returning(ReplacementTask.id)
    if session.execute(claimed.execution_options(synchronize_session=False)).scalar() is None:
        raise DomainError(_("Somebody else was just before you. Look at the page again."))
    services.log(new, Who.SCHOOL, by, REPLACES, now)
    audit.record(by.id, "propose_replacement", "placement", former.id, replacement=new.id)
    session.expire(task)
    return new


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
    """Close tasks of placements that go on after all or ended, and of those whose new place was approved; gives how many."""
    became = aliased(Placement)
    query = select(ReplacementTask, became.status).join(Placement, Placement.id == ReplacementTask.placement_id)
    query = query.outerjoin(became, became.id == ReplacementTask.replacement_id)
    goes_on = Placement.status.in_((PlacementStatus.RUNNING, PlacementStatus.COMPLETED))
    over = (ReplacementTask.done_at.is_(None), or_(goes_on, became.status.in_(queries.AGREED)))
    rows = session.execute(query.where(*over).order_by(ReplacementTask.id)).all()
    return sum(finish(task, found=status in queries.AGREED, by=None, now=now) for task, status in rows)


@dataclass(frozen=True)
class Around:
    """What a placement has to do with replacing: the open task, what came in its stead, and what it came in the stead of."""

    task: ReplacementTask | None
    became: Placement | None
    former: Placement | None


def around(placement: Placement) -> Around:
    """The same for the page of a placement at the school; its trail says whether there is anything to look for."""
    if not any(line.what in (Deed.INTERRUPT, REPLACES) for line in placement.events):
        return Around(None, None, None)
    tasks = replacement_queries.tasks_around(placement.id)
    own = [one for one in tasks if one.placement_id == placement.id]
    return Around(
        task=next((one for one in own if one.done_at is None), None),
        became=next((one.proposed for one in own if one.proposed is not None), None),
        former=next((one.placement for one in tasks if one.replacement_id == placement.id), None),
    )


def told(tasks: Sequence[ReplacementTask], today: date, alike: Alike) -> list[TaskTold]:
    """Each task with the open places that fit its facts, the nearest to the former place first; none where one was proposed."""
    wanted = _wanted([task for task in tasks if task.proposed is None], alike)
    rows = replacement_queries.open_places(wanted, today) if wanted else []
    return [
        TaskTold(task, today > task.due_on, () if task.proposed else _fitting(task.placement, rows, alike, today)) for task in tasks
    ]


def _wanted(tasks: Sequence[ReplacementTask], alike: Alike) -> set[str]:
    """The qualifications of these students, with the equivalent ones."""
    own = {task.placement.crebo for task in tasks if task.placement.crebo}
    return own | {other for crebo in own for other in alike(crebo)}


def _fitting(placement: Placement, rows: Sequence[AnyRow], alike: Alike, today: date) -> list[OpenPlace]:
    """
    By facts alone: the same occupation and kind, another address than the former, enough of the time that is left. A place with
    both the own number and an equivalent one comes once, with the own.
    """
    if placement.crebo is None:
        return []
    others, found = alike(placement.crebo), dict[int, OpenPlace]()
    for row in sorted(rows, key=lambda row: row.crebo != placement.crebo):
        if row.crebo != placement.crebo and row.crebo not in others:
            continue
        first, last = max(row.starts_on, today), min(row.ends_on or placement.ends_on, placement.ends_on)
        enough = last > first and last - first >= min(LEAST, placement.ends_on - today)
        if enough and row.kind is placement.kind and row.establishment_id != placement.establishment_id:
            place = OpenPlace(row, first, last, _distance(placement, row), row.crebo == placement.crebo)
            found.setdefault(row.id, place)
    return sorted(found.values(), key=_nearest)


def _nearest(place: OpenPlace) -> tuple[bool, float, date, int]:
    return (place.distance_km is None, place.distance_km or 0.0, place.starts_on, place.row.id)


def _distance(placement: Placement, row: AnyRow) -> float | None:
    former = placement.establishment.place
    if former is None or row.lat is None:
        return None
    return kilometres(former.lat, former.lon, row.lat, row.lon)
