"""A text as the recogniser reads it: its tokens, and for each the keys by which the taxonomy may know it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from ipf_talent.skills.recognition.compounds import Splitter
from ipf_talent.skills.recognition.roots import LANGS, lines_of_words
from ipf_talent.skills.recognition.tokens import Token, fold
from ipf_talent.skills.recognition.typos import Speller
from ipf_talent.skills.recognition.verbs import separated
from ipf_talent.skills.recognition.vocabulary import Key, Vocabulary, is_filling, key

FEWEST_VOTES = 2
"""Everyday words that a language needs to be held to be that of a text."""

LONG = 8
"""Letters from which on an everyday word may be what a misspelt word of the taxonomy stands for."""

REMEMBERED = 1 << 16
"""Different words whose reading is kept; texts of people repeat the same ones."""


class Ground(IntEnum):
    """On what ground a word counts as one of the taxonomy, weakest first."""

    TYPO = 0
    PART = 1
    ROOT = 2
    SAME = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """A word's keys with their ground; `parts` are the pieces of a compound and their keys."""

    keys: dict[Key, Ground]
    parts: tuple[tuple[str, tuple[Key, ...]], ...] = ()


EMPTY = Reading({})


class Reader:
    """
    Reads words one by one and remembers them.

    Parameters
    ----------
    vocabulary : Vocabulary
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.everyday = {lang: frozenset(fold(word) for word in lines_of_words(f"everyday_{lang}.txt")) for lang in LANGS}
        self._spoken: dict[str, list[str]] = {}
        for lang, words in self.everyday.items():
            for word in words:
                self._spoken.setdefault(word, []).append(lang)
        self.splitter = Splitter(vocabulary)
        self._vocabulary = vocabulary
        self.plain = frozenset().union(*self.everyday.values())
        self._right = self.plain | frozenset(lines_of_words("real_words.txt"))
        self._speller = Speller(form for form in vocabulary.forms if form not in self.plain or len(form) >= LONG)
        self._known: dict[str, Reading] = {}

    def language(self, found: Sequence[Token]) -> str:
        """The language of a text by its everyday words: "nl" (Frisian too), "en", or "" when they do not tell."""
        votes = Counter(lang for token in found for lang in self._spoken.get(token.form, ()))
        dutch, english = max(votes["nl"], votes["fy"]), votes["en"]
        if max(dutch, english) < FEWEST_VOTES or dutch == english:
            return ""
        return "nl" if dutch > english else "en"

    def read_all(self, found: Sequence[Token]) -> list[Reading]:
        """What the taxonomy may know each token of a text by; verbs that stand apart from their first part count as one."""
        readings = [EMPTY if is_filling(token) else self.read(token.form) for token in found]
        for place, verb in separated(found):
            if (one := key(verb, "nl")) in self._vocabulary.keys:
                known = readings[place]
                readings[place] = Reading({**known.keys, one: Ground.ROOT}, known.parts)
        return readings

    def read(self, form: str) -> Reading:
        """What the taxonomy may know a folded word by."""
        if (known := self._known.get(form)) is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            known = self._known[form] = self._read(form)
        return known

    def _read(self, form: str) -> Reading:
        keys = self._whole(form)
        if Ground.SAME in keys.values():
            return Reading(keys)
        parts = tuple((part, self._keys_of_part(part)) for part in self.splitter.split(form))
        for _, of_part in parts:
            for one in of_part:
                keys.setdefault(one, Ground.PART)
        if not keys and form not in self._right and (meant := self._speller.meant(form)):
            return Reading(dict.fromkeys((one for word in meant for one in self._whole(word)), Ground.TYPO))
        return Reading(keys, parts)

    def _whole(self, form: str) -> dict[Key, Ground]:
        keys = {}
        languages = self._vocabulary.forms.get(form, ())
        for lang in LANGS:
            for variant in _variants(form, lang):
                if (one := key(variant, lang)) in self._vocabulary.keys:
                    keys[one] = Ground.SAME if lang in languages else Ground.ROOT
                    break
        return keys

    def _keys_of_part(self, part: str) -> tuple[Key, ...]:
        if self.splitter.is_head(part) and part not in self._vocabulary.forms:
            return ()
        return tuple(self._whole(part))


def _variants(form: str, lang: str) -> list[str]:
    """A form, and what it may be an ending of: "robots", "programmeert", "ROS2"."""
    variants = [form]
    if lang != "en" and len(form) > 4 and form[-1] in "st" and form[-2] != form[-1]:
        variants.append(form[:-1])
    if form[-1].isdigit() and len(letters := form.rstrip("0123456789")) > 2:
        variants.append(letters)
    return variants
