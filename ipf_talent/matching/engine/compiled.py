"""The search as one compiled loop that lets other threads run. Needs numba, the extra `fast`; equal to `kernels` to the bit.

A block of documents is summed up at a time, so that the sums stay in the cache. Common concepts are left out of the sums and
looked up for the few documents that could still be among the best: what they can add is bounded by their highest weight.
"""

from collections.abc import Callable
from typing import NamedTuple, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

from .part import Asked, Lists
from .postings import Common
from .terms import Terms

Function = TypeVar("Function", bound=Callable[..., object])
Floats = NDArray[np.float64]

BLOCK, WORD = 1 << 16, 64
"""As in `postings`: written again, because what is compiled is kept for as long as this file stays as it is."""

STRIDE = 64
"""Documents of which one glance says whether any can still be among the best."""

SAFE = 1e-9
"""Relative distance that a bound keeps, far above any rounding."""


def _compiled(function: Function) -> Function:
    """Compile a function for good where there is a folder to keep it in, and else for this process."""
    try:
        return cast(Function, numba.njit(nogil=True, cache=True)(function))
    except RuntimeError:
        return cast(Function, numba.njit(nogil=True)(function))


class Side(NamedTuple):
    """A prepared query."""

    words: Terms
    word_weights: Floats
    concepts: Terms
    concept_weights: Floats
    touching: Terms
    had: Terms


class Constants(NamedTuple):
    """What of the formula and the query is one number for all documents."""

    stated: bool
    text: float
    silent_text: float
    gain: float
    half: float
    must_floor: float
    text_floor: float
    text_floor_stray: float
    highest_text: float
    highest_concept: float


class Lazy(NamedTuple):
    """The common concepts that are looked up, and what the ones from each place on can add at most."""

    numbers: NDArray[np.int32]
    factors: Floats
    rest: Floats


class Found(NamedTuple):
    """Documents that can be among the best, and their scores."""

    rows: NDArray[np.int64]
    scores: Floats


