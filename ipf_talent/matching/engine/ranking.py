"""The matcher: fit documents, rank them for students, say why, and what to learn."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields, replace
from typing import Self

import numpy as np
from numpy.typing import ArrayLike
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from . import explanation
from .analysis import Lang, language
from .archive import Documents
from .background import Background
from .concepts import COVERS, Relations, checked
from .documents import Document, Query
from .explanation import Explanation, Pair
from .index import Index, own_background
from .part import Part
from .prepared import Prepared, Towards
from .scoring import Formula, Numbers
from .search import Mask, Search
from .selection import Order, Ranking, Step, as_masks
from .space import SPACE_PARAMETERS, Space
from .versions import SCHEMA, Versions, digest, model_version


class Matcher(BaseEstimator):  # type: ignore[misc]
    """
    Rank places or programmes for a student, explainably.

    Parameters
    ----------
    half_words : float, default=8
        Number of different words in the student's text at which the text has half of its weight.
    concept_share : float, default=0.8
        Highest share of the concept block, reached with many asked concepts.
    half_evidence : float, default=8
        Number of asked concepts at which the concept block has half of that share.
    gain : float, default=0.2
        What a fully shared concept of the highest rarity counts for.
    wanted_weight : float, default=0.7
        Weight of a wanted concept beside a required one.
    half : float, default=0.05
        Evidence at which the score is one half.
    must_floor : float, default=0.5
        What is left of the score where no required concept is met.
    text_floor : float, default=0.03
        Likeness of texts, 0 to 1, below which a place without any shared concept is no match.
    text_floor_stray : float, default=0.08
        The same where both sides state concepts: then none is known to be shared.
    covers : float, default=0.35
        Weight of a relation from which on the narrower concept meets the broader one.
    k1, b : float, default=1.5, 0.75
        Saturation of a word that is said again, and how much the length of a document counts, as in BM25.
    document_title, query_title : float, default=1, 2
        How many times more a word of the title counts.
    feedback : float, default=0
        What the best document gains by feedback, as a part of its R; 0 turns it off.
    feedback_depth : int, default=12
        Documents that feed back.
    feedback_sharpness : float, default=10
        The higher, the more the very best of them count.

    Attributes
    ----------
    index_ : Index
        The documents, ready to be searched. Row i is the i-th document that was fitted.
    versions_ : Versions
    """

    def __init__(
        self,
        *,
        half_words: float = 8.0,
        concept_share: float = 0.8,
        half_evidence: float = 8.0,
        gain: float = 0.2,
        wanted_weight: float = 0.7,
        half: float = 0.05,
        must_floor: float = 0.5,
        text_floor: float = 0.03,
        text_floor_stray: float = 0.08,
        covers: float = COVERS,
        k1: float = 1.5,
        b: float = 0.75,
        document_title: float = 1.0,
        query_title: float = 2.0,
        feedback: float = 0.0,
        feedback_depth: int = 12,
        feedback_sharpness: float = 10.0,
    ) -> None:
        self.half_words = half_words
        self.concept_share = concept_share
        self.half_evidence = half_evidence
        self.gain = gain
        self.wanted_weight = wanted_weight
        self.half = half
        self.must_floor = must_floor
        self.text_floor = text_floor
        self.text_floor_stray = text_floor_stray
        self.covers = covers
        self.k1 = k1
        self.b = b
        self.document_title = document_title
        self.query_title = query_title
        self.feedback = feedback
        self.feedback_depth = feedback_depth
        self.feedback_sharpness = feedback_sharpness

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
        background = background or own_background(documents, known)
        space = Space(background, known, *(getattr(self, name) for name in SPACE_PARAMETERS))
        self.index_ = Index(space, Towards(known), self._part(documents, space))
        self.versions_ = Versions(
            schema=SCHEMA,
            model=self.model_version,
            background=space.background.version,
            taxonomy=digest(f"{slug} {others}" for slug, others in known.items()),
            corpus=digest(str(document.as_json()) for document in documents),
        )
        return self

    def changed(self, *, add: Iterable[Document] = (), remove: Iterable[str] = ()) -> Self:
        """
        A matcher with some documents more and others less, without fitting again; this one stays as it is.

        The two share what did not change. Rarity stays that of the fit, so the score of every other document stays the
        same to the bit. A document that changed is removed and added. What was added lies behind what stayed.

        Parameters
        ----------
        add : iterable of Document
        remove : iterable of str
            Ids.

        Raises
        ------
        KeyError
            A document to remove is not there.
        ValueError
            A document to add has the id of one that stays, or two have one id.
        """
        added, removed = list(add), list(remove)
        new = Matcher(**self.get_params())
        new.index_ = self._fitted.changed(self._part(added, self._fitted.space), removed)
        told = [f"removed {id}" for id in removed] + [str(document.as_json()) for document in added]
        new.versions_ = replace(self.versions_, corpus=digest([self.versions_.corpus, *told]))
        return new

    def compact(self) -> Self:
        """The same matcher with all documents in one part: what many small changes cost is gone again."""
        new = Matcher(**self.get_params())
        new.index_, new.versions_ = self._fitted.compact(), self.versions_
        return new

    @property
    def model_version(self) -> str:
        """Version of the method with these parameters."""
        return model_version(self.get_params())

    @property
    def ids_(self) -> tuple[str, ...]:
        """Id of each row."""
        return self._fitted.ids

    @property
    def documents_(self) -> Documents:
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
        return self._fitted.allowed(facts)

    def foreign(self, query: Query) -> tuple[Lang, dict[str, float]]:
        """
        The language of a query, and how often each of its words counts, by its stem: what a translation starts from.

        No words where all texts that rarity was counted on are in that language.
        """
        space = self._fitted.space
        lang = language(query.text, query.lang)
        spoken = {"en" if other == "en" else "nl" for other in space.background.langs}
        return lang, space.counts(query.text, lang, self.query_title) if spoken - {"en" if lang == "en" else "nl"} else {}

    def scores(self, query: Query) -> Numbers:
        """
        The score of every document.

        Returns
        -------
        ndarray of shape (n_rows,)
            From 0 (no match) to below 1. One half stands for evidence of `half`, with all required concepts met.
        """
        search = self._search
        return search.scores(search.prepare(query))

    def prepare(self, queries: Sequence[Query]) -> list[Prepared]:
        """
        Make the vectors of queries beforehand: reading a text takes longer than the search itself.

        What is prepared holds for every matcher of the same parameters, background and relations, so it can be kept.
        """
        search, made_with = self._search, self._made_with
        return [search.prepare(query, made_with) for query in queries]

    def rank(
        self,
        queries: Sequence[Query | Prepared],
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
        queries : sequence of Query or Prepared
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

        Raises
        ------
        ValueError
            A query was prepared by a matcher of other versions, or an argument is not of the shape that it must have.
        """
        if n < 1:
            raise ValueError(f"Ask for at least 1 document, not {n}.")
        search = self._search
        masks = as_masks(mask, len(queries), len(self))
        order = Order.of(ties, search.index.marks, seed)
        prepared = [self._prepared(query, search) for query in queries]
        return [search.best(one, n, allowed, order) for one, allowed in zip(prepared, masks, strict=True)]

    def explain(self, query: Query, row: int) -> Explanation:
        """
        Take the score of one document apart.

        Raises
        ------
        IndexError
            There is no such row.
        """
        search = self._search
        index = search.index
        document = index.documents[row]
        evidence = search.evidence(search.prepare(query))
        more = search.feedback(evidence)
        score = float(search.formula.score(evidence, index.demand, more[1] if more else 0.0)[row])
        pair = Pair(query, document, evidence.at(row), index.demand.at(row), search.fed(more, row))
        return explanation.explain(pair, row, score, index.space, search.formula, self.versions_)

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
        search = self._search
        considered = as_masks(mask, 1, len(self))[0] | (np.arange(len(self)) == row)
        return search.steps(search.prepare(query), row, considered, Order.of(ties, search.index.marks, seed))

    def _part(self, documents: Sequence[Document], space: Space) -> Part:
        return Part.build(documents, space, concept_share=self.concept_share, half_evidence=self.half_evidence)

    def _prepared(self, query: Query | Prepared, search: Search) -> Prepared:
        if isinstance(query, Query):
            return search.prepare(query)
        if query.made_with != self._made_with:
            raise ValueError("This query was prepared by a matcher of another version; prepare it again.")
        return query

    @property
    def _made_with(self) -> tuple[str, ...]:
        versions = self.versions_
        return versions.model, versions.background, versions.taxonomy

    @property
    def _fitted(self) -> Index:
        if not self.__sklearn_is_fitted__():
            check_is_fitted(self)
        return self.index_

    @property
    def _search(self) -> Search:
        return Search(self._fitted, Formula(**{field.name: getattr(self, field.name) for field in fields(Formula)}))
