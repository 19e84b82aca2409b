"""What happens between a school and one student: inviting, coming, confirming, saying that something is wrong, leaving."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from secrets import token_hex
from typing import Any

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from ipf_talent.accounts import audit, links, memberships
from ipf_talent.accounts.models import User
from ipf_talent.accounts.roles import Role
from ipf_talent.accounts.services import end_sessions, refuse_example
from ipf_talent.db import session
from ipf_talent.enrolments import letters, queries
from ipf_talent.enrolments.kinds import INVITATION_VALID, EnrolmentStatus
from ipf_talent.enrolments.models import Enrolment
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.organisations.models import Organisation
from ipf_talent.profiles import queries as profiles
from ipf_talent.profiles import services as profile_services
from ipf_talent.profiles.card import Card
from ipf_talent.programmes.levels import Level, StartingPoint
from ipf_talent.vacancies.company_editing import Stale

_S = EnrolmentStatus


def enrol(school: Organisation, values: Mapping[str, Any], *, by: User, now: datetime) -> Enrolment:
    """Put a student on the list of a school and invite them by mail; `values` are columns."""
    enrolment = Enrolment(key=token_hex(8), school_id=school.id, status=_S.INVITED, created_at=now, **values)
    enrolment.school = school
    session.add(enrolment)
    invite(enrolment, by=by, now=now)
    return enrolment


def invite(enrolment: Enrolment, *, by: User, now: datetime) -> str:
    """
    Send the invitation, or another one, of which only the newest works; gives the secret of the link, which is nowhere else.

    Raises:
        DomainError: the student came already, or left.
    """
    refuse_example(by, of=enrolment.school)
    if enrolment.status is not _S.INVITED:
        raise DomainError(_("This student needs no invitation any more."))
    secret = links.new_secret()
    enrolment.secret_hash, enrolment.secret_until, enrolment.invited_at = links.hashed(secret), now + INVITATION_VALID, now
    session.flush()
    letters.invitation(enrolment, by.language, secret)
    audit.record(by.id, "invite_student", "enrolment", enrolment.id, school=enrolment.school_id)
    return secret


def claim(secret: str, user: User, *, now: datetime) -> Enrolment:
    """
    Come as a student of the school, for exactly one caller however many come at once. The person's sessions end.

    Only the account with the invited address can: a link that was passed on, or found, opens nothing. What the profile does
    not say yet, it takes from the school.

    Raises:
        DomainError: the link does not work (any more), is for another address, or the person is a student there already.
    """
    refuse_example(user)
    found = queries.by_secret(links.hashed(secret), now)
    if found is not None and found.email != user.email:
        raise DomainError(_("This invitation is for another address. Sign in with the account of that address."))
    mine = update(Enrolment).where(Enrolment.secret_hash == links.hashed(secret), Enrolment.email == user.email)
    still = mine.where(Enrolment.secret_until > now, Enrolment.status == _S.INVITED)
    taking = still.values(secret_hash=None, secret_until=None).returning(Enrolment.id)
    taken = session.execute(taking.execution_options(synchronize_session=False)).scalar()
    if found is None or taken is None:
        raise DomainError(_("This invitation no longer works. Ask your school for a new one."))
    session.refresh(found)
    if any(one.school_id == found.school_id and one.status is not _S.ENDED for one in queries.all_of_student(user.id)):
        raise DomainError(_("You are a student of this school here already. Ask your coordinator to look at the list."))
    found.status, found.student_id, found.claimed_at = _S.CLAIMED, user.id, now
    found.student = user
    flush()
    _fill_profile(found, user)
    memberships.give(user, found.school, Role.STUDENT, by_id=user.id, action="accept_invitation")
    audit.record(user.id, "claim_enrolment", "enrolment", found.id)
    return found


def _fill_profile(enrolment: Enrolment, user: User) -> None:
    """What the school says goes where the profile says nothing; it never puts a programme of one's own aside."""
    card, programme = profiles.card_of(user.id), enrolment.programme
    filled = card.completed_by(Card(adult_on=enrolment.minor_until))
    if card.programme is None:
        points = [one for one in StartingPoint if one.value == programme.level.value and one.level is not Level.NONE]
        point = card.point or next(iter(points), None)
        filled = replace(filled, point=point, programme=programme.slug, year=card.year or enrolment.year)
    elif card.programme == programme.slug and card.year is None:
        filled = replace(filled, year=enrolment.year)
    if filled != card:
        profile_services.save(user.id, filled)


def confirm(enrolment: Enrolment, *, theirs: bool, by: User, now: datetime) -> bool:
    """
    Confirm a student's programme and year, and remember what the profile said meanwhile.

    Args:
        theirs: take over what the profile says, where it says something; otherwise what the school said stays.

    Returns:
        False where this was confirmed before.

    Raises:
        DomainError: the student did not come yet, or left.
    """
    refuse_example(by, of=enrolment.school)
    if enrolment.student_id is None or enrolment.status not in (_S.CLAIMED, _S.CONFIRMED):
        raise DomainError(_("%(name)s has no account here yet, so there is nothing to confirm.", name=enrolment.name))
    programme_id, year = queries.said_by(enrolment.student_id)
    former = (enrolment.status, enrolment.programme_id, enrolment.year, enrolment.said_programme_id, enrolment.said_year)
    if theirs and programme_id is not None:
        enrolment.programme_id, enrolment.year = programme_id, year or enrolment.year
    enrolment.status, enrolment.said_programme_id, enrolment.said_year = _S.CONFIRMED, programme_id, year
    same = (enrolment.status, enrolment.programme_id, enrolment.year, enrolment.said_programme_id, enrolment.said_year)
    if former == same:
        return False
    enrolment.confirmed_at, enrolment.confirmed_by_id = now, by.id
    flush()
    session.refresh(enrolment, ["programme"])
    letters.confirmed(enrolment)
    audit.record(by.id, "confirm_enrolment", "enrolment", enrolment.id, theirs=theirs)
    return True


