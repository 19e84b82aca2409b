"""Changing the plans that people keep, and sharing them."""

import secrets
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from ipf_talent.accounts import links
from ipf_talent.accounts.models import User
from ipf_talent.db import session
from ipf_talent.errors import DomainError, NotFound
from ipf_talent.i18n import _, ngettext
from ipf_talent.pathways.kept import MOST, Kept, legs_as_json
from ipf_talent.pathways.models import PlanShare, SavedPlan

DAYS = (7, 30, 90)
"""How long a share may work."""
MOST_SHARES = 5
"""Shares of one plan that work at the same time."""


class Full(DomainError):
    """There is no room for another plan."""

    def __init__(self) -> None:
        super().__init__(
            str(
                ngettext(
                    "You can keep %(num)d plan. Remove one to make room; the new one waits for you here.",
                    "You can keep %(num)d plans. Remove one to make room; the new one waits for you here.",
                    MOST,
                )
            )
        )


def new_key() -> str:
    """A name for an address that nobody guesses."""
    return secrets.token_hex(6)


def no_such_plan() -> NotFound:
    """What is said of a plan that is not there, or not one's own."""
    return NotFound(_("There is no such plan."))


def save(user_id: int, kept: Kept) -> SavedPlan:
    """
    Keep a plan for a person.

    Raises:
        Full: they keep as many as they can already.
    """
    if len(_locked(user_id)) >= MOST:
        raise Full
    return _add(user_id, kept)


def move_in(user_id: int, plans: Iterable[Kept]) -> None:
    """Give a person the plans that they made as a guest. Nothing is lost: here there may be more than one can add later."""
    _locked(user_id)
    for kept in plans:
        _add(user_id, kept)


def rename(user_id: int, key: str, name: str, version: int) -> None:
    """
    Give a plan another name.

    Args:
        version: of the plan that the person had before them.

    Raises:
        NotFound: it is not one of theirs.
        DomainError: it was changed meanwhile.
    """
    row = _own(user_id, key)
    if row.version != version:
        raise DomainError(_("This plan was changed in another window. Look at it again and then choose a name."), field="name")
    row.name = name
    session.flush()


def remove(user_id: int, key: str) -> None:
    """
    Take a plan away, and what was shared of it.

    Raises:
        NotFound: it is not one of theirs.
    """
    session.delete(_own(user_id, key))
    session.execute(delete(PlanShare).where(PlanShare.plan_key == key, PlanShare.user_id == user_id))
    session.flush()


def share(
    plan_key: str, content: Mapping[str, Any], *, days: int, user_id: int | None, keys: Collection[str], now: datetime
) -> tuple[PlanShare, str]:
    """
    Make a copy of a plan that whoever has the link can see for some days.

    Args:
        content: only what the owner chose to show.
        keys: of the shares that a guest made before.

    Returns:
        The share and the secret of its link, which is nowhere else.

    Raises:
        DomainError: so many days are not offered, or this plan has as many links as it can.
    """
    if days not in DAYS:
        raise DomainError(_("Choose 7, 30 or 90 days."), field="days")
    own = PlanShare.user_id == user_id if user_id is not None else PlanShare.key.in_(keys)
    live = select(PlanShare.id).where(PlanShare.plan_key == plan_key, PlanShare.expires_at > now, own)
    if len(session.scalars(live).all()) >= MOST_SHARES:
        raise DomainError(_("This plan has five links that still work. End one of them first."))
    secret = links.new_secret()
    made = PlanShare(key=new_key(), secret_hash=links.hashed(secret), user_id=user_id, plan_key=plan_key, content=dict(content))
    made.created_at, made.expires_at = now, now + timedelta(days=days)
    session.add(made)
    session.flush()
    return made, secret


def end_share(key: str, *, user_id: int | None, keys: Collection[str]) -> None:
    """
    Take a shared copy away at once.

    Args:
        user_id: who asks; None for a guest, whose session holds the `keys` of what they shared.

    Raises:
        NotFound: it is not one of theirs.
    """
    own = PlanShare.user_id == user_id if user_id is not None else PlanShare.user_id.is_(None) & PlanShare.key.in_(keys)
    if not session.execute(delete(PlanShare).where(PlanShare.key == key, own)).rowcount:  # type: ignore[attr-defined]
        raise NotFound(_("This link has ended already."))


def end_shares_of_guest(plan_key: str, keys: Collection[str]) -> None:
    """Take away what a guest shared of a plan."""
    own = PlanShare.plan_key == plan_key, PlanShare.user_id.is_(None), PlanShare.key.in_(keys)
    session.execute(delete(PlanShare).where(*own))


def adopt_shares(user_id: int, keys: Collection[str]) -> None:
    """Give a person the shares that they made as a guest."""
    session.execute(update(PlanShare).where(PlanShare.key.in_(keys), PlanShare.user_id.is_(None)).values(user_id=user_id))


def sweep(now: datetime) -> int:
    """Take away the shares that have ended; gives how many."""
    return session.execute(delete(PlanShare).where(PlanShare.expires_at <= now)).rowcount  # type: ignore[attr-defined,no-any-return]


def _add(user_id: int, kept: Kept) -> SavedPlan:
    row = SavedPlan(user_id=user_id, key=kept.key, name=kept.name, question=kept.question.address, legs=legs_as_json(kept.legs))
    session.add(row)
    session.flush()
    return row


def _own(user_id: int, key: str) -> SavedPlan:
    query = select(SavedPlan).where(SavedPlan.user_id == user_id, SavedPlan.key == key)
    row = session.scalar(query.with_for_update())
    if row is None:
        raise no_such_plan()
    return row


def _locked(user_id: int) -> list[int]:
    """The numbers of a person's plans; until the transaction ends, nobody else adds one."""
    session.execute(select(User.id).where(User.id == user_id).with_for_update())
    return list(session.scalars(select(SavedPlan.id).where(SavedPlan.user_id == user_id)))
