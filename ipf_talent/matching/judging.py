"""How good a ranking is on a judged collection, beside plain TF-IDF by scikit-learn and BM25 on stems, in one run."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import Stemmer
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

from ipf_talent.matching.collections import Entry, read_entries, read_judgements
from ipf_talent.matching.engine import Report, evaluate
from ipf_talent.matching.ranked_files import TRANSLATION, full_text, matcher_of, rank
from ipf_talent.skills.lexicon import Lexicon

DEEP = 100
"""Documents of each run that are judged."""

K1, B = 1.2, 0.75
"""The usual parameters of BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009)."""

Runs = Mapping[str, Sequence[str]]
STEMMERS = {"nl": "dutch", "en": "english"}


def judged(folder: Path, lexicon: Lexicon, **parameters: Any) -> dict[str, Report]:
    """
    Reports by name: `product`, `tfidf` and `bm25`.

    Args:
        parameters: of the matcher, in place of its own; `translation` is that of `rank`.

    Raises:
        FaultyFile: a file of the collection is not whole.
        FileNotFoundError: it is not there.
    """
    documents, queries = read_entries(folder / "documents.jsonl"), read_entries(folder / "queries.jsonl")
    grades = read_judgements(folder / "qrels.tsv")
    ways: dict[str, Callable[[], Runs]] = {
        "product": lambda: _product(documents, queries, lexicon, parameters),
        "tfidf": lambda: _tfidf(documents, queries),
        "bm25": lambda: _bm25(documents, queries),
    }
    return {name: evaluate(way(), grades) for name, way in ways.items()}


def product(folder: Path, lexicon: Lexicon, **parameters: Any) -> Report:
    """The report of the product alone."""
    documents, queries = read_entries(folder / "documents.jsonl"), read_entries(folder / "queries.jsonl")
    return evaluate(_product(documents, queries, lexicon, parameters), read_judgements(folder / "qrels.tsv"))


def _product(documents: Sequence[Entry], queries: Sequence[Entry], lexicon: Lexicon, parameters: Mapping[str, Any]) -> Runs:
    own = {name: value for name, value in parameters.items() if name != "translation"}
    matcher = matcher_of(documents, lexicon, **own)
    ranked = rank(matcher, queries, lexicon, DEEP, translation=parameters.get("translation", TRANSLATION))
    return {one.id: ranking.ids for one, ranking in ranked}


def _tfidf(documents: Sequence[Entry], queries: Sequence[Entry]) -> Runs:
    vectorizer = TfidfVectorizer()
    places = vectorizer.fit_transform([full_text(one) for one in documents])
    return _best(vectorizer.transform([full_text(one) for one in queries]) @ places.T, documents, queries)


def _bm25(documents: Sequence[Entry], queries: Sequence[Entry]) -> Runs:
    """Okapi BM25 on stemmed words; each word of a query counts once."""
    counter = CountVectorizer(analyzer=_stems)
    counts = sparse.csr_matrix(counter.fit_transform(documents), dtype=float)
    lengths = np.asarray(counts.sum(axis=1)).ravel()
    seen = np.asarray((counts > 0).sum(axis=0)).ravel()
    rarity = np.log1p((len(documents) - seen + 0.5) / (seen + 0.5))
    rows, columns = counts.nonzero()
    saturation = counts.data + K1 * (1 - B + B * lengths[rows] / lengths.mean())
    counts.data = counts.data * (K1 + 1) / saturation * rarity[columns]
    asked = sparse.csr_matrix(counter.transform(queries) > 0, dtype=float)
    return _best(asked @ counts.T, documents, queries)


def _stems(entry: Entry) -> list[str]:
    words: list[str] = CountVectorizer().build_analyzer()(full_text(entry))
    return list(Stemmer.Stemmer(STEMMERS.get(entry.lang or "", "english")).stemWords(words))


def _best(scores: sparse.spmatrix, documents: Sequence[Entry], queries: Sequence[Entry]) -> Runs:
    runs = {}
    for query, row in zip(queries, sparse.csr_matrix(scores).toarray(), strict=True):
        order = np.argsort(-row, kind="stable")[:DEEP]
        runs[query.id] = [documents[place].id for place in order if row[place] > 0]
    return runs
