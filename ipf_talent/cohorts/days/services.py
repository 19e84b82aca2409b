"""Making a matchmaking day and moving it on: its date, rounds and rooms, and the steps of its life."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from ipf_talent import clock
from ipf_talent.accounts import audit
from ipf_talent.accounts.models import User
from ipf_talent.cohorts.days import letters, life, queries
from ipf_talent.cohorts.days.kinds import DayStatus
from ipf_talent.cohorts.days.life import DayDeed
from ipf_talent.cohorts.days.models import DayRoom, MatchDay
from ipf_talent.db import session
from ipf_talent.errors import DomainError, Refusals
from ipf_talent.i18n import _
from ipf_talent.vacancies.company_editing import Stale

MOST_ROOMS = 20
RESERVED = frozenset({"new", "mine", "office"})
"""Names that addresses of other pages hold."""
_OF_THE_PLAN = ("rounds", "least", "most")
_OF_THE_CLOCK = ("held_on", "starts_at", "talk_minutes", "change_minutes", "breaks", "venue")


def make(values: Mapping[str, Any], *, key: str, by: User, now: datetime) -> MatchDay:
    """
    Make a day, as a draft; the same form sent twice makes one.

    Raises:
        DomainError: its days or numbers contradict each other.
    """
    if (known := session.scalar(select(MatchDay).where(MatchDay.made_with == key))) is not None:
        return known
    _check(values, now.astimezone(clock.AMSTERDAM).date())
    day = MatchDay(**values, slug=_free_slug(str(values["title"])), made_with=key, created_by_id=by.id, created_at=now)
    day.is_example, day.status, day.proposal = by.is_demo, DayStatus.DRAFT, {}
    session.add(day)
    session.flush()
    audit.record(by.id, "make_day", "match_day", day.id)
    return day


def change(day: MatchDay, values: Mapping[str, Any], *, version: int, by: User, now: datetime) -> None:
    """
    Change a day; whoever has signed up hears when place or hours of a published day change.

    Raises:
        Stale: somebody else saved since the page was opened.
        DomainError: it is over, its values contradict each other, or they would undo a published timetable.
    """
    refuse_example(day, by)
    refuse_over(day, now)
    if day.version != version:
        raise Stale
    changed = [name for name, value in values.items() if getattr(day, name) != value]
    if day.status is DayStatus.PUBLISHED and (frozen := [name for name in changed if name in _OF_THE_PLAN]):
        raise DomainError(_("The timetable is published: the number of rounds and talks stays as it is."), field=frozen[0])
    _check(values, now.astimezone(clock.AMSTERDAM).date())
    for name in changed:
        setattr(day, name, values[name])
    try:
        session.flush()
    except StaleDataError as error:
        raise Stale from error
    if changed:
        audit.record(by.id, "change_day", "match_day", day.id, fields=sorted(changed))
    if day.status is DayStatus.PUBLISHED and any(name in _OF_THE_CLOCK for name in changed):
        tell_everyone(day, "moved")


def refuse_over(day: MatchDay, now: datetime) -> None:
    """
    A day that was held, cancelled, or has begun with its timetable stays as it is.

    Raises:
        DomainError: this one is such a day.
    """
    held = day.status is DayStatus.PUBLISHED and day.has_begun(now)
    if held or day.status in (DayStatus.HELD, DayStatus.CANCELLED):
        raise DomainError(_("This day is over: it cannot be changed any more."))


def _check(values: Mapping[str, Any], today: date) -> None:
    if found := contradictions(values, today):
        raise Refusals(found)


def contradictions(values: Mapping[str, Any], today: date) -> list[DomainError]:
    """Everything about a day that contradicts itself; what is None is not known, and nothing is said of it."""
    rounds, most, least = values["rounds"], values["most"], values["least"]
    held_on, until, breaks = values["held_on"], values["sign_up_until"], values["breaks"]
    clocked = [values["starts_at"], rounds, values["talk_minutes"], values["change_minutes"]]
    found = []
    if held_on is not None and held_on < today:
        found.append(DomainError(_("This day has been."), field="held_on"))
    if held_on is not None and until is not None and until > held_on:
        found.append(DomainError(_("The sign-up ends on the day itself at the latest."), field="sign_up_until"))
    if most is not None and rounds is not None and most > rounds:
        found.append(DomainError(_("A student cannot have more talks than there are rounds."), field="most"))
    if least is not None and most is not None and least > most:
        found.append(DomainError(_("The guaranteed number is higher than the highest number."), field="least"))
    if None not in clocked and _ends_late(*clocked, pauses=sum(breaks.values())):
        found.append(DomainError(_("The last round would end after midnight."), field="rounds"))
    if rounds is not None:
        late = [number for number in breaks if int(number) >= rounds]
        named = "break_after" if late[:1] == list(breaks)[:1] else "second_after"
        found += [DomainError(_("There is no round after this break."), field=named)] if late else []
    return found


def _ends_late(begins: time, rounds: int, talk: int, change: int, *, pauses: int) -> bool:
    return begins.hour * 60 + begins.minute + rounds * (talk + change) + pauses > 24 * 60


def add_room(day: MatchDay, *, name: str, tables: int, by: User) -> None:
    """
    Add a room.

    Raises:
        DomainError: there is one with this name, or there are too many.
    """
    _refuse_fixed(day, by)
    if len(day.rooms) >= MOST_ROOMS:
        raise DomainError(_("A day has at most %(number)s rooms.", number=MOST_ROOMS), field="name")
    if any(room.name.casefold() == name.casefold() for room in day.rooms):
        raise DomainError(_("There is a room with this name."), field="name")
    day.rooms.append(DayRoom(name=name, tables=tables))
    session.flush()
    audit.record(by.id, "add_room", "match_day", day.id, tables=tables)


def remove_room(day: MatchDay, number: int, *, by: User) -> None:
    """
    Take a room away.

    Raises:
        DomainError: there is none with this number, or its tables are given to companies.
    """
    _refuse_fixed(day, by)
    room = next((one for one in day.rooms if one.id == number), None)
    if room is None:
        raise DomainError(_("There is no such room."))
    given = sum(one.tables for one in queries.companies(day.id))
    if sum(one.tables for one in day.rooms) - room.tables < given:
        raise DomainError(_("Companies have signed up for %(number)s tables: this room is needed.", number=given))
    day.rooms.remove(room)
    session.flush()
    audit.record(by.id, "remove_room", "match_day", day.id, tables=room.tables)


def _refuse_fixed(day: MatchDay, by: User) -> None:
    refuse_example(day, by)
    if day.status in (DayStatus.PUBLISHED, DayStatus.HELD, DayStatus.CANCELLED):
        raise DomainError(_("The timetable is published: the rooms stay as they are."))


def move(day: MatchDay, deed: DayDeed, *, by: User, now: datetime) -> bool:
    """
    Take a step of the table that needs no plan.

    Returns:
        False where it was done before.

    Raises:
        DomainError: the table has no such step from here, or something is missing.
    """
    refuse_example(day, by)
    line = life.step(day.status, deed)
    if line is None:
        if any(one.deed is deed and one.after is day.status for one in life.STEPS):
            return False
        raise DomainError(_("This is not possible now: the day has moved on. Look at the page again."))
    today = now.astimezone(clock.AMSTERDAM).date()
    if deed in (DayDeed.OPEN, DayDeed.REOPEN) and not day.rooms:
        raise DomainError(_("Add a room with tables first."))
    if deed in (DayDeed.OPEN, DayDeed.REOPEN) and today > day.sign_up_until:
        raise DomainError(_("The last day to sign up has passed. Change it first."))
    if line.begun and not day.has_begun(now):
        raise DomainError(_("The day has not begun yet."))
    if day.has_begun(now) and not line.begun:
        raise DomainError(_("This day has begun: that is not possible any more."))
    before, day.status = day.status, line.after
    session.flush()
    audit.record(by.id, f"day_{deed.value}", "match_day", day.id, **{"from": before.value, "to": line.after.value})
    if deed is DayDeed.CANCEL:
        tell_everyone(day, "cancelled")
    return True


def remove(day: MatchDay, *, by: User) -> None:
    """
    Take a draft away; nobody has seen it.

    Raises:
        DomainError: it is no draft any more.
    """
    refuse_example(day, by)
    if day.status is not DayStatus.DRAFT:
        raise DomainError(_("People have seen this day: it can be cancelled, not removed."))
    audit.record(by.id, "remove_day", "match_day", day.id)
    session.delete(day)
    session.flush()


def tell_everyone(day: MatchDay, what: str) -> None:
    """Write to every student and company of the day."""
    letters.to_students(day, queries.students(day.id), what)
    for row in queries.companies(day.id):
        letters.to_company(day, row, what)


def refuse_example(day: MatchDay, by: User) -> None:
    """
    Example accounts are shared, so they touch example days only.

    Raises:
        DomainError: this one is real.
    """
    if by.is_demo and not day.is_example:
        raise DomainError(_("This is an example account: it can only work with example days."))


def _free_slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "day"
    taken = set(session.scalars(select(MatchDay.slug).where(MatchDay.slug.startswith(stem, autoescape=True)))) | RESERVED
    return next(slug for n in range(1, len(taken) + 2) if (slug := stem if n == 1 else f"{stem}-{n}") not in taken)
