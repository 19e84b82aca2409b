"""Facts to filter on, inside the search: level, kind, language. They never touch the score."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from .documents import Document


@dataclass(frozen=True, slots=True, eq=False)
class FactTable:
    """
    Which documents state which fact.

    Attributes
    ----------
    pairs : tuple of (name, value)
        Ascending.
    rows, codes : ndarray of int32
        One entry for each fact of each document: the document, and the place of the fact in `pairs`.
    n_rows : int
    """

    pairs: tuple[tuple[str, str], ...]
    rows: NDArray[np.int32]
    codes: NDArray[np.int32]
    n_rows: int

    @classmethod
    def build(cls, documents: Iterable[Document]) -> Self:
        """Collect the facts of the documents of each row."""
        stated = [[(name, value) for name, values in document.facts.items() for value in values] for document in documents]
        pairs = tuple(sorted({pair for row in stated for pair in row}))
        code = {pair: place for place, pair in enumerate(pairs)}
        entries = [(row, code[pair]) for row, of_row in enumerate(stated) for pair in of_row]
        table = np.array(entries, np.int32).reshape(-1, 2)
        return cls(pairs, table[:, 0].copy(), table[:, 1].copy(), len(stated))

    @classmethod
    def join(cls, parts: Sequence[tuple[Self, NDArray[np.intp]]]) -> Self:
        """Take the facts of some rows of several tables, in this order."""
        pairs = tuple(sorted({pair for table, _ in parts for pair in table.pairs}))
        code = {pair: place for place, pair in enumerate(pairs)}
        rows, codes, n_rows = [np.empty(0, np.int32)], [np.empty(0, np.int32)], 0
        for table, taken in parts:
            new = np.full(table.n_rows, -1, np.int32)
            new[taken] = np.arange(n_rows, n_rows + len(taken))
            there = new[table.rows] >= 0
            rows.append(new[table.rows[there]])
            codes.append(np.array([code[pair] for pair in table.pairs], np.int32)[table.codes[there]])
            n_rows += len(taken)
        return cls(pairs, np.concatenate(rows), np.concatenate(codes), n_rows)

    def allowed(self, wanted: dict[str, Collection[str]]) -> NDArray[np.bool_]:
        """
        Documents of which every named fact is among the wanted values, or not stated: absent data is neutral.

        Returns
        -------
        ndarray of bool, shape (n_rows,)
        """
        mask = np.ones(self.n_rows, np.bool_)
        for name, values in wanted.items():
            if isinstance(values, str):
                raise TypeError(f"The wanted values of {name!r} come as a collection, not as one string.")
            mask &= self._rows(name, values) | ~self._rows(name, None)
        return mask

    def _rows(self, name: str, values: Collection[str] | None) -> NDArray[np.bool_]:
        codes = [place for place, pair in enumerate(self.pairs) if pair[0] == name and (values is None or pair[1] in values)]
        found = np.zeros(self.n_rows, np.bool_)
        found[self.rows[np.isin(self.codes, codes)]] = True
        return found
