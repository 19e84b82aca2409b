"""
The search as one compiled loop that lets other threads run: needs numba, and equals the one of `kernels` to the bit.

What is compiled is kept for as long as this file stays as it is. So nothing here depends on another file: groups of arrays are
plain tuples, and numbers that another file has too are written again.
"""

from collections.abc import Callable
from typing import TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

Function = TypeVar("Function", bound=Callable[..., object])
Floats = NDArray[np.float64]
Lists = tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.uint16], NDArray[np.float32]]
"""Terms, starts, rows and weights of `Postings`."""

Shared = tuple[NDArray[np.int32], NDArray[np.uint8], NDArray[np.uint64], NDArray[np.int64], Floats]
"""`Common`: of, levels, bits, firsts and peaks."""

Asked = tuple[NDArray[np.uint64], NDArray[np.int32], NDArray[np.int64]]
"""Terms, codes and starts of `Asks`."""

Demand = tuple[Floats, NDArray[np.uint16]]
"""`Part.records`, and the number of musts of each document."""

Side = tuple[NDArray[np.uint64], Floats]
"""Terms of a query and their weights."""

Known = tuple[NDArray[np.int64], Floats]
"""Terms of a query by their places in `Postings`, and their weights."""

Later = tuple[NDArray[np.int32], Floats, NDArray[np.uint16], float]
"""As `frequent.Later`: numbers, factors, steps and unit."""

Met = tuple[NDArray[np.uint64], NDArray[np.uint64]]
"""Concepts that touch, and that are had."""

Numbers = tuple[float, float, float, float, float, float]
"""The weight of the text, the gain of concepts, `half`, `must_floor`, `text_floor` and `text_floor_stray`."""

Bounds = tuple[float, float, float]
"""The highest gate, factor of text and factor of concepts that any document has."""

Sums = tuple[Floats, Floats, NDArray[np.uint16], NDArray[np.uint16]]
"""Of the documents of one block the sums of words, of rarer concepts and of steps, and the musts met; 0 between two blocks."""

Found = tuple[NDArray[np.int64], Floats]
"""Room for rows and scores."""

BLOCK, WORD = 1 << 16, 64
LEVELS, SUM, MOST = 255, 257, 64

STRIDE, CHUNK = 32, 32
"""Documents that are looked at together at a glance, and documents that are scored together."""

SAFE = 1e-9


def _compiled(function: Function) -> Function:
    """Compile a function, for good where there is a folder to keep it in, and else for this process."""
    try:
        return cast(Function, numba.njit(nogil=True, cache=True, error_model="numpy")(function))
    except RuntimeError:
        return cast(Function, numba.njit(nogil=True, error_model="numpy")(function))


