"""From text to tokens: words and codes with their place, and how strongly each is parted from the one before."""

import re
import unicodedata
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

LONGEST = 64
"""Characters of a word that count."""

TOKEN = re.compile(
    r"""(?<!\w)\.net\b                                # .NET
      | [a-z](?:\+\+|\#)(?!\w)                        # C++, C#
      | \w{1,3}&\w{1,3}(?!\w)                         # GD&T
      | [^\W_]+(?:['\u2019](?:s|en|er|je)\b)?         # words and codes; PLC's
    """,
    re.IGNORECASE | re.VERBOSE,
)
POSSESSIVE = re.compile(r"['\u2019](?:s|en|er|je)$", re.IGNORECASE)
BULLET = re.compile(r"\n\s*(?:[-*\u2022\u00b7\u2013]|\d+[.)])\s|\n\s*\n|[\u2022\u00b7\u2028]")
STOP = re.compile(r"[.!?](?:\s|$)|[.!?]\s*$")
_FOLDED = {"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "đ": "d", "ł": "l"}


class Break(IntEnum):
    """What stands between two tokens."""

    NONE = 0
    """White space, a hyphen or a slash."""
    LINE = 1
    """The end of a line that may be a wrapped one."""
    COMMA = 2
    """The next item, or a part of a sentence."""
    SENTENCE = 3
    """Another sentence, or another item below it."""


class Token(NamedTuple):
    """A word at its place; `form` is folded: lower case, no accents, no possessive."""

    start: int
    end: int
    written: str
    form: str
    before: Break
    glued: bool
    """Nothing but a hyphen or slash, or nothing at all, parts it from the token before."""


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """Lower case without accents: "Vacuüm" and "vacuum" are one word."""
    plain = unicodedata.normalize("NFD", word.casefold())
    return "".join(_FOLDED.get(sign, sign) for sign in plain if not unicodedata.combining(sign))


def tokens(text: str) -> list[Token]:
    """The tokens of a text, in their order; places count in the text as given."""
    found: list[Token] = []
    end = 0
    for match in TOKEN.finditer(text):
        written = match.group()
        between = text[end : match.start()]
        form = fold((POSSESSIVE.sub("", written) if len(written) > 2 and not written.isalpha() else written)[:LONGEST])
        parting = _parting(between) if found else Break.SENTENCE
        found.append(Token(match.start(), match.end(), written, form, parting, between in ("", "-", "/", "&", ".") and bool(found)))
        end = match.end()
    return found


def _parting(between: str) -> Break:
    if between in (" ", "", "-"):
        return Break.NONE
    if BULLET.search(between) or STOP.search(between):
        return Break.SENTENCE
    if any(sign in between for sign in ",;:|()[]\t\u2013\u2014") or " - " in between:
        return Break.COMMA
    return Break.LINE if "\n" in between else Break.NONE
