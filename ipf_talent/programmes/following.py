"""Following programmes, and who is to be told what, each thing once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.exc import IntegrityError

from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.programmes.listing_models import ListingNews, ProgrammeFollow

MOST = 100
"""Programmes that one person follows."""
QUIET = timedelta(minutes=30)
"""So long nothing may have changed before a mail goes out, so that several changes come in one."""
KEPT = timedelta(days=400)
"""How long news stays."""


def follow(user_id: int, programme_id: int, *, now: datetime) -> None:
    """
    Follow a programme from now on; who does already goes on as before.

    Raises:
        DomainError: there are as many as one can follow.
    """
    if session.get(ProgrammeFollow, (user_id, programme_id)) is not None:
        return
    if (session.scalar(select(func.count()).where(ProgrammeFollow.user_id == user_id)) or 0) >= MOST:
        raise DomainError(_("You follow %(most)s programmes, and that is the most. Stop one first.", most=MOST))
    try:
        with session.begin_nested():
            session.add(ProgrammeFollow(user_id=user_id, programme_id=programme_id, followed_at=now, told_until=now))
    except IntegrityError:
        return


def stop(user_id: int, programme_id: int) -> None:
    """Follow it no longer."""
    session.execute(delete(ProgrammeFollow).where(ProgrammeFollow.user_id == user_id, ProgrammeFollow.programme_id == programme_id))


def due(now: datetime) -> Sequence[tuple[int, int]]:
    """Who follows which programme in which something changed since they were told, and nothing in the last half hour."""
    changed = exists().where(ListingNews.programme_id == ProgrammeFollow.programme_id, ListingNews.at > ProgrammeFollow.told_until)
    busy = exists().where(ListingNews.programme_id == ProgrammeFollow.programme_id, ListingNews.at > now - QUIET)
    query = select(ProgrammeFollow.user_id, ProgrammeFollow.programme_id).where(changed, ~busy)
    return [
        (user, programme)
        for user, programme in session.execute(query.order_by(ProgrammeFollow.user_id, ProgrammeFollow.programme_id))
    ]


def claim(user_id: int, programme_id: int, told_until: datetime, now: datetime) -> bool:
    """Take it upon oneself to tell what is new since `told_until`: true for exactly one caller."""
    mine = update(ProgrammeFollow).where(
        ProgrammeFollow.user_id == user_id, ProgrammeFollow.programme_id == programme_id, ProgrammeFollow.told_until == told_until
    )
    done = mine.values(told_until=now).returning(ProgrammeFollow.user_id).execution_options(synchronize_session=False)
    return session.execute(done).scalar() is not None
