"""The profile of whoever is at the screen: from the database with an account, from the signed session without one."""

import json
import zlib
from dataclasses import replace
from datetime import date

from flask import g
from flask import session as cookie
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.profiles import queries, services
from ipf_talent.profiles.card import Card, KnownSkill

KEY = "card"
ROOM = 2600
"""Characters of a cookie that a guest's profile may take: browsers drop a cookie of more than 4,096, with all that is in it."""


def card() -> Card:
    """What the person at the screen said so far."""
    if "card" not in g:
        g.card = queries.card_of(current_user.id) if current_user.is_authenticated else Card.from_json(cookie.get(KEY, {}))
    kept: Card = g.card
    return kept


def adult_on(user_id: int | None = None) -> date | None:
    """From which day on somebody is 18, where that is still to come: the person at the screen, or one by number."""
    if user_id is not None or ("card" not in g and current_user.is_authenticated):
        day = queries.adult_on(current_user.id if user_id is None else user_id)
    else:
        day = card().adult_on
    return day if day and day > clock.today() else None


def keep(new: Card) -> None:
    """Keep what they say now; with an account the route still has to commit."""
    if current_user.is_authenticated:
        services.save(current_user.id, new)
    else:
        new = fitting(new)
        cookie[KEY] = new.as_json()
        cookie.permanent = True
    g.card = new


def fitting(new: Card) -> Card:
    """The card as a cookie can hold it: where it is too large, first the typed words of skills go, then the last skills."""
    if _size(new) > ROOM:
        new = replace(new, skills=tuple(KnownSkill(skill.slug) for skill in new.skills))
    while _size(new) > ROOM and new.skills:
        new = replace(new, skills=new.skills[:-1])
    return new


def _size(card: Card) -> int:
    return len(zlib.compress(json.dumps(card.as_json()).encode())) * 4 // 3


def move_in(user: User) -> bool:
    """
    Put what a guest said into the account they have just signed in to; what the account says already stays.

    An example person is shared by everyone who looks around, so nothing of a guest goes there.

    Returns:
        Whether there was anything to move.
    """
    g.pop("card", None)
    guest = Card.from_json(cookie.get(KEY, {}))
    if guest.is_empty or user.is_demo:
        return False
    cookie.pop(KEY)
    g.card = queries.card_of(user.id).completed_by(guest)
    services.save(user.id, g.card)
    return True
