"""Who reads a match page: what they said, the open places, and the search that belongs to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from flask import current_app

from ipf_talent import clock
from ipf_talent.matching import indexes, queries
from ipf_talent.matching.filters import Home, Qualification, Recognised, Wanted
from ipf_talent.matching.forms import PlaceFilter
from ipf_talent.matching.queries import AnyRow
from ipf_talent.matching.ranking import Search, query_of
from ipf_talent.profiles import current
from ipf_talent.profiles.card import Card
from ipf_talent.skills import queries as skills
from ipf_talent.skills.taxonomy import Taxonomy
from ipf_talent.vacancies import equivalents

if TYPE_CHECKING:
    from ipf_talent.matching.engine import Matcher


@dataclass(frozen=True)
class Reader:
    """
    What one request knows.

    Attributes:
        rows: open places by slug, newest first.
        matcher: the index of places; None where it cannot be used.
        search: None where there is no index, or where the card holds neither skill nor wish.
        qualification: the mbo qualification that they follow; None where they follow no such one, or did not say.
        problem: why there is no index; empty where there is one.
    """

    card: Card
    taxonomy: Taxonomy
    today: date
    rows: Mapping[str, AnyRow]
    wanted: Wanted
    matcher: "Matcher | None"
    search: Search | None
    problem: str
    qualification: Qualification | None = None

    @property
    def by_date(self) -> Sequence[AnyRow]:
        """What the filters leave, newest first: the list when nothing can be ranked."""
        return [row for row in self.rows.values() if self.wanted.lets_through(row)]


def fits() -> dict[str, float] | None:
    """
    How well each open place fits the person at the screen, by slug; None where they said nothing yet, or there is no index.

    An mbo place that is not recognised for their qualification does not fit, however much it shares with them (AC-S1).
    """
    me = read(PlaceFilter())
    if me.search is None:
        return None
    follows = me.qualification
    return {
        slug: fit for slug, fit in me.search.fits().items() if follows is None or follows.at(me.rows[slug]) is not Recognised.NOT
    }


def read(filters: PlaceFilter) -> Reader:
    """The person at the screen, in two statements beside their profile."""
    return of(current.card(), filters, skills.taxonomy())


def of(card: Card, filters: PlaceFilter, taxonomy: Taxonomy) -> Reader:
    """Whoever brings this card, in one statement."""
    today = clock.today()
    rows = {row.slug: row for row in queries.open_places(today, home=card.place, programme=card.programme)}
    first, rows = next(iter(rows.values()), None), {slug: row for slug, row in rows.items() if card.may_take(row)}
    qualification = _qualification(first, today)
    wanted = filters.wanted(card, _home(card, first), qualification)
    held, query = indexes.places(taxonomy), query_of(card, skills.recogniser().find)
    said = bool(query.concepts or query.text.strip())
    search = Search(held.matcher, query, rows, wanted, today.toordinal()) if held.matcher and said else None
    return Reader(card, taxonomy, today, rows, wanted, held.matcher, search, held.reason, qualification)


def _qualification(first: AnyRow | None, today: date) -> Qualification | None:
    """What somebody follows, where it has a crebo; every row says it."""
    crebo: str | None = first.own_crebo if first else None
    if crebo is None:
        return None
    return Qualification(crebo, equivalents.of(crebo, equivalents.read(Path(current_app.config["EQUIVALENTS"])), today))


def _home(card: Card, first: AnyRow | None) -> Home | None:
    if first is None or not card.place or first.home_lat is None:
        return None
    return Home(card.place, first.home_lat, first.home_lon)
