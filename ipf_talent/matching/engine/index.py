"""What `fit` learns and the store keeps: an immutable index of documents."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from .archive import Archive
from .background import Background
from .concepts import Relations, evidence_share, met, reach
from .documents import Document, Query
from .facts import FactTable
from .postings import Postings
from .scoring import Demand, Evidence, Formula, Numbers
from .space import Space
from .terms import Block, SparseVector, Terms, as_terms, term, vector


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

    def text(self, query: Query, formula: Formula) -> Numbers:
        """Likeness of a query's text to each document's."""
        ours = self.space.text(query.text, query.lang)
        return formula.text(self.postings.add_up(ours.words), self.postings.add_up(ours.chars))

    def evidence(self, query: Query, text: Numbers, covers: float) -> Evidence:
        """
        What speaks for each document.

        Parameters
        ----------
        text : ndarray of shape (n_rows,)
            From `text`; given, because it stays when a student gains a concept.
        covers : float
            Weight of a relation from which on a concept is met.
        """
        relations = self.space.relations
        reached = reach(query.concepts, relations)
        asked = self.postings.add_up(_ones("asked", reached))
        narrower = self.postings.add_up(_ones("concept", query.concepts))
        return Evidence(
            text=text,
            concepts=self.postings.add_up(self.space.concepts(reached)),
            touched=(asked > 0) | (narrower > 0),
            met=self.postings.add_up(_ones("must", met(query.concepts, relations, covers))),
            stated=bool(query.concepts),
        )


def own_background(documents: Sequence[Document], relations: Relations) -> Background:
    """A background of the documents themselves."""
    return Background.fit(
        [document.text for document in documents],
        [document.asked for document in documents if document.asked],
        langs=[document.lang for document in documents],
        relations=relations,
    )


def _vectors(document: Document, space: Space) -> tuple[SparseVector, ...]:
    return (*space.document(document), _ones("asked", document.asked), _ones("must", document.musts))


def _ones(block: Block, slugs: Iterable[str]) -> SparseVector:
    return vector({term(block, slug): 1.0 for slug in slugs})
