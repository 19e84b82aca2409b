"""Searching an index with a formula: evidence, scores, the best n, and what to learn."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .concepts import met, reach
from .documents import Query
from .index import Index
from .scoring import Evidence, Formula, Numbers
from .selection import Order, Ranking, Step
from .terms import ones

Mask = NDArray[np.bool_]


class TextEvidence(NamedTuple):
    """Likeness of texts, whether they share a word, and the number of different words in the query."""

    likeness: Numbers
    shared: Mask
    n_words: int


@dataclass(frozen=True, slots=True)
class Search:
    """An index and the formula that its documents are scored by."""

    index: Index
    formula: Formula

    def text(self, query: Query) -> TextEvidence:
        """What a query's text says for each document; it stays when a student gains a concept."""
        ours = self.index.space.text(query.text, query.lang)
        words = self.index.postings.add_up(ours.words)
        chars = self.index.postings.add_up(ours.chars)
        return TextEvidence(self.formula.text(words, chars), words > 0, ours.n_words)

    def evidence(self, query: Query, text: TextEvidence) -> Evidence:
        """What speaks for each document."""
        postings, space = self.index.postings, self.index.space
        reached = reach(query.concepts, space.relations)
        had = met(query.concepts, space.relations, self.formula.covers)
        asked = postings.add_up(ones("asked", reached))
        narrower = postings.add_up(ones("concept", query.concepts))
        return Evidence(
            text=text.likeness,
            shared=text.shared,
            concepts=postings.add_up(space.concepts(reached)),
            touched=(asked > 0) | (narrower > 0),
            met=postings.add_up(ones("must", had)),
            stated=bool(query.concepts),
            n_words=text.n_words,
        )

    def scores(self, query: Query, text: TextEvidence) -> Numbers:
        """The score of every document."""
        return self.formula.score(self.evidence(query, text), self.index.demand)

    def best(self, query: Query, n: int, mask: Mask, order: Order) -> Ranking:
        """The `n` best documents that the mask lets through."""
        scores = self.scores(query, self.text(query))
        rows = order.best(scores, n, mask)
        return Ranking(rows, scores[rows], tuple(self.index.ids[row] for row in rows), int(np.count_nonzero(mask)))

    def steps(self, query: Query, row: int, mask: Mask, order: Order) -> list[Step]:
        """What each asked concept that is not met would do to the rank of one document, by ranking all again."""
        document, text = self.index.documents[row], self.text(query)
        had = met(query.concepts, self.index.space.relations, self.formula.covers)
        before = order.rank(self.scores(query, text), row, mask)
        steps = []
        for slug in document.asked:
            if slug not in had:
                scores = self.scores(query.gaining(slug), text)
                rank = order.rank(scores, row, mask)
                of = int(np.count_nonzero(mask))
                steps.append(Step(slug, slug in document.musts, float(scores[row]), rank, before, of))
        return sorted(steps, key=lambda step: (step.rank or np.inf, -step.score, step.concept))
