"""What a student shows a company, a piece at a time, and the trail of what the company looked at."""

from datetime import datetime

from ipf_talent.accounts.models import User
from ipf_talent.applications import letters
from ipf_talent.applications.kinds import OPEN, PLACED, Release, State, Who
from ipf_talent.applications.models import Application, ApplicationRelease
from ipf_talent.applications.services import log
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.vacancies.kinds import PlacingMode


def can_show(application: Application) -> list[Release]:
    """
    What a student can show at this moment.

    Where the school places, nothing before the company confirmed, and never a message or a CV (R4).
    """
    if application.mode is PlacingMode.SCHOOL_PLACES:
        return [Release.NAME, Release.CONTACT] if application.state is State.CONFIRMED else []
    if application.state not in OPEN | PLACED:
        return []
    there = {Release.MESSAGE: bool(application.message), Release.CV: application.document_id is not None}
    return [part for part in Release if there.get(part, True)]


def release(application: Application, part: Release, *, by: User, now: datetime, tell: bool = True) -> bool:
    """
    Show the company something; whoever shows a CV or an address shows the name with it.

    Returns:
        False where it was shown already.

    Raises:
        DomainError: there is nothing to show, or not yet.
    """
    if part not in can_show(application):
        raise DomainError(_("This cannot be shown now."))
    wanted = [Release.NAME, part] if part in (Release.CONTACT, Release.CV) else [part]
    new = [one for one in wanted if one not in application.releases]
    for one in new:
        row = next((held for held in application.shown if held.what is one), None)
        if row is None:
            application.shown.append(ApplicationRelease(what=one, given_at=now))
        else:
            row.given_at, row.taken_back_at = now, None
        log(application, Who.STUDENT, by, "release", now, part=one)
    session.flush()
    if new and tell:
        letters.tell(application, Who.COMPANY, "release")
    return bool(new)


def take_back(application: Application, part: Release, *, by: User, now: datetime) -> bool:
    """
    Stop showing something; with the name go the address and the CV. What was read cannot be unread.

    Returns:
        False where it was not shown.
    """
    gone = set(Release) - {Release.MESSAGE} if part is Release.NAME else {part}
    held = [one for one in application.shown if one.what in gone and one.taken_back_at is None]
    for one in held:
        one.taken_back_at = now
        log(application, Who.STUDENT, by, "take_back", now, part=one.what)
    session.flush()
    return bool(held)


def unseen(application: Application, user: User, parts: frozenset[Release]) -> list[Release]:
    """What of these this person has not looked at since it was last shown."""
    since = {one.what: one.given_at for one in application.shown}
    looked = {
        (line.part, line.user_id)
        for line in application.events
        if line.what == "seen" and line.at >= since[line.part or Release.NAME]
    }
    return [part for part in Release if part in parts and (part, user.id) not in looked]


def note_seen(application: Application, user: User, parts: list[Release], *, now: datetime) -> None:
    """Keep that somebody of the company looked at these; the student sees it."""
    for part in parts:
        log(application, Who.COMPANY, user, "seen", now, part=part)


def ask(application: Application, *, by: User, now: datetime) -> None:
    """
    Ask the student to show more, by mail and on their page; at most once a day.

    Raises:
        DomainError: it was asked today, or everything is shown.
    """
    if set(can_show(application)) <= application.releases:
        raise DomainError(_("There is nothing more to ask for."))
    if any(line.what == "ask" and (now - line.at).days < 1 for line in application.events):
        raise DomainError(_("You have asked today. Give the student a little time."))
    log(application, Who.COMPANY, by, "ask", now)
    letters.tell(application, Who.STUDENT, "ask")
