"""One student and one place from files, their fit taken apart: as the pages rank, or as a file is ranked."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from ipf_talent.matching import services
from ipf_talent.matching.collections import Entry
from ipf_talent.matching.engine import Document, Explanation, Query, Step
from ipf_talent.matching.engine.analysis import language
from ipf_talent.matching.pair_files import Given
from ipf_talent.matching.ranked_files import matcher_of, query_of
from ipf_talent.skills.lexicon import MOST_ITEMS, Lexicon
from ipf_talent.skills.taxonomy import Taxonomy

if TYPE_CHECKING:
    from ipf_talent.matching.engine import Matcher

Like = Literal["pages", "rank"]
MOST_STEPS = 10
"""Skills to learn that are tried where skills were recognised: a text can speak of many, and each try ranks everything again."""

Names = Callable[[str], str]


@dataclass(frozen=True)
class Told:
    """
    A fit taken apart, and what it was made with.

    Attributes:
        like: whose matcher it was.
        counted_on: what rarity was counted on.
        had, partly, missing: skills of the place, stated or, in a file to rank, recognised.
        absent: what is not known, and therefore says nothing.
        rank, of: of the place among the documents that were given; None and 0 without them, None too where it is no match.
        steps: what learning one skill more would do to that rank; empty without documents.
        unknown: skills that were named and that nobody knows; their names count alike on both sides, and as words.
        names: what a skill is called, by its slug.
        taxonomy: version of the taxonomy that skills come from.
    """

    why: Explanation
    like: Like
    counted_on: str
    had: tuple[str, ...]
    partly: tuple[str, ...]
    missing: tuple[str, ...]
    absent: tuple[str, ...]
    rank: int | None
    of: int
    steps: tuple[Step, ...]
    unknown: tuple[str, ...]
    names: dict[str, str]
    taxonomy: str

    def as_json(self) -> dict[str, Any]:
        """Everything as plain values, unrounded; the contributions add up to `fit` within 1e-9."""
        why, versions = self.why, self.why.versions
        return {
            "id": why.id,
            "fit": why.score,
            "like": self.like,
            "rarity_counted_on": self.counted_on,
            "contributions": [asdict(line) for line in why.contributions],
            "gates": [asdict(gate) for gate in why.gates],
            "had": self.had,
            "partly": self.partly,
            "missing": self.missing,
            "musts_met": why.musts_met,
            "musts_open": why.musts_open,
            "absent": self.absent,
            "rank": self.rank,
            "of": self.of,
            "learn": [asdict(step) for step in self.steps],
            "unknown_skills": self.unknown,
            "names": self.names,
            "versions": {"model": versions.model, "background": versions.background, "taxonomy": self.taxonomy},
        }


def as_pages(person: Given, place: Given, others: Sequence[Given], taxonomy: Taxonomy) -> Told:
    """
    The fit as the pages rank: skills as they are stated, relations of the taxonomy, the frozen background, floors.

    Args:
        others: places to rank it among; one with the same id gives way to it.
    """
    matcher = services.fitted([_document(one) for one in _among(place, others)], taxonomy)
    query, row = Query(person.text, _stated(person.skills), person.lang), matcher.row_of(place.id)
    why = matcher.explain(query, row)
    return Told(
        why=why,
        like="pages",
        counted_on="the frozen background",
        had=why.matched,
        partly=why.partly,
        missing=why.missing,
        absent=why.absent,
        rank=_rank(matcher, query, place.id) if others else None,
        of=len(matcher) if others else 0,
        steps=tuple(matcher.learn(query, row)) if others else (),
        unknown=tuple(slug for slug in _stated(person.named + place.named) if slug not in taxonomy),
        names=_names(why, _labels(person, taxonomy)),
        taxonomy=taxonomy.version,
    )


def as_rank(person: Given, place: Given, others: Sequence[Entry], taxonomy: Taxonomy, lexicon: Lexicon) -> Told:
    """
    The fit as `rank` gives it for the same two lines: skills read with the lexicon, no floors, feedback, no table.

    Args:
        others: the documents that rarity is counted on, and to rank it among; one with the same id gives way to it. Without any,
            rarity is counted on the place alone.
        taxonomy: that the lexicon was made with.
    """
    matcher = matcher_of(_among(place.entry, others), lexicon)
    query, row = query_of(person.entry, lexicon, matcher), matcher.row_of(place.id)
    why, asked = matcher.explain(query, row), matcher.documents_[row].linked
    missing = tuple(slug for slug in sorted(asked, key=lambda slug: (-asked[slug], slug)) if slug not in query.has)
    names = _names(why, _labels(person, taxonomy, lexicon), asked)
    rank = _rank(matcher, query, place.id) if others else None
    return Told(
        why=why,
        like="rank",
        counted_on=_counted_on(place.entry, others),
        had=tuple(slug for slug in asked if slug in query.has),
        partly=(),
        missing=missing,
        absent=tuple(_absent(why.absent, query, asked)),
        rank=rank,
        of=len(matcher) if others else 0,
        steps=_steps(person.entry, missing[:MOST_STEPS], names, matcher, lexicon, row, rank) if others else (),
        unknown=tuple(name for one in (person, place) for name in _unknown(one, lexicon)),
        names=names,
        taxonomy=taxonomy.version,
    )


def _among(place: Any, others: Sequence[Any]) -> list[Any]:
    """The others with the place where the one with its id stands, else behind them."""
    at = next((number for number, one in enumerate(others) if one.id == place.id), len(others))
    return [*others[:at], place, *others[at + 1 :]]


def _counted_on(place: Entry, others: Sequence[Entry]) -> str:
    if not others:
        return "this place alone"
    given = f"{len(others)} {'document' if len(others) == 1 else 'documents'}"
    return f"{given}, this place one of them" if any(one.id == place.id for one in others) else f"{given} and this place"


def _document(one: Given) -> Document:
    return Document(one.id, one.text, _stated(one.musts), _stated((*one.wanted, *one.skills)), one.lang)


def _stated(skills: Collection[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(slug for skill in skills if (slug := skill.strip())))


def _unknown(one: Given, lexicon: Lexicon) -> Iterator[str]:
    """The skills that the lexicon does not know, of those that it looks up."""
    return (name for name in _stated(one.named[:MOST_ITEMS]) if not lexicon.linker.link(lexicon.mended(name)))


def _rank(matcher: "Matcher", query: Query, id: str) -> int | None:
    ids = matcher.rank([query], len(matcher))[0].ids
    return ids.index(id) + 1 if id in ids else None


def _steps(
    person: Entry,
    missing: Sequence[str],
    names: dict[str, str],
    matcher: "Matcher",
    lexicon: Lexicon,
    row: int,
    before: int | None,
) -> tuple[Step, ...]:
    """What each skill would do if the person typed it as well: read and ranked again."""
    steps = []
    for slug in missing:
        learnt = query_of(replace(person, skills=(*person.skills, names.get(slug, slug))), lexicon, matcher)
        rank = _rank(matcher, learnt, matcher.ids_[row])
        steps.append(Step(slug, False, float(matcher.scores(learnt)[row]), rank, before, len(matcher)))
    return tuple(sorted(steps, key=lambda step: (step.rank or len(matcher) + 1, -step.score, step.concept)))


def _absent(found: Collection[str], query: Query, asked: Collection[str]) -> Iterator[str]:
    """What is absent where skills are recognised: whoever named none may have written of one, and no must is ever known."""
    said = {"query_concepts": bool(query.has), "document_concepts": bool(asked), "document_musts": True}
    return (name for name in found if not said.get(name))


def _names(why: Explanation, label: Names, more: Collection[str] = ()) -> dict[str, str]:
    lines = [line for line in why.contributions if line.kind == "concept"]
    met = {slug for line in lines for slug in (line.key, line.document, *line.query)}
    return {slug: name for slug in sorted(met.union(why.matched, why.partly, why.missing, more)) if (name := label(slug))}


def _labels(person: Given, taxonomy: Taxonomy, lexicon: Lexicon | None = None) -> Names:
    """What skills are called in the language of the student; empty where nobody knows one."""
    lang = language(person.text, person.lang)

    def label(slug: str) -> str:
        if concept := taxonomy.concepts.get(slug):
            return str(getattr(concept, f"label_{lang}") or concept.label_nl)
        return lexicon.name(slug, lang) if lexicon else ""

    return label
