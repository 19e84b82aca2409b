"""
What both sides say after a talk, and the response that comes of it (AC-R3).

A response is sent once both said yes or maybe, the company named the place, and the student agreed to sending it. It is an `event`
response; where the school places the student it is a learning wish to the school instead (R4). Neither side sees what the other
said before both are interested.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from ipf_talent.accounts import audit
from ipf_talent.accounts.models import User
from ipf_talent.applications import services as applications
from ipf_talent.applications import showing
from ipf_talent.applications.kinds import Deed, Release, State, Who
from ipf_talent.cohorts.days import letters
from ipf_talent.cohorts.days.kinds import INTERESTED, WITH_TIMETABLE, Outcome
from ipf_talent.cohorts.days.models import DayTalk, MatchDay
from ipf_talent.cohorts.days.services import refuse_example
from ipf_talent.db import session
from ipf_talent.errors import DomainError, Refusals
from ipf_talent.i18n import _
from ipf_talent.vacancies import queries as vacancies
from ipf_talent.vacancies.kinds import PlacingMode


def both(talk: DayTalk) -> bool:
    """Whether both sides are interested."""
    return talk.student_says in INTERESTED and talk.company_says in INTERESTED


class Kept(NamedTuple):
    """What saving answers did: how many were kept, which responses were sent, and why one could not be sent."""

    kept: int
    sent: int
    unsent: tuple[str, ...]


class Saying(NamedTuple):
    """What one side says of a talk; a student may agree to a response, a company may name a place by its slug."""

    outcome: str
    agrees: bool = False
    place: str = ""


def students_answers(talks: Iterable[DayTalk], day: MatchDay, said: Mapping[int, Saying], *, by: User, now: datetime) -> Kept:
    """
    Keep what a student says of several talks: all of it, or nothing.

    Args:
        said: by the number of the talk; what says nothing new is left alone.

    Raises:
        Refusals: one for each talk that could not be kept, with the name of the company.
    """

    def keep(talk: DayTalk, one: Saying, outcome: Outcome) -> str | None:
        return student_says(talk, day, outcome, agrees=one.agrees, by=by, now=now)

    def same(talk: DayTalk, one: Saying) -> bool:
        agrees = one.agrees and one.outcome in INTERESTED
        return talk.student_says == one.outcome and (talk.agreed_at is not None) == agrees

    return _all(talks, said, same, keep, lambda talk: talk.company.company.name)


def companys_answers(talks: Iterable[DayTalk], day: MatchDay, said: Mapping[int, Saying], *, by: User, now: datetime) -> Kept:
    """
    Keep what a company says of several talks: all of it, or nothing.

    Args:
        said: by the number of the talk; what says nothing new is left alone.

    Raises:
        Refusals: one for each talk that could not be kept, with the code of the student.
    """

    def keep(talk: DayTalk, one: Saying, outcome: Outcome) -> str | None:
        return company_says(talk, day, outcome, place=one.place, by=by, now=now)

    def same(talk: DayTalk, one: Saying) -> bool:
        own = {place.vacancy.slug: place.vacancy_id for place in talk.company.places}
        wanted = own.get(one.place, 0 if one.place else None) if one.outcome in INTERESTED else None
        return talk.company_says == one.outcome and talk.vacancy_id == wanted

    return _all(talks, said, same, keep, lambda talk: talk.student.code)


def _all(
    talks: Iterable[DayTalk],
    said: Mapping[int, Saying],
    same: Callable[[DayTalk, Saying], bool],
    keep: Callable[[DayTalk, Saying, Outcome], str | None],
    name: Callable[[DayTalk], str],
) -> Kept:
    kept = sent = 0
    unsent, wrong = list[str](), list[DomainError]()
    for talk, one in [(talk, said[talk.id]) for talk in talks if talk.id in said]:
        waits = both(talk) and talk.agreed_at is not None and talk.vacancy_id is not None
        if same(talk, one) and not (waits and talk.application_id is None):
            continue
        try:
            if one.outcome not in set(Outcome):
                raise DomainError(_("Choose one of these."))
            why = keep(talk, one, Outcome(one.outcome))
        except DomainError as error:
            wrong.append(DomainError(f"{name(talk)}: {error.message}"))
            continue
        kept, sent = kept + 1, sent + (talk.application_id is not None)
        unsent += [f"{name(talk)}: {why}"] if why else []
    if wrong:
        raise Refusals(wrong)
    return Kept(kept, sent, tuple(unsent))


def student_says(talk: DayTalk, day: MatchDay, outcome: Outcome, *, agrees: bool, by: User, now: datetime) -> str | None:
    """
    Keep what the student says of a talk; it can change until a response is sent.

    Args:
        agrees: whether a response may be sent once both are interested.

    Returns:
        Why no response could be sent, in words, where all else was there; None otherwise.

    Raises:
        DomainError: the talk has not begun, or a response was sent.
    """
    _refuse_unless_talked(talk, day, by, now)
    was = both(talk)
    talk.student_says = outcome
    talk.agreed_at = (talk.agreed_at or now) if agrees and outcome in INTERESTED else None
    session.flush()
    audit.record(by.id, "student_after_talk", "day_talk", talk.id, agrees=talk.agreed_at is not None)
    return _bring_together(talk, day, was=was, now=now)


def company_says(talk: DayTalk, day: MatchDay, outcome: Outcome, *, place: str, by: User, now: datetime) -> str | None:
    """
    Keep what the company says of a talk; it can change until a response is sent.

    Args:
        place: slug of the place it would offer, of those it brought; empty where it has none.

    Returns:
        Why no response could be sent, in words, where all else was there; None otherwise.

    Raises:
        DomainError: the talk has not begun, a response was sent, or the place is none that it brought.
    """
    _refuse_unless_talked(talk, day, by, now)
    own = {one.vacancy.slug: one.vacancy_id for one in talk.company.places}
    if place and place not in own:
        raise DomainError(_("Choose a place that you brought to this day."), field="place")
    was = both(talk)
    talk.company_says, talk.vacancy_id = outcome, own.get(place) if outcome in INTERESTED else None
    session.flush()
    audit.record(by.id, "company_after_talk", "day_talk", talk.id)
    return _bring_together(talk, day, was=was, now=now)


def _refuse_unless_talked(talk: DayTalk, day: MatchDay, by: User, now: datetime) -> None:
    refuse_example(day, by)
    if day.status not in WITH_TIMETABLE or now < day.slots[talk.round - 1].begins:
        raise DomainError(_("This talk has not begun yet."))
    if talk.application_id is not None:
        raise DomainError(_("The response is sent already. What comes next stands there."))


def _bring_together(talk: DayTalk, day: MatchDay, *, was: bool, now: datetime) -> str | None:
    student = talk.student.student
    if not both(talk) or student is None:
        return None
    if talk.agreed_at is not None and talk.vacancy_id is not None:
        try:
            with session.begin_nested():
                _respond(talk, student, now)
        except DomainError as error:
            return error.message
    elif not was:
        letters.to_students(day, [talk.student], "both")
    return None


def _respond(talk: DayTalk, student: User, now: datetime) -> None:
    place = next(one.vacancy for one in talk.company.places if one.vacancy_id == talk.vacancy_id)
    vacancy = vacancies.get(place.slug)
    made = applications.start(student, vacancy, message="", wish="", minor=talk.student.minor, now=now)
    if made.state is State.DRAFT:
        if made.mode is not PlacingMode.SCHOOL_PLACES:
            made.mode = PlacingMode.EVENT
        deed = Deed.WISH if made.mode is PlacingMode.SCHOOL_PLACES else Deed.SEND
        applications.move(made, deed, who=Who.STUDENT, by=student, now=now)
        if talk.student.named and made.mode is PlacingMode.EVENT and student.is_demo == talk.company.company.is_example:
            showing.release(made, Release.NAME, by=student, now=now, tell=False)
    talk.application_id = made.id
    session.flush()
    audit.record(student.id, "response_from_day", "day_talk", talk.id, application=made.id)
