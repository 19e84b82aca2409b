"""Misspelt words: the word of the taxonomy that was meant, when there is only one that is near."""

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz.distance import OSA

from ipf_talent.skills.recognition.roots import collapse

SHORTEST = 5
"""Letters below which a word is not held to be misspelt."""

ONE_SLIP, TWO_SLIPS = 6, 9
"""Letters from which on one slip, and two, may be in a word; below, only a letter doubled or not."""


class Speller:
    """
    Finds the known word that a misspelt one stands for.

    Two words are compared when taking one letter out of either, with doubled letters single, can make them the same: that covers a
    letter too many, too few, wrong or swapped, and most pairs of slips.

    Parameters
    ----------
    known : iterable of str
        Folded words that are spelled right.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._near: dict[str, set[str]] = defaultdict(set)
        for word in known:
            if len(word) >= SHORTEST and word.isalpha():
                for form in _lacking(collapse(word)):
                    self._near[form].add(word)

    def meant(self, word: str) -> str:
        """The known word nearest to a folded word; empty when none is near, or two are equally so."""
        if len(word) < SHORTEST or not word.isalpha():
            return ""
        single = collapse(word)
        near = {other for form in _lacking(single) for other in self._near.get(form, ())}
        ranked = sorted((slips, other) for other in near if (slips := _slips(word, single, other)) is not None)
        if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0] and not _kin(ranked[0][1], ranked[1][1])):
            return ""
        return ranked[0][1]


def _slips(word: str, single: str, other: str) -> int | None:
    if word[0] != other[0]:
        return None
    shorter = min(len(word), len(other))
    allowed = 2 if shorter >= TWO_SLIPS else 1 if shorter >= ONE_SLIP else 0
    slips = int(OSA.distance(single, collapse(other), score_cutoff=allowed))
    return slips if slips <= allowed else None


def _lacking(form: str) -> set[str]:
    """A word and what it is with one letter out."""
    return {form, *(form[:place] + form[place + 1 :] for place in range(len(form)))}


def _kin(one: str, other: str) -> bool:
    """Two forms of one word, so that it does not matter which was meant."""
    shared = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return shared >= min(len(one), len(other)) - 2
