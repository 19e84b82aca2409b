"""From text to words: language, sentences, stems. Dutch and English; Frisian takes the Dutch stemmer."""

import re
import threading
import unicodedata
from collections.abc import Collection, Iterator
from functools import cache, lru_cache
from importlib import resources
from typing import Literal, NamedTuple, get_args

import Stemmer

Lang = Literal["nl", "en", "fy"]
LANGS: tuple[Lang, ...] = get_args(Lang)
DEFAULT_LANG: Lang = "nl"
STEMMERS = {"nl": "dutch", "fy": "dutch", "en": "english"}
GUESS_WORDS = 400
"""Words of a text that vote on its language."""

LONGEST_WORD = 64
"""Characters of a word that count: what is longer is no word, and must not cost more than one."""

SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|[\n\r\u2028\u2022\u00b7]+")
WRITTEN_WORD = re.compile(r"\.?[^\W_]+(?:[-./'\u2019&+][^\W_]+)*(?:\+\+|#)?")
PART = re.compile(r"[^\W_]+(?:\+\+|#)?")
TITLE_WORDS = 12
TITLE = re.compile(r"\s*([^\n;]{3,160}?)(?:[.!?]\s+|\n\s*)\S")
HINTS = {
    "en": re.compile(r"(?:ing|tion|ment|ity|ies|ed|ly|th\w*)$"),
    "nl": re.compile(r"ij|aa|oe|sch|(?:en|heid|eren)$"),
}


class Token(NamedTuple):
    """A word as it stands in the text, the form that is compared, and its stem."""

    written: str
    lower: str
    stem: str


@cache
def stop_words(lang: Lang) -> frozenset[str]:
    """Words of a language that say nothing about a place or a skill."""
    return frozenset(word for line in _lines(f"stop_{lang}.txt") for word in line.split())


@cache
def openings() -> tuple[str, ...]:
    """How sentences begin that stand in many vacancies and say nothing about the work."""
    return tuple(_lines("boilerplate.txt"))


def language(text: str, given: str | None = None) -> Lang:
    """
    The language of a text: the given one, else the one whose stop words occur most, else the look of the words.

    Ties, and texts that show nothing, count as Dutch. An unknown `given` ("de") is guessed like None.
    """
    for lang in LANGS:
        if given is not None and given.split("-")[0].lower() == lang:
            return lang
    words = [match.group().lower() for match, _ in zip(WRITTEN_WORD.finditer(text), range(GUESS_WORDS), strict=False)]
    votes = {lang: sum(word in stop_words(lang) for word in words) for lang in LANGS}
    if not any(votes.values()):
        votes = {lang: sum(bool(HINTS[lang].search(word)) for word in words) if lang in HINTS else 0 for lang in LANGS}
    return max(LANGS, key=lambda lang: (votes[lang], lang == DEFAULT_LANG))


def sentences(text: str, lang: str | None = None, *, known: Collection[str] = ()) -> list[list[Token]]:
    """
    Split a text into sentences of words, without stop words and boilerplate.

    Parameters
    ----------
    text : str
    lang : str or None
        Its language; None has it guessed.
    known : collection of str
        Sentences that occur in many texts, as `plain` writes them; they do not count.

    Returns
    -------
    list of list of Token
        A word with a hyphen, slash or dot gives its parts; a code ("S7-1500", "3D-printen", "R&D") also itself.
        A bare number gives a token without stem: it counts only beside its neighbour ("ISO 9001").
    """
    lang_ = language(text, lang)
    read = (words for words in written_sentences(text) if not is_boilerplate(plain(words), known))
    found = [[token for word in words for token in _tokens(word, lang_)] for words in read]
    return [tokens for tokens in found if tokens]


def written_sentences(text: str) -> Iterator[list[str]]:
    """The words of each sentence as written; sentences without a word are left out."""
    for sentence in SENTENCE_END.split(unicodedata.normalize("NFKC", text)):
        if words := WRITTEN_WORD.findall(sentence):
            yield [word[:LONGEST_WORD] for word in words]


def plain(words: Collection[str]) -> str:
    """A sentence in the form in which sentences are compared: lower case, single spaces, no punctuation."""
    return " ".join(words).lower()


def is_boilerplate(sentence: str, known: Collection[str] = ()) -> bool:
    """Whether a plain sentence is one that many texts share."""
    return sentence in known or sentence.startswith(openings())


@lru_cache(maxsize=1 << 16)
def _tokens(written: str, lang: Lang) -> tuple[Token, ...]:
    lower = written.lower().replace("\u2019", "'").removesuffix("'s")
    if lower in stop_words(lang):
        return ()
    if lower == ".net" or PART.fullmatch(lower):
        return (Token(written, lower, stem(lower, lang)),)
    parts = [part for part in PART.findall(lower) if part not in stop_words(lang)]
    tokens = [Token(part, part, stem(part, lang)) for part in parts]
    if len(parts) > 1 and (any(part[0].isdigit() or part[-1].isdigit() or len(part) == 1 for part in parts)):
        whole = "-".join(parts)
        tokens.append(Token(written, whole, whole))
    return tuple(tokens)


def stem(word: str, lang: Lang) -> str:
    """The stem of a word in lower case: empty for a bare number, a code as it is."""
    if word.isdigit():
        return ""
    if not word.isalpha():
        return word
    return str(_stemmer(lang).stemWord(word))


def title(text: str) -> str:
    """The first line or sentence, where it is short, no list, and more follows; else empty."""
    found = TITLE.match(text)
    return found[1] if found and len(found[1].split()) <= TITLE_WORDS else ""


_of_thread = threading.local()


def _stemmer(lang: Lang) -> Stemmer.Stemmer:
    """A stemmer of this thread alone: one object must not serve two threads at a time."""
    stemmers = vars(_of_thread)
    if lang not in stemmers:
        stemmers[lang] = Stemmer.Stemmer(STEMMERS[lang])
    return stemmers[lang]


def _lines(name: str) -> list[str]:
    text = (resources.files("ipf_talent.matching") / "data" / name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
