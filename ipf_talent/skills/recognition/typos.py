"""Misspelt words: the word of the taxonomy that was meant, when there is only one that is near."""

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz.distance import OSA

from ipf_talent.skills.recognition.roots import collapse

SHORTEST = 5
"""Letters below which a word is not held to be misspelt."""

ONE_SOUND = frozenset(["ck", "sz", "fv", "iy", "dt", "qk", "ei", "gj"])
"""Pairs of letters that are often written for each other."""

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

    def meant(self, word: str) -> tuple[str, ...]:
        """The known word nearest to a folded word, in all its forms; nothing when none is near, or two are equally so."""
        if len(word) < SHORTEST or not word.isalpha():
            return ()
        single = collapse(word)
        near = {other for form in _lacking(single) for other in self._near.get(form, ())}
        ranked = sorted((slips, other) for other in near if (slips := _slips(word, single, other)) is not None)
        nearest = tuple(other for slips, other in ranked if slips == ranked[0][0])
        return nearest if all(_kin(nearest[0], other) for other in nearest[1:]) else ()


def _slips(word: str, single: str, other: str) -> int | None:
    if word[0] != other[0]:
        return None
    shorter = min(len(word), len(other))
    allowed = 2 if shorter >= TWO_SLIPS else 1 if shorter >= ONE_SLIP else 0
    right = collapse(other)
    slips = int(OSA.distance(single, right, score_cutoff=allowed))
    if slips > allowed or (shorter < TWO_SLIPS and len(single) == len(right) and not _sounds_alike(single, right)):
        return None
    return slips


def _sounds_alike(one: str, other: str) -> bool:
    """Whether two words of one length differ by letters swapped or of one sound: else they are two words."""
    wrong = {a + b for a, b in zip(one, other, strict=True) if a != b}
    return (len(wrong) == 2 and len(set("".join(wrong))) == 2) or all("".join(sorted(pair)) in ONE_SOUND for pair in wrong)


def _lacking(form: str) -> set[str]:
    """A word and what it is with one letter out."""
    return {form, *(form[:place] + form[place + 1 :] for place in range(len(form)))}


def _kin(one: str, other: str) -> bool:
    """Whether two are forms of one word, or one word in two languages, so that it does not matter which was meant."""
    if min(len(one), len(other)) >= TWO_SLIPS and OSA.distance(one, other, score_cutoff=2) <= 2:
        return True
    shared = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return shared >= min(len(one), len(other)) - 2
