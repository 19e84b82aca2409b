"""Documents that were indexed together."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from .archive import Archive
from .asks import Asks
from .concepts import evidence_share
from .documents import Document
from .facts import FactTable
from .frequent import Common
from .postings import Postings, fixed
from .scoring import Demand
from .space import Space
from .terms import Terms, as_terms, ones

Rows = NDArray[np.intp]


class Arrays(NamedTuple):
    """What a compiled search reads of a part, as `compiled` has it: arrays that are plain and cannot be written to."""

    words: tuple[Any, ...]
    concepts: tuple[Any, ...]
    musts: tuple[Any, ...]
    shared: tuple[Any, ...]
    asked: tuple[Any, ...]
    demand: tuple[Any, ...]


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
    musts : Postings
        The required concepts, each with weight 1.
    common : Common
        The common ones among the concepts.
    asks : Asks
    demand : Demand
    facts : FactTable
    documents : Archive
    """

    ids: tuple[str, ...]
    marks: Terms
    words: Postings
    concepts: Postings
    musts: Postings
    common: Common
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
        concepts = Postings.build([concepts for _, concepts in vectors])
        return cls(
            ids=ids,
            marks=as_terms("id", ids),
            words=Postings.build([words for words, _ in vectors]),
            concepts=concepts,
            musts=Postings.build([ones("asked", document.musts) for document in documents]),
            common=Common.build(concepts),
            asks=Asks.build(documents),
            demand=Demand(np.array(shares, float), np.array([len(document.musts) for document in documents], float)),
            facts=FactTable.build(documents),
            documents=Archive.build(documents),
        )

    @classmethod
    def join(cls, parts: Sequence[tuple[Self, Rows]]) -> Self:
        """One part of some rows of several parts, in this order, the rows of each ascending; without looking at a text again."""
        concepts = Postings.join([(part.concepts, rows) for part, rows in parts])
        return cls(
            ids=tuple(part.ids[row] for part, rows in parts for row in rows.tolist()),
            marks=np.concatenate([part.marks[rows] for part, rows in parts]),
            words=Postings.join([(part.words, rows) for part, rows in parts]),
            concepts=concepts,
            musts=Postings.join([(part.musts, rows) for part, rows in parts]),
            common=Common.build(concepts),
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
        """Whether every share lies between 0 and 1, and every number of musts fits in 16 bits."""
        share, n_musts = self.demand.share, self.demand.n_musts
        return bool(((share >= 0) & (share <= 1) & (n_musts < 1 << 16)).all())

    @cached_property
    def records(self) -> NDArray[np.float64]:
        """What the score of one document needs, side by side: the roots of one less its share and of its share, the share, 0."""
        share = self.demand.share
        return fixed(np.column_stack([np.sqrt(1 - share), np.sqrt(share), share, np.zeros(len(share))]))

    @cached_property
    def highest_roots(self) -> tuple[float, float]:
        """The highest roots of one less the share, and of the share."""
        return float(self.records[:, 0].max(initial=0.0)), float(self.records[:, 1].max(initial=0.0))

    @cached_property
    def arrays(self) -> Arrays:
        """What a compiled search reads."""
        common, asks = self.common, self.asks
        return Arrays(
            words=_lists(self.words),
            concepts=_lists(self.concepts),
            musts=_lists(self.musts),
            shared=(fixed(common.of), fixed(common.levels), fixed(common.bits), fixed(common.firsts), fixed(common.peaks)),
            asked=(fixed(asks.terms), fixed(asks.codes), fixed(asks.starts)),
            demand=(self.records, fixed(self.demand.n_musts.astype(np.uint16))),
        )


def refuse_twice(ids: Sequence[str]) -> None:
    """ValueError where an id occurs more than once."""
    if twice := sorted(id for id, n in Counter(ids).items() if n > 1):
        raise ValueError(f"Documents need different ids; more than once: {', '.join(twice[:5])}.")


def _lists(postings: Postings) -> tuple[Any, ...]:
    return fixed(postings.terms), fixed(postings.starts), fixed(postings.rows), fixed(postings.weights)
