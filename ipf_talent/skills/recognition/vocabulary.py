"""The words of a taxonomy, made ready to be found: phrases by their rarest root, and all roots and spellings that it knows."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ipf_talent.skills.recognition.roots import lines_of_words, root
from ipf_talent.skills.recognition.tokens import Token, tokens
from ipf_talent.skills.taxonomy import Taxonomy

ASIDE = re.compile(r"\s*\([^)]*\)")
FILLING = frozenset(lines_of_words("filling.txt"))
"""Words that say nothing within a label; they may be missing or others in a text."""

JOINING = frozenset(["en", "of", "and", "or", "ek"])
"""Words between the items of a list."""

Key = str
"""A root with its language: "nl:las"."""


def key(form: str, lang: str) -> Key:
    """The key of a folded word."""
    return f"{lang}:{root(form, lang)}"


@dataclass(frozen=True, slots=True)
class Phrase:
    """
    A label or synonym of a skill as it is looked for.

    Attributes:
        forms: its words as folded, `keys` their roots.
        ordered: its words must stand in this order with nothing between ("ISO 9001").
        acronym: it is one word in capitals ("MAG").
        proper: it begins with a capital ("Rust").
        joins: its text has an "and" in it.
        pair: it is two things, each of which may be a skill ("draaien en frezen").
    """

    slug: str
    lang: str
    forms: tuple[str, ...]
    keys: tuple[Key, ...]
    ordered: bool
    acronym: bool
    proper: bool
    joins: bool
    pair: bool
    is_label: bool


@dataclass
class Vocabulary:
    """What a taxonomy says, by root and by spelling."""

    single: dict[Key, list[Phrase]] = field(default_factory=lambda: defaultdict(list))
    several: dict[Key, list[Phrase]] = field(default_factory=lambda: defaultdict(list))
    """Phrases of several words, under their rarest root."""
    joined: dict[str, list[Phrase]] = field(default_factory=lambda: defaultdict(list))
    """Phrases by their words written as one, for "Auto-CAD" and "NEN3140"."""
    forms: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Every spelling, with the languages it occurs in."""
    keys: set[Key] = field(default_factory=set)
    letters: dict[str, Phrase] = field(default_factory=dict)
    """Skills that are called by one capital letter, by that letter."""
    fields: dict[str, str] = field(default_factory=dict)
    """The field of every skill."""

    @classmethod
    def of(cls, taxonomy: Taxonomy) -> "Vocabulary":
        """Read all labels and synonyms."""
        vocabulary = cls()
        phrases = list(dict.fromkeys(_phrases(taxonomy)))
        often = Counter(one for phrase in phrases for one in set(phrase.keys))
        for phrase in phrases:
            vocabulary._add(phrase, often)
        for concept in taxonomy.concepts.values():
            vocabulary.fields[concept.slug] = concept.field
            if len(letter := ASIDE.sub("", concept.label_en)) == 1:
                vocabulary.letters[letter] = _phrase(concept.slug, "en", tokens(letter), joins=False, is_label=True)
        return vocabulary

    def _add(self, phrase: Phrase, often: Counter[Key]) -> None:
        self.keys.update(phrase.keys)
        for form in phrase.forms:
            self.forms[form].add(phrase.lang)
        if len(phrase.forms) == 1:
            self.single[phrase.keys[0]].append(phrase)
            self.joined[phrase.forms[0]].append(phrase)
            return
        self.several[min(phrase.keys, key=lambda one: (often[one], one))].append(phrase)
        if len(phrase.forms) == 2:
            self.joined["".join(phrase.forms)].append(phrase)


def is_filling(token: Token) -> bool:
    """Whether a token says nothing within a label; "IT" in capitals does."""
    return token.form in FILLING and not (len(token.written) > 1 and token.written.isupper())


def _phrases(taxonomy: Taxonomy) -> Iterator[Phrase]:
    for concept in taxonomy.concepts.values():
        for lang, text in concept.words():
            found = [token for token in tokens(ASIDE.sub("", text) or text) if not is_filling(token)]
            if found and (len(found) > 1 or len(found[0].form) > 1):
                joins = not JOINING.isdisjoint(text.split())
                yield _phrase(concept.slug, lang, found, joins=joins, is_label=text == getattr(concept, f"label_{lang}"))


def _phrase(slug: str, lang: str, found: Sequence[Token], *, joins: bool, is_label: bool) -> Phrase:
    forms = tuple(token.form for token in found)
    acronym = len(found) == 1 and found[0].written.isupper()
    keys = tuple(key(form, lang) for form in forms)
    proper = found[0].written[0].isupper()
    return Phrase(slug, lang, forms, keys, _is_code(forms), acronym, proper, joins, joins and len(forms) == 2, is_label)


def _is_code(forms: Iterable[str]) -> bool:
    return any(len(form) == 1 or form.isdigit() for form in forms)
