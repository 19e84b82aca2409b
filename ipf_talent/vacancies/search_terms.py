"""The nouns of a search: what can be found and what was, what words are called in an index, which say nothing. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ipf_talent.skills.recognition.roots import root

LANGS = ("nl", "fy", "en")
NUMBER = re.compile(r"\d{1,2}")
_SILENT = {
    "nl": "de het een en of in op te van voor met bij naar aan om als is ik we wij je jij u mijn wil wel wat die dat dit er",
    "fy": "de it in en of op te fan foar mei by nei oan om as is ik wy jo do dy dat dit der",
    "en": "a an the and or of in on to for with at by from as is it i we you my that this there",
}
_ASKING = "zoek zoeken vind vinden graag iets plek plekken plak plakken want looking look find place places near"
SILENT_IN = {lang: frozenset(words.split()) for lang, words in _SILENT.items()}
"""Words that say nothing in a text of a language."""
SILENT = (SILENT_IN["nl"] | SILENT_IN["en"] | frozenset(_ASKING.split()) | {"fan", "foar", "mei", "nei", "wol"}) - {"as"}
"""Words that say nothing in a search, unless there is no other; "as" is an axle in Dutch."""
AGENT = re.compile(r"(.{2,}?)(ster|aar|eur|ist|er|or)s?")
"""Ends of words for who does something: "bakker" is no form of "bak", "lasser" is one of "lassen"."""


class Text(NamedTuple):
    """A text of a place, its language (empty for names), and how much a word in it counts."""

    text: str
    lang: str
    weight: float


@dataclass(frozen=True)
class Sheet:
    """What of a place can be found: its texts, and the slugs of its skills."""

    number: int
    texts: Sequence[Text]
    skills: Sequence[str] = ()


@dataclass(frozen=True)
class Found:
    """
    What a search gave.

    Attributes:
        scores: by number of the place; the higher the better. None where nothing was asked, so that everything answers.
        instead: pairs of a misspelt word and what was looked for.
        also: slugs of skills whose other names were looked for too.
        missing: words that are in no place.
        meant: words that look like one that is missing.
    """

    scores: Mapping[int, float] | None
    instead: tuple[tuple[str, str], ...] = ()
    also: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    meant: tuple[tuple[str, str], ...] = ()


EVERYTHING = Found(None)


def key_of(form: str, lang: str) -> str:
    """The name of a word in an index: its root in a language, or the form itself where none is known."""
    return f"{lang}:{root(form, lang)}" if lang else f"={form}"


def keys_of(form: str, lang: str) -> list[str]:
    """All names of a word: the form, and its root."""
    return [f"={form}", key_of(form, lang)] if lang else [f"={form}"]


def pairs_of(first: str, second: str, lang: str) -> list[str]:
    """The names of two words side by side."""
    return [f"={first}|={second}", *([f"{key_of(first, lang)}|{key_of(second, lang)}"] if lang else [])]


def any_of(one: Mapping[int, float], other: Mapping[int, float]) -> dict[int, float]:
    """What is in one or the other, with the higher weight."""
    return {number: max(one.get(number, 0.0), other.get(number, 0.0)) for number in {**one, **other}}


def all_of(parts: Sequence[Mapping[int, float]]) -> dict[int, float]:
    """What is in every part, with the weights added."""
    if not parts:
        return {}
    numbers = set(parts[0]).intersection(*parts[1:])
    return {number: sum(part[number] for part in parts) for number in numbers}


def merged(count: int, joined: Iterable[set[int]]) -> list[list[int]]:
    """The numbers below `count`, those that are joined in one group, in their order."""
    groups = [{n} for n in range(count)]
    for together in joined:
        touched = [group for group in groups if group & together]
        groups = [group for group in groups if not group & together] + [set().union(*touched)]
    return sorted((sorted(group) for group in groups), key=lambda group: group[0])
