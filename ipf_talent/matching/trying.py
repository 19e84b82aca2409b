"""The sheet of one place as an example student would see it, so that a company can check how its text is read.

No real person is in it: an example has exactly the must-haves, or what one programme teaches and one sentence.
"""

from dataclasses import dataclass, replace

from ipf_talent.i18n import _, lazy, pick
from ipf_talent.matching import around, documents, indexes, reader, services, sheet
from ipf_talent.matching.engine import Document
from ipf_talent.matching.filters import Wanted
from ipf_talent.matching.forms import PlaceFilter
from ipf_talent.matching.kinds import Example
from ipf_talent.matching.queries import AnyRow
from ipf_talent.matching.ranking import Search, query_of
from ipf_talent.matching.reader import Reader
from ipf_talent.matching.sheet import Sheet
from ipf_talent.profiles.card import Card, KnownSkill
from ipf_talent.programmes.levels import Level, StartingPoint
from ipf_talent.skills import queries as skills
from ipf_talent.skills.taxonomy import Taxonomy
from ipf_talent.vacancies import queries as vacancies
from ipf_talent.vacancies.models import Vacancy

ABSENT = {
    "query_text": lazy("This example wrote no sentence, so no words count."),
    "query_concepts": lazy("This example has no skills, so only words count."),
    "document_text": lazy("Your place has no text, so no words count."),
    "document_concepts": lazy("Your place names no skills, so only words count."),
    "document_musts": lazy("Your place names no must-haves, so nothing lowers the fit of a student who has none of its skills."),
}
"""What is not known and therefore says nothing, in words for the company."""


@dataclass(frozen=True)
class Tried:
    """
    What the company sees.

    Attributes:
        me: the example student as a reader; nobody at the screen.
        programme: whose skills the example has; None for the must-haves.
        current: the ranks are those of the text as it stands; without, the place is not open, or changed since the last index.
    """

    example: Example
    me: Reader
    sheet: Sheet
    programme: AnyRow | None
    current: bool

    @property
    def absent(self) -> list[str]:
        """What is not known, in sentences."""
        return [str(ABSENT[name]) for name in self.sheet.why.absent] if self.sheet.why else []


def read(vacancy: Vacancy, example: Example) -> Tried:
    """The sheet of a place, open or not, for an example student; at most six statements."""
    taxonomy, asked = skills.taxonomy(), documents.of_vacancy(vacancy)
    card, programme = (_with_musts(asked), None) if example is Example.MUSTS else _student(vacancy, asked, taxonomy)
    card = replace(card, point=point_of(vacancy.level))
    me = reader.of(card, _of_level(vacancy.level), taxonomy)
    row = me.rows.get(vacancy.slug)
    if row is not None and me.search and _is_indexed(me, asked):
        return Tried(example, me, sheet.read(me, row), programme, current=True)
    line = row if row is not None else vacancies.cards([vacancy.slug])[0]
    me = _alone(me, asked, line)
    return Tried(example, me, replace(sheet.read(me, line), rank=None, steps=[]), programme, current=False)


def _of_level(level: Level) -> PlaceFilter:
    """The filter of a student of this level: they see its places, and those without a level."""
    return PlaceFilter(data={} if level is Level.NONE else {"level": level.value})


def point_of(level: Level) -> StartingPoint | None:
    """Where a student of a level stands; None where nobody can answer so."""
    return next((point for point in StartingPoint if point.value == level.value and level is not Level.NONE), None)


def _with_musts(asked: Document) -> Card:
    return Card(skills=tuple(KnownSkill(slug) for slug in asked.musts))


def _student(vacancy: Vacancy, asked: Document, taxonomy: Taxonomy) -> tuple[Card, AnyRow | None]:
    """A student of the programme that prepares best, who wishes for such a place in one sentence."""
    wish = str(_("I am looking for a place like this: %(title)s.", title=pick(vacancy, "title")))
    held = indexes.programmes(taxonomy).matcher
    near = around.preparing(held, asked, vacancy.level, taxonomy)[:1] if held else []
    if held is None or not near:
        return Card(wish=wish), None
    taught = held.documents_[held.row_of(near[0].row.slug)].asked
    return Card(skills=tuple(KnownSkill(slug) for slug in taught), wish=wish), near[0].row


def _is_indexed(me: Reader, asked: Document) -> bool:
    """Whether the index holds the place as it stands now."""
    if me.matcher is None or asked.id not in me.matcher.ids_:
        return False
    held = me.matcher.documents_[me.matcher.row_of(asked.id)]
    return (held.text, held.musts, held.wanted) == (asked.text, asked.musts, asked.wanted)


def _alone(me: Reader, asked: Document, row: AnyRow) -> Reader:
    """The same reader before an index of this place alone: the sum is the same, since it depends on no other place."""
    query = query_of(me.card, skills.recogniser().find)
    if not query.concepts and not query.text:
        return me
    matcher = services.fitted([asked], me.taxonomy)
    return replace(me, matcher=matcher, search=Search(matcher, query, {row.slug: row}, Wanted()), problem="")