@_compiled
def search(
    words: Lists,
    concepts: Lists,
    common: Common,
    asked: Asked,
    side: Side,
    constants: Constants,
    outer: NDArray[np.int32],
    mask: NDArray[np.bool_],
    best: Floats,
    sums: Floats,
    found: Found,
) -> int:
    """
    Find all documents of one part that can be among the best.

    Parameters
    ----------
    outer : ndarray of int32
        Row of each document in the whole index, -1 where it was removed; empty where it is the same.
    mask : ndarray of bool
        Rows of the whole index that may be found.
    best : ndarray
        Min-heap of the best scores so far, 0 where there is none; goes on to be used for the next part.
    sums : ndarray of shape (2, BLOCK)
        All 0, before and after.
    found : Found
        Room for as many as there are documents.

    Returns
    -------
    int
        How many were found: at least all with a score that is in `best` afterwards.
    """
    n_rows = len(asked.n_musts)
    n_blocks = max((n_rows + BLOCK - 1) // BLOCK, 1)
    word_places, word_factors = _known(words.terms, side.words, side.word_weights)
    places, factors = _known(concepts.terms, side.concepts, side.concept_weights)
    lazy = _lazy(common, places, factors)
    n_summed = len(places) - len(lazy.numbers)
    flags = _flags(asked.terms, side.touching, side.had)
    n_found = 0
    for block in range(n_blocks):
        for place in range(len(word_places)):
            _add(words, word_places[place] * n_blocks + block, word_factors[place], sums[0])
        for place in range(n_summed):
            _add(concepts, places[place] * n_blocks + block, factors[place], sums[1])
        n_found = _scan(block, concepts, common, asked, lazy, flags, constants, outer, mask, best, sums, found, n_found)
    return n_found


@_compiled
def _known(table: Terms, terms: Terms, weights: Floats) -> tuple[NDArray[np.int64], Floats]:
    """Places in a table of the terms that are in it, and their weights."""
    places, kept = np.empty(len(terms), np.int64), np.empty(len(terms))
    n_known = 0
    for number in range(len(terms)):
        place = _place(table, terms[number])
        if place >= 0:
            places[n_known], kept[n_known] = place, weights[number]
            n_known += 1
    return places[:n_known], kept[:n_known]


@_compiled
def _place(table: Terms, term: np.uint64) -> int:
    """Place of a term in an ascending table, -1 where it is not in it."""
    low, high = 0, len(table)
    while low < high:
        middle = (low + high) >> 1
        if table[middle] < term:
            low = middle + 1
        else:
            high = middle
    return low if low < len(table) and table[low] == term else -1


@_compiled
def _lazy(common: Common, places: NDArray[np.int64], factors: Floats) -> Lazy:
    """The common concepts at the end of a query."""
    cut = len(places)
    while cut > 0 and common.of[places[cut - 1]] >= 0:
        cut -= 1
    numbers = np.empty(len(places) - cut, np.int32)
    rest = np.zeros(len(numbers) + 1)
    for at in range(len(numbers) - 1, -1, -1):
        numbers[at] = common.of[places[cut + at]]
        rest[at] = rest[at + 1] + factors[cut + at] * common.peaks[numbers[at]]
    return Lazy(numbers, factors[cut:], rest)


@_compiled
def _flags(table: Terms, touching: Terms, had: Terms) -> NDArray[np.uint8]:
    """For each asked concept 1 where it is touched, plus 2 where it is had."""
    flags = np.zeros(len(table), np.uint8)
    for term in touching:
        place = _place(table, term)
        if place >= 0:
            flags[place] |= 1
    for term in had:
        place = _place(table, term)
        if place >= 0:
            flags[place] |= 2
    return flags


@_compiled
def _add(lists: Lists, at: int, factor: float, sums: Floats) -> None:
    """Add what one term gives to the documents of one block."""
    rows, weights = lists.rows[lists.starts[at] : lists.starts[at + 1]], lists.weights[lists.starts[at] : lists.starts[at + 1]]
    for posting in range(len(rows)):
        sums[rows[posting]] += np.float64(weights[posting]) * factor


@_compiled
def _scan(
    block: int,
    concepts: Lists,
    common: Common,
    asked: Asked,
    lazy: Lazy,
    flags: NDArray[np.uint8],
    constants: Constants,
    outer: NDArray[np.int32],
    mask: NDArray[np.bool_],
    best: Floats,
    sums: Floats,
    found: Found,
    n_found: int,
) -> int:
    """Find the documents of one block, and clear the sums."""
    text, concept = sums[0], sums[1]
    highest = constants.must_floor if not constants.stated else 1.0
    least = _least(best[0], highest, constants.half)
    size = min(BLOCK, len(asked.n_musts) - block * BLOCK)
    for start in range(0, size, STRIDE):
        near = False
        for row in range(start, start + STRIDE):
            upper = constants.highest_text * text[row] + constants.highest_concept * (concept[row] + lazy.rest[0])
            near |= upper >= least
        if near:
            for row in range(start, min(start + STRIDE, size)):
                whole = block * BLOCK + row
                shown = outer[whole] if len(outer) else whole
                if shown < 0 or not mask[shown]:
                    continue
                score = _score(whole, text[row], concept[row], least, best[0], concepts, common, asked, lazy, flags, constants)
                if score > 0 and score >= best[0]:
                    found.rows[n_found], found.scores[n_found] = shown, score
                    n_found += 1
                    _push(best, score)
                    least = _least(best[0], highest, constants.half)
        for row in range(start, start + STRIDE):
            text[row] = 0.0
            concept[row] = 0.0
    return n_found


@_compiled
def _least(score: float, highest: float, half: float) -> float:
    """The least R with which a document can reach a score, through gates of at most `highest`; a little less, to be safe."""
    part = score / highest if highest > 0 else 0.0
    return half / (1 - part) * (1 - SAFE) - half if part < 1 - SAFE else 0.0


@_compiled
def _score(
    row: int,
    text: float,
    concept: float,
    least: float,
    worst: float,
    concepts: Lists,
    common: Common,
    asked: Asked,
    lazy: Lazy,
    flags: NDArray[np.uint8],
    constants: Constants,
) -> float:
    """The score of a document by `Formula.score`; 0 where it cannot be among the best."""
    of_text = (asked.text_root[row] * constants.text if constants.stated else constants.silent_text) * text
    of_concepts = constants.gain * asked.concept_root[row]
    upper = of_text + of_concepts * (concept + lazy.rest[0])
    if upper < least or upper <= 0:
        return 0.0
    touched, met = _asks(row, asked, flags)
    floor = constants.text_floor_stray if constants.stated and asked.share[row] > 0 else constants.text_floor
    if not touched and not text >= floor:
        return 0.0
    gate = constants.must_floor
    if constants.stated:
        share = met / asked.n_musts[row] if asked.n_musts[row] > 0 else 1.0
        gate = constants.must_floor + (1 - constants.must_floor) * share
    if gate * (1 - constants.half / (upper + constants.half)) < worst * (1 - SAFE):
        return 0.0
    for at in range(len(lazy.numbers)):
        if of_text + of_concepts * (concept + lazy.rest[at]) < least:
            return 0.0
        concept += _weight(concepts, common, lazy.numbers[at], row) * lazy.factors[at]
    rising: float = 1 - constants.half / (of_text + of_concepts * concept + constants.half)
    return gate * rising


@_compiled
def _asks(row: int, asked: Asked, flags: NDArray[np.uint8]) -> tuple[bool, float]:
    """Whether any asked concept of a document is touched, and how many of the required ones are met."""
    touched, met = False, 0.0
    for at in range(asked.starts[row], asked.starts[row + 1]):
        flag = flags[asked.codes[at]]
        touched |= (flag & 1) != 0
        if at < asked.musts[row] and flag & 2:
            met += 1.0
    return touched, met


@_compiled
def _weight(concepts: Lists, common: Common, number: int, row: int) -> float:
    """Weight of a common concept in a document, 0 where it does not hold it."""
    held = common.bits[number, row // WORD]
    bit = np.uint64(row % WORD)
    if not (held >> bit) & np.uint64(1):
        return 0.0
    before = _ones(held & ((np.uint64(1) << bit) - np.uint64(1)))
    return float(concepts.weights[common.firsts[number, row // WORD] + before])


@_compiled
def _ones(word: np.uint64) -> int:
    """Number of bits that are set."""
    word = word - ((word >> np.uint64(1)) & np.uint64(0x5555555555555555))
    word = (word & np.uint64(0x3333333333333333)) + ((word >> np.uint64(2)) & np.uint64(0x3333333333333333))
    word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return int((word * np.uint64(0x0101010101010101)) >> np.uint64(56))


@_compiled
def _push(heap: Floats, score: float) -> None:
    """Put a score in the place of the lowest one."""
    at = 0
    while True:
        child = 2 * at + 1
        if child >= len(heap):
            break
        if child + 1 < len(heap) and heap[child + 1] < heap[child]:
            child += 1
        if heap[child] >= score:
            break
        heap[at] = heap[child]
        at = child
    heap[at] = score
