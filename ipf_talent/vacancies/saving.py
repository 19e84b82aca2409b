"""The favourites of whoever is at the screen: rows with an account, numbers in the signed session without one."""

from flask import g
from flask import session as cookie
from flask_login import current_user

from ipf_talent.accounts.models import User
from ipf_talent.vacancies import saved_services

KEY = "favourites"
MOST_OF_GUEST = 30
"""Places that a guest can keep, beside all else that is in the cookie."""

LARGEST = 2**31
"""Above this there is no row number."""


def favourites() -> list[int]:
    """Numbers of the places they keep, the last one first; read once in a request."""
    if "favourites" not in g:
        g.favourites = saved_services.favourites(current_user.id) if current_user.is_authenticated else _guests()
    kept: list[int] = g.favourites
    return kept


def keep(vacancy_id: int) -> bool:
    """Keep a place; with an account the route still has to commit. False where there is no more room."""
    g.pop("favourites", None)
    if current_user.is_authenticated:
        saved_services.keep(current_user.id, [vacancy_id])
        return vacancy_id in favourites()
    have = [number for number in _guests() if number != vacancy_id]
    if len(have) >= MOST_OF_GUEST:
        return False
    cookie[KEY] = [vacancy_id, *have]
    cookie.permanent = True
    return True


def let_go(vacancy_id: int) -> None:
    """Keep a place no longer."""
    g.pop("favourites", None)
    if current_user.is_authenticated:
        saved_services.let_go(current_user.id, vacancy_id)
    elif vacancy_id in _guests():
        cookie[KEY] = [number for number in _guests() if number != vacancy_id]


def move_in(user: User) -> bool:
    """
    Put what a guest kept into the account that they have just signed in to; tells whether there was anything.

    An example person is shared by everyone who looks around, so nothing of a guest goes there.
    """
    guests = _guests()
    if user.is_demo or not guests:
        return False
    cookie.pop(KEY, None)
    g.pop("favourites", None)
    saved_services.keep(user.id, list(reversed(guests)))
    return True


def _guests() -> list[int]:
    kept = cookie.get(KEY, [])
    numbers = kept if isinstance(kept, list) else []
    return [number for number in numbers if isinstance(number, int) and 0 < number < LARGEST][:MOST_OF_GUEST]
