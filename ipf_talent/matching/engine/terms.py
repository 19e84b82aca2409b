"""Terms of the space: 64-bit numbers for stems, numbers beside a stem, and concepts.

A number stands for a term in every process and on every machine, so an open vocabulary needs no dictionary:
a word that nobody has written before has its number already. Among a million terms the chance that any two
share one is below 3 in 100 million.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .analysis import Token

Terms = NDArray[np.uint64]
Block = Literal["word", "concept", "asked", "must", "id"]


class SparseVector(NamedTuple):
    """Weights by term; terms ascend and occur once."""

    terms: Terms
    weights: NDArray[np.float64]


EMPTY = SparseVector(np.empty(0, np.uint64), np.empty(0))


@lru_cache(maxsize=1 << 17)
def term(block: Block, key: str) -> int:
    """The number of a term within its block."""
    return int.from_bytes(blake2b(f"{block}\0{key}".encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def as_terms(block: Block, keys: Iterable[str]) -> Terms:
    """Numbers of many terms, in their order."""
    return np.fromiter((term(block, key) for key in keys), np.uint64)


def phrases(sentences: Sequence[Sequence[Token]]) -> Iterator[tuple[str, str]]:
    """
    Stems, and each bare number together with the word before it and the word after it.

    Yields
    ------
    key, written : str
        The stem or stems, and the words as written. A bare number says nothing alone ("ISO 9001", "versie 7").
    """
    for tokens in sentences:
        for token in tokens:
            if token.stem:
                yield token.stem, token.written
        for first, second in pairwise(tokens):
            if not (first.stem and second.stem):
                yield f"{first.stem or first.lower} {second.stem or second.lower}", f"{first.written} {second.written}"


def lookup(table: Terms, terms: Terms) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Places of terms in an ascending table, and whether they are there."""
    if not len(table):
        return np.zeros(len(terms), np.intp), np.zeros(len(terms), np.bool_)
    places = np.minimum(np.searchsorted(table, terms), len(table) - 1)
    return places, table[places] == terms


def vector(weights: dict[int, float]) -> SparseVector:
    """A sparse vector of a mapping from term to weight."""
    if not weights:
        return EMPTY
    terms = np.fromiter(weights, np.uint64, len(weights))
    order = np.argsort(terms)
    return SparseVector(terms[order], np.fromiter(weights.values(), np.float64, len(weights))[order])


def ones(block: Block, keys: Iterable[str]) -> SparseVector:
    """A sparse vector that has 1 for each key."""
    return vector({term(block, key): 1.0 for key in keys})
