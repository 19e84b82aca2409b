"""Finding what someone types in short texts: accents and capitals make no difference, and signs mean only themselves."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

MAX_LENGTH = 120
"""Characters of a search that are read; more is no search."""
_MAX_WORDS = 8
_SHORT = 2
_APART = re.compile(r"[\s/(),;:&\-–]+")


def fold(text: str) -> str:
    """The text in lower case without accents: `Fryslân` and `fryslan` become the same, and folding it again changes nothing."""
    while (folded := _folded_once(text)) != text:
        text = folded
    return text


def _folded_once(text: str) -> str:
    # taking a sign apart can bring up capitals (℠ becomes SM), and small letters can bring up accents: hence the loop above
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def words_of(search: str) -> tuple[str, ...]:
    """The words of a search, folded, each once."""
    words = (word for word in _APART.split(fold(search[:MAX_LENGTH])) if word)
    return tuple(dict.fromkeys(words))[:_MAX_WORDS]


def closeness(word: str, text: str) -> int:
    """How well a folded word is found in a folded text: 3 as a whole word, 2 as the start of one, 1 inside one, 0 not."""
    if word not in text:
        return 0
    parts = _APART.split(text)
    if word in parts:
        return 3
    if any(part.startswith(word) for part in parts):
        return 2
    return 1 if len(word) > _SHORT else 0


def relevance(words: Sequence[str], texts: Iterable[tuple[int, str]]) -> int:
    """
    How well texts answer a search; 0 unless every word is found somewhere.

    Args:
        words: from `words_of`.
        texts: pairs of weight and text; a word counts where it is found best.
    """
    folded = [(weight, fold(text)) for weight, text in texts if text]
    found = [max((weight * closeness(word, text) for weight, text in folded), default=0) for word in words]
    return sum(found) if found and all(found) else 0
