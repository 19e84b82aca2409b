"""Ranking a collection that was never seen: its own documents are all there is to count rarity on, and no table is read."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ipf_talent.matching.collections import Entry
from ipf_talent.matching.engine import Document, Query, Ranking
from ipf_talent.skills.taxonomy import Taxonomy

if TYPE_CHECKING:
    from ipf_talent.matching.engine import Matcher

KNOWN_SHARE = 0.5
"""A typed list of which the taxonomy knows less than this part says too little by its concepts: only its words count then."""

AT_ONCE = 50
"""Students ranked in one go, so that a terminal can show how far it is."""


def matcher_of(documents: Sequence[Entry], taxonomy: Taxonomy) -> "Matcher":
    """
    A matcher of these documents, with rarity counted on themselves and no floor: a run is judged in depth.

    Typed skills count as wanted, none as a must: a collection does not say which of them one cannot do without.
    """
    from ipf_talent.matching.engine import Matcher  # takes seconds the first time

    names = names_of(taxonomy)
    given = [Document(one.id, full_text(one), wanted=linked(one, names), lang=one.lang) for one in documents]
    return Matcher(text_floor=0.0, text_floor_stray=0.0).fit(given, relations=taxonomy.relations)


def rank(matcher: "Matcher", queries: Sequence[Entry], taxonomy: Taxonomy, top: int) -> Iterator[tuple[Entry, Ranking]]:
    """The best `top` documents of each query, in the order of the queries."""
    names = names_of(taxonomy)
    for start in range(0, len(queries), AT_ONCE):
        part = queries[start : start + AT_ONCE]
        asked = [Query(full_text(one), linked(one, names), one.lang) for one in part]
        yield from zip(part, matcher.rank(asked, top) if len(matcher) else [], strict=False)


def names_of(taxonomy: Taxonomy) -> Mapping[str, str]:
    """The skill behind each label and synonym, whatever its case; of two skills with one name, the first by slug."""
    names: dict[str, str] = {}
    for slug, concept in taxonomy.concepts.items():
        for _lang, word in concept.words():
            names.setdefault(" ".join(word.split()).casefold(), slug)
    return names


def linked(entry: Entry, names: Mapping[str, str]) -> tuple[str, ...]:
    """The skills that the typed list names; none where it is mostly not known."""
    found = [slug for typed in entry.skills if (slug := names.get(" ".join(typed.split()).casefold()))]
    return tuple(dict.fromkeys(found)) if found and len(found) >= KNOWN_SHARE * len(entry.skills) else ()


def full_text(entry: Entry) -> str:
    """The text, and behind it the typed skills that do not stand in it already."""
    return "\n".join([entry.text, "; ".join(skill for skill in entry.skills if skill not in entry.text)]).strip()
