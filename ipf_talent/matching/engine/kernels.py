"""
Two ways to find the best documents, equal to the bit: numpy, and one compiled loop where numba is installed.

Both add up words and the rarer concepts for all documents. What the common concepts can add at most is known beforehand, so
that they are looked up only for documents that could still be among the best.
"""

import threading
from functools import cache
from importlib.util import find_spec
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .index import Outer
from .part import Part, Rows
from .postings import BLOCK
from .prepared import Prepared
from .scoring import Demand, Evidence, Formula, Numbers
from .terms import SparseVector

Kernel = Literal["auto", "numpy", "numba"]
Mask = NDArray[np.bool_]
Steps = NDArray[np.uint16]

SAFE = 1e-9
"""Relative distance that a bound keeps, far above any rounding."""

SAMPLE, NEAR = 32, 256
"""One document in 32 is looked at to guess from where on the best 256 are."""

_choice: Kernel = "auto"
_of_thread = threading.local()


class Best(NamedTuple):
    """Documents of one part that may be among the best, and their scores; all that are, and perhaps more."""

    rows: NDArray[np.int64]
    scores: Numbers


def choose(kernel: Kernel) -> None:
    """
    Use one way in this process from now on; "auto" takes numba where it is installed.

    The numbers do not depend on it, and so no version does.

    Raises
    ------
    ModuleNotFoundError
        numba is asked for and not installed.
    ValueError
        There is no such way.
    """
    global _choice
    if kernel not in {"auto", "numpy", "numba"}:
        raise ValueError(f"There is no kernel {kernel!r}.")
    if kernel == "numba" and not _has_numba():
        raise ModuleNotFoundError("The kernel numba needs the extra: pip install ipf-talent[fast].", name="numba")
    _choice = kernel


def chosen() -> Literal["numpy", "numba"]:
    """The way in use."""
    if _choice == "auto":
        return "numba" if _has_numba() else "numpy"
    return _choice


def best(part: Part, outer: Outer, prepared: Prepared, formula: Formula, mask: Mask, lowest: Numbers) -> Best:
    """
    Find the documents of one part that may be among the best.

    Parameters
    ----------
    part : Part
    outer : ndarray of int32
        Row of each of its documents in the index, -1 where it was removed; empty where it is the same.
    prepared : Prepared
    formula : Formula
        Without feedback, its parameters within `Search.is_bounded`.
    mask : ndarray of bool
        Rows of the index that may be found.
    lowest : ndarray of shape (n,)
        Min-heap of the best scores of the parts before, all 0 for the first one. Brought up to date.

    Returns
    -------
    Best
        At least every document with a score above 0 that is in `lowest` afterwards, ties with the last one included.
    """
    found = _compiled if chosen() == "numba" else _plain
    return found(part, outer, prepared, formula, mask, lowest)


def least_raw(score: float, highest: float, half: float) -> float:
    """The least R with which a document can reach a score through gates of at most `highest`; a little less, to be safe."""
    part = score / highest if highest > 0 else 0.0
    return half / (1 - part) * (1 - SAFE) - half if part < 1 - SAFE else 0.0


def _compiled(part: Part, outer: Outer, prepared: Prepared, formula: Formula, mask: Mask, lowest: Numbers) -> Best:
    from .compiled import search  # numba takes a second to load

    words, concepts, musts, shared, asked, demand = part.arrays
    query_words, query_concepts = prepared.text.words, prepared.concepts
    stated, n_words = bool(prepared.query.has), prepared.text.n_words
    text = n_words / (n_words + formula.half_words)
    if not stated:
        text *= float(np.sqrt(1 - formula.concept_share))
    bounds = (
        1.0 if stated else formula.must_floor,
        text * part.highest_roots[0] if stated else text,
        formula.gain * part.highest_roots[1],
    )
    sums, (rows, scores) = _room(len(part))
    n = search(
        words,
        concepts,
        musts,
        shared,
        asked,
        demand,
        (query_words.terms, query_words.weights),
        (query_concepts.terms, query_concepts.weights),
        (prepared.touching, prepared.had),
        stated,
        (text, formula.gain, formula.half, formula.must_floor, formula.text_floor, formula.text_floor_stray),
        bounds,
        outer,
        mask,
        lowest,
        sums,
        (rows, scores),
    )
    return Best(rows[:n].copy(), scores[:n].copy())


