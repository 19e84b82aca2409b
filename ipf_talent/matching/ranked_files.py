"""Ranking a collection that was never seen: its own documents are all there is to count rarity on, and no table is read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ipf_talent.matching.collections import Entry
from ipf_talent.matching.engine import Document, Query, Ranking
from ipf_talent.matching.translating import translated
from ipf_talent.skills.lexicon import Lexicon

if TYPE_CHECKING:
    from ipf_talent.matching.engine import Matcher

DEPTH: Mapping[str, Any] = {"text_floor": 0.0, "text_floor_stray": 0.0, "feedback": 3.0}
"""How files are ranked otherwise than pages: without floors, for a run is judged in depth; and with feedback, for no reader
compares a score with an earlier one. On pages a score never falls when a skill is gained, and does not hang on other places."""

TRANSLATION = 2.5
"""What a translated word counts beside a word that is written, times how likely the translation is."""

AT_ONCE = 50
"""Students ranked in one go, so that a terminal can show how far it is."""


def matcher_of(documents: Sequence[Entry], lexicon: Lexicon, **parameters: Any) -> "Matcher":
    """
    A matcher of these documents, with rarity counted on themselves.

    Typed and listed skills count as recognised, none as a must: a collection does not say which of them one cannot do without.

    Args:
        parameters: of the matcher, in place of its own.
    """
    from ipf_talent.matching.engine import Matcher  # takes seconds the first time

    given = [_document(one, lexicon) for one in documents]
    return Matcher(**{**DEPTH, **parameters}).fit(given)


def rank(
    matcher: "Matcher", queries: Sequence[Entry], lexicon: Lexicon, top: int, *, translation: float = TRANSLATION
) -> Iterator[tuple[Entry, Ranking]]:
    """The best `top` documents of each query, in the order of the queries."""
    for start in range(0, len(queries), AT_ONCE):
        part = queries[start : start + AT_ONCE]
        asked = [query_of(one, lexicon, matcher, translation) for one in part] if len(matcher) else []
        yield from zip(part, matcher.rank(asked, top) if asked else [], strict=False)


def query_of(entry: Entry, lexicon: Lexicon, matcher: "Matcher", translation: float = TRANSLATION) -> Query:
    """A query with the skills recognised in it, and with its words in the other language that documents are in."""
    read = lexicon.read(entry.text, entry.skills)
    own = Query(read.text, lang=entry.lang, linked=read.linked)
    lang, counts = matcher.foreign(own) if translation else ("nl", {})
    return replace(own, also=translated(counts, lang, lexicon, translation)) if counts else own


def full_text(entry: Entry) -> str:
    """The text, and behind it the typed skills that do not stand in it already."""
    return "\n".join([entry.text, "; ".join(skill for skill in entry.skills if skill not in entry.text)]).strip()


def _document(entry: Entry, lexicon: Lexicon) -> Document:
    read = lexicon.read(entry.text, entry.skills)
    return Document(entry.id, read.text, lang=entry.lang, linked=read.linked)
