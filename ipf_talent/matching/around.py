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
from ipf_talent.matching.filters import leading_to, led_to
from ipf_talent.matching.queries import AnyRow
from ipf_talent.matching.ranking import shared_words
from ipf_talent.matching.sheet import had_label, labels
from ipf_talent.programmes import queries as programmes
from ipf_talent.programmes.levels import Level, Standing
from ipf_talent.programmes.models import Programme
from ipf_talent.skills import queries as skills
from ipf_talent.skills.taxonomy import Taxonomy
from ipf_talent.vacancies import queries as vacancies
from ipf_talent.vacancies.models import Vacancy

if TYPE_CHECKING:
    from ipf_talent.matching.engine import Matcher

SHOWN = 5
"""Lines of each list."""
LOOKED_AT = 50
"""Of the best ones with evidence, how many are looked up to find those that can be shown today."""
OF_ONE_COMPANY = 2
"""Places of one company among those like a place, so that none fills the list alone."""

Slugs = tuple[str, ...]


@dataclass(frozen=True)
class Near:
    """
    A programme or a place, and what says that it is near.

    Attributes:
        musts, wanted: skills that the one asks and the other teaches, or that both ask; required ones apart.
        open: asked skills that are not taught, required ones first.
        own: all skills of the side that has them; a shared one may be there in a narrower form.
        words: words in both texts, where no skill speaks.
    """

    row: AnyRow
    musts: Slugs = ()
    wanted: Slugs = ()
    open: Slugs = ()
    own: Slugs = ()
    words: Slugs = ()


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

    def shared(self, slug: str, near: Near) -> str:
        """A skill on both sides; one that is not named itself says by which narrower one it is."""
        return had_label(slug, near.own, self.taxonomy)


def of_place(vacancy: Vacancy) -> Around:
    """Programmes that prepare for a place, and open places like it; three statements."""
    taxonomy, asked = skills.taxonomy(), documents.of_vacancy(vacancy)
    schools, places = indexes.programmes(taxonomy), indexes.places(taxonomy)
    return Around(
        skills=asked.asked,
        programmes=preparing(schools.matcher, asked, vacancy.level, taxonomy) if schools.matcher else [],
        places=_like(places.matcher, asked, vacancy.level, taxonomy) if places.matcher else _beside(vacancy),
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
    """The programmes that teach something asked, in the order of their fit; those that do not run come last."""
    learning = closing.taught_by(taxonomy)
    fitting = _nearest(matcher, asked, national=["no"], level=leading_to(level))
    evident = ((one.id, near) for one in fitting if (near := _taught(asked, one, learning)))
    found = dict(islice(evident, LOOKED_AT))
    rows = programmes.by_slugs(found)
    lines = [Near(rows[slug], *near) for slug, near in found.items() if slug in rows]
    return sorted(lines, key=lambda one: one.row.standing is not Standing.RUNNING)[:SHOWN]


def _asking(matcher: "Matcher", taught: Document, level: Level, taxonomy: Taxonomy) -> list[Near]:
    """The open places that ask something taught, in the order of their fit."""
    learning = closing.taught_by(taxonomy)
    fitting = _nearest(matcher, taught, level=led_to(level))
    evident = ((one.id, near) for one in fitting if (near := _taught(one, taught, learning)))
    found = dict(islice(evident, LOOKED_AT))
    rows = queries.open_among(found, clock.today())
    return [Near(rows[slug], *near) for slug, near in found.items() if slug in rows][:SHOWN]


def _taught(asked: Document, taught: Document, learning: Relations) -> tuple[Slugs, Slugs, Slugs, Slugs] | None:
    """Of what is asked the musts and the wishes that are taught, what is not, and all that is taught; None where nothing is."""
    learnt = met(taught.asked, learning)
    musts, wanted = _within(asked, learnt)
    return (musts, wanted, closing.lacking(asked.asked, taught.asked, learning), taught.asked) if musts or wanted else None


def _like(matcher: "Matcher", asked: Document, level: Level, taxonomy: Taxonomy) -> list[Near]:
    """Other open places that share a skill with a place, or words where it names no skill; the nearest first."""
    own = met(asked.asked, closing.taught_by(taxonomy))
    others = (one for one in _nearest(matcher, asked, level=leading_to(level) | led_to(level)) if one.id != asked.id)
    evident = ((one.id, shared) for one in others if any(shared := _within(one, own)) or not asked.asked)
    found = dict(islice(evident, LOOKED_AT))
    rows = queries.open_among(found, clock.today())
    lines = spread(rows[slug] for slug in found if slug in rows)
    return [near for row in lines if (near := _told(matcher, asked, row, found[row.slug]))]


def _within(asked: Document, known: frozenset[str]) -> tuple[Slugs, Slugs]:
    """The musts and the wishes that are among the known skills."""
    return tuple(slug for slug in asked.musts if slug in known), tuple(slug for slug in asked.wanted if slug in known)


def _told(matcher: "Matcher", asked: Document, row: AnyRow, shared: tuple[Slugs, Slugs]) -> Near | None:
    """The evidence for a place like another; None where there is none that could be named."""
    if any(shared):
        return Near(row, *shared, own=asked.asked)
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
    return [Near(row) for row in vacancies.similar(vacancy, clock.today(), 3)]


def _nearest(matcher: "Matcher", asking: Document, **facts: Iterable[str]) -> Iterator[Document]:
    """The documents that fit, best first, read one by one."""
    if not len(matcher):
        return
    mask = matcher.allowed(**{name: list(values) for name, values in facts.items()})
    (ranking,) = matcher.rank([_question(asking)], len(matcher), mask=mask, seed=clock.today().toordinal())
    for row, _score in ranking:
        yield matcher.documents_[row]


def _question(asking: Document) -> Query:
    return Query(asking.text, asking.asked, asking.lang)
