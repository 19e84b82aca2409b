"""The root of a word: one form for "programmeren", "programmeur" and "geprogrammeerd", and likewise in Frisian and English."""

import re
import threading
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources

import Stemmer

LANGS = ("nl", "fy", "en")
SHORTEST = 4
"""Letters below which a word is its own root: what looks like an ending is not one."""

KEPT = "="
"""Before a word in the lists of irregular forms: it is its own root, and no ending is taken off."""

STEMMERS = {"nl": "dutch", "en": "english"}
DOUBLED = re.compile(r"(.)\1")
DUTCH_ENDS = re.compile(r"(?<=...)(?:ateur|atie|eur|eer|er|aar|ag)$")
DUTCH_AGENT = re.compile(r"(?<=....)(?:er|aar)$")
FRISIAN_ENDS = re.compile(r"(?<=...)(?:earring|aasje|earje|arje|je|jen|ing|en|e|er|s)$")
ENGLISH_ENDS = re.compile(r"(?<=....)(?:er|ist|or)$")

_of_thread = threading.local()


@lru_cache(maxsize=1 << 16)
def root(form: str, lang: str) -> str:
    """
    The root of a folded word in a language.

    Words that hold a digit or sign are their own root. Roots of two languages are not to be compared.
    """
    known = irregular(lang).get(form, form)
    if (not known.isalpha() and not known.startswith(KEPT)) or len(known) < SHORTEST:
        return known
    return known.removeprefix(KEPT) if known.startswith(KEPT) else _ROOTS[lang](known)


def collapse(word: str) -> str:
    """Each doubled letter once, by which "lassen" and "lasen" are the same."""
    return DOUBLED.sub(r"\1", word)


@cache
def irregular(lang: str) -> Mapping[str, str]:
    """Forms that no rule brings back to their word: "ontworpen" to "ontwerpen"."""
    return dict(pair for words in lines(f"irregular_{lang}.txt") for pair in _pairs(words.split()))


def lines(name: str) -> list[str]:
    """The lines of a data file of skills, without comments."""
    text = (resources.files("ipf_talent.skills") / "data" / "recognition" / name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def lines_of_words(name: str) -> list[str]:
    """The words of a data file, whatever line they stand on."""
    return [word for line in lines(name) for word in line.split()]


def _pairs(words: list[str]) -> list[tuple[str, str]]:
    kept = [words[0].removeprefix(KEPT)] if words[0].startswith(KEPT) else []
    return [(form, words[0]) for form in (*kept, *words[1:])]


def _dutch(form: str) -> str:
    stem = _stemmer("nl").stemWord(form)
    stem = DUTCH_ENDS.sub("", stem) if stem.endswith(("ateur", "atie", "eur", "eer", "ag")) else DUTCH_AGENT.sub("", stem)
    return _voiceless(collapse(stem))


def _frisian(form: str) -> str:
    return _voiceless(collapse(FRISIAN_ENDS.sub("", form.replace("ige", "ich") if form.endswith("ige") else form)))


def _english(form: str) -> str:
    british = form.replace("yz", "ys").replace("iz", "is") if "z" in form[3:] else form
    british = british.replace("mold", "mould").replace("color", "colour").replace("fiber", "fibre")
    return collapse(ENGLISH_ENDS.sub("", _stemmer("en").stemWord(british)))


def _voiceless(stem: str) -> str:
    return stem[:-1] + {"z": "s", "v": "f"}.get(stem[-1], stem[-1])


_ROOTS = {"nl": _dutch, "fy": _frisian, "en": _english}


def _stemmer(lang: str) -> Stemmer.Stemmer:
    """A stemmer of this thread alone: one object must not serve two threads at a time."""
    stemmers = vars(_of_thread)
    if lang not in stemmers:
        stemmers[lang] = Stemmer.Stemmer(STEMMERS[lang])
    return stemmers[lang]
