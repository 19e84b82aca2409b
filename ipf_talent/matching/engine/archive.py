"""The documents of an index as one run of bytes, read one at a time: nothing is parsed until it is asked for."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from .documents import Document


@dataclass(frozen=True, slots=True, eq=False)
class Archive:
    """
    Documents by row.

    Attributes
    ----------
    data : ndarray of uint8
        JSON of each document, one after the other.
    ends : ndarray of int64, shape (n_rows,)
        Where the JSON of each document ends.
    """

    data: NDArray[np.uint8]
    ends: NDArray[np.int64]

    @classmethod
    def build(cls, documents: Iterable[Document]) -> Self:
        """Keep documents in their order."""
        lines = [json.dumps(document.as_json(), ensure_ascii=True).encode() for document in documents]
        ends = np.cumsum([len(line) for line in lines], dtype=np.int64) if lines else np.empty(0, np.int64)
        return cls(np.frombuffer(b"".join(lines), np.uint8), ends)

    @classmethod
    def join(cls, parts: Sequence[tuple[Self, NDArray[np.intp]]]) -> Self:
        """Keep some documents of several archives, in this order."""
        taken = [archive.data[start:end] for archive, rows in parts for start, end in archive.bounds(rows)]
        ends = np.cumsum([len(one) for one in taken], dtype=np.int64)
        return cls(np.concatenate([np.empty(0, np.uint8), *taken]), ends)

    def bounds(self, rows: NDArray[np.intp]) -> Iterator[tuple[int, int]]:
        """Where the JSON of each of some documents begins and ends."""
        starts = np.concatenate([[0], self.ends[:-1]]) if len(self.ends) else self.ends
        return zip(starts[rows].tolist(), self.ends[rows].tolist(), strict=True)

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, row: int) -> Document:
        if not 0 <= row < len(self.ends):
            raise IndexError(f"There is no row {row} among {len(self.ends)} documents.")
        start = int(self.ends[row - 1]) if row else 0
        return Document(**json.loads(self.data[start : int(self.ends[row])].tobytes()))

    def __iter__(self) -> Iterator[Document]:
        return (self[row] for row in range(len(self)))


@dataclass(frozen=True, slots=True, eq=False)
class Documents:
    """
    Documents by row: those of an archive that are kept, then those that were added.

    Attributes
    ----------
    base : Archive
    kept : ndarray of intp or None
        Rows of `base`; None where all are kept.
    added : Archive or None
    """

    base: Archive
    kept: NDArray[np.intp] | None = None
    added: Archive | None = None

    def __len__(self) -> int:
        return self._n_kept + (len(self.added) if self.added else 0)

    def __getitem__(self, row: int) -> Document:
        if not 0 <= row < len(self):
            raise IndexError(f"There is no row {row} among {len(self)} documents.")
        if self.added and row >= self._n_kept:
            return self.added[row - self._n_kept]
        return self.base[row if self.kept is None else int(self.kept[row])]

    def __iter__(self) -> Iterator[Document]:
        return (self[row] for row in range(len(self)))

    @property
    def _n_kept(self) -> int:
        return len(self.base) if self.kept is None else len(self.kept)
