"""A student's list: ranking places, moving one, or stating what one wants to learn."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from ipf_talent import clock
from ipf_talent.accounts import audit
from ipf_talent.cohorts.rounds import facts, suggesting
from ipf_talent.cohorts.rounds.kinds import RoundStatus, WishWay
from ipf_talent.cohorts.rounds.models import LONGEST_WISH, RoundPlace, RoundStudent, RoundWish
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _


def takes_wishes(one: RoundStudent, today: date) -> bool:
    """Whether the student can still change the list."""
    return one.placing_round.status is RoundStatus.WISHES and today <= one.placing_round.wishes_until


def rank(one: RoundStudent, numbers: Mapping[str, int], *, now: datetime) -> None:
    """
    Put places in order, by their codes; those without a number are not on the list. Equal numbers keep the order they had.

    Raises:
        DomainError: the wishes are closed, or a hard limit forbids a place.
    """
    codes = {place.code: place for place in one.placing_round.places}
    before = {wish.round_place_id: wish.rank for wish in one.wishes}
    wanted = [codes[code] for code in numbers if code in codes]
    wanted.sort(key=lambda place: (numbers[place.code], before.get(place.id, len(before) + 1), place.id))
    _keep(one, wanted, WishWay.RANKED, now)


def moved(numbers: Mapping[str, int], move: str) -> dict[str, int]:
    """
    The numbers after one button: `up:CODE`, `down:CODE`, `add:CODE` (to the end) or `drop:CODE`; anything else changes nothing.

    Args:
        numbers: as the form has them, in the order of the page.
    """
    order = sorted(numbers, key=lambda code: numbers[code])
    deed, _colon, code = move.partition(":")
    if deed == "add" and code and code not in order:
        order.append(code)
    elif code in order:
        at = order.index(code)
        order.pop(at)
        if deed != "drop":
            order.insert(max(0, at + {"up": -1, "down": 1}.get(deed, 0)), code)
    return {code: number for number, code in enumerate(order, start=1)}


def learn(one: RoundStudent, wish: str, *, now: datetime) -> int:
    """
    State what one wants to learn; the places that have to do with it come behind the list, in the order of the matcher.

    Returns:
        How many places are new on the list.

    Raises:
        DomainError: the wishes are closed, nothing was said, or no place has to do with it that is not on the list.
    """
    if not wish:
        raise DomainError(_("Say what you want to learn."), field="learning_wish")
    if len(wish) > LONGEST_WISH:
        raise DomainError(_("Use at most %(most)s characters.", most=LONGEST_WISH), field="learning_wish")
    forbidden = barred(one)
    free = [place for place in one.placing_round.places if place.code not in forbidden]
    fitting = [place for place, fit in suggesting.in_order(one.student_id or 0, free, wish) if fit > 0]
    if not fitting:
        raise DomainError(
            _("No place of this round has to do with these words. Name what you want to learn, or choose places yourself."),
            field="learning_wish",
        )
    listed = {wish.round_place_id for wish in one.wishes}
    own = [wish.place for wish in one.wishes]
    new = [place for place in fitting if place.id not in listed]
    if not new:
        raise DomainError(_("The places that have to do with these words are on your list already."), field="learning_wish")
    _keep(one, [*own, *new], one.way if own and one.way else WishWay.LEARNING, now)
    one.learning_wish = wish
    session.flush()
    return len(new)


def barred(one: RoundStudent) -> dict[str, str]:
    """The places that a hard limit forbids this student, by code, with its name; two statements."""
    known = facts.gather_for(one)
    found = {place.code: known.barred(one, place) for place in one.placing_round.places}
    return {code: limit.value for code, limit in found.items() if limit is not None}


def _keep(one: RoundStudent, wanted: Sequence[RoundPlace], way: WishWay, now: datetime) -> None:
    if not takes_wishes(one, now.astimezone(clock.AMSTERDAM).date()):
        raise DomainError(_("The wishes of this round are closed."))
    forbidden = barred(one)
    if any(place.code in forbidden for place in wanted):
        raise DomainError(_("A place on your list cannot be yours: a hard limit forbids it. Look at the page again."))
    held = {wish.round_place_id: wish for wish in one.wishes}
    one.wishes = [
        _numbered(held.get(place.id) or RoundWish(round_place_id=place.id, place=place), number)
        for number, place in enumerate(wanted, start=1)
    ]
    one.way, one.wished_at = way, now
    audit.record(one.student_id, "state_wishes", "placing_round", one.round_id, number=len(wanted), way=way.value)
    session.flush()


def _numbered(wish: RoundWish, number: int) -> RoundWish:
    wish.rank = number
    return wish
