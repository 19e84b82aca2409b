"""What lies around a place or a programme: programmes that prepare for it, places that ask what it teaches, places like it.

Nobody's profile is read here, and nobody is ranked: a place stands where a student would stand, and asks.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from ipf_talent import clock
from ipf_talent.matching import closing, documents, indexes, queries
from ipf_talent.matching.engine import Document, Query, Relations
from ipf_talent.matching.engine.concepts import met
from ipf_talent.matching.filters import band, leading_to, led_to
from ipf_talent.matching.queries import AnyRow
from ipf_talent.matching.ranking import shared_words
from ipf_talent.matching.sheet import had_label, labels
from ipf_talent.programmes import queries as programmes
from ipf_talent.programmes.levels import Level, Standing
from ipf_talent.programmes.models import Programme
from ipf_talent.skills import queries as skills
from ipf_talent.skills.taxonomy import Taxonomy
from ipf_talent.vacancies import queries as vacancies
from ipf_talent.vacancies import reader
from ipf_talent.vacancies.models import Vacancy

if TYPE_CHECKING:
    from ipf_talent.matching.engine import Matcher

SHOWN = 5
"""Lines of each list."""
LOOKED_AT = 50
"""Of the best ones with evidence, how many are looked up to find those that can be shown today."""
LEAST_LIKENESS = 0.4
"""
A place that fits less what another asks is not called like it. Of the pairs of example places that share a skill, nearly all below
it share one alone, and it is no must-have; from it on, most share a must-have.
"""
OF_ONE_COMPANY = 2
"""Places of one company among those like a place, so that none fills the list alone."""

Slugs = tuple[str, ...]


@dataclass(frozen=True)
class Near:
    """
    A programme or a place, and what says that it is near.

    Attributes:
        musts, wanted: skills that the one asks and the other teaches by name, or that both ask; required ones apart.
        beside: asked skills that are not taught themselves; a narrower form of each is, which no source calls the same.
        open: asked skills that are not taught at all, required ones first.
        own: all skills that are taught, by slug.
        words: words in both texts, where no skill speaks.
    """

    row: AnyRow
    musts: Slugs = ()
    wanted: Slugs = ()
    beside: Slugs = ()
    open: Slugs = ()
    own: Slugs = ()
    words: Slugs = ()

    @property
    def is_named(self) -> bool:
        """Whether a skill on both sides is named on both."""
        return bool(self.musts or self.wanted)


@dataclass(frozen=True)
class Around:
    """
    What a page shows.

    Attributes:
        skills: what the place asks or the programme teaches, by slug; without any, only words can speak.
        problem: why there is no order now; empty where there is one.
    """

    skills: Slugs
    programmes: list[Near]
    places: list[Near]
    problem: str
    taxonomy: Taxonomy

    def label(self, slug: str) -> str:
        """A skill in the reader's language."""
        return labels(self.taxonomy)(slug)

    def through(self, slug: str, near: Near) -> str:
        """A skill that something taught comes near to, and what that is."""
        return had_label(slug, near.own, self.taxonomy)


def of_place(vacancy: Vacancy) -> Around:
    """Programmes that prepare for a place, and open places like it; three statements."""
    taxonomy, asked = skills.taxonomy(), documents.of_vacancy(vacancy)
    schools, places = indexes.programmes(taxonomy), indexes.places(taxonomy)
    return Around(
        skills=asked.asked,
        programmes=preparing(schools.matcher, asked, vacancy.level, taxonomy) if schools.matcher else [],
        places=_like(places.matcher, asked, vacancy.level) if places.matcher else _beside(vacancy),
        problem=schools.reason or places.reason,
        taxonomy=taxonomy,
    )


def of_programme(programme: Programme) -> Around:
    """Open places that ask what a programme teaches; two statements."""
    taxonomy, taught = skills.taxonomy(), documents.of_programme(programme)
    held = indexes.places(taxonomy)
    found = _asking(held.matcher, taught, programme.level, taxonomy) if held.matcher else []
    return Around(taught.asked, [], found, held.reason, taxonomy)


def preparing(matcher: "Matcher", asked: Document, level: Level, taxonomy: Taxonomy) -> list[Near]:
    """The programmes that teach something asked, in the order of their fit; last what only comes near, and what does not run."""
    learning = closing.taught_by(taxonomy)
    fitting = _nearest(matcher, asked, national=["no"], level=leading_to(level))
    evident = ((one.id, near) for one in fitting if (near := _taught(asked, one, learning)))
    found = dict(islice(evident, LOOKED_AT))
    rows = programmes.by_slugs(found)
    lines = [Near(rows[slug], *near) for slug, near in found.items() if slug in rows]
    return sorted(lines, key=lambda one: (one.row.standing is not Standing.RUNNING, not one.is_named))[:SHOWN]


