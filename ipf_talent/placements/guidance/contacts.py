"""Contact moments of student, company and school: planned from the dates, held, noted, agreed to (R23)."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from ipf_talent import clock
from ipf_talent.accounts import audit
from ipf_talent.accounts.models import User
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.placements.guidance import guest_links, letters, moments, queries
from ipf_talent.placements.guidance.kinds import REQUIRED, LinkPurpose, MomentForm, MomentKind, Present
from ipf_talent.placements.guidance.models import ContactMoment
from ipf_talent.placements.kinds import STARTED, Who
from ipf_talent.placements.models import Placement

FEWEST = 2
"""People in a talk."""
MOST_EXTRA = 20


def plan(placement: Placement) -> int:
    """Plan what is not planned yet, and let days that nobody chose move along with the dates; gives how many changed."""
    days = moments.planned(placement.starts_on, placement.last_day)
    there = {row.kind: row for row in queries.moments_of(placement.id) if row.kind in REQUIRED}
    changed = 0
    for kind in REQUIRED:
        row = there.get(kind)
        if row is None:
            changed += _add(ContactMoment(placement_id=placement.id, kind=kind, planned_on=days[kind]))
        elif row.held_on is None and not row.by_hand and row.planned_on != days[kind]:
            row.planned_on = days[kind]
            changed += 1
    session.flush()
    return changed


def _add(moment: ContactMoment) -> bool:
    try:
        with session.begin_nested():
            session.add(moment)
    except IntegrityError:  # planned by somebody else just before
        return False
    return True


def set_day(placement: Placement, moment: ContactMoment, day: date, form: MomentForm, *, by: User, now: datetime) -> None:
    """
    Choose another day; student and company hear it, and agree or say that they cannot.

    Raises:
        DomainError: it took place already, the day has passed, or the placement has ended.
    """
    _refuse_unless_begun(placement)
    if moment.held_on is not None:
        raise DomainError(_("This talk took place already."))
    if day < now.astimezone(clock.AMSTERDAM).date():
        raise DomainError(_("Choose a day that has not passed."), field="day")
    if (day.year - placement.last_day.year) > 1:
        raise DomainError(_("Choose a day in or shortly after the placement."), field="day")
    moment.planned_on, moment.form, moment.by_hand = day, form, True
    _ask_again(moment)
    session.flush()
    audit.record(by.id, "plan_moment", "placement", placement.id, moment=moment.id, kind=moment.kind.value)
    _tell(placement, moment, "moment_planned", by=by, now=now)


def add_extra(placement: Placement, day: date, form: MomentForm, *, by: User, now: datetime) -> ContactMoment:
    """
    Plan one talk more than the three.

    Raises:
        DomainError: the day has passed, the placement has ended, or there are very many.
    """
    _refuse_unless_begun(placement)
    extra = [row for row in queries.moments_of(placement.id) if row.kind is MomentKind.EXTRA]
    if len(extra) >= MOST_EXTRA:
        raise DomainError(_("There are many extra talks already."))
    if any(row.planned_on == day and row.held_on is None for row in extra):
        return next(row for row in extra if row.planned_on == day and row.held_on is None)
    moment = ContactMoment(placement_id=placement.id, kind=MomentKind.EXTRA, planned_on=day)
    session.add(moment)
    session.flush()
    set_day(placement, moment, day, form, by=by, now=now)
    return moment


def note(
    placement: Placement,
    moment: ContactMoment,
    *,
    held_on: date,
    form: MomentForm,
    present: Collection[Present],
    agreements: str,
    by: User,
    now: datetime,
) -> None:
    """
    Write down that a talk took place and what was agreed; student and company are asked whether it is right.

    Raises:
        DomainError: the day lies in the future or before the placement, fewer than two people were there, or nothing was agreed.
    """
    _refuse_unless_begun(placement)
    today = now.astimezone(clock.AMSTERDAM).date()
    if not placement.starts_on <= held_on <= today:
        raise DomainError(_("Choose a day between the start of the placement and today."), field="held_on")
    if len(set(present)) < FEWEST:
        raise DomainError(_("Say who was there: at least two people."), field="present")
    if not agreements:
        raise DomainError(_("Write down in a few words what was agreed."), field="agreements")
    moment.held_on, moment.form, moment.agreements = held_on, form, agreements
    moment.present = [one.value for one in Present if one in present]
    moment.noted_at, moment.noted_by_id = now, by.id
    _ask_again(moment)
    session.flush()
    audit.record(by.id, "note_moment", "placement", placement.id, moment=moment.id, kind=moment.kind.value)
    _tell(placement, moment, "moment_noted", by=by, now=now)


def _refuse_unless_begun(placement: Placement) -> None:
    if placement.status not in STARTED:
        raise DomainError(_("This is possible while the placement runs."))


def _ask_again(moment: ContactMoment) -> None:
    """What was agreed to has changed."""
    moment.student_agreed_at = moment.company_agreed_at = moment.remark_by = None
    moment.company_name = moment.remark = ""


def _tell(placement: Placement, moment: ContactMoment, what: str, *, by: User, now: datetime) -> None:
    values: dict[str, Any] = {"kind": moment.kind.value, "day": moment.held_on or moment.planned_on}
    letters.tell_student(placement, what, **values)
    guest = guest_links.for_trainer(placement, LinkPurpose.MOMENT, str(moment.id), by=by, now=now)
    letters.tell_trainer(placement, what, guest=guest, **values)


def agree(placement: Placement, moment: ContactMoment, who: Who, *, by: User | None, name: str, now: datetime) -> bool:
    """
    Agree to the planned day, or to what was noted; tells whether that is new.

    Raises:
        DomainError: the planned day has passed, and nothing was noted.
    """
    if moment.held_on is None and moment.planned_on < now.astimezone(clock.AMSTERDAM).date():
        raise DomainError(_("This day has passed. The school chooses another one, or writes down what was agreed."))
    if who is Who.STUDENT:
        if moment.student_agreed_at is not None:
            return False
        moment.student_agreed_at = now
    else:
        if moment.company_agreed_at is not None:
            return False
        moment.company_agreed_at, moment.company_name = now, name[:120]
    if moment.remark_by is who:
        moment.remark, moment.remark_by = "", None
    session.flush()
    audit.record(by.id if by else None, "agree_to_moment", "placement", placement.id, moment=moment.id, side=who.value)
    return True


def object_to(placement: Placement, moment: ContactMoment, who: Who, words: str, *, by: User | None) -> None:
    """
    Say that one cannot on that day, or what is not right in the note; the supervisor hears it.

    Raises:
        DomainError: no words.
    """
    if not words:
        raise DomainError(_("Say in a few words what does not fit."), field="remark")
    moment.remark, moment.remark_by = words, who
    if who is Who.STUDENT:
        moment.student_agreed_at = None
    else:
        moment.company_agreed_at, moment.company_name = None, ""
    session.flush()
    audit.record(by.id if by else None, "remark_on_moment", "placement", placement.id, moment=moment.id, side=who.value)
    values: dict[str, Any] = {"kind": moment.kind.value, "day": moment.held_on or moment.planned_on}
    letters.tell_supervisor(placement, "moment_remark", **values)
