"""Full text over places, in memory: every word that was asked must be there, in any form, as a synonym, or misspelt a little.

Pure: texts in, numbers of places with their scores out, and what was made of the words, so that a page can say it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import log

from rapidfuzz import fuzz, process

from ipf_talent.skills.recognition import Recogniser
from ipf_talent.skills.recognition.compounds import Splitter
from ipf_talent.skills.recognition.tokens import Break, Token, tokens
from ipf_talent.skills.recognition.typos import Speller
from ipf_talent.skills.recognition.vocabulary import Vocabulary
from ipf_talent.skills.taxonomy import Concept, Taxonomy
from ipf_talent.vacancies.search_terms import (
    AGENT,
    EVERYTHING,
    LANGS,
    NUMBER,
    SILENT,
    SILENT_IN,
    Found,
    Sheet,
    Text,
    all_of,
    any_of,
    key_of,
    keys_of,
    merged,
    pairs_of,
)

LONGEST = 120
"""Characters of a search that are read; more is no search."""
MOST_WORDS = 8
PART = 0.5
"""What a part of a compound counts, against the word itself: "robot" in "lasrobot"."""
BEGUN = 0.6
"""What a word counts that only begins as was typed."""
SYNONYM = 0.8
"""What another word for the same skill counts."""
SHORTEST_BEGUN = 5
"""Letters from which on a word that occurs nowhere may be the beginning of one."""
SHORTEST_NEAR, NEAR, MOST_NEAR = 4, 78, 3
SKILL_WEIGHT = 3.0


@dataclass
class _Asked:
    """A search as it is being read."""

    instead: list[tuple[str, str]] = field(default_factory=list)
    also: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    meant: list[tuple[str, str]] = field(default_factory=list)


class Index:
    """
    Places by their words; sheets can be put in and taken out one by one.

    Parameters
    ----------
    taxonomy : Taxonomy
    recogniser : Recogniser
        Of the same taxonomy.
    """

    def __init__(self, taxonomy: Taxonomy, recogniser: Recogniser) -> None:
        self._taxonomy, self._recogniser = taxonomy, recogniser
        vocabulary = Vocabulary.of(taxonomy)
        self._splitter, self._known, self._spelled = Splitter(vocabulary), vocabulary.keys, vocabulary.forms
        self._postings: dict[str, dict[int, float]] = defaultdict(dict)
        self._forms: Counter[str] = Counter()
        self._sheets: dict[int, tuple[frozenset[str], frozenset[str]]] = {}
        self._written: dict[int, str] = {}
        self._parts: dict[str, tuple[str, ...]] = {}
        self._speller: Speller | None = None

    def __len__(self) -> int:
        return len(self._sheets)

    def put(self, sheet: Sheet) -> None:
        """Take a sheet up, in the place of the one with its number."""
        self.drop(sheet.number)
        weights: dict[str, float] = {f"#{slug}": SKILL_WEIGHT for slug in sheet.skills}
        forms: set[str] = set()
        for text in sheet.texts:
            for key, weight in self._keys_of(text, forms):
                weights[key] = max(weights.get(key, 0.0), weight)
        for key, weight in weights.items():
            self._postings[key][sheet.number] = weight
        self._forms.update(forms)
        self._sheets[sheet.number] = (frozenset(weights), frozenset(forms))
        self._written[sheet.number] = "\n".join(text.text for text in sheet.texts)
        self._speller = None

    def drop(self, number: int) -> None:
        """Forget a sheet."""
        self._written.pop(number, None)
        keys, forms = self._sheets.pop(number, (frozenset(), frozenset()))
        for key in keys:
            del self._postings[key][number]
            if not self._postings[key]:
                del self._postings[key]
        self._forms.subtract(forms)
        for form in forms:
            if not self._forms[form]:
                del self._forms[form]
        self._speller = None

    def find(self, q: str) -> Found:
        """The places that hold every word of a search."""
        found = [token for token in tokens(q[:LONGEST]) if token.form][: MOST_WORDS * 2]
        said = [token for token in found if token.form not in SILENT] or found
        if not said:
            return self._signs(q.strip(" ,;\t\n"))
        asked = _Asked()
        groups = [self._group(group, asked) for group in self._groups(said[:MOST_WORDS], q)]
        scores = all_of(groups)
        return Found(scores, *(tuple(dict.fromkeys(getattr(asked, name))) for name in ("instead", "also", "missing", "meant")))

    def _signs(self, q: str) -> Found:
        """A search without any letter or digit means the signs themselves."""
        if not q:
            return EVERYTHING
        scores = {number: 1.0 for number, written in self._written.items() if q in written}
        return Found(scores, missing=() if scores else (q,))

    def _keys_of(self, text: Text, forms: set[str]) -> Iterator[tuple[str, float]]:
        before: Token | None = None
        for token in tokens(text.text):
            forms.add(token.form)
            if token.form not in SILENT_IN.get(text.lang, ()):
                for key in keys_of(token.form, text.lang):
                    yield key, text.weight
            for part in self._split(token.form):
                for key in keys_of(part, text.lang or "nl"):
                    yield key, text.weight * PART
            if before is not None and token.before < Break.COMMA:
                for key in pairs_of(before.form, token.form, text.lang):
                    yield key, text.weight
            before = token

    def _split(self, form: str) -> tuple[str, ...]:
        if form not in self._parts:
            self._parts[form] = self._splitter.split(form)
        return self._parts[form]

    def _groups(self, said: Sequence[Token], q: str) -> list[tuple[list[Token], list[tuple[Concept, float]]]]:
        """Words that one skill is known by stand together, and a bare number with the word before it."""
        concepts = self._taxonomy.concepts
        spans = [(one, {n for n, word in enumerate(said) if any(a <= word.start < b for a, b in one.spans)})
                 for one in self._recogniser.find(q[:LONGEST])]  # fmt: skip
        joined = [covered for _one, covered in spans if len(covered) > 1 and max(covered) - min(covered) == len(covered) - 1]
        joined += [{n - 1, n} for n in range(1, len(said)) if NUMBER.fullmatch(said[n].form)]
        groups = merged(len(said), joined)
        return [([said[n] for n in group], [(concepts[one.slug], one.certainty) for one, covered in spans
                 if covered and set(group) == covered and one.slug in concepts]) for group in groups]  # fmt: skip

    def _group(self, group: tuple[list[Token], list[tuple[Concept, float]]], asked: _Asked) -> dict[int, float]:
        words, known = group
        own = self._phrase(words) if known and len(words) > 1 else self._together(words)
        by_skill: dict[int, float] = {}
        for concept, _certainty in known:
            by_skill = any_of(by_skill, self._with_skill(concept))
        if by_skill.keys() - own.keys():
            self._tell(words, known, own, asked)
        found = any_of(own, {number: weight * SYNONYM for number, weight in by_skill.items()})
        return self._scored(found or self._together(words) or self._word_by_word(words, asked))

    def _tell(self, words: list[Token], known: list[tuple[Concept, float]], own: Mapping[int, float], asked: _Asked) -> None:
        """Say which skill was looked for: as another name of what was typed, or as what a misspelt word stands for."""
        written = " ".join(word.written for word in words)
        if own or max(certainty for _concept, certainty in known) >= SYNONYM:
            asked.also += [concept.slug for concept, _certainty in known if self._with_skill(concept).keys() - own.keys()]
        else:
            names = sorted({name for lang, name in known[0][0].words() if lang != "fy"})
            asked.instead.append((written, max(names, key=lambda name: fuzz.ratio(written.lower(), name.lower()))))

    def _together(self, words: Sequence[Token]) -> dict[int, float]:
        """Every word by itself; a bare number only right behind the word that it belongs to."""
        parts = [
            self._weights([f"={before.form}|={word.form}"])
            if before is not None and NUMBER.fullmatch(word.form)
            else self._word(word.form)
            for before, word in zip([None, *words], words, strict=False)
        ]
        return {number: weight / len(parts) for number, weight in all_of(parts).items()}

    def _phrase(self, words: Sequence[Token]) -> dict[int, float]:
        """The words side by side, in any form."""
        pairs = [[key for lang in LANGS for key in pairs_of(a.form, b.form, lang)] for a, b in pairwise(words)]
        return {number: weight / len(pairs) for number, weight in all_of([self._weights(keys) for keys in pairs]).items()}

    def _word(self, form: str) -> dict[int, float]:
        found = self._weights(self._forms_of(form))
        if not found and (pieces := self._split(form)):
            found = all_of([self._weights(self._forms_of(piece)) for piece in pieces])
            found = {number: weight / len(pieces) for number, weight in found.items()}
        return found

    def _forms_of(self, form: str, langs: Sequence[str] = LANGS) -> list[str]:
        """The keys of a word that is looked for; who does something is a form of the deed only where such a deed is known."""
        agent = AGENT.fullmatch(form)
        if agent is None:
            return [f"={form}", *(key_of(form, lang) for lang in langs)]
        roots = [key_of(form, lang) for lang in langs if self._does(agent[1], agent[2], lang)]
        return [f"={form}", f"={form}s", f"={form.removesuffix('s')}", *roots]

    def _does(self, stem: str, end: str, lang: str) -> bool:
        """Whether "lasser" comes of "lassen": else "laser" would be one too, and "bakker" a form of "bak"."""
        if end == "eur":
            return key_of(stem + end, lang) in self._known
        if lang == "en":
            return any("en" in self._spelled.get(deed, ()) for deed in (f"{stem}ing", f"{stem}e", stem))
        return f"{stem}en" in self._spelled or f"{stem}en" in self._forms

    def _with_skill(self, concept: Concept) -> dict[int, float]:
        """Places that ask a skill, or name it by any of its names."""
        found = self._weights([f"#{concept.slug}"])
        for lang, name in concept.words():
            forms = [token.form for token in tokens(name)]
            if len(forms) == 1:
                found = any_of(found, self._weights(self._forms_of(forms[0], (lang,))))
            elif forms:
                found = any_of(found, all_of([self._weights([f"{key_of(a, lang)}|{key_of(b, lang)}"]) for a, b in pairwise(forms)]))
        return found

    def _word_by_word(self, words: Sequence[Token], asked: _Asked) -> dict[int, float]:
        """What is left when the words as typed are nowhere: a beginning, or another spelling; a number has neither."""
        if any(NUMBER.fullmatch(word.form) for word in words):
            return self._nothing(words, asked)
        return all_of([self._word(word.form) or self._near(word, asked) for word in words])

    def _nothing(self, words: Sequence[Token], asked: _Asked) -> dict[int, float]:
        asked.missing.append(" ".join(word.written for word in words))
        return {}

    def _near(self, word: Token, asked: _Asked) -> dict[int, float]:
        if len(word.form) >= SHORTEST_BEGUN:
            begun = [f"={form}" for form in self._forms if form.startswith(word.form)]
            if begun:
                return {number: weight * BEGUN for number, weight in self._weights(begun).items()}
        if word.form in self._spelled:
            return self._nothing([word], asked)
        if self._speller is None:
            self._speller = Speller(self._forms)
        if meant := self._speller.meant(word.form):
            asked.instead.append((word.written, meant[0]))
            found: dict[int, float] = {}
            for form in meant:
                found = any_of(found, self._word(form))
            return found
        asked.meant += [(word.written, form) for form in self._like(word.form)]
        return self._nothing([word], asked)

    def _like(self, form: str) -> list[str]:
        if len(form) < SHORTEST_NEAR or not form.isalpha():
            return []
        known = sorted(other for other in self._forms if len(other) >= SHORTEST_NEAR and other.isalpha())
        near = process.extract(form, known, scorer=fuzz.ratio, score_cutoff=NEAR, limit=MOST_NEAR)
        return [other for other, _likeness, _place in near if other[0] == form[0]]

    def _weights(self, keys: Iterable[str]) -> dict[int, float]:
        """What any of these keys counts at most in each place that has one."""
        weights: dict[int, float] = {}
        for key in keys:
            for number, weight in self._postings.get(key, {}).items():
                weights[number] = max(weights.get(number, 0.0), weight)
        return weights

    def _scored(self, weights: Mapping[int, float]) -> dict[int, float]:
        """A rare word counts more than one that is everywhere."""
        rarity = log(1 + (len(self._sheets) + 0.5) / (len(weights) + 0.5))
        return {number: weight * rarity for number, weight in weights.items()}
