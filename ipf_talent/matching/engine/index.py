"""What `fit` learns and the store keeps: an immutable index of documents."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from .archive import Archive
from .background import Background
from .concepts import Relations, evidence_share
from .documents import Document
from .facts import FactTable
from .postings import Postings
from .scoring import Demand
from .space import Space
from .terms import SparseVector, Terms, as_terms, ones, term


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """
    Documents ready to be searched. Row i is document i everywhere.

    Attributes
    ----------
    ids : tuple of str
    marks : ndarray of uint64
        The number of each id, from which lots are drawn.
    space : Space
    postings : Postings
        The blocks of the space, and the asked and required concepts as terms of their own.
    demand : Demand
    facts : FactTable
    documents : Archive
    """

    ids: tuple[str, ...]
    marks: Terms
    space: Space
    postings: Postings
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
        if twice := sorted(id for id, n in Counter(ids).items() if n > 1):
            raise ValueError(f"Documents need different ids; more than once: {', '.join(twice[:5])}.")
        shares = [evidence_share(len(document.asked), concept_share, half_evidence) for document in documents]
        return cls(
            ids=ids,
            marks=as_terms("id", ids),
            space=space,
            postings=Postings.build([_vectors(document, space) for document in documents]),
            demand=Demand(np.array(shares, float), np.array([len(document.musts) for document in documents], float)),
            facts=FactTable.build(documents),
            documents=Archive.build(documents),
        )

    def __len__(self) -> int:
        return len(self.ids)

    def row_of(self, id: str) -> int:
        """Row of a document; KeyError where there is none with this id."""
        for row in np.flatnonzero(self.marks == np.uint64(term("id", id))):
            if self.ids[row] == id:
                return int(row)
        raise KeyError(id)


def own_background(documents: Sequence[Document], relations: Relations) -> Background:
    """A background of the documents themselves."""
    return Background.fit(
        [document.text for document in documents],
        [document.asked for document in documents if document.asked],
        langs=[document.lang for document in documents],
        relations=relations,
    )


def _vectors(document: Document, space: Space) -> tuple[SparseVector, ...]:
    return (*space.document(document), ones("asked", document.asked), ones("must", document.musts))