def _room(n_rows: int) -> tuple[tuple[Numbers, Numbers, Steps, Steps], tuple[NDArray[np.int64], Numbers]]:
    """Sums of one block, all 0, and room for `n_rows` results: used again by every search of this thread."""
    kept = vars(_of_thread)
    if "sums" not in kept:
        kept["sums"] = np.zeros(BLOCK), np.zeros(BLOCK), np.zeros(BLOCK, np.uint16), np.zeros(BLOCK, np.uint16)
    if "found" not in kept or len(kept["found"][0]) < n_rows:
        kept["found"] = np.empty(n_rows, np.int64), np.empty(n_rows)
    return kept["sums"], kept["found"]


@cache
def _has_numba() -> bool:
    return find_spec("numba") is not None


def _plain(part: Part, outer: Outer, prepared: Prepared, formula: Formula, mask: Mask, lowest: Numbers) -> Best:
    search = _Plain(part, prepared, formula)
    shown = outer if len(outer) else np.arange(len(part))
    open_ = shown >= 0
    open_[open_] = mask[shown[open_]]
    rows, scores = np.empty(0, np.intp), np.empty(0)
    above, level = np.inf, search.guess(open_, len(lowest))
    while True:
        more = np.flatnonzero(open_ & (search.upper >= level) & (search.upper < above) & (search.upper > 0))
        gained = search.scores(more)
        rows, scores = np.append(rows, more), np.append(scores, gained)
        lowest[:] = np.sort(np.append(lowest, gained))[-len(lowest) :]
        least = least_raw(float(lowest[0]), search.highest, formula.half)
        if level <= least:
            break
        above, level = level, least
    among = (scores >= lowest[0]) & (scores > 0)
    return Best(shown[rows[among]].astype(np.int64, copy=False), scores[among])


class _Plain:
    """
    One part and one query.

    Attributes
    ----------
    upper : ndarray
        No document has a higher R than this.
    highest : float
        No gate is higher than this.
    """

    def __init__(self, part: Part, prepared: Prepared, formula: Formula) -> None:
        self.part, self.prepared, self.formula = part, prepared, formula
        self.stated = bool(prepared.query.has)
        self.highest = 1.0 if self.stated else formula.must_floor
        places, factors = part.concepts.known(prepared.concepts)
        self.later = later = part.common.later(places, factors)
        self.text = part.words.add_up(prepared.text.words)
        self.concepts = part.concepts.sum_of(places[: later.first], factors[: later.first])
        self.met = part.musts.add_up(SparseVector(prepared.had, np.ones(len(prepared.had))))
        self.upper = self._bound()

    def guess(self, open_: Mask, n: int) -> float:
        """From where on there are likely enough documents to find `n` that are among the best."""
        sample = self.upper[::SAMPLE][open_[::SAMPLE]]
        among = max(NEAR, 4 * n) // SAMPLE
        return float(np.partition(sample, -among)[-among]) if among < len(sample) else 0.0

    def scores(self, rows: Rows) -> Numbers:
        """The scores of some documents, by the formula itself."""
        concepts = self.concepts[rows]
        for number, factor in zip(self.later.numbers, self.later.factors, strict=True):
            concepts = concepts + factor * self.part.common.weights(self.part.concepts, number, rows)
        evidence = Evidence(
            text=self.text[rows],
            concepts=concepts,
            touched=self.part.asks.touched(self.prepared.touching, rows),
            met=self.met[rows],
            stated=self.stated,
            n_words=self.prepared.text.n_words,
        )
        demand = self.part.demand
        return self.formula.score(evidence, Demand(demand.share[rows], demand.n_musts[rows]))

    def _bound(self) -> Numbers:
        """The highest R that each document can have."""
        part, formula, n_words = self.part, self.formula, self.prepared.text.n_words
        root = part.records[:, 0] if self.stated else np.sqrt(1 - formula.concept_share)
        most = np.zeros(part.common.levels.shape[1], np.uint16)
        for number, step in zip(self.later.numbers, self.later.steps, strict=True):
            most += part.common.levels[number] * step
        of_text = self.text * (root * (n_words / (n_words + formula.half_words)))
        return np.asarray(of_text + (self.concepts + self.later.unit * most[: len(part)]) * (formula.gain * part.records[:, 1]))
