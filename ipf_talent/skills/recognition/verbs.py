"""Dutch verbs that stand apart from their first part: "stelt testplannen op", "om kasten aan te sluiten"."""

from collections.abc import Iterator, Sequence

from ipf_talent.skills.recognition.roots import lines_of_words
from ipf_talent.skills.recognition.tokens import Break, Token

FIRST_PARTS = frozenset(lines_of_words("first_parts.txt"))
FARTHEST = 8
"""Tokens between a verb and its first part."""


def separated(found: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """The places of words that may be such verbs, with the verb as one word; most of those words do not exist."""
    for place, token in enumerate(found):
        if token.form not in FIRST_PARTS:
            continue
        if place + 2 < len(found) and found[place + 1].form in ("te", "to") and not _parted(found, place, place + 2):
            yield place + 2, token.form + found[place + 2].form
        for before in range(place - 1, max(-1, place - 1 - FARTHEST), -1):
            if _parted(found, before, place):
                break
            yield before, token.form + found[before].form


def _parted(found: Sequence[Token], first: int, last: int) -> bool:
    return found[first + 1].before >= Break.COMMA or found[last].before >= Break.COMMA
