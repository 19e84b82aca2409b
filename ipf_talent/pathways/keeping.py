"""The plans of whoever is at the screen: rows with an account, values in the signed session without one."""

import json
import zlib
from collections.abc import Sequence
from typing import Any

from flask import session as cookie
from flask_login import current_user

from ipf_talent.accounts.models import User
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.pathways import plan_queries, plan_services
from ipf_talent.pathways.kept import MOST, Kept

KEY = "plans"
SHARES = "plan_shares"
"""Keys of the shares that a guest made, each with the key of its plan: by these they can be taken back."""
ROOM = 800
"""Characters of a cookie that a guest's plans may take, beside their profile."""
MOST_SHARED = 6
"""Shares that a guest's session can hold."""


def plans() -> list[Kept]:
    """All of them, the oldest first."""
    return plan_queries.of(current_user.id) if current_user.is_authenticated else _guests()


def get(key: str) -> Kept:
    """
    One of them.

    Raises:
        NotFound: it is not there, or somebody else's.
    """
    found = next((kept for kept in plans() if kept.key == key), None)
    if found is None:
        raise plan_services.no_such_plan()
    return found


def add(kept: Kept, *, instead_of: str | None = None) -> None:
    """
    Keep one more, or one in the place of another; with an account the route still has to commit.

    Raises:
        Full: there are as many as one can keep.
        DomainError: the browser can hold no more.
    """
    if current_user.is_authenticated:
        if instead_of:
            plan_services.remove(current_user.id, instead_of)
        plan_services.save(current_user.id, kept)
        return
    before = [one for one in _guests() if one.key != instead_of]
    if len(before) >= MOST:
        raise plan_services.Full
    _keep([*before, kept])
    if instead_of:
        _end_shares(instead_of)


def rename(key: str, name: str, version: int) -> None:
    """
    Give one another name.

    Raises:
        NotFound: it is not there.
        DomainError: it was changed elsewhere, or the browser can hold no more.
    """
    if current_user.is_authenticated:
        plan_services.rename(current_user.id, key, name, version)
        return
    kept = get(key)
    renamed = Kept(kept.key, name, kept.question, kept.legs, kept.saved_on)
    _keep([renamed if one.key == key else one for one in _guests()])


def remove(key: str) -> None:
    """
    Take one away, and what was shared of it.

    Raises:
        NotFound: it is not there.
    """
    if current_user.is_authenticated:
        plan_services.remove(current_user.id, key)
        return
    get(key)
    _keep([one for one in _guests() if one.key != key])
    _end_shares(key)


def share_keys() -> list[str]:
    """By these a guest can take back what they shared; empty with an account, which owns its shares itself."""
    return [] if current_user.is_authenticated else [share for share, _plan in _shared()]


def note_share(share_key: str, plan_key: str) -> None:
    """Let a guest's session remember what they shared."""
    if not current_user.is_authenticated:
        cookie[SHARES] = [*_shared(), [share_key, plan_key]][-MOST_SHARED:]
        cookie.permanent = True


def forget_share(share_key: str) -> None:
    """The other way round."""
    if not current_user.is_authenticated:
        cookie[SHARES] = [pair for pair in _shared() if pair[0] != share_key]


def as_values() -> dict[str, Any]:
    """All that a guest's session keeps, as plain values."""
    return {"plans": [kept.as_json() for kept in _guests()], "shared": _shared()}


def move_in(user: User) -> bool:
    """
    Put what a guest kept and shared into the account that they have just signed in to.

    An example person is shared by everyone who looks around, so nothing of a guest goes there.

    Returns:
        Whether there was a plan to move.
    """
    guests, shared = _guests(), [share for share, _plan in _shared()]
    if user.is_demo or not (guests or shared):
        return False
    cookie.pop(KEY, None)
    cookie.pop(SHARES, None)
    plan_services.move_in(user.id, guests)
    plan_services.adopt_shares(user.id, shared)
    return bool(guests)


def _end_shares(plan_key: str) -> None:
    plan_services.end_shares_of_guest(plan_key, share_keys())
    cookie[SHARES] = [pair for pair in _shared() if pair[1] != plan_key]


def _guests() -> list[Kept]:
    held = cookie.get(KEY, [])
    return [kept for values in held if (kept := Kept.from_json(values))] if isinstance(held, list) else []


def _shared() -> list[list[str]]:
    held = cookie.get(SHARES, [])
    return [pair for pair in held if isinstance(pair, list) and len(pair) == 2] if isinstance(held, list) else []


def _keep(plans: Sequence[Kept]) -> None:
    values = [kept.as_json() for kept in plans]
    if len(zlib.compress(json.dumps(values).encode())) * 4 // 3 > ROOM:
        raise DomainError(
            _("Your browser can hold no more. Remove a plan or choose a shorter name; with an account there is more room."),
            field="name",
        )
    cookie[KEY] = values
    cookie.permanent = True