def confirm_many(asked: Iterable[queries.Asked], *, by: User, now: datetime) -> int:
    """Confirm all of these whose profile says the same as the school; gives how many. The others ask for a look."""
    return sum(confirm(row.one, theirs=False, by=by, now=now) for row in asked if not row.differs)


def change(enrolment: Enrolment, values: Mapping[str, Any], *, version: int, by: User, now: datetime) -> None:
    """
    Change what the school says of a student. Another address sends the invitation there, where it was not taken yet.

    Raises:
        Stale: somebody else saved since.
        DomainError: the number or the address belongs to somebody else.
    """
    refuse_example(by, of=enrolment.school)
    if enrolment.version != version:
        raise Stale
    changed = sorted(name for name, value in values.items() if getattr(enrolment, name) != value)
    if not changed:
        return
    refuse_taken(enrolment, values)
    for name in changed:
        setattr(enrolment, name, values[name])
    flush()
    session.refresh(enrolment, ["programme", "school_class", "own_period"])
    if "email" in changed and enrolment.status is _S.INVITED:
        invite(enrolment, by=by, now=now)
    audit.record(by.id, "change_enrolment", "enrolment", enrolment.id, fields=changed)


def refuse_taken(enrolment: Enrolment, values: Mapping[str, Any]) -> None:
    """
    Hold number and address unique within the school.

    Raises:
        DomainError: somebody else has one of them.
    """
    for other in queries.with_same(enrolment.school_id, str(values["number"]), str(values["email"])):
        if other.id == enrolment.id:
            continue
        if other.number.casefold() == str(values["number"]).casefold():
            raise DomainError(_("Another student has this number: %(name)s.", name=other.name), field="number")
        if other.status is not _S.ENDED:
            raise DomainError(_("Another student has this address: %(name)s.", name=other.name), field="email")


def say_wrong(enrolment: Enrolment, note: str, *, now: datetime) -> None:
    """
    Tell the school that something is wrong; it stays until the school has dealt with it.

    Raises:
        DomainError: nothing was said, or the enrolment has ended.
    """
    if enrolment.status is _S.ENDED or enrolment.student_id is None:
        raise DomainError(_("You are no student of this school here any more."))
    if not note:
        raise DomainError(_("Say in a few words what is wrong."), field="note")
    first = enrolment.noted_at is None
    enrolment.note, enrolment.noted_at = note, now
    flush()
    if first:
        letters.noted(enrolment)
    audit.record(enrolment.student_id, "note_enrolment", "enrolment", enrolment.id)


def settle_note(enrolment: Enrolment, *, by: User) -> None:
    """The school has dealt with what the student said."""
    refuse_example(by, of=enrolment.school)
    enrolment.note, enrolment.noted_at = "", None
    flush()
    audit.record(by.id, "settle_note", "enrolment", enrolment.id)


def end(enrolment: Enrolment, *, by: User, now: datetime) -> bool:
    """A student leaves the school, or was put on the list by mistake; gives False where that was done before."""
    refuse_example(by, of=enrolment.school)
    if enrolment.status is _S.ENDED:
        return False
    enrolment.status, enrolment.ended_at = _S.ENDED, now
    enrolment.secret_hash = enrolment.secret_until = enrolment.noted_at = None
    enrolment.note = ""
    flush()
    if (student := enrolment.student) is not None and not student.is_demo:
        _take_role(student, enrolment.school_id, by)
    audit.record(by.id, "end_enrolment", "enrolment", enrolment.id)
    return True


def _take_role(student: User, school_id: int, by: User) -> None:
    held = next((m for m in student.memberships if m.role is Role.STUDENT and m.organisation_id == school_id), None)
    if held is not None:
        audit.record(by.id, "remove_role", "membership", held.id, role=held.role.value, user=student.id, organisation=school_id)
        student.memberships.remove(held)
        end_sessions(student)


def take_back(enrolment: Enrolment, *, by: User, now: datetime) -> None:
    """
    A student who left comes back: invited anew, or to confirm where they have an account.

    Raises:
        DomainError: the student did not leave.
    """
    refuse_example(by, of=enrolment.school)
    if enrolment.status is not _S.ENDED:
        raise DomainError(_("This student is on the list already."))
    enrolment.ended_at = None
    enrolment.status = _S.CLAIMED if enrolment.student_id is not None else _S.INVITED
    flush()
    if enrolment.student is not None:
        memberships.give(enrolment.student, enrolment.school, Role.STUDENT, by_id=by.id)
    else:
        invite(enrolment, by=by, now=now)
    audit.record(by.id, "take_back_enrolment", "enrolment", enrolment.id)


def flush() -> None:
    """
    Write what changed.

    Raises:
        Stale: somebody else wrote it in the same moment.
        DomainError: it would stand there twice.
    """
    try:
        session.flush()
    except StaleDataError:
        raise Stale from None
    except IntegrityError:
        raise DomainError(_("This is there already. Somebody was just before you; look at the page again.")) from None
