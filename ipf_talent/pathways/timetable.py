"""The days of a way for one's own calendar: starts, and what has to be done before them."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

REMINDER = timedelta(days=14)
"""So long before a deadline the calendar warns."""
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Day:
    """
    A whole day that matters.

    Attributes:
        about: what it belongs to, such as a stop and what happens there; the same thing keeps its place in a calendar
            when its day changes.
        deadline: the calendar warns beforehand.
    """

    about: str
    on: date
    title: str
    text: str
    deadline: bool = False


def calendar(days: Iterable[Day], *, name: str, language: str, address: str, now: datetime) -> bytes:
    """
    A calendar in the format of RFC 5545; whole days need no time zone.

    Args:
        address: of the plan, which every entry names.
    """
    made = Calendar()
    made.add("prodid", f"-//IPF Talent//Plan//{language.upper()}")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    for day in days:
        made.add_component(_event(day, address, now))
    return bytes(made.to_ical())


def _event(day: Day, address: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{hashlib.sha256(day.about.encode()).hexdigest()[:32]}@ipf-talent")
    event.add("dtstamp", now)
    event.add("dtstart", day.on)
    event.add("dtend", day.on + _ONE_DAY)
    event.add("summary", day.title)
    event.add("description", day.text)
    event.add("url", address)
    event.add("transp", "TRANSPARENT")
    if day.deadline:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", -REMINDER)
        alarm.add("description", day.title)
        event.add_component(alarm)
    return event
