"""The steps of a listing: handed in, looked at by a second person, published, resting, archived; and the yearly check (AC-E7)."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm.exc import StaleDataError

from ipf_talent.accounts import audit
from ipf_talent.accounts.models import User
from ipf_talent.accounts.roles import Role
from ipf_talent.accounts.services import refuse_example
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.programmes import editing, news
from ipf_talent.programmes.checks import missing, missing_of_offering
from ipf_talent.programmes.listing import EDITABLE, TABLE, Actor, Guard, ListingStatus, Step, needs_check
from ipf_talent.programmes.listing_models import ListingField, ListingNews, NewsKind, Submission
from ipf_talent.programmes.listing_tasks import Missing
from ipf_talent.programmes.models import Intake, Offering, OpenDay, Programme

Authors = Mapping[int | None, frozenset[int]]
"""Who is no second person for a programme (under None) and for each of its offerings (by number)."""
LONGEST_NOTE = 600
_TOLD = {"rest": NewsKind.RESTING, "resume": NewsKind.RESUMED, "archive": NewsKind.ARCHIVED, "cancel": NewsKind.CANCELLED}
_TOGETHER = frozenset({"submit", "withdraw", "return", "publish"})
"""Deeds that go for the offerings too that stand where the programme stands."""


class Incomplete(DomainError):
    """It does not tell yet what a reader must know."""

    def __init__(self, reasons: Collection[Missing]) -> None:
        super().__init__(_("Something is still missing."))
        self.reasons = tuple(reasons)


def actors(user: User, thing: Programme | Offering, authors: Authors) -> frozenset[Actor]:
    """
    As what somebody stands before a listing. Who handed it in or wrote of it since is no second person, and not in another role.

    Args:
        authors: of `authors`.
    """
    programme = thing if isinstance(thing, Programme) else thing.programme
    found = set()
    if programme.institution_id in user.organisation_ids(Role.PROGRAMME_MANAGER):
        found |= {Actor.SCHOOL, Actor.SECOND}
    if user.has_role(Role.PLATFORM_ADMIN):
        found.add(Actor.PLATFORM)
    if is_author(user, thing, authors):
        found -= {Actor.SECOND, Actor.PLATFORM}
    return frozenset(found)


def authors(programme: Programme) -> dict[int | None, frozenset[int]]:
    """
    Who handed a programme (under None) and each of its offerings (by number) in last, and who edited a field of it since.

    Of an import that is who sent the file and who applied it.
    """
    handed = _handed_in(programme)
    found = {key: {by_id} for key, (by_id, _at) in handed.items()}
    query = select(ListingField.offering_id, ListingField.edited_by_id, ListingField.at)
    query = query.where(ListingField.programme_id == programme.id, ListingField.edited_by_id.is_not(None))
    for key, by_id, at in session.execute(query):
        if key not in handed or at >= handed[key][1]:
            found.setdefault(key, set()).add(by_id)
    return {key: frozenset(one for one in people if one is not None) for key, people in found.items()}


def _handed_in(programme: Programme) -> dict[int | None, tuple[int | None, datetime]]:
    """By whom and when each was handed in last."""
    query = select(Submission.offering_id, Submission.by_id, Submission.at).where(Submission.programme_id == programme.id)
    return {key: (by_id, at) for key, by_id, at in session.execute(query.order_by(Submission.id))}


def is_author(user: User, thing: Programme | Offering, authors: Authors) -> bool:
    """Whether somebody handed it in, or wrote of it since."""
    return user.id in authors.get(None if isinstance(thing, Programme) else thing.id, ())


def steps(user: User, thing: Programme | Offering, known: Authors | None = None) -> list[Step]:
    """What somebody can do with it now, each deed once; `known` is of `authors`, where that was asked before."""
    if known is None:
        known = authors(thing if isinstance(thing, Programme) else thing.programme)
    who = actors(user, thing, known)
    found = {line.name: line for line in TABLE if line.source is thing.status and line.who in who}
    return list(found.values())


def move(thing: Programme | Offering, name: str, *, by: User, today: date, now: datetime, reason: str = "") -> None:
    """
    Make a step of the life of a listing. Where it stands there already, nothing happens.

    Raises:
        Incomplete: what a reader must know is missing.
        DomainError: it cannot be done now, or not by this person, or a reason is missing.
        Changed: somebody else was quicker.
    """
    programme = thing if isinstance(thing, Programme) else thing.programme
    refuse_example(by, of=programme.institution)
    known = authors(programme)
    line = next((one for one in steps(by, thing, known) if one.name == name), None)
    if line is None:
        if any(one.name == name and one.target is thing.status for one in TABLE):
            return
        raise DomainError(_why_not(thing, name, by))
    _guard(thing, line, today, reason)
    with_it = list(_offerings_with(thing, name, by, known))
    for one in (thing, *with_it):
        one.status = line.target
        if name == "submit":
            session.add(Submission(programme_id=programme.id, offering_id=one.id if one is not programme else None, by_id=by.id))
    if name == "return":
        programme.review_note = " ".join(reason.split())[:LONGEST_NOTE]
    elif name in ("submit", "publish"):
        programme.review_note = ""
    if name == "publish":
        programme.edit(checked_on=today)
    if name == "cancel":
        _cancel_intakes(thing, now)
    _flush()
    kind = "programme" if thing is programme else "offering"
    audit.record(by.id, f"{name}_{kind}", "programme", programme.id, offering=None if thing is programme else thing.id)
    _tell(thing, name)


def check(programmes: Iterable[Programme], *, by: User, today: date) -> int:
    """Say of programmes that all of it is still true today (AC-E7); gives how many."""
    number = 0
    for programme in programmes:
        refuse_example(by, of=programme.institution)
        if programme.status not in EDITABLE:
            continue
        programme.edit(checked_on=today)
        audit.record(by.id, "check_listing", "programme", programme.id)
        number += 1
    _flush()
    return number


def remove(thing: Programme | Offering, *, by: User) -> None:
    """
    Take a draft away.

    Raises:
        DomainError: it was handed in or published once.
    """
    programme = thing if isinstance(thing, Programme) else thing.programme
    refuse_example(by, of=programme.institution)
    handed = _handed_in(programme)
    if thing.status is not ListingStatus.DRAFT or (None if thing is programme else thing.id) in handed:
        raise DomainError(_("This was handed in once, so it can be cancelled but not taken away."))
    audit.record(by.id, "remove_listing", "programme", programme.id, offering=None if thing is programme else thing.id)
    session.delete(thing)
    session.flush()


def cancel_intake(intake: Intake, *, by: User, now: datetime) -> None:
    """Let an intake not take place; followers hear of it."""
    refuse_example(by, of=intake.offering.programme.institution)
    if intake.cancelled_at is None:
        intake.cancelled_at = now
        _flush()
        audit.record(by.id, "cancel_intake", "programme", intake.offering.programme_id, intake=intake.id)
        news.tell_cancelled(intake)


def restore_intake(intake: Intake, *, by: User) -> None:
    """Let a cancelled intake take place after all."""
    refuse_example(by, of=intake.offering.programme.institution)
    if intake.cancelled_at is not None:
        intake.cancelled_at = None
        _flush()
        audit.record(by.id, "restore_intake", "programme", intake.offering.programme_id, intake=intake.id)
        news.tell_intake(intake)


def put_open_day(
    day: OpenDay | None, *, institution_id: int, programme: Programme | None, starts_at: datetime, ends_at: datetime, online: bool,
    location: str, url: str | None, by: User,
) -> OpenDay:  # fmt: skip
    """
    Make or change an open day.

    Raises:
        DomainError: it ends before it begins.
    """
    if ends_at <= starts_at:
        raise DomainError(_("It ends before it begins."), field="ends")
    if day is None:
        day = OpenDay(institution_id=institution_id, starts_at=starts_at, ends_at=ends_at)
        session.add(day)
    day.programme_id = programme.id if programme else None
    day.starts_at, day.ends_at, day.online, day.location, day.url = starts_at, ends_at, online, location, url
    session.flush()
    audit.record(by.id, "edit_open_day", "organisation", institution_id, open_day=day.id)
    return day


def remove_open_day(day: OpenDay, *, by: User) -> None:
    """Take an open day away."""
    audit.record(by.id, "remove_open_day", "organisation", day.institution_id, open_day=day.id)
    session.delete(day)
    session.flush()


def tidy(before: datetime) -> int:
    """Take away news that everyone was told long ago; gives how many."""
    return session.execute(delete(ListingNews).where(ListingNews.at < before)).rowcount  # type: ignore[attr-defined,no-any-return]


def _offerings_with(thing: Programme | Offering, name: str, by: User, authors: Authors) -> Iterable[Offering]:
    """The offerings that go along with their programme."""
    if isinstance(thing, Offering) or name not in _TOGETHER:
        return
    for one in thing.offerings:
        if one.status is thing.status and (name != "publish" or not is_author(by, one, authors)):
            yield one


def _guard(thing: Programme | Offering, line: Step, today: date, reason: str) -> None:
    if line.guard is Guard.REASON and len(" ".join(reason.split())) < 10:
        raise DomainError(_("Say in a few words what is to be mended."), field="reason")
    if line.guard in (Guard.COMPLETE, Guard.FRESH):
        lacking = missing(thing, today) if isinstance(thing, Programme) else missing_of_offering(thing, today)
        if lacking:
            raise Incomplete(lacking)
    programme = thing if isinstance(thing, Programme) else thing.programme
    if line.guard is Guard.FRESH and needs_check(programme.checked_on, today):
        raise DomainError(_("Nobody checked it within the last twelve months. Check it first."))
    if isinstance(thing, Offering) and line.name in ("submit", "publish") and programme.status is not ListingStatus.PUBLISHED:
        raise DomainError(_("It goes along with its programme, which is not published yet."))


def _cancel_intakes(thing: Programme | Offering, now: datetime) -> None:
    for offering in thing.offerings if isinstance(thing, Programme) else [thing]:
        for intake in offering.intakes:
            intake.cancelled_at = intake.cancelled_at or now


def _tell(thing: Programme | Offering, name: str) -> None:
    if isinstance(thing, Offering):
        if name in ("cancel", "archive", "rest"):
            news.tell_offering_cancelled(thing)
    elif name in _TOLD:
        news.tell(thing, _TOLD[name])


def _why_not(thing: Programme | Offering, name: str, by: User) -> str:
    if name in ("publish", "return") and thing.status is ListingStatus.IN_REVIEW:
        return str(
            _("You handed it in or changed it since. Another programme manager of your school, or the platform, looks at it.")
        )
    return str(_("This cannot be done now."))


def _flush() -> None:
    try:
        session.flush()
    except StaleDataError:
        raise editing.Changed from None
