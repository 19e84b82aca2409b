"""The profile of whoever is at the screen: from the database with an account, from the signed session without one."""

from flask import g, session as cookie
from flask_login import current_user

from ipf_talent.profiles import queries, services
from ipf_talent.profiles.card import Card

KEY = "card"


def card() -> Card:
    """What the person at the screen said so far."""
    if "card" not in g:
        g.card = queries.card_of(current_user.id) if current_user.is_authenticated else Card.from_json(cookie.get(KEY, {}))
    kept: Card = g.card
    return kept


def keep(new: Card) -> None:
    """Keep what they say now; with an account the route still has to commit."""
    if current_user.is_authenticated:
        services.save(current_user.id, new)
    else:
        cookie[KEY] = new.as_json()
        cookie.permanent = True
    g.card = new
