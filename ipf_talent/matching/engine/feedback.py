"""Feedback from the top results: a document gains by being like those that fit best."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from .index import Index
from .scoring import Numbers
from .terms import SparseVector


@dataclass(frozen=True, slots=True, eq=False)
class Feedback:
    """
    What the best documents of a query say of all others.

    Attributes
    ----------
    rows : ndarray of intp
        The documents that feed back, best first.
    weights : ndarray
        How much each of them counts; they sum to 1.
    words, concepts : float
        What the best document gets for its words and for its concepts; both are brought to 1 by it. 0 where there is none.
    whole : float
        What the best document gets in all.
    """

    rows: NDArray[np.intp]
    weights: Numbers
    words: float
    concepts: float
    whole: float


def feedback_of(index: Index, raw: Numbers, depth: int, sharpness: float) -> tuple[Feedback, Numbers] | None:
    """
    Pseudo-relevance feedback after Rocchio (1971), weighed by (R / best R) ** sharpness.

    Parameters
    ----------
    index : Index
    raw : ndarray
        R of every document.
    depth : int
        Documents that feed back at most.
    sharpness : float
        The higher, the more the very best count.

    Returns
    -------
    Feedback and ndarray, or None
        For each document how like it is to them, the best document being 1. None where nothing was found.
    """
    rows = _best(raw, index, depth)
    if not len(rows):
        return None
    weights = (raw[rows] / raw[rows[0]]) ** sharpness
    weights = weights / weights.sum()
    pairs = [vectors(index, int(row)) for row in rows]
    words = index.add_words(_mixed([words for words, _ in pairs], weights))
    concepts = index.add_concepts(_mixed([concepts for _, concepts in pairs], weights))
    found = Feedback(rows, weights, float(words[rows[0]]), float(concepts[rows[0]]), 1.0)
    share = index.demand.share
    like = _over(words, found.words) * np.sqrt(1 - share) + _over(concepts, found.concepts) * np.sqrt(share)
    whole = float(like[rows[0]])
    if not whole:
        return None
    return Feedback(rows, weights, found.words, found.concepts, whole), like / whole


def likeness(index: Index, found: Feedback, place: int, row: int) -> float:
    """What one of the documents that feed back gives to another: these sum to the likeness of `feedback_of`."""
    ours, theirs = vectors(index, int(found.rows[place])), index.space.document(index.documents[row])
    share = float(index.demand.share[row])
    parts = zip(ours, theirs, (found.words, found.concepts), (1 - share, share), strict=True)
    like = sum(_dot(mine, other) / most * np.sqrt(part) for mine, other, most, part in parts if most)
    return float(found.weights[place] * like / found.whole)


@lru_cache(maxsize=4096)
def vectors(index: Index, row: int) -> tuple[SparseVector, SparseVector]:
    """Words of a document brought to length 1, and its concepts."""
    words, concepts = index.space.document(index.documents[row])
    length = np.sqrt(np.square(words.weights).sum())
    return SparseVector(words.terms, words.weights / length if length else words.weights), concepts


def _best(raw: Numbers, index: Index, depth: int) -> NDArray[np.intp]:
    rows = np.flatnonzero(raw > 0)
    if len(rows) > depth:
        least = np.partition(raw[rows], len(rows) - depth)[len(rows) - depth]
        rows = rows[raw[rows] >= least]
    return rows[np.lexsort((index.marks[rows], -raw[rows]))][:depth]


def _mixed(parts: list[SparseVector], weights: Numbers) -> SparseVector:
    terms = np.concatenate([part.terms for part in parts])
    values = np.concatenate([part.weights * weight for part, weight in zip(parts, weights, strict=True)])
    unique, places = np.unique(terms, return_inverse=True)
    return SparseVector(unique, np.bincount(places, values, minlength=len(unique)).astype(np.float64, copy=False))


def _dot(ours: SparseVector, theirs: SparseVector) -> float:
    _, mine, other = np.intersect1d(ours.terms, theirs.terms, assume_unique=True, return_indices=True)
    return float(ours.weights[mine] @ theirs.weights[other])


def _over(values: Numbers, most: float) -> Numbers:
    return values / most if most else np.zeros_like(values)
