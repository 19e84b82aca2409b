"""For each term the documents that hold it: in blocks, so that a document takes two bytes and a sum stays in the cache."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from .terms import SparseVector, Terms, lookup

BLOCK = 1 << 16
"""Documents of a block: their numbers within it fit in 16 bits."""


class Flat(NamedTuple):
    """
    Postings without blocks: what they are built from and changed as.

    Attributes
    ----------
    terms : ndarray of uint64, shape (n_terms,)
        Ascending.
    sizes : ndarray of int64, shape (n_terms,)
        Number of documents that hold each term; at least 1.
    rows : ndarray of int32, shape (n_postings,)
        Documents, grouped by term and ascending within it.
    weights : ndarray of float32, shape (n_postings,)
    """

    terms: Terms
    sizes: NDArray[np.int64]
    rows: NDArray[np.int32]
    weights: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Postings:
    """
    Weights by term and document, grouped by term, and within a term by block of 65,536 documents.

    Attributes
    ----------
    terms : ndarray of uint64, shape (n_terms,)
        Ascending.
    starts : ndarray of int64, shape (n_terms * n_blocks + 1,)
        Where the postings of term t in block b begin, at t · n_blocks + b; they end where the next ones begin.
    rows : ndarray of uint16, shape (n_postings,)
        Documents by their number within the block, ascending.
    weights : ndarray of float32, shape (n_postings,)
    n_rows : int
    """

    terms: Terms
    starts: NDArray[np.int64]
    rows: NDArray[np.uint16]
    weights: NDArray[np.float32]
    n_rows: int

    @classmethod
    def build(cls, vectors: Sequence[SparseVector]) -> Self:
        """Collect the postings of the vector of each row."""
        terms = np.concatenate([np.empty(0, np.uint64), *(vector.terms for vector in vectors)])
        weights = np.concatenate([np.empty(0, np.float32), *(vector.weights.astype(np.float32) for vector in vectors)])
        rows = np.repeat(np.arange(len(vectors), dtype=np.int32), [len(vector.terms) for vector in vectors])
        order = np.argsort(terms, kind="stable")
        unique, sizes = np.unique(terms, return_counts=True)
        return cls.of(Flat(unique, sizes.astype(np.int64), rows[order], weights[order]), len(vectors))

    @classmethod
    def of(cls, flat: Flat, n_rows: int) -> Self:
        """Divide postings into blocks."""
        n_blocks = blocks(n_rows)
        keys = np.repeat(np.arange(len(flat.terms)) * n_blocks, flat.sizes) + flat.rows // BLOCK
        starts = np.zeros(len(flat.terms) * n_blocks + 1, np.int64)
        np.cumsum(np.bincount(keys, minlength=len(starts) - 1), out=starts[1:])
        rows = (flat.rows % BLOCK).astype(np.uint16)
        return cls(fixed(flat.terms), fixed(starts), fixed(rows), fixed(flat.weights), n_rows)

    @classmethod
    def join(cls, parts: Sequence[tuple[Self, NDArray[np.intp]]]) -> Self:
        """Take the postings of some rows of several, in this order; the rows of each ascend."""
        terms = np.unique(np.concatenate([postings.terms for postings, _ in parts]))
        places, rows, weights, n_rows = [], [], [], 0
        for postings, taken in parts:
            flat = postings.flat()
            new = np.full(postings.n_rows, -1, np.int32)
            new[taken] = np.arange(n_rows, n_rows + len(taken))
            there = new[flat.rows] >= 0
            places.append(np.repeat(np.searchsorted(terms, flat.terms), flat.sizes)[there])
            rows.append(new[flat.rows[there]])
            weights.append(flat.weights[there])
            n_rows += len(taken)
        place = np.concatenate(places)
        order = np.argsort(place, kind="stable")
        sizes = np.bincount(place, minlength=len(terms))
        held = sizes > 0
        return cls.of(Flat(terms[held], sizes[held], np.concatenate(rows)[order], np.concatenate(weights)[order]), n_rows)

    @property
    def n_blocks(self) -> int:
        """Number of blocks; 1 where there is no document."""
        return blocks(self.n_rows)

    def flat(self) -> Flat:
        """The postings without blocks."""
        sizes = np.diff(self.starts)
        base = np.tile(np.arange(self.n_blocks, dtype=np.int32) * BLOCK, len(self.terms))
        rows = self.rows + np.repeat(base, sizes)
        return Flat(self.terms, sizes.reshape(-1, self.n_blocks).sum(axis=1), rows.astype(np.int32, copy=False), self.weights)

    def known(self, query: SparseVector) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Places of the terms of a query that any document holds, in the order of the query, and their weights in it."""
        places, known = lookup(self.terms, query.terms)
        return places[known], query.weights[known]

    def add_up(self, query: SparseVector) -> NDArray[np.float64]:
        """
        Inner product of a query with every document.

        Each document's sum runs over the terms in the order of the query, so it does not depend on the other documents.

        Returns
        -------
        ndarray of shape (n_rows,)
        """
        return self.sum_of(*self.known(query))

    def whole(self, place: int) -> tuple[int, NDArray[np.intp], NDArray[np.float32]]:
        """The postings of one term over all blocks: where they begin, documents and weights."""
        starts = self.starts[place * self.n_blocks : (place + 1) * self.n_blocks + 1]
        part = slice(int(starts[0]), int(starts[-1]))
        base = np.repeat(np.arange(self.n_blocks) * BLOCK, np.diff(starts))
        return part.start, base + self.rows[part], self.weights[part]

    def sum_of(self, places: NDArray[np.intp], factors: NDArray[np.float64]) -> NDArray[np.float64]:
        """As `add_up`, of terms by their place."""
        return np.concatenate([self._sum_of(block, places, factors) for block in range(self.n_blocks)])

    def _sum_of(self, block: int, places: NDArray[np.intp], factors: NDArray[np.float64]) -> NDArray[np.float64]:
        size = min(BLOCK, self.n_rows - block * BLOCK)
        at = places * self.n_blocks + block
        bounds = list(zip(self.starts[at].tolist(), self.starts[at + 1].tolist(), strict=True))
        n_postings = sum(end - start for start, end in bounds)
        if not n_postings:
            return np.zeros(size)
        rows, products = np.empty(n_postings, np.intp), np.empty(n_postings)
        filled = 0
        for (start, end), factor in zip(bounds, factors, strict=True):
            part = slice(filled, filled := filled + end - start)
            rows[part] = self.rows[start:end]
            np.multiply(self.weights[start:end], factor, out=products[part])
        return np.bincount(rows, products, minlength=size).astype(np.float64, copy=False)


def blocks(n_rows: int) -> int:
    """Number of blocks for so many documents; at least 1."""
    return max(-(-n_rows // BLOCK), 1)


def fixed(array: NDArray[Any]) -> NDArray[Any]:
    """The array, plain and not to be written to from now on: as one that is mapped from a file."""
    plain = np.asarray(array)
    plain.setflags(write=False)
    return plain
