"""The index itself: for each term the documents that hold it, and one loop that adds them up.

`Postings.add_up` is the seam for another kernel: all scores of the engine pass through it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from .terms import SparseVector, Terms, lookup


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """
    Weights by term and document, grouped by term.

    Attributes
    ----------
    terms : ndarray of uint64, shape (n_terms,)
        Ascending.
    starts : ndarray of int64, shape (n_terms + 1,)
        Where the postings of each term begin.
    rows : ndarray of int32, shape (n_postings,)
        Documents, ascending within a term.
    weights : ndarray of float32, shape (n_postings,)
    n_rows : int
    """

    terms: Terms
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    weights: NDArray[np.float32]
    n_rows: int

    @classmethod
    def build(cls, vectors: Sequence[Sequence[SparseVector]]) -> Self:
        """Collect the postings of the vectors of each row."""
        flat = [(row, part) for row, parts in enumerate(vectors) for part in parts]
        terms = np.concatenate([np.empty(0, np.uint64), *(part.terms for _, part in flat)])
        weights = np.concatenate([np.empty(0), *(part.weights for _, part in flat)]).astype(np.float32)
        rows = np.repeat(np.array([row for row, _ in flat], np.int32), np.array([len(part.terms) for _, part in flat], np.intp))
        order = np.argsort(terms, kind="stable")
        unique, first = np.unique(terms[order], return_index=True)
        starts = np.append(first, len(terms)).astype(np.int64)
        return cls(unique, starts, rows[order], weights[order], len(vectors))

    def add_up(self, query: SparseVector) -> NDArray[np.float64]:
        """
        Inner product of a query with every document.

        Each document's sum runs over its terms in ascending order, so it does not depend on the other documents.

        Returns
        -------
        ndarray of shape (n_rows,)
        """
        places, known = lookup(self.terms, query.terms)
        places, factors = places[known], query.weights[known]
        lengths = self.starts[places + 1] - self.starts[places]
        ends = np.cumsum(lengths)
        if not len(ends) or not ends[-1]:
            return np.zeros(self.n_rows)
        taken = np.arange(ends[-1]) + np.repeat(self.starts[places] - ends + lengths, lengths)
        products = self.weights[taken] * np.repeat(factors, lengths)
        return np.bincount(self.rows[taken], products, minlength=self.n_rows).astype(np.float64, copy=False)
