"""Mending a slip of the pen in a typed skill: one letter too many, too few, wrong, or two that changed places."""

from collections.abc import Mapping
from string import ascii_lowercase

SHORTEST = 5
"""Letters of a word that is mended; shorter ones are too easily another word."""


def mended(word: str, often: Mapping[str, int]) -> str:
    """
    The commonest word one slip away (Damerau, A technique for computer detection and correction of spelling errors, 1964).

    Parameters
    ----------
    word : str
        Lower case.
    often : mapping
        How often each word of the vocabulary occurs.

    Returns
    -------
    str
        The word itself where it is in the vocabulary, is short, has other signs than letters, or nothing is near it.
    """
    if len(word) < SHORTEST or not word.isalpha() or word in often:
        return word
    near = {word[:at] + word[at + 1 :] for at in range(len(word))}
    near |= {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
    near |= {word[:at] + sign + word[at + 1 :] for at in range(len(word)) for sign in ascii_lowercase}
    near |= {word[:at] + sign + word[at:] for at in range(len(word) + 1) for sign in ascii_lowercase}
    found = sorted(near & often.keys(), key=lambda other: (-often[other], other))
    return found[0] if found else word
