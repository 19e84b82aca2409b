"""Skills by what someone types: the start of a word, a word, a piece of one, or a misspelt one."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from rapidfuzz import fuzz, process

from ipf_talent.skills.recognition.tokens import fold
from ipf_talent.skills.taxonomy import Taxonomy

SHORTEST = 2
"""Letters below which nothing is suggested."""

SHORTEST_MISSPELT = 4
NEAR = 76
"""Likeness from 0 to 100 from which a misspelt text or word counts as a known one."""


class Entry(NamedTuple):
    """A label or synonym, folded."""

    text: str
    slug: str
    synonym: bool


class Suggester:
    """
    Finds skills by label or synonym in any language, best first; capitals and accents do not matter.

    Parameters
    ----------
    taxonomy : Taxonomy
    """

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._entries: list[Entry] = []
        for concept in taxonomy.concepts.values():
            labels = {concept.label_nl, concept.label_fy, concept.label_en}
            self._entries += [Entry(plain(text), concept.slug, text not in labels) for _, text in concept.words()]
        self._words: dict[str, list[Entry]] = defaultdict(list)
        for entry in self._entries:
            for word in entry.text.split():
                if len(word) >= SHORTEST_MISSPELT:
                    self._words[word].append(entry)

    def ranked(self, text: str) -> list[str]:
        """
        The slugs that a text may mean.

        Returns
        -------
        list of str
            First those that are the text, begin with it, have a word that begins with it, hold it; those that look like it only
            when there are none.
        """
        asked = plain(text)
        if len(asked) < SHORTEST:
            return []
        return _best(self._holding(asked)) or _best(self._resembling(asked))

    def _holding(self, asked: str) -> Iterable[tuple[tuple[float, ...], Entry]]:
        pieces = asked.split()
        for entry in self._entries:
            if all(piece in entry.text for piece in pieces):
                yield (_rank(asked, pieces, entry), entry.synonym, len(entry.text)), entry

    def _resembling(self, asked: str) -> Iterable[tuple[tuple[float, ...], Entry]]:
        if len(asked) < SHORTEST_MISSPELT:
            return
        texts = [entry.text for entry in self._entries]
        for _, likeness, place in process.extract(asked, texts, scorer=fuzz.token_sort_ratio, score_cutoff=NEAR, limit=None):
            yield (-likeness, self._entries[place].synonym, len(texts[place])), self._entries[place]
        for word, likeness, _ in process.extract(asked, list(self._words), scorer=fuzz.ratio, score_cutoff=NEAR, limit=None):
            for entry in self._words[word]:
                yield (1 - likeness, entry.synonym, len(entry.text)), entry


def plain(text: str) -> str:
    """Folded, hyphens and runs of white space as one space."""
    return " ".join(fold(text).replace("-", " ").split())


def _rank(asked: str, pieces: list[str], entry: Entry) -> int:
    if entry.text == asked:
        return 0
    if entry.text.startswith(asked):
        return 1
    words = entry.text.split()
    return 2 if all(any(word.startswith(piece) for word in words) for piece in pieces) else 3


def _best(found: Iterable[tuple[tuple[float, ...], Entry]]) -> list[str]:
    best: dict[str, tuple[float, ...]] = {}
    for order, entry in found:
        best[entry.slug] = min(order, best.get(entry.slug, order))
    return sorted(best, key=lambda slug: (best[slug], slug))
