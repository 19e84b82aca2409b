"""Common terms by document: what they weigh at most, for all documents at once, and exactly, for a few of them."""

from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from .postings import Postings, fixed

SHARE = 8
"""A term is common where at least one in this many documents holds it."""

FEW = 4096
"""Among fewer documents no term is common: adding up all postings costs little."""

WORD = 64
"""Documents of which one word of bits says who holds a term."""

LEVELS = 255
"""The weight of a term as a part of its highest weight, rounded up to so many steps."""

SUM, MOST = 257, 64
"""What the steps of the terms of a query sum to at most, so that 255 of each fit in 16 bits, and how many terms those are."""


@dataclass(frozen=True, slots=True, eq=False)
class Common:
    """
    The common terms of some postings, by document.

    Attributes
    ----------
    of : ndarray of int32, shape (n_terms,)
        Place of each term among the common ones; -1 where it is not common.
    levels : ndarray of uint8, shape (n_common, n_words * 64)
        Weight of the term in each document, in steps of the highest one, rounded up; 0 where it is not held.
    bits : ndarray of uint64, shape (n_common, n_words)
        Which of 64 documents hold the term, the lowest bit for the first.
    firsts : ndarray of int64, shape (n_common, n_words)
        Place of the first posting of those 64 documents, were there one.
    peaks : ndarray of float64, shape (n_common,)
        The highest weight.
    """

    of: NDArray[np.int32]
    levels: NDArray[np.uint8]
    bits: NDArray[np.uint64]
    firsts: NDArray[np.int64]
    peaks: NDArray[np.float64]

    @classmethod
    def build(cls, postings: Postings) -> Self:
        """Find the common terms."""
        n_rows = postings.n_rows
        n_words = -(-n_rows // WORD)
        starts = postings.starts[:: postings.n_blocks]
        places = np.flatnonzero(np.diff(starts) * SHARE >= n_rows) if n_rows >= FEW else np.empty(0, np.intp)
        of = np.full(len(postings.terms), -1, np.int32)
        of[places] = np.arange(len(places))
        levels = np.zeros((len(places), n_words * WORD), np.uint8)
        firsts = np.zeros((len(places), n_words), np.int64)
        bits, peaks = [], np.zeros(len(places))
        for number, place in enumerate(places.tolist()):
            start, rows, weights = postings.whole(place)
            peaks[number] = weights.max()
            levels[number, rows] = np.ceil(weights / peaks[number] * LEVELS) if peaks[number] > 0 else 0
            firsts[number] = start + np.searchsorted(rows, np.arange(n_words) * WORD)
            held = np.zeros(n_words * WORD, np.bool_)
            held[rows] = True
            bits.append(np.packbits(held, bitorder="little").view("<u8"))
        bits_ = np.array(bits, np.uint64).reshape(len(places), n_words)
        return cls(fixed(of), fixed(levels), fixed(bits_), fixed(firsts), fixed(peaks))

    def later(self, places: NDArray[np.intp], factors: NDArray[np.float64]) -> "Later":
        """
        The terms at the end of a query that are all common, to be added when all others are.

        Parameters
        ----------
        places : ndarray of intp
            Terms of the query by their place, in the order in which they are added.
        factors : ndarray of float64
            Their weights in the query.
        """
        rare = np.flatnonzero(self.of[places] < 0)
        first = max(int(rare[-1]) + 1 if len(rare) else 0, len(places) - MOST)
        numbers, factors = self.of[places[first:]], factors[first:]
        most = factors * self.peaks[numbers]
        if not most.sum() > 0:
            return Later(first, numbers, factors, np.zeros(len(numbers), np.uint16), 0.0)
        steps = (SUM - len(numbers)) / most.sum()
        return Later(first, numbers, factors, np.ceil(most * steps).astype(np.uint16), 1 / (steps * LEVELS))

    def weights(self, postings: Postings, number: int, rows: NDArray[np.intp]) -> NDArray[np.float64]:
        """Weights of a common term in some documents, 0 where they do not hold it."""
        bit, word = (rows % WORD).astype(np.uint64), rows // WORD
        words = self.bits[number][word]
        held = (words >> bit) & np.uint64(1) > 0
        before = np.bitwise_count(words & ((np.uint64(1) << bit) - np.uint64(1)))
        found = np.zeros(len(rows))
        found[held] = postings.weights[(self.firsts[number][word] + before)[held]]
        return found


class Later(NamedTuple):
    """
    Common terms of a query that are only looked up for documents that can be among the best.

    Attributes
    ----------
    first : int
        Number of terms before them.
    numbers : ndarray of int32
        Their places among the common terms.
    factors : ndarray of float64
        Their weights in the query.
    steps : ndarray of uint16
        What each adds for one level. All levels times their steps fit in 16 bits, summed up.
    unit : float
        What one step is worth: no document gets more than its sum of levels times steps times this.
    """

    first: int
    numbers: NDArray[np.int32]
    factors: NDArray[np.float64]
    steps: NDArray[np.uint16]
    unit: float
