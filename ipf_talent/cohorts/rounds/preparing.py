"""Preparing a round: making it, its days, limits and places; and by which facts a place goes."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from secrets import token_hex

from sqlalchemy.orm.exc import StaleDataError

from ipf_talent import clock
from ipf_talent.accounts import audit
from ipf_talent.cohorts import certificate
from ipf_talent.cohorts.criteria import Criterion
from ipf_talent.cohorts.rounds import letters, queries
from ipf_talent.cohorts.rounds.kinds import RoundStatus
from ipf_talent.cohorts.rounds.models import MOST_SEATS, PlacePriorities, Round, RoundPlace
from ipf_talent.db import session
from ipf_talent.enrolments.models import InternshipPeriod
from ipf_talent.errors import DomainError, Refusals
from ipf_talent.i18n import _, ngettext
from ipf_talent.vacancies.models import Vacancy


def make(
    period: InternshipPeriod, *, name: str, wishes_until: date, answer_until: date, made_with: str, by_id: int, now: datetime
) -> Round:
    """
    Make a round for a period and draw its seed; the same form makes it once.

    Raises:
        DomainError: the dates do not fit.
    """
    if (there := queries.made_with(made_with)) is not None and there.school_id == period.school_id:
        return there
    _refuse_dates(wishes_until, answer_until, period, now.astimezone(clock.AMSTERDAM).date())
    made = Round(
        key=token_hex(6), school_id=period.school_id, period_id=period.id, name=name, seed=token_hex(16), wishes_until=wishes_until,
        answer_until=answer_until, made_with=made_with, created_at=now, result={}, is_example=period.school.is_example,
    )  # fmt: skip
    made.period, made.school = period, period.school
    session.add(made)
    session.flush()
    audit.record(by_id, "make_round", "placing_round", made.id, seed_sha256=certificate.commitment(made.seed))
    return made


def _refuse_dates(wishes_until: date, answer_until: date, period: InternshipPeriod, today: date) -> None:
    if found := wrong_dates(wishes_until, answer_until, period, today):
        raise Refusals(found)


def wrong_dates(wishes_until: date | None, answer_until: date | None, period: InternshipPeriod, today: date) -> list[DomainError]:
    """Everything that does not fit about the days of a round, as far as they are known."""
    found = []
    if wishes_until is not None and wishes_until < today:
        found.append(DomainError(_("This day has passed."), field="wishes_until"))
    if answer_until is not None and answer_until > period.starts_on:
        found.append(DomainError(_("The period starts before that. Choose an earlier day."), field="answer_until"))
    elif answer_until is not None and wishes_until is not None and answer_until < wishes_until:
        found.append(DomainError(_("Answers come after the wishes: choose a later day."), field="answer_until"))
    return found


def change(
    placing_round: Round, *, name: str, wishes_until: date, answer_until: date, least_weeks: int | None, most_km: int | None,
    adjustments: bool, version: int, by_id: int, now: datetime,
) -> None:  # fmt: skip
    """
    Change name, days and hard limits, before the round is opened; the days also until it is published.

    Raises:
        DomainError: somebody changed it in the meantime, the dates do not fit, or limits would change under students' hands.
    """
    refuse_stale(placing_round, version)
    limits = (least_weeks, most_km, adjustments)
    if placing_round.status is not RoundStatus.DRAFT and limits != (
        placing_round.least_weeks, placing_round.most_km, placing_round.adjustments,
    ):  # fmt: skip
        raise DomainError(_("The round is open: its hard limits stay as students saw them."))
    if placing_round.status not in (RoundStatus.DRAFT, RoundStatus.WISHES, RoundStatus.COMPUTED):
        raise DomainError(_("This is not possible now: the round has moved on. Look at the page again."))
    _refuse_dates(wishes_until, answer_until, placing_round.period, now.astimezone(clock.AMSTERDAM).date())
    placing_round.name, placing_round.wishes_until, placing_round.answer_until = name, wishes_until, answer_until
    placing_round.least_weeks, placing_round.most_km, placing_round.adjustments = limits
    try:
        session.flush()
    except StaleDataError:
        raise _stale() from None
    audit.record(by_id, "change_round", "placing_round", placing_round.id)


def refuse_stale(placing_round: Round, version: int) -> None:
    """
    Check that the form was written from the round as it is.

    Raises:
        DomainError: somebody changed it in the meantime.
    """
    if placing_round.version != version:
        raise _stale()


def _stale() -> DomainError:
    return DomainError(_("Somebody changed this round in the meantime. Look at it again before you save."), field="version")


def free_seats(placing_round: Round, today: date) -> list[tuple[Vacancy, int]]:
    """Places that can take part, with the seats that no other running round holds; those without a seat are left out."""
    found = queries.eligible(placing_round, today)
    held = queries.held_elsewhere([one.id for one in found], but=placing_round.id)
    seats = [(one, min(MOST_SEATS, one.places - one.taken - held.get(one.id, 0))) for one in found]
    return [(one, number) for one, number in seats if number > 0]


def choose_places(placing_round: Round, seats: Mapping[str, int], *, by_id: int, today: date) -> int:
    """
    Choose the places of a round by slug, each with its seats; gives how many there are now.

    Raises:
        DomainError: the round is open already, or places have not so many seats; of each its field is `seats-` and the slug.
    """
    if placing_round.status is not RoundStatus.DRAFT:
        raise DomainError(_("The round is open: its places stay as students saw them."))
    free = {one.slug: (one, number) for one, number in free_seats(placing_round, today)}
    there = {place.vacancy_id: place for place in placing_round.places}
    if not set(seats) <= set(free):
        raise DomainError(_("A place that you chose cannot take part any more. Look at the list again."))
    wrong = [_too_many(slug, free[slug][1]) for slug, number in seats.items() if not 1 <= number <= free[slug][1]]
    if wrong:
        raise Refusals(wrong)
    kept = []
    for slug, number in seats.items():
        vacancy, _most = free[slug]
        place = there.get(vacancy.id) or RoundPlace(vacancy_id=vacancy.id, vacancy=vacancy, code=code("P"))
        place.seats = number
        kept.append(place)
    placing_round.places = kept
    session.flush()
    audit.record(by_id, "choose_places", "placing_round", placing_round.id, number=len(kept))
    return len(kept)


def _too_many(slug: str, most: int) -> DomainError:
    return DomainError(seats_between(most), field=f"seats-{slug}")


def seats_between(most: int) -> str:
    """How many seats of a place a round can have, as a sentence."""
    return str(ngettext("There is %(num)d free seat: write 0 or 1.", "There are %(num)d free seats: write 0 to %(num)d.", most))


def follow(made: Round, before: Round, *, by_id: int, today: date) -> int:
    """
    Give a new round the limits of an earlier one, and the seats that are free now of the places it had; gives how many places.

    Raises:
        DomainError: the new round is open already.
    """
    made.least_weeks, made.most_km, made.adjustments = before.least_weeks, before.most_km, before.adjustments
    had = {place.vacancy_id for place in before.places}
    seats = {vacancy.slug: number for vacancy, number in free_seats(made, today) if vacancy.id in had}
    return choose_places(made, seats, by_id=by_id, today=today)


def code(letter: str) -> str:
    """A code that tells nothing; the table refuses one that occurs already, which in a class happens once in millions."""
    return f"{letter}{token_hex(3).upper()}"


def say_priorities(vacancy: Vacancy, criteria: Collection[Criterion], *, by_id: int, now: datetime) -> None:
    """
    Say by which facts a place lets students go before others; none at all lets all stand equal.

    A round that is open keeps what held when it opened.
    """
    own = session.get(PlacePriorities, vacancy.id)
    if own is None:
        own = PlacePriorities(vacancy_id=vacancy.id)
        session.add(own)
    own.criteria, own.changed_at, own.changed_by_id = [one.value for one in dict.fromkeys(criteria)], now, by_id
    session.flush()
    audit.record(by_id, "say_priorities", "vacancy", vacancy.id, number=len(own.criteria))


def ask_companies(placing_round: Round, *, by_id: int) -> int:
    """
    Ask the companies that have not said so by which facts their places go; gives to how many people it is written.

    Raises:
        DomainError: the round is open, so that it is too late.
    """
    if placing_round.status is not RoundStatus.DRAFT:
        raise DomainError(_("The round is open: what places go by stays as students saw it."))
    said = queries.priorities_of([place.vacancy_id for place in placing_round.places])
    silent = {place.vacancy.company_id for place in placing_round.places if place.vacancy_id not in said}
    audit.record(by_id, "ask_priorities", "placing_round", placing_round.id, number=len(silent))
    return letters.ask_companies(placing_round, silent)


def remove(placing_round: Round, *, by_id: int, now: datetime, sure: bool = False) -> None:
    """
    Take away a round that no student saw.

    Raises:
        DomainError: it was opened, or it was not confirmed.
    """
    if placing_round.status is not RoundStatus.DRAFT:
        raise DomainError(_("This round was opened. It can be closed, and stays."))
    if not sure:
        raise DomainError(_("The round cannot be brought back. Confirm that you take it away."), field="sure")
    audit.record(
        by_id, "remove_round", "placing_round", placing_round.id, made_at=placing_round.created_at.isoformat(), at=now.isoformat()
    )
    session.delete(placing_round)
    session.flush()