@_compiled
def search(
    words: Lists,
    concepts: Lists,
    musts: Lists,
    shared: Shared,
    asked: Asked,
    demand: Demand,
    query_words: Side,
    query_concepts: Side,
    has: Met,
    stated: bool,
    numbers: Numbers,
    bounds: Bounds,
    outer: NDArray[np.int32],
    mask: NDArray[np.bool_],
    lowest: Floats,
    sums: Sums,
    found: Found,
) -> int:
    """
    Find the documents of one part that can be among the best; `outer`, `mask` and `lowest` are as in `kernels.best`.

    Returns
    -------
    int
        How many were found: all with a score that is in `lowest` afterwards, in the order of their rows or nearly so.
    """
    n_rows = len(demand[0])
    n_blocks = max((n_rows + BLOCK - 1) // BLOCK, 1)
    in_words, in_concepts = _known(words[0], query_words), _known(concepts[0], query_concepts)
    later = _later(shared, in_concepts)
    n_rare = len(in_concepts[0]) - len(later[0])
    touching, had = _touching(asked[0], has[0]), _places(musts[0], has[1])
    n_found = 0
    for block in range(n_blocks):
        first, last = block * BLOCK, (block + 1) * BLOCK
        for number in range(len(in_words[0])):
            _add(words, in_words[0][number] * n_blocks + block, in_words[1][number], sums[0])
        for number in range(n_rare):
            _add(concepts, in_concepts[0][number] * n_blocks + block, in_concepts[1][number], sums[1])
        for number in range(len(later[0])):
            _step(shared[1][later[0][number], first:last], later[2][number], sums[2])
        for place in had:
            if place >= 0:
                _count(musts, place * n_blocks + block, sums[3])
        n_found = _scan(
            first, shared, concepts[3], asked, demand, later, touching, stated, numbers, bounds, outer, mask, lowest, sums,
            found, n_found,
        )  # fmt: skip
    n_best = 0
    for number in range(n_found):
        if found[1][number] >= lowest[0]:
            found[0][n_best], found[1][n_best] = found[0][number], found[1][number]
            n_best += 1
    return n_best


@_compiled
def _known(table: NDArray[np.uint64], side: Side) -> Known:
    """The terms of a query that are in an ascending table."""
    places = _places(table, side[0])
    return places[places >= 0], side[1][places >= 0]


@_compiled
def _later(shared: Shared, known: Known) -> Later:
    """As `Common.later`."""
    of, _, _, _, peaks = shared
    first = len(known[0])
    while first > 0 and len(known[0]) - first < MOST and of[known[0][first - 1]] >= 0:
        first -= 1
    numbers, factors = of[known[0][first:]], known[1][first:]
    most = factors * peaks[numbers]
    whole = most.sum()
    if not whole > 0:
        return numbers, factors, np.zeros(len(numbers), np.uint16), 0.0
    steps = (SUM - len(numbers)) / whole
    return numbers, factors, np.ceil(most * steps).astype(np.uint16), 1 / (steps * LEVELS)


@_compiled
def _place(table: NDArray[np.uint64], term: np.uint64) -> int:
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
def _places(table: NDArray[np.uint64], terms: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Places of terms in an ascending table, -1 where they are not in it."""
    places = np.empty(len(terms), np.int64)
    for number in range(len(terms)):
        places[number] = _place(table, terms[number])
    return places


@_compiled
def _touching(table: NDArray[np.uint64], terms: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """For each asked concept whether it is one of those by which a document is touched."""
    touching = np.zeros(len(table), np.bool_)
    for place in _places(table, terms):
        if place >= 0:
            touching[place] = True
    return touching


@_compiled
def _add(lists: Lists, at: int, factor: float, sums: Floats) -> None:
    """Add what one term gives to the documents of one block."""
    start, end = lists[1][at], lists[1][at + 1]
    rows, weights = lists[2][start:end], lists[3][start:end]
    for posting in range(len(rows)):
        sums[rows[posting]] += np.float64(weights[posting]) * factor


@_compiled
def _step(levels: NDArray[np.uint8], step: np.uint16, sums: NDArray[np.uint16]) -> None:
    """Add the steps of one common term to the documents of one block."""
    for row in range(len(levels)):
        sums[row] += np.uint16(levels[row]) * step


@_compiled
def _count(lists: Lists, at: int, met: NDArray[np.uint16]) -> None:
    """Count one required concept as met in the documents of one block that require it."""
    rows = lists[2][lists[1][at] : lists[1][at + 1]]
    for posting in range(len(rows)):
        met[rows[posting]] += 1


@_compiled
def _scan(
    first: int,
    shared: Shared,
    weights: NDArray[np.float32],
    asked: Asked,
    demand: Demand,
    later: Later,
    touching: NDArray[np.bool_],
    stated: bool,
    numbers: Numbers,
    bounds: Bounds,
    outer: NDArray[np.int32],
    mask: NDArray[np.bool_],
    lowest: Floats,
    sums: Sums,
    found: Found,
    n_found: int,
) -> int:
    """Find the documents of the block that begins with row `first`, and clear its sums."""
    text, concept, steps, met = sums
    n_musts, (highest, of_text, of_concept) = demand[1], bounds
    unit, half, must_floor = later[3], numbers[2], numbers[3]
    size = min(BLOCK, len(n_musts) - first)
    near, gates, n_near = np.empty(CHUNK + STRIDE, np.int64), np.empty(CHUNK + STRIDE), 0
    least = _least(lowest[0], highest, half)
    for start in range(0, size, STRIDE):
        end = start + STRIDE
        if _any_above(text, concept, steps, start, of_text, of_concept, unit, least):
            for row in range(start, min(end, size)):
                upper = of_text * text[row] + of_concept * (concept[row] + unit * steps[row])
                if upper >= least and upper > 0:
                    gate = _gate(stated, must_floor, met[row], n_musts[first + row])
                    if gate * (1 - half / (upper + half)) >= lowest[0] * (1 - SAFE):
                        near[n_near], gates[n_near] = row, gate
                        n_near += 1
        if n_near >= CHUNK or end >= size:
            n_found = _score(
                near[:n_near], gates, first, shared, weights, asked, demand[0], later, touching, stated, numbers, outer, mask,
                lowest, sums, found, n_found,
            )  # fmt: skip
            n_near = 0
            least = _least(lowest[0], highest, half)
    text[:], concept[:], steps[:], met[:] = 0.0, 0.0, 0, 0
    return n_found


@_compiled
def _gate(stated: bool, must_floor: float, met: int, n_musts: int) -> float:
    """As `Formula.musts`."""
    if not stated:
        return must_floor
    return must_floor + (1 - must_floor) * (np.float64(met) / np.float64(n_musts) if n_musts > 0 else 1.0)


@_compiled
def _any_above(
    text: Floats, concept: Floats, steps: NDArray[np.uint16], start: int,
    of_text: float, of_concept: float, unit: float, least: float,
) -> bool:  # fmt: skip
    """Whether any of some documents can be among the best, at a glance: all are given the highest factors."""
    found = False
    for row in range(start, start + STRIDE):
        found |= of_text * text[row] + of_concept * (concept[row] + unit * steps[row]) >= least
    return found


@_compiled
def _least(score: float, highest: float, half: float) -> float:
    """As `kernels.least_raw`."""
    part = score / highest if highest > 0 else 0.0
    return half / (1 - part) * (1 - SAFE) - half if part < 1 - SAFE else 0.0


@_compiled
def _score(
    near: NDArray[np.int64],
    gates: Floats,
    first: int,
    shared: Shared,
    weights: NDArray[np.float32],
    asked: Asked,
    records: Floats,
    later: Later,
    touching: NDArray[np.bool_],
    stated: bool,
    numbers: Numbers,
    outer: NDArray[np.int32],
    mask: NDArray[np.bool_],
    lowest: Floats,
    sums: Sums,
    found: Found,
    n_found: int,
) -> int:
    """Score by `Formula.score` those of some documents that can be among the best, and keep them."""
    (_, codes, starts), (_, _, bits, firsts, _) = asked, shared
    text_weight, gain, half, _, text_floor, stray_floor = numbers
    for number in range(len(near)):
        row, gate = first + near[number], gates[number]
        shown = outer[row] if len(outer) else row
        if shown < 0 or not mask[shown]:
            continue
        text, concept = sums[0][near[number]], sums[1][near[number]]
        of_text = (records[row, 0] * text_weight if stated else text_weight) * text
        of_concepts = gain * records[row, 1]
        most = of_text + of_concepts * (concept + later[3] * sums[2][near[number]])
        if gate * (1 - half / (most + half)) < lowest[0] * (1 - SAFE):
            continue
        alike = text >= (stray_floor if stated and records[row, 2] > 0 else text_floor)
        if not alike and not _touched(touching, codes[starts[row] : starts[row + 1]]):
            continue
        for at in range(len(later[0])):
            concept += later[1][at] * _weight(bits, firsts, weights, later[0][at], row)
        score = gate * (1 - half / (of_text + of_concepts * concept + half))
        if score > 0 and score >= lowest[0]:
            found[0][n_found], found[1][n_found] = shown, score
            n_found += 1
            _push(lowest, score)
    return n_found


@_compiled
def _touched(touching: NDArray[np.bool_], codes: NDArray[np.int32]) -> bool:
    """Whether any of the concepts that a document asks is one by which it is touched."""
    touched = False
    for code in codes:
        touched |= touching[code]
    return touched


@_compiled
def _weight(bits: NDArray[np.uint64], firsts: NDArray[np.int64], weights: NDArray[np.float32], number: int, row: int) -> float:
    """Weight of a common concept in a document, 0 where it does not hold it."""
    word, bit, one = bits[number, row // WORD], np.uint64(row % WORD), np.uint64(1)
    if not (word >> bit) & one:
        return 0.0
    return float(weights[firsts[number, row // WORD] + _ones(word & ((one << bit) - one))])


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
