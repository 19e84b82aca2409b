"""The best n, exactly, with ties settled the same way every time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .terms import Terms


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """
    The best documents for one query.

    Attributes
    ----------
    rows : ndarray of intp
        Best first. Only documents with a score above 0, so there may be fewer than asked for.
    scores : ndarray of float64
        Descending, above 0 and below 1.
    ids : tuple of str
    considered : int
        Number of documents that the mask let through.
    """

    rows: NDArray[np.intp]
    scores: NDArray[np.float64]
    ids: tuple[str, ...]
    considered: int

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[tuple[int, float]]:
        return zip(self.rows.tolist(), self.scores.tolist(), strict=True)


@dataclass(frozen=True, slots=True)
class Step:
    """
    What learning one concept would do to one place, by ranking again.

    Attributes
    ----------
    concept : str
    must : bool
        The place requires it.
    score : float
        Score of the place with it.
    rank, before : int or None
        Rank of the place with and without it, from 1; None where it is no match.
    of : int
        Number of documents ranked.
    """

    concept: str
    must: bool
    score: float
    rank: int | None
    before: int | None
    of: int


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """
    The order among documents of equal score: lowest `ties` first, then lowest lot.

    Attributes
    ----------
    ties : ndarray or None
        For instance the number of open reactions, so that the quiet place comes first; None where all are equal.
    marks : ndarray of uint64
        The number of each document's id, from which its lot is drawn.
    seed : int
    """

    ties: NDArray[np.float64] | None
    marks: Terms
    seed: int

    @classmethod
    def of(cls, ties: ArrayLike | None, marks: Terms, seed: int) -> Self:
        """
        The order by ties, given one for each document or not at all, and by lots drawn from marks and seed.

        Raises
        ------
        ValueError
            The ties are not one number for each document.
        """
        given = None if ties is None else np.asarray(ties, float)
        if given is not None and (given.shape != marks.shape or np.isnan(given).any()):
            raise ValueError(f"Ties are {len(marks)} numbers, one for each document.")
        return cls(given, marks, seed)

    def best(self, scores: NDArray[np.float64], n: int, mask: NDArray[np.bool_]) -> NDArray[np.intp]:
        """Rows of the `n` best documents that the mask lets through and that score above 0."""
        rows = np.flatnonzero(mask & (scores > 0))
        if len(rows) > n:
            least = np.partition(scores[rows], len(rows) - n)[len(rows) - n]
            rows = rows[scores[rows] >= least]
        return rows[self.places(rows, scores[rows])[:n]]

    def places(self, rows: NDArray[np.intp], scores: NDArray[np.float64]) -> NDArray[np.intp]:
        """The order of some documents with their scores: where among them the best stands, and so on."""
        order = np.argsort(-scores, kind="stable")
        falling = scores[order]
        if (falling[1:] < falling[:-1]).all():
            return order
        return np.lexsort((*self._keys(rows), -scores))

    def rank(self, scores: NDArray[np.float64], row: int, mask: NDArray[np.bool_]) -> int | None:
        """Rank of a document, from 1, among those that the mask lets through; None where it is no match."""
        if scores[row] <= 0:
            return None
        better = np.count_nonzero(mask & (scores > scores[row]))
        level = np.flatnonzero(mask & (scores == scores[row]))
        keys = list(zip(*reversed(self._keys(level)), strict=True))
        own = tuple(key[0] for key in reversed(self._keys(np.array([row]))))
        return 1 + int(better) + sum(key < own for key in keys)

    def _keys(self, rows: NDArray[np.intp]) -> tuple[NDArray[Any], ...]:
        """What settles ties: the last key first, as `lexsort` takes them."""
        lot = lots(self.marks[rows], self.seed)
        return (lot,) if self.ties is None else (lot, self.ties[rows])


def as_masks(mask: ArrayLike | None, n_queries: int, n_rows: int) -> Sequence[NDArray[np.bool_]]:
    """
    One mask for each query, from a mask for each, one for all, or none.

    Raises
    ------
    ValueError
        The mask is not of bool, or of another shape than (n_rows,) or (n_queries, n_rows).
    """
    shape = (n_queries, n_rows)
    given = np.ones(n_rows, np.bool_) if mask is None else np.asarray(mask)
    if given.dtype != np.bool_ or given.shape not in {shape, shape[1:]}:
        raise ValueError(f"A mask is of bool and shape {shape[1:]} or {shape}, not {given.dtype} {given.shape}.")
    return [np.ascontiguousarray(given)] * n_queries if given.shape == shape[1:] else list(np.ascontiguousarray(given))


def lots(marks: Terms, seed: int) -> Terms:
    """A lot for each document from its id's mark and a seed: the same on every machine, fair over seeds."""
    with np.errstate(over="ignore"):
        return _mixed(marks ^ _mixed(np.array([seed % 2**64], np.uint64)))


def _mixed(value: Terms) -> Terms:
    value = value + np.uint64(0x9E3779B97F4A7C15)
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))
