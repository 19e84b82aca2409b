"""Searching an index with a formula: evidence, scores, the best n, and what to learn."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from . import kernels
from .concepts import met
from .documents import Query
from .feedback import Feedback, feedback_of, likeness
from .index import Index
from .prepared import Prepared, prepare
from .scoring import Evidence, Formula, Numbers
from .selection import Order, Ranking, Step

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Search:
    """An index and the formula that its documents are scored by."""

    index: Index
    formula: Formula

    def prepare(self, query: Query, made_with: tuple[str, ...] = ()) -> Prepared:
        """Make the vectors of a query."""
        return prepare(query, self.index.space, self.index.towards, self.formula.covers, made_with=made_with)

    def gaining(self, prepared: Prepared, concept: str) -> Prepared:
        """The same student with one skill more: the text stays as it was read."""
        query, index = prepared.query.gaining(concept), self.index
        return prepare(query, index.space, index.towards, self.formula.covers, text=prepared.text)

    def evidence(self, prepared: Prepared, text: Numbers | None = None) -> Evidence:
        """What speaks for each document; `text` is the likeness of the texts where it is known already."""
        index = self.index
        return Evidence(
            text=index.add_words(prepared.text.words) if text is None else text,
            concepts=index.add_concepts(prepared.concepts),
            touched=index.touched(prepared.touching),
            met=index.met(prepared.had),
            stated=bool(prepared.query.has),
            n_words=prepared.text.n_words,
        )

    def scores(self, prepared: Prepared, text: Numbers | None = None) -> Numbers:
        """The score of every document."""
        evidence = self.evidence(prepared, text)
        more = self.feedback(evidence)
        return self.formula.score(evidence, self.index.demand, more[1] if more else 0.0)

    def feedback(self, evidence: Evidence) -> tuple[Feedback, Numbers] | None:
        """What feedback adds to R of every document, as a part of the best R; None where it is off or nothing was found."""
        if not self.formula.feedback:
            return None
        raw = self.formula.raw(evidence, self.index.demand)
        found = feedback_of(self.index, raw, self.formula.feedback_depth, self.formula.feedback_sharpness)
        return (found[0], found[1] * self.formula.feedback * float(raw.max())) if found else None

    def fed(self, more: tuple[Feedback, Numbers] | None, row: int) -> tuple[tuple[str, float], ...]:
        """What each document that feeds back adds to R of one document, by id."""
        if more is None:
            return ()
        found, gained = more
        index = self.index
        scale = float(gained[found.rows[0]])
        return tuple(
            (index.ids[other], scale * likeness(index, found, place, row)) for place, other in enumerate(found.rows.tolist())
        )

    def best(self, prepared: Prepared, n: int, mask: Mask, order: Order) -> Ranking:
        """The `n` best documents that the mask lets through."""
        if self.is_bounded:
            rows, scores = self._best(prepared, n, mask, order)
        else:
            every = self.scores(prepared)
            rows = order.best(every, n, mask)
            scores = every[rows]
        return Ranking(rows, scores, tuple(self.index.ids[row] for row in rows.tolist()), int(np.count_nonzero(mask)))

    @property
    def is_bounded(self) -> bool:
        """
        Whether no score needs another document's, and what is not looked at can only score lower.

        A document without any shared word or concept then scores 0, for its R is 0.
        """
        formula, space = self.formula, self.index.space
        shares = (formula.must_floor, formula.concept_share, space.b)
        weights = (formula.gain, space.wanted_weight, space.k1, space.document_title, space.query_title)
        return (
            not formula.feedback
            and formula.half > 0
            and formula.half_words > 0
            and all(0 <= share <= 1 for share in shares)
            and all(0 <= weight < np.inf for weight in weights)
            and all(part.is_regular for part, _ in self.index.parts)
        )

    def steps(self, prepared: Prepared, row: int, mask: Mask, order: Order) -> list[Step]:
        """What each asked concept that is not met would do to the rank of one document, by ranking all again."""
        document, text = self.index.documents[row], self.index.add_words(prepared.text.words)
        had = met(prepared.query.concepts, self.index.space.relations, self.formula.covers)
        before = order.rank(self.scores(prepared, text), row, mask)
        steps = []
        for slug in document.asked:
            if slug not in had:
                scores = self.scores(self.gaining(prepared, slug), text)
                rank = order.rank(scores, row, mask)
                of = int(np.count_nonzero(mask))
                steps.append(Step(slug, slug in document.musts, float(scores[row]), rank, before, of))
        return sorted(steps, key=lambda step: (step.rank or np.inf, -step.score, step.concept))

    def _best(self, prepared: Prepared, n: int, mask: Mask, order: Order) -> tuple[NDArray[np.intp], Numbers]:
        lowest = np.zeros(max(min(n, len(self.index)), 1))
        found = [kernels.best(part, outer, prepared, self.formula, mask, lowest) for part, outer in self.index.parts]
        rows = np.concatenate([one.rows for one in found])
        scores = np.concatenate([one.scores for one in found])
        among = order.places(rows, scores)[:n]
        return rows[among], scores[among]
