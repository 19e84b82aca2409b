"""What `fit` learns, `changed` changes and the store keeps: an immutable index of documents."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import compress
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from .archive import Documents
from .background import Background
from .concepts import Relations
from .documents import Document
from .part import Part, Rows, refuse_twice
from .prepared import Towards
from .scoring import Demand, Numbers
from .space import Space
from .terms import SparseVector, Terms, as_terms, term

Outer = NDArray[np.int32]
EVERY: Outer = np.empty(0, np.int32)
"""Says of the documents of a part that their rows in the index are the same."""


@dataclass(frozen=True, eq=False)
class Index:
    """
    Documents ready to be searched. Row i is the i-th document that is still there.

    Attributes
    ----------
    space : Space
    towards : Towards
    base : Part
        The documents that were indexed first; a changed index shares them with the one that it was made from.
    kept : ndarray of intp or None
        Their rows in `base` that are still there, ascending; None where all are.
    added : Part or None
        The documents that came later; their rows follow.
    """

    space: Space
    towards: Towards
    base: Part
    kept: Rows | None = None
    added: Part | None = None

    def __len__(self) -> int:
        return self.n_kept + (len(self.added) if self.added else 0)

    @property
    def n_kept(self) -> int:
        """Number of documents of `base` that are still there."""
        return len(self.base) if self.kept is None else len(self.kept)

    @cached_property
    def parts(self) -> tuple[tuple[Part, Outer], ...]:
        """The parts, each with the row in the index of each of its documents, -1 where it was removed."""
        outer = EVERY
        if self.kept is not None:
            outer = np.full(len(self.base), -1, np.int32)
            outer[self.kept] = np.arange(len(self.kept))
        if self.added is None:
            return ((self.base, outer),)
        return (self.base, outer), (self.added, np.arange(self.n_kept, len(self), dtype=np.int32))

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Id of each row."""
        ids = self.base.ids
        if self.kept is not None:
            there = np.zeros(len(ids), np.bool_)
            there[self.kept] = True
            ids = tuple(compress(ids, there.tobytes()))
        return ids + self.added.ids if self.added else ids

    @cached_property
    def marks(self) -> Terms:
        """The number of each id, from which lots are drawn."""
        return self._of_all(lambda part: part.marks)

    @cached_property
    def demand(self) -> Demand:
        """What each document asks, as numbers."""
        return Demand(self._of_all(lambda part: part.demand.share), self._of_all(lambda part: part.demand.n_musts))

    @property
    def documents(self) -> Documents:
        """The documents by row."""
        return Documents(self.base.documents, self.kept, self.added.documents if self.added else None)

    def row_of(self, id: str) -> int:
        """Row of a document; KeyError where there is none with this id."""
        for row in np.flatnonzero(self.marks == np.uint64(term("id", id))):
            if self.ids[row] == id:
                return int(row)
        raise KeyError(id)

    def rows_of(self, ids: Collection[str]) -> list[int]:
        """Rows of those of the ids that are there, ascending."""
        wanted = frozenset(ids)
        rows = np.flatnonzero(np.isin(self.marks, as_terms("id", wanted))).tolist()
        return [row for row in rows if self.ids[row] in wanted]

    def add_words(self, query: SparseVector) -> Numbers:
        """Inner product of the words of a query with those of every document."""
        return self._of_all(lambda part: part.words.add_up(query))

    def add_concepts(self, query: SparseVector) -> Numbers:
        """Inner product of the concepts of a query with those of every document."""
        return self._of_all(lambda part: part.concepts.add_up(query))

    def touched(self, concepts: Terms) -> NDArray[np.bool_]:
        """Whether each document asks at least one of the concepts."""
        return self._of_all(lambda part: part.asks.touched(concepts))

    def met(self, concepts: Terms) -> Numbers:
        """How many of the concepts each document requires."""
        wanted = SparseVector(np.sort(concepts), np.ones(len(concepts)))
        return self._of_all(lambda part: part.musts.add_up(wanted))

    def allowed(self, wanted: dict[str, Collection[str]]) -> NDArray[np.bool_]:
        """Documents of which every named fact is among the wanted values, or not stated: absent data is neutral."""
        return self._of_all(lambda part: part.facts.allowed(wanted))

    def changed(self, added: Part, removed: Collection[str]) -> Self:
        """
        An index without some documents and with others behind the ones that stay; this one stays as it is.

        Raises
        ------
        KeyError
            A document to remove is not there.
        ValueError
            A document to add has the id of another one that is added or stays.
        """
        gone = self.rows_of(removed)
        if missing := sorted(set(removed) - {self.ids[row] for row in gone}):
            raise KeyError(f"There is no document to remove with the id: {', '.join(missing[:5])}.")
        stay = set(self.rows_of(added.ids)) - set(gone)
        refuse_twice([*added.ids, *(self.ids[row] for row in stay)])
        later = [row for row in gone if row >= self.n_kept]
        kept = self.kept
        if len(later) < len(gone):
            kept = np.delete(_rows(self.base) if kept is None else kept, gone[: len(gone) - len(later)])
        parts = [(added, _rows(added))]
        if self.added:
            parts.insert(0, (self.added, np.delete(_rows(self.added), np.array(later, np.intp) - self.n_kept)))
        joined = Part.join([(part, rows) for part, rows in parts if len(rows)]) if any(len(rows) for _, rows in parts) else None
        return replace(self, kept=kept, added=joined)

    def compact(self) -> Self:
        """The same documents in one part, without what was removed."""
        if self.kept is None and self.added is None:
            return self
        kept = _rows(self.base) if self.kept is None else self.kept
        parts = [(self.base, kept)] + ([(self.added, _rows(self.added))] if self.added else [])
        return replace(self, base=Part.join(parts), kept=None, added=None)

    def _of_all(self, values: Callable[[Part], NDArray[Any]]) -> NDArray[Any]:
        """Values of all documents, from those of each part."""
        base = values(self.base)
        kept = base if self.kept is None else base[self.kept]
        return kept if self.added is None else np.concatenate([kept, values(self.added)])


def own_background(documents: Sequence[Document], relations: Relations) -> Background:
    """A background of the documents themselves."""
    return Background.fit(
        [document.text for document in documents],
        [concepts for document in documents if (concepts := {*document.asked, *document.linked})],
        langs=[document.lang for document in documents],
        relations=relations,
    )


def _rows(part: Part) -> Rows:
    return np.arange(len(part))
