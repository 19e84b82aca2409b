"""Whether words that stand apart in a text belong to one phrase: "onderhoud van machines en robots", not "physics or optics"."""

from collections.abc import Collection, Sequence

from ipf_talent.skills.recognition.roots import lines_of_words
from ipf_talent.skills.recognition.tokens import Break, Token
from ipf_talent.skills.recognition.vocabulary import FILLING, JOINING, Phrase

MOST_BETWEEN = 2
"""Words of some meaning that may stand between the words of a phrase; in English, where order tells more, one of any kind."""

PREPOSITIONS = frozenset(lines_of_words("prepositions.txt"))
ENGLISH_PREPOSITIONS = frozenset(["of", "for"])
INFINITIVES = ("en", "je")


def parted(found: Sequence[Token], first: int, last: int) -> bool:
    """Whether a comma or more stands between two places."""
    return any(token.before >= Break.COMMA for token in found[first + 1 : last + 1])


def between(found: Sequence[Token], phrase: Phrase, chosen: Sequence[int], plain: Collection[str]) -> int:
    """How many words of some meaning stand between the chosen ones; "and" counts where the phrase has none."""
    forms = (found[at].form for at in range(min(chosen), max(chosen)) if at not in chosen)
    return sum(not phrase.joins if form in JOINING else form not in FILLING and form not in plain for form in forms)


def belong(found: Sequence[Token], phrase: Phrase, chosen: Sequence[int], plain: Collection[str]) -> bool:
    """Whether words at chosen places, in the order of the phrase, are that phrase."""
    first, last = min(chosen), max(chosen)
    if last - first < len(chosen):
        return not parted(found, first, last)
    if parted(found, first, last) or between(found, phrase, chosen, plain if phrase.lang != "en" else ()) > _most(phrase):
        return False
    forms = {token.form for token in found[first + 1 : last]}
    if phrase.lang == "en":
        return _belong_in_english(phrase, forms, chosen)
    if phrase.joins or forms.isdisjoint(JOINING) or not forms.isdisjoint(PREPOSITIONS):
        return True
    return _in_order(chosen) and found[last].form.endswith(INFINITIVES)


def _most(phrase: Phrase) -> int:
    return 1 if phrase.lang == "en" else MOST_BETWEEN


def _belong_in_english(phrase: Phrase, forms: Collection[str], chosen: Sequence[int]) -> bool:
    if not (_in_order(chosen) or phrase.joins or ENGLISH_PREPOSITIONS.intersection(forms)):
        return False
    return phrase.joins or JOINING.isdisjoint(forms) or bool(ENGLISH_PREPOSITIONS.intersection(forms))


def _in_order(chosen: Sequence[int]) -> bool:
    return list(chosen) == sorted(chosen)
