"""
The engines that are measured: each indexes the same texts and finds the ten best places for a student, in one thread.

Each engine reads texts in its own way. `product` counts stemmed words without stop words, parts of compounds, and skills with what
lies above them; the others count words alone and keep stop words.

A package that is not installed raises ImportError when its engine is built.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics.pairwise import linear_kernel

from ipf_talent.matching.engine import Document, Query, kernels, save
from ipf_talent.matching.engine.prepared import Prepared
from ipf_talent.skills.files import read_subset, taxonomy_of

TOP = 10
BASELINE = "sklearn_fit_once"
Rows = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class Engine:
    """
    An engine with its index built.

    Attributes:
        prepare: makes of some students what `search` takes.
        search: rows of the ten best places for each of them, best first; fewer where fewer match.
        scores: score of every place for one student, without looking for the best: what `search` is held against.
        size: bytes of the index. Not counted are the words themselves where they are Python objects.
    """

    prepare: Callable[[Sequence[Query]], Any]
    search: Callable[[Any], Rows]
    scores: Callable[[Query], NDArray[Any]]
    size: Callable[[], int]


def product_engine(places: Sequence[Document], work: Path) -> Engine:
    """Our matcher with rarity counted on the places themselves, numba where it is there; on disk the index holds the texts."""
    return _product(places, work, "auto")


def product_numpy_engine(places: Sequence[Document], work: Path) -> Engine:
    """The same without numba."""
    return _product(places, work, "numpy")


def _product(places: Sequence[Document], work: Path, kernel: kernels.Kernel) -> Engine:
    from ipf_talent.matching.engine import Matcher

    matcher = Matcher().fit(places, relations=taxonomy_of(read_subset()).relations)

    def search(students: Sequence[Prepared]) -> list[list[int]]:
        kernels.choose(kernel)
        return [ranking.rows.tolist() for ranking in matcher.rank(students, TOP)]

    return Engine(
        prepare=matcher.prepare, search=search, scores=matcher.scores, size=lambda: _on_disk(save(matcher, work / kernel)),
    )  # fmt: skip


def sklearn_engine(places: Sequence[Document], work: Path) -> Engine:
    """TfidfVectorizer as it comes, fitted once; `linear_kernel` and a sort of all places: brute force itself."""
    vectorizer = TfidfVectorizer()
    matrix = vectorizer.fit_transform(place.text for place in places)

    def prepare(students: Sequence[Query]) -> sparse.csr_matrix:
        return vectorizer.transform([student.text for student in students])

    return Engine(
        prepare=prepare,
        search=lambda vectors: np.argsort(-linear_kernel(vectors, matrix), axis=1, kind="stable")[:, :TOP].tolist(),
        scores=lambda student: linear_kernel(prepare([student]), matrix)[0],
        size=lambda: _in_memory(matrix),
    )


def bm25s_engine(places: Sequence[Document], work: Path) -> Engine:
    """bm25s (Lucene's BM25, eager scores in float32) with its numba back end; a word counts once in a student's text."""
    import bm25s

    index = bm25s.BM25(backend="numba")
    index.index(bm25s.tokenize([place.text for place in places], stopwords=None, show_progress=False), show_progress=False)
    top = min(TOP, len(places))

    def words(student: Query) -> list[int]:
        (found,) = bm25s.tokenize([student.text], stopwords=None, return_ids=False, show_progress=False)
        return list(index.get_tokens_ids(list(dict.fromkeys(found))))

    return Engine(
        prepare=lambda students: [words(student) for student in students],
        search=lambda asked: index.retrieve(asked, k=top, return_as="documents", show_progress=False).tolist(),
        scores=lambda student: index.get_scores_from_ids(words(student)),
        size=lambda: sum(index.scores[name].nbytes for name in ("data", "indices", "indptr")),
    )


def tantivy_engine(places: Sequence[Document], work: Path) -> Engine:
    """
    Tantivy (BM25 with block-max pruning) on disk, in one segment, without positions; a word counts once in a student's text.

    Brute force is a search for as many places as there are: then no place can be skipped.
    """
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", index_option="freq")
    builder.add_unsigned_field("row", fast=True)
    schema = builder.build()
    folder = work / "tantivy"
    folder.mkdir()
    index = tantivy.Index(schema, path=str(folder))
    writer = index.writer(heap_size=1_000_000_000, num_threads=1)
    for row, place in enumerate(places):
        document = tantivy.Document()
        document.add_text("text", place.text)
        document.add_unsigned("row", row)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()
    lower = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase()).build()

    def any_word(student: Query) -> Any:
        each = (tantivy.Query.term_query(schema, "text", word, "freq") for word in dict.fromkeys(lower.analyze(student.text)))
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, one) for one in each])

    def hits(query: Any, limit: int) -> tuple[list[int], list[float]]:
        found = searcher.search(query, limit=limit, count=False).hits
        return searcher.fast_field_values("row", [address for _, address in found]), [score for score, _ in found]

    def scores(student: Query) -> NDArray[Any]:
        rows, found = hits(any_word(student), len(places))
        every = np.zeros(len(places))
        every[rows] = found
        return every

    return Engine(
        prepare=lambda students: [any_word(student) for student in students],
        search=lambda queries: [hits(query, TOP)[0] for query in queries],
        scores=scores,
        size=lambda: _on_disk(folder),
    )


def sparse_dot_topn_engine(places: Sequence[Document], work: Path) -> Engine:
    """
    sparse_dot_topn over vectors of scikit-learn in float32, with places in columns, as it wants them.

    Its function without checks: the one with checks copies the whole index for every call.
    """
    from sparse_dot_topn.unchecked import sp_matmul_topn

    vectorizer = TfidfVectorizer(dtype=np.float32)
    matrix = sparse.csr_matrix(vectorizer.fit_transform(place.text for place in places).T)

    def prepare(students: Sequence[Query]) -> sparse.csr_matrix:
        return vectorizer.transform([student.text for student in students])

    def search(vectors: sparse.csr_matrix) -> Rows:
        found = sp_matmul_topn(vectors, matrix, top_n=min(TOP, len(places)), sort=True, threshold=0.0, density=1.0)
        return [part.tolist() for part in np.split(found.indices, found.indptr[1:-1])]

    return Engine(
        prepare=prepare,
        search=search,
        scores=lambda student: (prepare([student]) @ matrix).toarray()[0],
        size=lambda: _in_memory(matrix),
    )


ENGINES: Mapping[str, Callable[[Sequence[Document], Path], Engine]] = {
    "product": product_engine,
    "product_numpy": product_numpy_engine,
    BASELINE: sklearn_engine,
    "bm25s_numba": bm25s_engine,
    "tantivy": tantivy_engine,
    "sparse_dot_topn": sparse_dot_topn_engine,
}


def _in_memory(matrix: sparse.csr_matrix) -> int:
    return int(matrix.data.nbytes + matrix.indices.nbytes + matrix.indptr.nbytes)


def _on_disk(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
