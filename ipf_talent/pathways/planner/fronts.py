"""Labels as rows of numbers, and which of many no other beats."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
BLOCK = 256
"""Rows that are held against each other at once."""
COMPARED = (0, 1, 5, 7, 8, 2, 3, 6, 4)
"""Columns of costs, those that tell most apart first."""


@dataclass(frozen=True, slots=True)
class Labels:
    """
    Rows of labels.

    Attributes:
        costs: nine columns of which less is better.
        bits: of which more is better.
        ties: columns that tell equal rows apart: how unsure the entries are, how many legs, the label that it came from, the move.
    """

    costs: Ints
    bits: Ints
    ties: Ints

    def __len__(self) -> int:
        return len(self.bits)

    def __getitem__(self, at: Any) -> "Labels":
        return Labels(self.costs[at], self.bits[at], self.ties[at])


def joined(parts: Sequence[Labels]) -> Labels:
    """Rows of several."""
    if len(parts) == 1:
        return parts[0]
    return Labels(
        np.concatenate([part.costs for part in parts]),
        np.concatenate([part.bits for part in parts]),
        np.concatenate([part.ties for part in parts]),
    )


class TooManyError(Exception):
    """More labels than a search may keep."""


def unbeaten(labels: Labels, most: int | None = None) -> Labels:
    """
    The rows that no other beats, sorted; of equal ones the first by their ties.

    Raises:
        TooManyError: they are more than `most`.
    """
    if len(labels) < 2:
        return labels
    labels = labels[_order(labels)]
    kept = labels[:0]
    for start in range(0, len(labels), BLOCK):
        block = labels[start : start + BLOCK]
        block = block[~beaten(block, kept)]
        kept = joined([kept, block[~_beaten_before(block)]])
        if most is not None and len(kept) > most:
            raise TooManyError
    return kept


def merged(one: Labels, other: Labels) -> Labels:
    """Of two fronts together the rows that no other beats; of equal ones the first front's."""
    new = other[~beaten(other, one)]
    return joined([one[~beaten(one, new)], new])


def beaten(labels: Labels, others: Labels) -> NDArray[np.bool_]:
    """For each row whether one of the others is no worse."""
    found = np.zeros(len(labels), np.bool_)
    for start in range(0, len(others), 4 * BLOCK):
        left = np.flatnonzero(~found)
        found[left] = _no_worse(labels[left], others[start : start + 4 * BLOCK]).any(axis=1)
    return found


def _no_worse(labels: Labels, others: Labels) -> NDArray[np.bool_]:
    """For each row and each of the others whether the other is no worse."""
    found: NDArray[np.bool_] = np.equal(labels.bits[:, None] & others.bits, labels.bits[:, None])
    for column in COMPARED:
        if not found.any():
            break
        found &= others.costs[None, :, column] <= labels.costs[:, None, column]
    return found


def _beaten_before(labels: Labels) -> NDArray[np.bool_]:
    """For each sorted row whether one before it is no worse."""
    return np.asarray(np.tril(_no_worse(labels, labels), -1).any(axis=1), np.bool_)


def _order(labels: Labels) -> NDArray[np.intp]:
    """By costs, then the most bits, then ties: a row that beats another stands before it."""
    return np.lexsort((*labels.ties.T[::-1], -np.bitwise_count(labels.bits).astype(np.int64), *labels.costs.T[::-1]))
