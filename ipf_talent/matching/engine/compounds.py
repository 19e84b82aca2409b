"""Parts of compounds: `veiligheidsvoorschriften` also speaks of `veiligheid` and of `voorschriften`."""

from collections.abc import Callable

SHORTEST_PART, SHORTEST_WORD = 4, 9
LINKS = ("", "s", "en", "e")
"""What Dutch and Frisian put between two parts."""


def parts(word: str, known: Callable[[str], int]) -> tuple[str, ...]:
    """
    The words a compound is made of, after Koehn and Knight, Empirical Methods for Compound Splitting (EACL 2003).

    Of all splits into two known parts that one counts whose rarer part is the commonest. The second part is split on where
    its own parts are commoner than it.

    Parameters
    ----------
    word : str
        Lower case.
    known : callable
        How many texts of the vocabulary hold a word; 0 where it is not in it.

    Returns
    -------
    tuple of str
        Empty where the word is no compound of known words.
    """
    if len(word) < SHORTEST_WORD or not word.isalpha():
        return ()
    best: tuple[int, tuple[str, ...]] = (0, ())
    for cut in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        second = word[cut:]
        often = known(second)
        if not often:
            continue
        for link in LINKS:
            first = word[:cut].removesuffix(link) if link else word[:cut]
            if len(first) >= SHORTEST_PART and (link == "" or len(first) < cut):
                best = max(best, (min(often, known(first)), (first, second)))
    if not best[0]:
        return ()
    first, second = best[1]
    further = parts(second, known)
    return (first, *(further if further and min(map(known, further)) > known(second) else (second,)))