def _asking(matcher: "Matcher", taught: Document, level: Level, taxonomy: Taxonomy) -> list[Near]:
    """The open places that ask something taught, in the order of their fit; last those that ask what it only comes near to."""
    learning = closing.taught_by(taxonomy)
    fitting = _nearest(matcher, taught, level=led_to(level))
    evident = ((one.id, near) for one in fitting if (near := _taught(one, taught, learning)))
    found = dict(islice(evident, LOOKED_AT))
    rows = queries.open_among(found, clock.today(), reader.adult_on())
    lines = [Near(rows[slug], *near) for slug, near in found.items() if slug in rows]
    return sorted(lines, key=lambda one: not one.is_named)[:SHOWN]


def _taught(asked: Document, taught: Document, learning: Relations) -> tuple[Slugs, Slugs, Slugs, Slugs, Slugs] | None:
    """Of what is asked: taught musts and wishes, what is only near, what is open; and all that is taught. None without evidence."""
    learnt = met(taught.asked, learning)
    musts, wanted = _within(asked, frozenset(taught.asked))
    beside = tuple(slug for slug in asked.asked if slug in learnt and slug not in taught.asked)
    if not (musts or wanted or beside):
        return None
    return musts, wanted, beside, closing.lacking(asked.asked, taught.asked, learning), taught.asked


def _like(matcher: "Matcher", asked: Document, level: Level) -> list[Near]:
    """Other open places that ask a skill that a place asks too, or write its words where it names none; those of its band first."""
    own = frozenset(asked.asked)
    nearest = _nearest(matcher, asked, LEAST_LIKENESS if own else 0.0, level=leading_to(level) | led_to(level))
    others = (document for document in nearest if document.id != asked.id)
    evident = ((one.id, shared) for one in others if any(shared := _within(one, own)) or not own)
    found = dict(islice(evident, LOOKED_AT))
    rows = queries.open_among(found, clock.today(), reader.adult_on())
    lines = [rows[slug] for slug in found if slug in rows]
    close = spread(sorted(lines, key=lambda row: band(row.level) != band(level)))
    return [near for row in close if (near := _told(matcher, asked, row, found[row.slug]))]


def _within(asked: Document, known: frozenset[str]) -> tuple[Slugs, Slugs]:
    """The musts and the wishes that are among the known skills."""
    return tuple(slug for slug in asked.musts if slug in known), tuple(slug for slug in asked.wanted if slug in known)


def _told(matcher: "Matcher", asked: Document, row: AnyRow, shared: tuple[Slugs, Slugs]) -> Near | None:
    """The evidence for a place like another; None where there is none that could be named."""
    if any(shared):
        return Near(row, *shared)
    words = shared_words(matcher.explain(_question(asked), matcher.row_of(row.slug)))
    return Near(row, words=tuple(words)) if words else None


def spread(rows: Iterable[AnyRow]) -> list[AnyRow]:
    """The first rows, with only so many of one company."""
    seen: Counter[str] = Counter()
    kept = []
    for row in rows:
        seen[row.company_slug] += 1
        if seen[row.company_slug] <= OF_ONE_COMPANY:
            kept.append(row)
    return kept[:SHOWN]


def _beside(vacancy: Vacancy) -> list[Near]:
    """Without an index: open places of the same field or level."""
    return [Near(row) for row in vacancies.similar(vacancy, clock.today(), 3, reader.adult_on())]


def _nearest(matcher: "Matcher", asking: Document, least: float = 0.0, **facts: Iterable[str]) -> Iterator[Document]:
    """The documents whose fit is not below the least, best first, read one by one."""
    if not len(matcher):
        return
    mask = matcher.allowed(**{name: list(values) for name, values in facts.items()})
    (ranking,) = matcher.rank([_question(asking)], len(matcher), mask=mask, seed=clock.today().toordinal())
    for row, score in ranking:
        if score < least:
            return
        yield matcher.documents_[row]


def _question(asking: Document) -> Query:
    return Query(asking.text, asking.asked, asking.lang)


def open_places() -> dict[str, int] | None:
    """
    How many open places ask a skill that each programme teaches by name, by slug; the best of them `of_programme` shows first.

    Returns:
        None where there is no index to ask; in one statement besides the taxonomy.
    """
    taxonomy = skills.taxonomy()
    schools, places = indexes.programmes(taxonomy), indexes.places(taxonomy)
    if schools.matcher is None or places.matcher is None:
        return None
    asked = {one.id: frozenset(one.asked) for one in places.matcher.documents_}
    rows = queries.open_among(asked, clock.today())
    counts = {}
    for programme in schools.matcher.documents_:
        levels = led_to(_level_of(programme))
        counts[programme.id] = sum(
            row.level in levels or row.level is Level.NONE
            for slug, row in rows.items()
            if not asked[slug].isdisjoint(programme.asked)
        )
    return counts


def _level_of(document: Document) -> Level:
    """The level among its facts; NONE where it has none."""
    return next((Level(value) for value in document.facts.get("level", ())), Level.NONE)
