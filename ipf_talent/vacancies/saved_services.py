"""Keeping searches and places, and telling of new places once."""

import hashlib
import hmac
import secrets
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError

from ipf_talent.accounts.models import User
from ipf_talent.db import session
from ipf_talent.errors import DomainError, NotFound
from ipf_talent.i18n import _
from ipf_talent.vacancies.filters import Alert
from ipf_talent.vacancies.models import Vacancy
from ipf_talent.vacancies.saved_models import Favourite, SavedSearch

MOST_SEARCHES = 20
MOST_FAVOURITES = 200
LONGEST_NAME, LONGEST_QUERY = 80, 1000


def save(user: User, *, name: str, query: str, alert: Alert, language: str, now: datetime) -> SavedSearch:
    """
    Keep a search; one that is there already takes the new name and rhythm, so that pressing twice keeps one.

    Raises:
        DomainError: there are as many as one can keep, or it asks too much.
    """
    name = name[:LONGEST_NAME]
    if found := _same(user.id, query):
        found.name, found.alert, found.language = name, alert, language
        return found
    if len(query) > LONGEST_QUERY:
        raise DomainError(_("This search is too long to keep."))
    if (session.scalar(select(func.count()).where(SavedSearch.user_id == user.id)) or 0) >= MOST_SEARCHES:
        raise DomainError(_("You keep %(most)s searches, and that is the most. Remove one first.", most=MOST_SEARCHES))
    made = SavedSearch(key=secrets.token_hex(6), user_id=user.id, name=name, query=query, alert=alert, language=language)
    made.created_at = made.told_until = now
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        if found := _same(user.id, query):
            return found
        raise
    return made


def _same(user_id: int, query: str) -> SavedSearch | None:
    return session.scalar(select(SavedSearch).where(SavedSearch.user_id == user_id, SavedSearch.query == query))


def get(key: str) -> SavedSearch:
    """
    A search by its key; whose it is says `saved_policy.keeps_search`.

    Raises:
        NotFound: it is not there.
    """
    if found := session.scalar(select(SavedSearch).where(SavedSearch.key == key)):
        return found
    raise NotFound(_("There is no such search."))


def of(user_id: int) -> Sequence[SavedSearch]:
    """A person's searches, the newest first."""
    return session.scalars(select(SavedSearch).where(SavedSearch.user_id == user_id).order_by(SavedSearch.id.desc())).all()


def change_alert(search: SavedSearch, alert: Alert, *, now: datetime) -> None:
    """Tell more or less often; mail that starts again begins with what is new from now on."""
    if search.alert is Alert.NONE and alert is not Alert.NONE:
        search.told_until = now
    search.alert = alert


def remove(search: SavedSearch) -> None:
    """Forget a search."""
    session.delete(search)
    session.flush()


def stop_token(search: SavedSearch, secret: str) -> str:
    """What a mail carries to stop it: nobody can make one without our secret, and it fits this search alone."""
    return f"{search.key}{_seal(search.key, secret)}"


def by_token(token: str, secret: str) -> SavedSearch:
    """
    The search of a stop link.

    Raises:
        NotFound: the link was not made by us, or its search is gone.
    """
    key, seal = token[:12], token[12:]
    if not hmac.compare_digest(seal.encode(), _seal(key, secret).encode()):
        key = ""
    if found := session.scalar(select(SavedSearch).where(SavedSearch.key == key)):
        return found
    raise NotFound(_("This link does not work. The search it was for may have been removed."))


def _seal(key: str, secret: str) -> str:
    return hmac.new(secret.encode(), f"stop alert\n{key}".encode(), hashlib.sha256).hexdigest()


def claim(search_id: int, told_until: datetime, now: datetime) -> bool:
    """Take it upon oneself to tell what is new since `told_until`: true for exactly one caller."""
    wanted = (SavedSearch.id == search_id, SavedSearch.told_until == told_until, SavedSearch.alert != Alert.NONE)
    mine = update(SavedSearch).where(*wanted)
    done = session.execute(mine.values(told_until=now).returning(SavedSearch.id).execution_options(synchronize_session=False))
    return done.scalar() is not None


def due(daily_before: datetime, weekly_before: datetime) -> Sequence[int]:
    """Numbers of the searches whose owners were last told before these moments."""
    daily = (SavedSearch.alert == Alert.DAILY) & (SavedSearch.told_until <= daily_before)
    weekly = (SavedSearch.alert == Alert.WEEKLY) & (SavedSearch.told_until <= weekly_before)
    return session.scalars(select(SavedSearch.id).where(daily | weekly).order_by(SavedSearch.id)).all()


def favourites(user_id: int) -> list[int]:
    """Numbers of the places that a person keeps, the last one first."""
    query = select(Favourite.vacancy_id).where(Favourite.user_id == user_id)
    return list(session.scalars(query.order_by(Favourite.kept_at.desc(), Favourite.vacancy_id.desc())))


def keep(user_id: int, vacancy_ids: Collection[int]) -> None:
    """Keep places; those that are kept already, or are gone, change nothing."""
    have = favourites(user_id)
    wanted = list(dict.fromkeys(number for number in vacancy_ids if number not in have))[: max(0, MOST_FAVOURITES - len(have))]
    there = set(session.scalars(select(Vacancy.id).where(Vacancy.id.in_(wanted)))) if wanted else set()
    for number in wanted:
        if number in there:
            try:
                with session.begin_nested():
                    session.add(Favourite(user_id=user_id, vacancy_id=number))
            except IntegrityError:
                continue


def let_go(user_id: int, vacancy_id: int) -> None:
    """Keep a place no longer."""
    session.execute(delete(Favourite).where(Favourite.user_id == user_id, Favourite.vacancy_id == vacancy_id))
