"""The documents of an index as one run of bytes, read one at a time: nothing is parsed until it is asked for."""

import json
from collections.abc import Iterable, Iterator
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

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, row: int) -> Document:
        if not 0 <= row < len(self.ends):
            raise IndexError(f"There is no row {row} among {len(self.ends)} documents.")
        start = int(self.ends[row - 1]) if row else 0
        return Document(**json.loads(self.data[start : int(self.ends[row])].tobytes()))

    def __iter__(self) -> Iterator[Document]:
        return (self[row] for row in range(len(self)))
