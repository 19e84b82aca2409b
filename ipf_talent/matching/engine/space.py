"""One TF-IDF space with three blocks: stemmed words, characters, concepts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from .analysis import Token, sentences
from .background import LONGEST_PHRASE, LONGEST_RUN, SHORTEST_RUN, Background
from .concepts import Relations, reach
from .documents import Document
from .terms import SparseVector, Terms, as_terms, phrases, runs, term, vector, words

NO_TERMS = np.empty(0, np.uint64)


class TextPoint(NamedTuple):
    """
    The text of a document or a query in the space: sublinear TF-IDF, each block of length 1, or empty.

    `n_words` is the number of different words in it.
    """

    words: SparseVector
    chars: SparseVector
    n_words: int


@dataclass(frozen=True, slots=True)
class Space:
    """Turns documents and queries into vectors; knows nothing of the other documents."""

    background: Background
    relations: Relations
    wanted_weight: float

    def document(self, document: Document) -> tuple[SparseVector, SparseVector, SparseVector]:
        """Words, characters and concepts of a document, in the 32-bit precision in which they are stored."""
        text = self.text(document.text, document.lang)
        concepts = self.concepts(reach(self.asked(document), self.relations))
        return _stored(text.words), _stored(text.chars), _stored(_unit(concepts))

    def text(self, text: str, lang: str | None) -> TextPoint:
        """The two blocks of a text."""
        found = self.sentences(text, lang)
        counted = [token.lower for token in words(found)]
        each = [runs(word, SHORTEST_RUN, LONGEST_RUN) for word in counted]
        keys = as_terms("word", (key for key, _ in phrases(found, LONGEST_PHRASE)))
        return TextPoint(self._weighed(keys), self._weighed(np.concatenate([NO_TERMS, *each])), len(set(counted)))

    def asked(self, document: Document) -> dict[str, float]:
        """Weights of the concepts a document asks for: required ones 1, wanted ones less."""
        return dict.fromkeys(document.wanted, self.wanted_weight) | dict.fromkeys(document.musts, 1.0)

    def sentences(self, text: str, lang: str | None) -> list[list[Token]]:
        """The words of a text that count."""
        return sentences(text, lang, known=self.background.boilerplate)

    def concepts(self, weights: Mapping[str, float]) -> SparseVector:
        """
        The concept block: weights by slug times rarity.

        A document's is brought to length 1. A query's is not, so that it grows with every skill.
        """
        return vector({term("concept", slug): w * self.background.rarity(slug) for slug, w in weights.items()})

    def _weighed(self, occurrences: Terms) -> SparseVector:
        terms, counts = np.unique(occurrences, return_counts=True)
        return _unit(SparseVector(terms, (1 + np.log(counts)) * self.background.idf(terms)))


def _unit(long: SparseVector) -> SparseVector:
    length = np.sqrt(np.square(long.weights).sum())
    return SparseVector(long.terms, long.weights / length) if length > 0 else long


def _stored(exact: SparseVector) -> SparseVector:
    return SparseVector(exact.terms, exact.weights.astype(np.float32).astype(np.float64))
