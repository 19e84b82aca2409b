"""Hours of a placement: entered for a week, sent in, approved or sent back; and saying that one is ill, once, to everybody."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from ipf_talent import clock
from ipf_talent.accounts import audit
from ipf_talent.accounts.models import User
from ipf_talent.db import session
from ipf_talent.errors import DomainError, Refusals
from ipf_talent.i18n import _
from ipf_talent.placements.guidance import guest_links, letters, notices, queries, week_hours
from ipf_talent.placements.guidance.kinds import OWN, HoursDeed, HoursKind, HoursState, LinkPurpose
from ipf_talent.placements.guidance.models import HoursEntry, HoursWeek
from ipf_talent.placements.guidance.steps import hours_after
from ipf_talent.placements.kinds import STARTED, PlacementStatus, Who
from ipf_talent.placements.models import Placement

SIX = timedelta(days=6)
NUDGE = "nudge"


class DayTyped(NamedTuple):
    """What somebody typed for one day; no minutes = nothing was typed."""

    day: date
    minutes: int | None
    kind: HoursKind


def enter_week(placement: Placement, days: Iterable[DayTyped], *, by: User, today: date) -> int:
    """
    Take over what the student typed; days that wait for the company or were approved stay as they are.

    Returns:
        How many days changed.

    Raises:
        DomainError: the placement does not run.
        Refusals: days lie outside it or in the future, or hold too much; the field of each is the day in ISO form.
    """
    _refuse_unless_begun(placement)
    typed = list(days)
    if not typed:
        return 0
    first, last = min(one.day for one in typed), max(one.day for one in typed)
    there = {row.day: row for row in queries.hours_between(placement.id, first, last)}
    own = [one for one in typed if one.day not in there or there[one.day].state in OWN]
    if found := refusals(placement, own, today):
        raise Refusals(found)
    changed = sum(_put(placement, there.get(one.day), one) for one in own)
    session.flush()
    if changed:
        audit.record(by.id, "enter_hours", "placement", placement.id, week=week_hours.week_name(first), days=changed)
    return changed


def refusals(placement: Placement, days: Iterable[DayTyped], today: date) -> list[DomainError]:
    """Every day that cannot be written down so, with why."""
    found = [_fault(placement, one, today) for one in days if not _is_empty(one)]
    return [error for error in found if error is not None]


def _is_empty(typed: DayTyped) -> bool:
    return typed.minutes is None and typed.kind in (HoursKind.WORK, HoursKind.SCHOOL)


def _put(placement: Placement, former: HoursEntry | None, typed: DayTyped) -> bool:
    """Write one day down; an empty one takes it away."""
    if _is_empty(typed):
        if former is not None:
            session.delete(former)
        return former is not None
    minutes = typed.minutes or 0
    after = hours_after(former.state if former else None, HoursDeed.ENTER, Who.STUDENT)
    assert after is not None
    if former is None:
        _add(HoursEntry(placement_id=placement.id, day=typed.day, minutes=minutes, kind=typed.kind, state=after))
        return True
    if (former.minutes, former.kind, former.state) == (minutes, typed.kind, after):
        return False
    former.minutes, former.kind, former.state, former.reason = minutes, typed.kind, after, ""
    return True


def _add(entry: HoursEntry) -> None:
    try:
        with session.begin_nested():
            session.add(entry)
    except IntegrityError as error:  # the same day in another window
        raise DomainError(_("These hours were changed in another window. Look at the page again.")) from error


def _refuse_unless_begun(placement: Placement) -> None:
    if placement.status not in STARTED:
        raise DomainError(_("Hours can be written down while the placement runs."))


def _fault(placement: Placement, typed: DayTyped, today: date) -> DomainError | None:
    day, minutes, name = typed.day, typed.minutes or 0, typed.day.isoformat()
    if not placement.starts_on <= day <= placement.last_day:
        return DomainError(_("This day is not in your placement."), field=name)
    if day > today and typed.kind in (HoursKind.WORK, HoursKind.SCHOOL, HoursKind.SICK):
        return DomainError(_("This day has yet to come."), field=name)
    if placement.is_minor(day) and minutes > week_hours.MOST_MINOR:
        return DomainError(_("Under 18 you work at most 9 hours a day. Was it more? Then tell your school."), field=name)
    if minutes > week_hours.MOST:
        return DomainError(_("A day holds at most 12 hours."), field=name)
    return None


def submit_week(placement: Placement, monday: date, *, by: User, now: datetime) -> bool:
    """
    Send a week in; the company hears it once, whoever guides without an account by a link for this week.

    Returns:
        False where nothing was left to send.

    Raises:
        DomainError: the placement does not run.
    """
    _refuse_unless_begun(placement)
    after = hours_after(HoursState.ENTERED, HoursDeed.SUBMIT, Who.STUDENT)
    done = _move(placement, monday, HoursState.ENTERED, state=after, submitted_at=now)
    if not done:
        return False
    week = week_hours.week_name(monday)
    audit.record(by.id, "submit_hours", "placement", placement.id, week=week, days=done)
    _ask(placement, monday, by=by, now=now)
    return True


def remind(placement: Placement, monday: date, *, by: User, now: datetime) -> bool:
    """Ask the company again for a week that waits, once a day at most; tells whether anything was sent."""
    waiting = [row for row in _week(placement, monday) if row.state is HoursState.SUBMITTED]
    day = now.astimezone(clock.AMSTERDAM).date()
    subject = f"{week_hours.week_name(monday)} {day.isoformat()}"
    if not waiting or not notices.claim(placement.id, NUDGE, subject, now=now):
        return False
    _ask(placement, monday, by=by, now=now)
    return True


def _ask(placement: Placement, monday: date, *, by: User, now: datetime) -> None:
    week = week_hours.week_name(monday)
    guest = guest_links.for_trainer(placement, LinkPurpose.HOURS, week, by=by, now=now)
    letters.tell_trainer(placement, "hours_submitted", guest=guest, monday=monday)


def _week(placement: Placement, monday: date) -> Sequence[HoursEntry]:
    return queries.hours_between(placement.id, monday, monday + SIX)


def mark_of(entries: Iterable[Any]) -> str:
    """
    What a page shows of a week, in a few signs: approving sends them back, so that nobody approves what they did not see.

    Args:
        entries: days with `day`, `minutes`, `kind` and `state`, in order.
    """
    shown = ";".join(f"{row.day.isoformat()} {row.minutes} {row.kind.value} {row.state.value}" for row in entries)
    return hashlib.sha256(shown.encode()).hexdigest()[:16]


def approve(
    placement: Placement, monday: date, mark: str, *, by: User | None, name: str, now: datetime, guided: int | None = None
) -> bool:
    """
    Approve what waits of a week; only now it counts (R24).

    Args:
        mark: of what was shown (`mark_of` the days that wait).
        by: the person; None for a guest, whose name is kept.
        guided: minutes of guidance in this week, where the company notes them.

    Returns:
        False where the week was approved before.

    Raises:
        DomainError: something else was shown than waits now.
    """
    entries = [row for row in _week(placement, monday) if row.state is HoursState.SUBMITTED]
    if not entries:
        return False
    _refuse_unless_seen(entries, mark)
    after = hours_after(HoursState.SUBMITTED, HoursDeed.APPROVE, Who.COMPANY)
    values = {"approved_at": now, "approved_by_id": by.id if by else None, "approved_name": name[:120]}
    done = _move(placement, monday, HoursState.SUBMITTED, state=after, **values)
    if done != len(entries):
        raise DomainError(_("Somebody else was just before you. Look at the page again."))
    if guided is not None:
        note_guidance(placement, monday, guided, now=now)
    audit.record(by.id if by else None, "approve_hours", "placement", placement.id, week=week_hours.week_name(monday), days=done)
    return True


def decline(placement: Placement, monday: date, mark: str, *, reason: str, by: User | None, now: datetime) -> bool:
    """
    Send what waits of a week back with a reason; the student hears it and can mend it.

    Returns:
        False where nothing waits any more.

    Raises:
        DomainError: no reason, or something else was shown than waits now.
    """
    if not reason.strip():
        raise DomainError(_("Say what is not right, so that the student can mend it."), field="reason")
    entries = [row for row in _week(placement, monday) if row.state is HoursState.SUBMITTED]
    if not entries:
        return False
    _refuse_unless_seen(entries, mark)
    after = hours_after(HoursState.SUBMITTED, HoursDeed.DECLINE, Who.COMPANY)
    if _move(placement, monday, HoursState.SUBMITTED, state=after, reason=reason.strip()) != len(entries):
        raise DomainError(_("Somebody else was just before you. Look at the page again."))
    week = week_hours.week_name(monday)
    audit.record(by.id if by else None, "decline_hours", "placement", placement.id, week=week, days=len(entries))
    letters.tell_student(placement, "hours_declined", letters.OWN_HOURS, week=week, monday=monday)
    return True


def _refuse_unless_seen(entries: Sequence[HoursEntry], mark: str) -> None:
    if mark_of(entries) != mark:
        raise DomainError(_("These hours were changed after you opened the page. Look at them again."))


def _move(placement: Placement, monday: date, before: HoursState, **values: object) -> int:
    """Move the days of a week on that stand there; gives how many."""
    there = (HoursEntry.placement_id == placement.id, HoursEntry.day >= monday, HoursEntry.day <= monday + SIX)
    mine = update(HoursEntry).where(*there, HoursEntry.state == before).values(values).returning(HoursEntry.id)
    return len(session.execute(mine.execution_options(synchronize_session=False)).scalars().all())


def note_guidance(placement: Placement, monday: date, minutes: int, *, now: datetime) -> None:
    """Keep how much the company guided in a week."""
    wanted = (HoursWeek.placement_id == placement.id, HoursWeek.monday == monday)
    row = session.scalar(select(HoursWeek).where(*wanted))
    if row is None:
        session.add(HoursWeek(placement_id=placement.id, monday=monday, guided_minutes=minutes, noted_at=now))
    else:
        row.guided_minutes, row.noted_at = minutes, now
    session.flush()


def report_ill(placement: Placement, *, by: User, now: datetime) -> bool:
    """
    Tell company and school in one action that one is ill today; twice on a day tells it once. Nobody asks what it is.

    Raises:
        DomainError: the placement does not run today.
    """
    today = now.astimezone(clock.AMSTERDAM).date()
    _refuse_unless_begun(placement)
    if not runs_on(placement, today):
        raise DomainError(_("Your placement does not run today."))
    if not notices.claim(placement.id, "ill", today.isoformat(), now=now):
        return False
    if not queries.hours_between(placement.id, today, today):
        _add(HoursEntry(placement_id=placement.id, day=today, minutes=0, kind=HoursKind.SICK, state=HoursState.ENTERED))
    audit.record(by.id, "report_ill", "placement", placement.id)
    _tell_both(placement, "ill", today)
    return True


def runs_on(placement: Placement, day: date) -> bool:
    """Whether one is at the company in these days, so that one can be ill there."""
    return placement.status is PlacementStatus.RUNNING and placement.starts_on <= day <= placement.last_day


def _tell_both(placement: Placement, what: str, day: date) -> None:
    """Write to the company, its trainer as well as its managers, and to the school."""
    letters.tell_company(placement, what, day=day)
    if placement.trainer_email or placement.trainer is not None:
        letters.tell_trainer(placement, what, day=day)
    letters.tell_supervisor(placement, what, day=day)


def is_ill(placement: Placement) -> bool:
    """Whether the student said to be ill, and not yet to be back."""
    fell, back = notices.last(placement.id, "ill"), notices.last(placement.id, "well")
    return fell is not None and (back is None or back.at < fell.at)


def report_well(placement: Placement, *, by: User, now: datetime) -> bool:
    """Tell company and school that one is back; tells whether there was something to tell."""
    if not is_ill(placement):
        return False
    today = now.astimezone(clock.AMSTERDAM).date()
    fell = notices.last(placement.id, "ill")
    assert fell is not None
    if not notices.claim(placement.id, "well", fell.subject, now=now):
        return False
    audit.record(by.id, "report_well", "placement", placement.id)
    _tell_both(placement, "well", today)
    return True
