"""Documents that were indexed together."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from .archive import Archive
from .asks import Asks
from .concepts import evidence_share
from .documents import Document
from .facts import FactTable
from .postings import Common, Postings, fixed
from .scoring import Demand, Numbers
from .space import Space
from .terms import Terms, as_terms

Rows = NDArray[np.intp]


class Lists(NamedTuple):
    """The arrays of `Postings`."""

    terms: Terms
    starts: NDArray[np.int64]
    rows: NDArray[np.uint16]
    weights: NDArray[np.float32]


class Asked(NamedTuple):
    """The arrays of `Asks` and `Demand`, and the roots of the shares of text and concepts."""

    terms: Terms
    codes: NDArray[np.int32]
    starts: NDArray[np.int64]
    musts: NDArray[np.int64]
    n_musts: Numbers
    share: Numbers
    text_root: Numbers
    concept_root: Numbers


class Arrays(NamedTuple):
    """All that a compiled search reads of a part."""

    words: Lists
    concepts: Lists
    common: Common
    asked: Asked
    highest_text_root: float
    highest_concept_root: float


@dataclass(frozen=True, eq=False)
class Part:
    """
    Documents that were indexed together. Row i is document i everywhere.

    Attributes
    ----------
    ids : tuple of str
    marks : ndarray of uint64
        The number of each id, from which lots are drawn.
    words, concepts : Postings
        The two blocks of the space.
    asks : Asks
    demand : Demand
    facts : FactTable
    documents : Archive
    """

    ids: tuple[str, ...]
    marks: Terms
    words: Postings
    concepts: Postings
    asks: Asks
    demand: Demand
    facts: FactTable
    documents: Archive

    @classmethod
    def build(cls, documents: Sequence[Document], space: Space, *, concept_share: float, half_evidence: float) -> Self:
        """
        Index documents.

        Raises
        ------
        ValueError
            Two documents have one id.
        """
        ids = tuple(document.id for document in documents)
        refuse_twice(ids)
        asked = [len(document.asked) + sum(document.linked.values()) for document in documents]
        shares = [evidence_share(n, concept_share, half_evidence) for n in asked]
        vectors = [space.document(document) for document in documents]
        return cls(
            ids=ids,
            marks=as_terms("id", ids),
            words=Postings.build([words for words, _ in vectors]),
            concepts=Postings.build([concepts for _, concepts in vectors]),
            asks=Asks.build(documents),
            demand=Demand(np.array(shares, float), np.array([len(document.musts) for document in documents], float)),
            facts=FactTable.build(documents),
            documents=Archive.build(documents),
        )

    @classmethod
    def join(cls, parts: Sequence[tuple[Self, Rows]]) -> Self:
        """One part of some rows of several parts, in this order; all without looking at a text again."""
        return cls(
            ids=tuple(part.ids[row] for part, rows in parts for row in rows.tolist()),
            marks=np.concatenate([part.marks[rows] for part, rows in parts]),
            words=Postings.join([(part.words, rows) for part, rows in parts]),
            concepts=Postings.join([(part.concepts, rows) for part, rows in parts]),
            asks=Asks.join([(part.asks, rows) for part, rows in parts]),
            demand=Demand(
                np.concatenate([part.demand.share[rows] for part, rows in parts]),
                np.concatenate([part.demand.n_musts[rows] for part, rows in parts]),
            ),
            facts=FactTable.join([(part.facts, rows) for part, rows in parts]),
            documents=Archive.join([(part.documents, rows) for part, rows in parts]),
        )

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def is_regular(self) -> bool:
        """Whether every share lies between 0 and 1."""
        return bool(((self.demand.share >= 0) & (self.demand.share <= 1)).all())

    @cached_property
    def arrays(self) -> Arrays:
        """What a compiled search reads; all arrays are plain and cannot be written to."""
        asks, share = self.asks, self.demand.share
        text_root, concept_root = np.sqrt(1 - share), np.sqrt(share)
        return Arrays(
            words=_lists(self.words),
            concepts=_lists(self.concepts),
            common=self.concepts.common,
            asked=Asked(
                terms=fixed(asks.terms),
                codes=fixed(asks.codes),
                starts=fixed(asks.starts),
                musts=fixed(asks.musts),
                n_musts=fixed(self.demand.n_musts),
                share=fixed(share),
                text_root=fixed(text_root),
                concept_root=fixed(concept_root),
            ),
            highest_text_root=float(text_root.max(initial=0.0)),
            highest_concept_root=float(concept_root.max(initial=0.0)),
        )


def refuse_twice(ids: Sequence[str]) -> None:
    """ValueError where an id occurs more than once."""
    if twice := sorted(id for id, n in Counter(ids).items() if n > 1):
        raise ValueError(f"Documents need different ids; more than once: {', '.join(twice[:5])}.")


def _lists(postings: Postings) -> Lists:
    return Lists(fixed(postings.terms), fixed(postings.starts), fixed(postings.rows), fixed(postings.weights))
