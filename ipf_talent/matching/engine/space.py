"""One TF-IDF space with two blocks: stemmed words with the parts of compounds, and concepts."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from .analysis import Lang, Token, language, sentences, stem, stop_words, title
from .background import Background
from .compounds import parts
from .concepts import Relations, reach
from .documents import Document, Query
from .terms import EMPTY, SparseVector, as_terms, phrases, term, vector

SPACE_PARAMETERS = ("wanted_weight", "k1", "b", "document_title", "query_title")
"""Parameters of the matcher that the space keeps, in the order of its fields."""


class TextPoint(NamedTuple):
    """
    The text of a query in the space.

    `words` sums to at most 1 with any document: each weight is the word's part of the most that a document could give.
    `n_words` is the number of different words in it.
    """

    words: SparseVector
    n_words: int


@dataclass(frozen=True, slots=True)
class Space:
    """
    Turns documents and queries into vectors; knows nothing of the other documents.

    Words of a document weigh idf · tf · (k1 + 1) / (tf + k1 · (1 − b + b · length / mean length)): the saturation of BM25
    (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009) inside TF-IDF. Words of a title count more often.
    """

    background: Background
    relations: Relations
    wanted_weight: float
    k1: float
    b: float
    document_title: float
    query_title: float

    def document(self, document: Document) -> tuple[SparseVector, SparseVector]:
        """Words and concepts of a document, in the 32-bit precision in which they are stored."""
        counts = self.counts(document.text, document.lang, self.document_title)
        terms, tf = _as_arrays(counts)
        length = 1 - self.b + self.b * tf.sum() / self.background.mean_length
        weights = self.background.idf(terms) * tf * (self.k1 + 1) / (tf + self.k1 * length)
        concepts = self.concepts(reach(self.asked(document), self.relations))
        return _stored(SparseVector(terms, weights)), _stored(_unit(concepts))

    def query(self, query: Query) -> TextPoint:
        """The words of a query, and of their translations, as shares of what its own words could give at most."""
        counts = self.counts(query.text, query.lang, self.query_title)
        terms, tf = _as_arrays(counts)
        most = float((tf * self.background.idf(terms)).sum()) * (self.k1 + 1)
        if not most:
            return TextPoint(EMPTY, len(counts))
        weights = dict(zip(terms.tolist(), (tf / most).tolist(), strict=True))
        for key, weight in query.also.items():
            number = term("word", key)
            weights[number] = max(weights.get(number, 0.0), weight / most)
        return TextPoint(vector(weights), len(counts))

    def counts(self, text: str, lang: str | None, title_weight: float) -> dict[str, float]:
        """How often each word counts, by its key; a word of the title counts `title_weight` times more."""
        lang_ = language(text, lang)
        found = dict[str, float](Counter(key for key, _ in self.keys(self.sentences(text, lang_), lang_)))
        if title_weight and (heading := title(text)):
            for key, _ in self.keys(self.sentences(heading, lang_), lang_):
                found[key] = found.get(key, 0.0) + title_weight
        return found

    def keys(self, found: Sequence[Sequence[Token]], lang: Lang) -> Iterator[tuple[str, str]]:
        """Keys as `phrases` gives them, and the stems of the parts of each compound, written as the compound is."""
        yield from phrases(found)
        if lang != "en":
            for tokens in found:
                for token in tokens:
                    for part in _parts(self.background, token.lower, lang):
                        yield part, token.written

    def asked(self, document: Document) -> dict[str, float]:
        """Weights of the concepts a document asks for: required ones 1, wanted and recognised ones less."""
        linked = {slug: sure * self.wanted_weight for slug, sure in document.linked.items()}
        return linked | dict.fromkeys(document.wanted, self.wanted_weight) | dict.fromkeys(document.musts, 1.0)

    def sentences(self, text: str, lang: str | None) -> list[list[Token]]:
        """The words of a text that count."""
        return sentences(text, lang, known=self.background.boilerplate)

    def concepts(self, weights: Mapping[str, float]) -> SparseVector:
        """
        The concept block: weights by slug times rarity.

        A document's is brought to length 1. A query's is not, so that it grows with every skill.
        """
        return vector({term("concept", slug): w * self.background.rarity(slug) for slug, w in weights.items()})


@lru_cache(maxsize=1 << 16)
def _parts(background: Background, word: str, lang: Lang) -> tuple[str, ...]:
    def known(part: str) -> int:
        root = stem(part, lang)
        return 0 if {part, root} & stop_words(lang) else background.frequency(root)

    return tuple(stem(part, lang) for part in parts(word, known))


def _as_arrays(counts: Mapping[str, float]) -> SparseVector:
    terms = as_terms("word", counts)
    order = np.argsort(terms)
    return SparseVector(terms[order], np.fromiter(counts.values(), float, len(counts))[order])


def _unit(long: SparseVector) -> SparseVector:
    length = np.sqrt(np.square(long.weights).sum())
    return SparseVector(long.terms, long.weights / length) if length > 0 else long


def _stored(exact: SparseVector) -> SparseVector:
    return SparseVector(exact.terms, exact.weights.astype(np.float32).astype(np.float64))
