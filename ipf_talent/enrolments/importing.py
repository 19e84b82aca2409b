"""Taking a class list in: keep what was sent, show what it would bring about, and then do all of it or nothing."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from secrets import token_hex
from typing import Any

from sqlalchemy import delete, update

from ipf_talent import clock
from ipf_talent.accounts import audit
from ipf_talent.accounts.models import User
from ipf_talent.accounts.services import refuse_example
from ipf_talent.db import session
from ipf_talent.enrolments import class_list, class_plan, queries, services
from ipf_talent.enrolments.class_list import Entry
from ipf_talent.enrolments.class_plan import Choice, Kind, Known, Line, Plan
from ipf_talent.enrolments.kinds import EnrolmentStatus
from ipf_talent.enrolments.models import ClassList, Enrolment, SchoolClass
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.organisations.models import Organisation
from ipf_talent.uploads import read_upload

KEPT = timedelta(days=2)
"""How long a list that was not applied stays."""

COLUMNS = {
    "name": "name",
    "email": "email",
    "programme": "programme_id",
    "class": "class_id",
    "year": "year",
    "cohort": "cohort",
    "travel_km": "travel_km",
    "minor_until": "minor_until",
}
"""Where a value of a list is kept."""


class Moved(DomainError):
    """What the list would bring about is no longer what was shown."""

    def __init__(self) -> None:
        super().__init__(_("Something changed since you looked. This is what the list would do now; look again and apply it then."))


def keep(school: Organisation, data: bytes, filename: str, *, starts_year: int, by: User, now: datetime) -> ClassList:
    """
    Read a file and keep its rows until they are applied; nothing of a student changes yet.

    Raises:
        DomainError: nothing can be done with the file; says why.
    """
    refuse_example(by, of=school)
    upload = read_upload(data, filename, most_rows=class_list.MOST_ROWS)
    today = now.astimezone(clock.AMSTERDAM).date()
    read = class_list.read(upload, today=today, example=school.is_example)
    if read.refusal:
        raise DomainError(read.refusal, field="file")
    row = ClassList(
        key=token_hex(8), school_id=school.id, by_id=by.id, starts_year=starts_year, filename=_label(filename), made_at=now,
        encoding=upload.encoding, separator=upload.separator, entries=[one.as_json() for one in read.entries],
        ignored=[name[:80] for name in read.ignored],
    )  # fmt: skip
    row.school = school
    session.add(row)
    session.flush()
    audit.record(by.id, "send_class_list", "class_list", row.id, school=school.id, rows=len(read.entries))
    return row


def _label(filename: str) -> str:
    name = filename.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in name if sign.isprintable())[:120] or "-"


def plan_of(row: ClassList, today: date) -> Plan:
    """What a list would bring about now."""
    choices = [
        Choice(one.id, one.slug, one.code, tuple(title for title in (one.title_nl, one.title_en) if title), bool(one.own))
        for one in queries.programme_choices(row.school_id)
    ]
    return class_plan.compare(
        [Entry.from_json(one) for one in row.entries],
        known={one.number.casefold(): _known(one) for one in queries.students_of(row.school_id)},
        choices=choices,
        classes=[one.name for one in queries.classes_of(row.school_id) if one.starts_year == row.starts_year],
        starts_year=row.starts_year,
        today=today,
    )


def _known(one: Enrolment) -> Known:
    values = {
        "name": one.name,
        "email": one.email,
        "programme": one.programme_id,
        "class": one.school_class.name if one.school_class else None,
        "year": one.year,
        "cohort": one.cohort,
        "travel_km": one.travel_km,
        "minor_until": one.minor_until,
    }
    return Known(one.number, values, one.school_class.starts_year if one.school_class else None, one.status)


def apply(row: ClassList, *, shown: str, by: User, now: datetime) -> dict[Kind, int]:
    """
    Do what the list says, all of it or nothing: classes, new students with their invitations, and changes. Refused rows stay out.

    Args:
        shown: the print of the plan that the person looked at.

    Returns:
        How many rows of each kind; of a list that was applied before, what it did then.

    Raises:
        Moved: the plan is no longer the one that was looked at.
        DomainError: there is nothing to apply.
    """
    refuse_example(by, of=row.school)
    mine = update(ClassList).where(ClassList.id == row.id, ClassList.applied_at.is_(None)).values(applied_at=now)
    if session.execute(mine.returning(ClassList.id).execution_options(synchronize_session=False)).scalar() is None:
        session.refresh(row)
        return {kind: int(row.counts.get(kind.value, 0)) for kind in Kind}
    plan = plan_of(row, now.astimezone(clock.AMSTERDAM).date())
    if plan.print != shown:
        raise Moved
    if not plan.changes_something:
        raise DomainError(_("There is nothing to apply: no row adds or changes anything."))
    classes = _classes(row, plan, by)
    known = {one.number: one for one in queries.students_of(row.school_id)}
    for line in plan.lines:
        if line.kind is Kind.ADDED:
            services.enrol(row.school, {"number": line.number, **_columns(line.values, classes)}, by=by, now=now)
        elif line.kind is Kind.CHANGED:
            _change(known[line.number], line, classes, by, now)
    session.refresh(row)
    counts = plan.counts
    row.entries, row.counts = [], {kind.value: number for kind, number in counts.items()}
    services.flush()
    audit.record(by.id, "apply_class_list", "class_list", row.id, school=row.school_id, **row.counts)
    return counts


def _classes(row: ClassList, plan: Plan, by: User) -> dict[str, int]:
    """The numbers of the classes of that school year by name in lower case, with the new ones made."""
    classes = {one.name.casefold(): one.id for one in queries.classes_of(row.school_id) if one.starts_year == row.starts_year}
    for name, (programme_id, year) in plan.classes.items():
        made = SchoolClass(school_id=row.school_id, programme_id=programme_id, name=name, starts_year=row.starts_year, year=year)
        session.add(made)
        services.flush()
        classes[name.casefold()] = made.id
        audit.record(by.id, "add_class", "school_class", made.id, school=row.school_id)
    return classes


def _columns(values: Mapping[str, Any], classes: Mapping[str, int]) -> dict[str, Any]:
    found = {COLUMNS[name]: value for name, value in values.items()}
    return found | {"class_id": classes[str(values["class"]).casefold()]}


def _change(one: Enrolment, line: Line, classes: Mapping[str, int], by: User, now: datetime) -> None:
    former = one.email
    for name, value in _columns(line.values, classes).items():
        setattr(one, name, value)
    services.flush()
    audit.record(by.id, "change_enrolment", "enrolment", one.id, fields=sorted(change.what for change in line.changes))
    if one.status is EnrolmentStatus.ENDED:
        services.take_back(one, by=by, now=now)
    elif one.status is EnrolmentStatus.INVITED and one.email != former:
        services.invite(one, by=by, now=now)


def sweep(now: datetime) -> int:
    """Take away lists that nobody applied, and the memory of those that were; gives how many."""
    old = delete(ClassList).where(ClassList.made_at < now - KEPT)
    return session.execute(old).rowcount  # type: ignore[attr-defined,no-any-return]
