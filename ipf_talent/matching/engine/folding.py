"""Runs of characters folded back to the words they come from, so that an explanation speaks of words."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from .analysis import Token
from .background import LONGEST_RUN, SHORTEST_RUN
from .terms import SparseVector, lookup, runs, words

AT_ONCE = 256
"""Document words folded at a time: bounds the memory for texts of a megabyte."""
TRIGGERS = 3


class Share(NamedTuple):
    """
    What the characters of one word of a document contribute.

    Attributes
    ----------
    key : str
        Its stem.
    same : bool
        The query holds a word of the same stem.
    query : tuple of str
        The query's words most alike, at most three, as written.
    document : str
        The word as written.
    value : float
        Part of the inner product of the character blocks.
    """

    key: str
    same: bool
    query: tuple[str, ...]
    document: str
    value: float


class Bag(NamedTuple):
    """The different words of a text, with the share that each has in each run of characters."""

    tokens: list[Token]
    shares: sparse.csc_array


def fold(
    mine: Sequence[Sequence[Token]], theirs: Sequence[Sequence[Token]], ours: SparseVector, placed: SparseVector
) -> Iterator[Share]:
    """
    Share out the inner product of two character blocks over the document's words; the shares add up to it.

    A run that occurs in several words counts for each by how often it occurs there.
    """
    places, known = lookup(placed.terms, ours.terms)
    terms = ours.terms[known]
    values = ours.weights[known] * placed.weights[places[known]]
    if not len(terms):
        return
    query, document = _bag(mine, terms), _bag(theirs, terms)
    stems = {token.stem for token in query.tokens}
    weighted = sparse.csr_array(query.shares.T.multiply(values[np.newaxis, :]))
    for start in range(0, len(document.tokens), AT_ONCE):
        block = np.asarray((weighted @ document.shares[:, start : start + AT_ONCE]).todense())
        for token, column in zip(document.tokens[start : start + AT_ONCE], block.T, strict=True):
            if (value := float(column.sum())) > 0:
                yield Share(token.stem, token.stem in stems, _likest(column, query.tokens), token.written, value)


def _bag(sentences: Sequence[Sequence[Token]], terms: NDArray[np.uint64]) -> Bag:
    counted: dict[str, tuple[Token, int]] = {}
    for token in words(sentences):
        first, count = counted.get(token.lower, (token, 0))
        counted[token.lower] = (first, count + 1)
    rows, columns, counts = [], [], []
    for column, (lower, (_, count)) in enumerate(counted.items()):
        for run, times in Counter(runs(lower, SHORTEST_RUN, LONGEST_RUN).tolist()).items():
            rows.append(run)
            columns.append(column)
            counts.append(count * times)
    places, known = lookup(terms, np.array(rows, np.uint64))
    shape = (len(terms), len(counted))
    table = sparse.csr_array((np.array(counts)[known], (places[known], np.array(columns)[known])), shape, dtype=float)
    each = sparse.diags_array(1 / np.maximum(table.sum(axis=1), 1))
    return Bag([token for token, _ in counted.values()], sparse.csc_array(each @ table))


def _likest(column: NDArray[np.float64], tokens: Sequence[Token]) -> tuple[str, ...]:
    best = np.argsort(-column, kind="stable")[:TRIGGERS]
    return tuple(tokens[place].written for place in best if column[place] >= column[best[0]] / 2)
