"""Which concepts each document asks for: read document by document, when all else of its score is known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from .documents import Document
from .postings import fixed
from .terms import Terms, as_terms, lookup


@dataclass(frozen=True, slots=True, eq=False)
class Asks:
    """
    The asked concepts by row.

    Attributes
    ----------
    terms : ndarray of uint64
        Numbers of all asked concepts, ascending.
    codes : ndarray of int32
        Places in `terms`, of one document after the other.
    starts : ndarray of int64, shape (n_rows + 1,)
        Where the codes of each document begin.
    """

    terms: Terms
    codes: NDArray[np.int32]
    starts: NDArray[np.int64]

    @classmethod
    def build(cls, documents: Sequence[Document]) -> Self:
        """Collect what documents ask for."""
        asked = [(*document.musts, *document.wanted, *document.linked) for document in documents]
        terms = np.unique(numbers({slug for slugs in asked for slug in slugs}))
        codes = np.searchsorted(terms, numbers(slug for slugs in asked for slug in slugs)).astype(np.int32)
        starts = np.cumsum([0, *map(len, asked)], dtype=np.int64)
        return cls(fixed(terms), fixed(codes), fixed(starts))

    @classmethod
    def join(cls, parts: Sequence[tuple[Self, NDArray[np.intp]]]) -> Self:
        """Take what some rows of several collections ask for, in this order."""
        terms = np.unique(np.concatenate([asks.terms for asks, _ in parts]))
        codes, sizes = [], []
        for asks, rows in parts:
            size = asks.starts[rows + 1] - asks.starts[rows]
            codes.append(np.searchsorted(terms, asks.terms).astype(np.int32)[asks.codes[_ranges(asks.starts[rows], size)]])
            sizes.append(size)
        starts = np.concatenate([[0], np.cumsum(np.concatenate(sizes), dtype=np.int64)])
        return cls(fixed(terms), fixed(np.concatenate(codes)), fixed(starts))

    def touched(self, concepts: Terms, rows: NDArray[np.intp] | None = None) -> NDArray[np.bool_]:
        """Whether a document asks at least one of the concepts; of all documents, or of some rows."""
        places, known = lookup(self.terms, concepts)
        wanted = np.zeros(len(self.terms), np.bool_)
        wanted[places[known]] = True
        if rows is None:
            so_far = np.zeros(len(self.codes) + 1, np.int64)
            np.cumsum(wanted[self.codes], out=so_far[1:])
            return so_far[self.starts[1:]] > so_far[self.starts[:-1]]
        sizes = self.starts[rows + 1] - self.starts[rows]
        hits = wanted[self.codes[_ranges(self.starts[rows], sizes)]]
        return np.bincount(np.repeat(np.arange(len(rows)), sizes)[hits], minlength=len(rows)) > 0


def numbers(slugs: Iterable[str]) -> Terms:
    """Numbers of asked concepts, in their order."""
    return as_terms("asked", slugs)


def _ranges(starts: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers from each start on, as many as each size says."""
    return np.arange(int(sizes.sum())) + np.repeat(starts - np.cumsum(sizes) + sizes, sizes)
