"""One's talks at a matchmaking day for one's own calendar."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from icalendar import Calendar, Event


@dataclass(frozen=True)
class Entry:
    """A talk; `about` names it for as long as it lives, so that a changed one moves instead of standing there twice."""

    about: str
    begins: datetime
    ends: datetime
    title: str
    where: str


def calendar(entries: Iterable[Entry], *, name: str, language: str, address: str, now: datetime) -> bytes:
    """
    A calendar in the format of RFC 5545; moments stand in UTC, so that it needs no time zone of its own.

    Args:
        address: of the page, which every entry names.
    """
    made = Calendar()
    made.add("prodid", f"-//IPF Talent//Day//{language.upper()}")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    for entry in entries:
        event = Event()
        event.add("uid", f"{hashlib.sha256(entry.about.encode()).hexdigest()[:32]}@ipf-talent")
        event.add("dtstamp", now)
        event.add("dtstart", entry.begins.astimezone(UTC))
        event.add("dtend", entry.ends.astimezone(UTC))
        event.add("summary", entry.title)
        event.add("location", entry.where)
        event.add("url", address)
        made.add_component(event)
    return bytes(made.to_ical())
