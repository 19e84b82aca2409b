"""Reading what the map narrows by: how, where and in which languages each programme can be followed."""

from dataclasses import dataclass, field

from sqlalchemy import select

from ipf_talent.db import session
from ipf_talent.organisations.models import Place
from ipf_talent.programmes.levels import Mode
from ipf_talent.programmes.models import Offering, Programme
from ipf_talent.programmes.queries import is_offered


@dataclass
class Offer:
    """What a programme offers; `ways` pairs mode and town of one and the same offering."""

    languages: frozenset[str] = frozenset()
    ways: set[tuple[Mode, str]] = field(default_factory=set)


def offers() -> dict[str, Offer]:
    """What each programme offers, by slug, in one statement."""
    query = select(Programme.slug, Programme.languages, Offering.mode, Place.name.label("town"))
    query = query.join(Programme.offerings.and_(is_offered()), isouter=True).join(Offering.place, isouter=True)
    found: dict[str, Offer] = {}
    for row in session.execute(query.order_by(Programme.slug)):
        offer = found.setdefault(row.slug, Offer(frozenset(row.languages or ())))
        if row.mode is not None:
            offer.ways.add((row.mode, row.town or ""))
    return found
