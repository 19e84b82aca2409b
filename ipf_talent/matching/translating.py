"""Words by their translations, so that a Dutch student meets an English text: learnt from names of the same skill."""

from collections.abc import Mapping

from ipf_talent.matching.engine.analysis import Lang, stem
from ipf_talent.matching.engine.compounds import parts
from ipf_talent.skills.lexicon import Lexicon


def translated(counts: Mapping[str, float], lang: Lang, lexicon: Lexicon, weight: float = 1.0) -> dict[str, float]:
    """
    Stems in the other language for stems in this one.

    A compound that has no translation is taken apart first. Where two words have the same one, the likelier counts.

    Args:
        counts: how often each stem counts.
        weight: what a translation that is sure counts beside the word itself.
    """
    words = lexicon.words.get("en" if lang == "en" else "nl", {})
    found: dict[str, float] = {}
    for word, count in counts.items():
        for own in [word] if word in words or lang == "en" else _apart(word, lang, words):
            for other, chance in words.get(own, {}).items():
                found[other] = max(found.get(other, 0.0), count * chance * weight)
    return found


def _apart(word: str, lang: Lang, words: Mapping[str, object]) -> list[str]:
    return [stem(part, lang) for part in parts(word, lambda part: int(stem(part, lang) in words))]
