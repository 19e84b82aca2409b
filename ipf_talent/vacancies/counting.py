"""How often places are seen: counted per day, in memory first and written in one go, so that reading stays quick."""

import threading
import time
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

import structlog
from sqlalchemy import func, select, update
from sqlalchemy.exc import SQLAlchemyError

from ipf_talent import db
from ipf_talent.db import session
from ipf_talent.vacancies.models import Vacancy, VacancyCount

log = structlog.get_logger()
WAIT_S = 20
"""Seconds that counts wait in memory; a worker that is killed loses no more than these."""
_lock = threading.Lock()
_waiting: Counter[tuple[int, date, str]] = Counter()
_since: list[float] = []


class Seen(NamedTuple):
    """How often a place stood in a list that was looked at, and how often its page was opened."""

    listed: int
    opened: int


def listed(vacancy_ids: Iterable[int], day: date) -> None:
    """Count a list that somebody looks at."""
    _add((number, day, "listed") for number in vacancy_ids)


def opened(vacancy_id: int, day: date) -> None:
    """Count that somebody opened the page of a place."""
    _add([(vacancy_id, day, "opened")])


def _add(keys: Iterable[tuple[int, date, str]]) -> None:
    with _lock:
        _waiting.update(keys)
        if not _since:
            _since.append(time.monotonic())


def is_due() -> bool:
    """Whether counts waited long enough to be written."""
    return bool(_since) and time.monotonic() - _since[0] >= WAIT_S


def write() -> int:
    """
    Write what waits, as a transaction of its own; gives how many lines. What cannot be written now waits longer.

    Must come after everything else of a request: it ends the transaction that is open.
    """
    with _lock:
        taken = dict(_waiting)
        _waiting.clear()
        _since.clear()
    session.rollback()
    try:
        with db.transaction():
            known = set(session.scalars(select(Vacancy.id).where(Vacancy.id.in_({number for number, _day, _what in taken}))))
            for (number, day, what), count in taken.items():
                if number in known:
                    _write(number, day, what, count)
    except SQLAlchemyError:
        log.warning("counts_not_written", lines=len(taken))
        with _lock:
            _waiting.update(taken)
            _since[:] = [time.monotonic()]
        return 0
    return len(taken)


def _write(number: int, day: date, what: str, count: int) -> None:
    column = getattr(VacancyCount, what)
    mine = update(VacancyCount).where(VacancyCount.vacancy_id == number, VacancyCount.day == day)
    if not session.execute(mine.values({what: column + count})).rowcount:  # type: ignore[attr-defined]
        session.add(VacancyCount(vacancy_id=number, day=day, **{what: count}))
        session.flush()


def seen(vacancy_id: int, today: date, *, days: int) -> Seen:
    """How often a place was seen in so many days up to today."""
    sums = select(func.coalesce(func.sum(VacancyCount.listed), 0), func.coalesce(func.sum(VacancyCount.opened), 0))
    of_it = sums.where(VacancyCount.vacancy_id == vacancy_id, VacancyCount.day > today - timedelta(days))
    return Seen(*session.execute(of_it).one())


def by_day(vacancy_id: int, today: date, *, days: int) -> list[tuple[date, Seen]]:
    """Day by day, the oldest first, days without anything left out."""
    query = select(VacancyCount.day, VacancyCount.listed, VacancyCount.opened).where(VacancyCount.vacancy_id == vacancy_id)
    rows = session.execute(query.where(VacancyCount.day > today - timedelta(days)).order_by(VacancyCount.day))
    return [(day, Seen(listed, opened)) for day, listed, opened in rows]
