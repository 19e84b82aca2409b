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
from .postings import BLOCK, WORD, Postings
from .prepared import Prepared
from .scoring import Demand, Evidence, Formula, Numbers

Kernel = Literal["auto", "numpy", "numba"]
Mask = NDArray[np.bool_]

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
    from .compiled import Constants, Found, Side, search  # numba takes a second to load

    arrays, query = part.arrays, prepared.query
    stated = bool(query.has)
    n_words = prepared.text.n_words
    of_words = n_words / (n_words + formula.half_words)
    silent = float(np.sqrt(1 - formula.concept_share)) * of_words
    constants = Constants(
        stated=stated,
        text=of_words,
        silent_text=silent,
        gain=formula.gain,
        half=formula.half,
        must_floor=formula.must_floor,
        text_floor=formula.text_floor,
        text_floor_stray=formula.text_floor_stray,
        highest_text=arrays.highest_text_root * of_words if stated else silent,
        highest_concept=arrays.highest_concept_root * formula.gain,
    )
    words, concepts = prepared.text.words, prepared.concepts
    side = Side(words.terms, words.weights, concepts.terms, concepts.weights, prepared.touching, prepared.had)
    sums, room = _room(len(part))
    found = Found(*room)
    n = search(arrays.words, arrays.concepts, arrays.common, arrays.asked, side, constants, outer, mask, lowest, sums, found)
    among = found.scores[:n] >= lowest[0]
    return Best(found.rows[:n][among], found.scores[:n][among])


def _room(n_rows: int) -> tuple[Numbers, tuple[NDArray[np.int64], Numbers]]:
    """Sums of one block, all 0, and room for `n_rows` results: used again by every search of this thread."""
    kept = vars(_of_thread)
    if len(kept.get("rows", ())) < n_rows or not kept:
        kept.update(sums=np.zeros((2, BLOCK)), rows=np.empty(n_rows, np.int64), scores=np.empty(n_rows))
    return kept["sums"], (kept["rows"], kept["scores"])


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
        common = part.concepts.common
        places, factors = part.concepts.known(prepared.concepts)
        rare = np.flatnonzero(common.of[places] < 0)
        cut = int(rare[-1]) + 1 if len(rare) else 0
        self.later = list(zip(common.of[places[cut:]].tolist(), factors[cut:], strict=True))
        self.text = part.words.add_up(prepared.text.words)
        self.concepts = part.concepts.sum_of(places[:cut], factors[:cut])
        self.upper = self._bound(float(sum(factor * common.peaks[number] for number, factor in self.later)))

    def guess(self, open_: Mask, n: int) -> float:
        """From where on there are likely enough documents to find `n` that are among the best."""
        sample = self.upper[::SAMPLE][open_[::SAMPLE]]
        among = max(NEAR, 4 * n) // SAMPLE
        return float(np.partition(sample, -among)[-among]) if among < len(sample) else 0.0

    def scores(self, rows: Rows) -> Numbers:
        """The scores of some documents, by the formula itself."""
        concepts = self.concepts[rows]
        for number, factor in self.later:
            concepts = concepts + factor * _weights(self.part.concepts, number, rows)
        evidence = Evidence(
            text=self.text[rows],
            concepts=concepts,
            touched=self.part.asks.touched(self.prepared.touching, rows),
            met=self.part.asks.met(self.prepared.had, rows),
            stated=self.stated,
            n_words=self.prepared.text.n_words,
        )
        demand = self.part.demand
        return self.formula.score(evidence, Demand(demand.share[rows], demand.n_musts[rows]))

    def _bound(self, rest: float) -> Numbers:
        """The highest R that each document can have, where common concepts add at most `rest` to the sum."""
        asked, formula = self.part.arrays.asked, self.formula
        n_words = self.prepared.text.n_words
        root = asked.text_root if self.stated else np.sqrt(1 - formula.concept_share)
        of_text = self.text * (root * (n_words / (n_words + formula.half_words)))
        return np.asarray(of_text + (self.concepts + rest) * (formula.gain * asked.concept_root))


def _weights(concepts: Postings, number: int, rows: Rows) -> Numbers:
    """Weights of a common concept in some documents, 0 where they do not hold it."""
    common = concepts.common
    bit = (rows % WORD).astype(np.uint64)
    words = common.bits[number][rows // WORD]
    held = (words >> bit) & np.uint64(1) > 0
    before = np.bitwise_count(words & ((np.uint64(1) << bit) - np.uint64(1)))
    found = np.zeros(len(rows))
    found[held] = concepts.weights[(common.firsts[number][rows // WORD] + before)[held]]
    return found
