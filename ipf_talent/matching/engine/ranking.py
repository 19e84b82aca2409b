"""The matcher: fit documents, rank them for students, say why, and what to learn."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from . import explanation
from .archive import Archive
from .background import Background
from .concepts import COVERS, Relations, checked, met
from .documents import Document, Query
from .explanation import Explanation, Pair
from .index import Index, own_background
from .scoring import Formula, Numbers
from .selection import Order, Ranking, Step, lots
from .space import Space
from .versions import SCHEMA, Versions, digest, model_version

Mask = NDArray[np.bool_]


class Matcher(BaseEstimator):  # type: ignore[misc]
    """
    Rank places or programmes for a student, explainably.

    Parameters
    ----------
    word_share : float, default=0.2
        Share of stemmed words in the likeness of texts; the rest is characters.
    concept_share : float, default=0.8
        Highest share of the concept block, reached with many asked concepts.
    half_evidence : float, default=8
        Number of asked concepts at which the concept block has half of that share.
    gain : float, default=0.3
        What a fully shared concept of the highest rarity counts for.
    wanted_weight : float, default=0.7
        Weight of a wanted concept beside a required one.
    half : float, default=0.25
        Evidence at which the score is one half.
    must_floor : float, default=0.5
        What is left of the score where no required concept is met.
    text_floor : float, default=0.05
        Likeness of texts, 0 to 1, below which a place without any shared concept is no match.
    text_floor_known : float, default=0.12
        The same where both student and place state concepts, so that it is known that they share none.
    covers : float, default=0.35
        Weight of a relation from which on the narrower concept meets the broader one.

    Attributes
    ----------
    index_ : Index
        The documents, ready to be searched. Row i is the i-th document that was fitted.
    versions_ : Versions
    """

    def __init__(
        self,
        *,
        word_share: float = 0.2,
        concept_share: float = 0.8,
        half_evidence: float = 8.0,
        gain: float = 0.3,
        wanted_weight: float = 0.7,
        half: float = 0.25,
        must_floor: float = 0.5,
        text_floor: float = 0.05,
        text_floor_known: float = 0.12,
        covers: float = COVERS,
    ) -> None:
        self.word_share = word_share
        self.concept_share = concept_share
        self.half_evidence = half_evidence
        self.gain = gain
        self.wanted_weight = wanted_weight
        self.half = half
        self.must_floor = must_floor
        self.text_floor = text_floor
        self.text_floor_known = text_floor_known
        self.covers = covers

    def fit(
        self,
        documents: Iterable[Document],
        y: None = None,
        *,
        background: Background | None = None,
        relations: Relations | None = None,
    ) -> Self:
        """
        Index documents.

        Parameters
        ----------
        documents : iterable of Document
        y : None
            Not used; there by scikit-learn's convention.
        background : Background, optional
            Frozen counts. Without it they are taken from these documents, and every change of a document changes all.
        relations : mapping, optional
            `relations[slug][other]` in (0, 1]: what having `slug` says of `other`; broader 0.35, related 0.2.

        Raises
        ------
        ValueError
            Two documents have one id, or a relation cannot be.
        """
        documents = list(documents)
        known = checked(relations)
        space = Space(background or own_background(documents, known), known, self.wanted_weight)
        self.index_ = Index.build(documents, space, concept_share=self.concept_share, half_evidence=self.half_evidence)
        self.versions_ = Versions(
            schema=SCHEMA,
            model=self.model_version,
            background=space.background.version,
            taxonomy=digest(f"{slug} {others}" for slug, others in known.items()),
            corpus=digest(str(document.as_json()) for document in documents),
        )
        return self

    @property
    def model_version(self) -> str:
        """Version of the method with these parameters."""
        return model_version(self.get_params())

    @property
    def ids_(self) -> tuple[str, ...]:
        """Id of each row."""
        return self._fitted.ids

    @property
    def documents_(self) -> Archive:
        """The documents by row."""
        return self._fitted.documents

    def __len__(self) -> int:
        return len(self._fitted)

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "index_")

    def row_of(self, id: str) -> int:
        """Row of a document; KeyError where it is not in the index."""
        return self._fitted.row_of(id)

    def allowed(self, **facts: Collection[str]) -> Mask:
        """
        Documents of which each named fact is among the given values, or not stated: absent data is neutral.

        Returns
        -------
        ndarray of bool, shape (n_rows,)
        """
        return self._fitted.facts.allowed(facts)

    def scores(self, query: Query) -> Numbers:
        """
        The score of every document.

        Returns
        -------
        ndarray of shape (n_rows,)
            From 0 (no match) to below 1. One half stands for evidence of `half`, with all required concepts met.
        """
        index = self._fitted
        return self._score(query, index.text(query, self._formula))

    def rank(
        self,
        queries: Sequence[Query],
        n: int = 10,
        *,
        mask: ArrayLike | None = None,
        ties: ArrayLike | None = None,
        seed: int = 0,
    ) -> list[Ranking]:
        """
        Find the `n` best documents for each query, exactly.

        Parameters
        ----------
        queries : sequence of Query
        n : int, default=10
            Documents per query; fewer where fewer match.
        mask : array of bool, shape (n_rows,) or (n_queries, n_rows), optional
            Documents that may be found. It works inside the search: `n` fitting ones are found if they are there.
        ties : array of shape (n_rows,), optional
            Among equal scores the lowest comes first, for instance the number of open reactions.
        seed : int, default=0
            Settles what is equal still, by a lot drawn from seed and id.

        Returns
        -------
        list of Ranking
        """
        if n < 1:
            raise ValueError(f"Ask for at least 1 document, not {n}.")
        masks = self._masks(mask, len(queries))
        order = self._order(ties, seed)
        return [self._best(query, n, allowed, order) for query, allowed in zip(queries, masks, strict=True)]

    def explain(self, query: Query, row: int) -> Explanation:
        """
        Take the score of one document apart.

        Raises
        ------
        IndexError
            There is no such row.
        """
        index = self._fitted
        document = index.documents[row]
        formula = self._formula
        evidence = index.evidence(query, index.text(query, formula), self.covers)
        score = float(formula.score(evidence, index.demand)[row])
        pair = Pair(query, document, evidence.at(row), index.demand.at(row), self.covers)
        return explanation.explain(pair, row, score, index.space, formula, self.versions_)

    def learn(
        self, query: Query, row: int, *, mask: ArrayLike | None = None, ties: ArrayLike | None = None, seed: int = 0
    ) -> list[Step]:
        """
        The rank of one document if the student had one of the asked concepts more, for each that is not met.

        Every step ranks all documents again; `rank` of the student with that concept gives the same.

        Parameters
        ----------
        query : Query
        row : int
            A document, ranked whether or not the mask lets it through.
        mask, ties, seed
            As in `rank`; a mask of shape (n_rows,).

        Returns
        -------
        list of Step
            Best rank first, then highest score, then by slug.
        """
        index = self._fitted
        document = index.documents[row]
        order = self._order(ties, seed)
        considered = self._masks(mask, 1)[0].copy()
        considered[row] = True
        text = index.text(query, self._formula)
        before = order.rank(self._score(query, text), row, considered)
        had = met(query.concepts, index.space.relations, self.covers)
        steps = []
        for slug in document.asked:
            if slug not in had:
                scores = self._score(query.gaining(slug), text)
                rank = order.rank(scores, row, considered)
                of = int(np.count_nonzero(considered))
                steps.append(Step(slug, slug in document.musts, float(scores[row]), rank, before, of))
        return sorted(steps, key=lambda step: (step.rank or np.inf, -step.score, step.concept))

    @property
    def _fitted(self) -> Index:
        check_is_fitted(self)
        return self.index_

    @property
    def _formula(self) -> Formula:
        return Formula(**{field.name: getattr(self, field.name) for field in fields(Formula)})

    def _score(self, query: Query, text: Numbers) -> Numbers:
        index = self._fitted
        return self._formula.score(index.evidence(query, text, self.covers), index.demand)

    def _best(self, query: Query, n: int, mask: Mask, order: Order) -> Ranking:
        scores = self.scores(query)
        rows = order.best(scores, n, mask)
        ids = tuple(self._fitted.ids[row] for row in rows)
        return Ranking(rows, scores[rows], ids, int(np.count_nonzero(mask)))

    def _masks(self, mask: ArrayLike | None, n_queries: int) -> Mask:
        shape = (n_queries, len(self))
        if mask is None:
            return np.ones(shape, np.bool_)
        given = np.asarray(mask)
        if given.dtype != np.bool_ or given.shape not in {shape, shape[1:]}:
            raise ValueError(f"A mask is of bool and shape {shape[1:]} or {shape}, not {given.dtype} {given.shape}.")
        return np.broadcast_to(given, shape)

    def _order(self, ties: ArrayLike | None, seed: int) -> Order:
        index = self._fitted
        given = np.zeros(len(index)) if ties is None else np.asarray(ties, float)
        if given.shape != (len(index),) or np.isnan(given).any():
            raise ValueError(f"Ties are {len(index)} numbers, one for each document.")
        return Order(given, lots(index.marks, seed))
