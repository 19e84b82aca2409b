"""From a skill as somebody typed it to skills of the lexicon: by name, else by the trigrams that it shares with a name."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

import numpy as np
from numpy.typing import NDArray

LEAST = 0.45
"""Likeness, 0 to 1, from which a name is taken for what was typed."""
NEAR, AT_MOST = 0.12, 5
"""Skills this much below the best one count too, each less by the cube of how far; this many in all."""
COMMON = 0.04
"""Trigrams in more than this part of the names tell nothing and cost most."""
LONGEST = 160
"""Characters of what was typed that are looked at."""
CANDIDATES = 40
BETWEEN = re.compile(r"[^a-z0-9+#]+")


@dataclass(frozen=True, slots=True, eq=False)
class Linker:
    """
    Names of skills by their trigrams.

    Attributes
    ----------
    ids : tuple of str
        The skill of each name.
    exact : mapping
        The skill of each name in plain form; where several have it, the first.
    grams, starts, names : ndarray
        Trigrams, ascending; where the names of each begin; and the names that hold it.
    weights : ndarray
        Rarity of each trigram.
    lengths : ndarray
        Length of the vector of each name.
    """

    ids: tuple[str, ...]
    exact: Mapping[str, str]
    grams: NDArray[np.int32]
    starts: NDArray[np.int64]
    names: NDArray[np.int32]
    weights: NDArray[np.float32]
    lengths: NDArray[np.float32]

    @classmethod
    def of(cls, names: Sequence[tuple[str, str]]) -> Self:
        """A linker of pairs of name and skill, the usual names first."""
        folded = [plain(name) for name, _ in names]
        exact: dict[str, str] = {}
        for name, (_, id) in zip(folded, names, strict=True):
            exact.setdefault(name, id)
        letters = np.frombuffer("".join(f" {name} " for name in folded).encode("ascii"), np.uint8).astype(np.int64)
        owner = np.repeat(np.arange(len(folded)), [len(name) + 2 for name in folded])
        gram = letters[:-2] << 14 | letters[1:-1] << 7 | letters[2:]
        inside = letters[1:-1] != ord(" ")
        pairs = np.sort(gram[inside] << 32 | owner[1:-1][inside])
        pairs = pairs[_firsts(pairs)]  # np.unique would hash, which takes ten times as long
        starts = np.flatnonzero(_firsts(pairs >> 32))
        grams, counts = pairs[starts] >> 32, np.diff(np.append(starts, len(pairs)))
        weights = np.log(1 + len(folded) / counts)
        held = (pairs & 0xFFFFFFFF).astype(np.int32)
        lengths = np.sqrt(np.bincount(held, np.repeat(weights**2, counts), minlength=len(folded)))
        return cls(
            tuple(id for _, id in names), exact, grams.astype(np.int32), np.append(starts, len(pairs)).astype(np.int64),
            held, weights.astype(np.float32), lengths.astype(np.float32),
        )  # fmt: skip

    def link(self, typed: str) -> dict[str, float]:
        """
        The skills that a typed one stands for, with how sure that is, above 0 to 1; none where no name is like it.

        A name that is the same in plain form is sure. Likeness is the cosine of trigrams within words, by rarity.
        """
        return dict(_link(self, typed))


def _firsts(ascending: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which are the first of their value."""
    return np.append(True, ascending[1:] != ascending[:-1])[: len(ascending)]


@lru_cache(maxsize=1 << 15)
def _link(linker: Linker, typed: str) -> tuple[tuple[str, float], ...]:
    name = plain(typed[:LONGEST])
    if not name:
        return ()
    if name in linker.exact:
        return ((linker.exact[name], 1.0),)
    like = _likeness(linker, name)
    best: dict[str, float] = {}
    places = np.argpartition(-like, CANDIDATES)[:CANDIDATES] if len(like) > CANDIDATES else np.arange(len(like))
    for place in places[np.lexsort((places, -like[places]))]:
        best.setdefault(linker.ids[place], float(like[place]))
    top = max(best.values(), default=0.0)
    near = [(id, sure) for id, sure in best.items() if sure >= max(LEAST, top - NEAR)][:AT_MOST]
    return tuple((id, min(sure * (sure / top) ** 3, 1.0)) for id, sure in near)


def _likeness(linker: Linker, name: str) -> NDArray[np.float64]:
    wanted = sorted({ord(gram[0]) << 14 | ord(gram[1]) << 7 | ord(gram[2]) for gram in _trigrams(name)})
    places = np.searchsorted(linker.grams, wanted)
    known = [(place, gram) for place, gram in zip(places.tolist(), wanted, strict=True) if place < len(linker.grams)]
    hits = [place for place, gram in known if linker.grams[place] == gram]
    unseen = (len(wanted) - len(hits)) * np.log(1 + len(linker.ids)) ** 2
    length = np.sqrt(float(np.square(linker.weights[hits]).sum()) + unseen)
    rare = [place for place in hits if linker.starts[place + 1] - linker.starts[place] <= COMMON * len(linker.ids)] or hits
    if not rare:
        return np.zeros(len(linker.ids))
    held = np.concatenate([linker.names[linker.starts[place] : linker.starts[place + 1]] for place in rare])
    counts = [int(linker.starts[place + 1] - linker.starts[place]) for place in rare]
    found = np.bincount(held, np.repeat(np.square(linker.weights[rare]), counts), minlength=len(linker.ids))
    return np.asarray(found / np.maximum(linker.lengths * length, 1e-9))


def _trigrams(name: str) -> list[str]:
    padded = f" {name} "
    return [padded[start : start + 3] for start in range(len(padded) - 2) if padded[start + 1] != " "]


def plain(name: str) -> str:
    """Lower case without accents or punctuation, single spaces: the form in which names are compared."""
    bare = name if name.isascii() else unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return BETWEEN.sub(" ", bare.lower().replace("'", "")).strip()
