"""
Places and students made from a seed and our own taxonomy, as many as asked for.

The text is no sense, but its words behave: everyday words and invented ones with Zipf's frequencies, words that one family of
occupations uses more than others, and the labels and synonyms of the skills that an occupation asks for. A place has about 120
words, a student about 45 different ones. The first n places of a seed are the same however many are made.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from random import Random

from ipf_talent.matching.engine import Document, Query
from ipf_talent.skills.files import Subset, read_subset

LANGUAGES = ("nl", "en")
EVERYDAY = {
    "nl": "de en een van het je in met voor is wij aan op te bij die ook werk dat als zijn naar team uit om jij onze niet",
    "en": "the and a of to you in with for is we on are our at that your as work will be team from by this have or an not",
}
"""The most frequent words, the most frequent first."""

INVENTED = 6_000
"""Invented words in each language."""

ZIPF_SHIFT, ZIPF_POWER = 35.0, 1.1
"""
A word of rank r, from 0, is drawn in proportion to 1 / (r + shift) to the power (Mandelbrot's form of Zipf's law).

With these the words of a student stand in 2.1 places for each place of the corpus.
"""

TOPIC_WORDS, TOPIC_SHARE = 80, 0.2
"""Words that a family uses more than others, and the share of its prose that is drawn from them."""

PLACE_WORDS = (105, 135)
STUDENT_TERMS = (40, 50)
SENTENCE = 11
"""Words or names of skills in a sentence."""


@dataclass(frozen=True, slots=True)
class Prose:
    """Words in the order of their frequency, and the sums of their weights for drawing."""

    words: Sequence[str]
    sums: Sequence[float]

    def draw(self, random: Random, n: int) -> list[str]:
        """Draw n words, frequent ones more often."""
        return random.choices(self.words, cum_weights=self.sums, k=n)


@dataclass(frozen=True, slots=True)
class Occupation:
    """What places of an occupation, and students who head for it, draw from; texts by language."""

    titles: Mapping[str, Sequence[str]]
    essential: Sequence[str]
    optional: Sequence[str]
    topic: Mapping[str, Prose]


@dataclass(frozen=True, slots=True)
class World:
    """All that texts of one seed are made of."""

    occupations: Sequence[Occupation]
    names: Mapping[str, Mapping[str, Sequence[str]]]
    prose: Mapping[str, Prose]

    def say(self, random: Random, lang: str, occupation: Occupation, n: int) -> list[str]:
        """Draw n words of prose, a part of them from what the family of the occupation talks about."""
        topical = sum(random.random() < TOPIC_SHARE for _ in range(n))
        return self.prose[lang].draw(random, n - topical) + occupation.topic[lang].draw(random, topical)

    def place(self, random: Random, id: str) -> Document:
        """Make a place that asks some skills of one occupation."""
        lang, occupation = random.choice(LANGUAGES), random.choice(self.occupations)
        musts = _some(random, occupation.essential, 2, 6)
        wanted = _some(random, [slug for slug in (*occupation.essential, *occupation.optional) if slug not in musts], 2, 6)
        title = random.choice(occupation.titles[lang])
        named = [random.choice(self.names[lang][slug]) for slug in (*musts, *wanted)]
        left = random.randint(*PLACE_WORDS) - sum(len(one.split()) for one in (title, *named))
        text = _sentences(random, [*named, *self.say(random, lang, occupation, left)])
        return Document(id, f"{title}\n{text}", musts, wanted, lang)

    def student(self, random: Random) -> Query:
        """Make a student who has skills of one occupation, and one of another, and writes until the terms are as many as wanted."""
        lang, occupation = random.choice(LANGUAGES), random.choice(self.occupations)
        skills = _some(random, [*occupation.essential, *occupation.optional], 4, 8)
        skills = list(dict.fromkeys([*skills, random.choice(random.choice(self.occupations).essential)]))
        said = [random.choice(self.names[lang][slug]) for slug in skills]
        terms = {word.casefold() for name in said for word in name.split()}
        wanted = random.randint(*STUDENT_TERMS)
        while len(terms) < wanted:
            (word,) = self.say(random, lang, occupation, 1)
            said.append(word)
            terms.add(word)
        return Query(_sentences(random, said), skills, lang)


def places(n: int, seed: int = 0) -> list[Document]:
    """Make n places, with different ids and texts."""
    random, world = Random(f"{seed} places"), _world(seed)
    return [world.place(random, f"place-{number:07d}") for number in range(n)]


def students(n: int, seed: int = 0) -> list[Query]:
    """Make n students."""
    random, world = Random(f"{seed} students"), _world(seed)
    return [world.student(random) for _ in range(n)]


@cache
def _world(seed: int) -> World:
    subset = read_subset()
    random = Random(f"{seed} words")
    prose = {lang: _prose([*EVERYDAY[lang].split(), *_invented(random, subset, lang)]) for lang in LANGUAGES}
    names = {lang: {row["slug"]: (row[f"label_{lang}"], *row[f"alt_{lang}"]) for row in subset.skills} for lang in LANGUAGES}
    return World(_occupations(random, subset, prose), names, prose)


def _prose(words: Sequence[str]) -> Prose:
    return Prose(words, list(accumulate((rank + ZIPF_SHIFT) ** -ZIPF_POWER for rank in range(len(words)))))


def _invented(random: Random, subset: Subset, lang: str) -> list[str]:
    """New words with beginnings and endings that the language has: both are cut from labels, so stems and letters are lifelike."""
    known = sorted(
        {word for row in subset.skills for word in row[f"label_{lang}"].casefold().split() if word.isalpha() and len(word) > 6}
    )
    made: dict[str, None] = {}
    while len(made) < INVENTED:
        made[random.choice(known)[: random.randint(2, 4)] + random.choice(known)[-random.randint(3, 6) :]] = None
    return list(made)


def _occupations(random: Random, subset: Subset, prose: Mapping[str, Prose]) -> list[Occupation]:
    """Occupations with what they ask; those with one beginning of the ISCO code are one family and share its topic."""
    asked: dict[tuple[str, str], list[str]] = {}
    for row in subset.needs:
        asked.setdefault((row["occupation"], row["relation"]), []).append(row["skill"])
    rare = {lang: prose[lang].words[len(EVERYDAY[lang].split()) :] for lang in LANGUAGES}
    topics: dict[str, Mapping[str, Prose]] = {}
    found = []
    for row in subset.occupations:
        family = row["isco"][:3]
        if family not in topics:
            topics[family] = {lang: _prose(random.sample(rare[lang], TOPIC_WORDS)) for lang in LANGUAGES}
        titles = {lang: (row[f"label_{lang}"], *row[f"alt_{lang}"]) for lang in LANGUAGES}
        essential, optional = (asked.get((row["slug"], kind), []) for kind in ("essential", "optional"))
        found.append(Occupation(titles, essential, optional, topics[family]))
    return found


def _some(random: Random, slugs: Sequence[str], least: int, most: int) -> list[str]:
    return random.sample(slugs, min(len(slugs), random.randint(least, most)))


def _sentences(random: Random, said: list[str]) -> str:
    random.shuffle(said)
    parts = (said[start : start + SENTENCE] for start in range(0, len(said), SENTENCE))
    joined = (" ".join(part) for part in parts)
    return " ".join(f"{one[0].upper()}{one[1:]}." for one in joined)
