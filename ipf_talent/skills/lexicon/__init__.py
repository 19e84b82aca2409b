"""
The lexicon: what people call skills, in Dutch and English, over all occupations.

The reviewed taxonomy (`skills.taxonomy`) holds the skills of the high-tech field, with which people state what they have
and ask. The lexicon is wider and is only read with: it recognises skills that somebody typed or listed in a text, mends
slips of the pen, and knows words by their translations, so that Dutch and English texts meet.

It holds the 13,412 skills of ESCO 1.1.1 with their English names (European Commission, reuse under Decision 2011/833/EU).
The Dutch names are our own, not the official ones; `data/lexicon/SOURCE.md` says how they were made and how good they are.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from ipf_talent.skills.lexicon.files import Named, read_names, read_translations
from ipf_talent.skills.lexicon.linking import Linker, plain
from ipf_talent.skills.lexicon.spelling import mended
from ipf_talent.skills.taxonomy import Taxonomy

PREFIX = "esco:"
"""Before the id of a skill that the reviewed taxonomy does not hold."""
LIST_ITEMS, ITEM_WORDS, MOST_ITEMS = 3, 10, 200
"""A row of at least 3 pieces is a list of skills; a piece is at most 10 words, and at most 200 of a text are looked up."""
SEEN = 3
"""Names a word must stand in to mend another into."""
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
BULLET = re.compile(r"^\s*(?:[-–—*•·‣▪]|\d{1,2}[.)])\s+")
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Reading:
    """
    What a text and typed skills say.

    Attributes
    ----------
    text : str
        The text and behind it the typed skills that do not stand in it, slips of the pen in skills mended.
    linked : mapping
        Skills that were recognised, with how sure that is, above 0 to 1: slugs of the taxonomy, or ids with a prefix.
    """

    text: str
    linked: Mapping[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Names of skills in every language, ready to be read with."""

    named: Mapping[str, Named]
    slugs: Mapping[str, str]
    linker: Linker
    often: Mapping[str, int]
    words: Mapping[str, Mapping[str, Mapping[str, float]]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, named: Iterable[Named], taxonomy: Taxonomy, words: Mapping[str, Mapping[str, Mapping[str, float]]] | None = None
    ) -> "Lexicon":
        """
        Put names together. A skill that has a name of the taxonomy's is that skill.

        Parameters
        ----------
        named : iterable of Named
        taxonomy : Taxonomy
        words : mapping, optional
            `words[lang][stem][other]`: how likely `other` is the word in the other language.
        """
        known = {one.id: one for one in named}
        own = [(name, slug) for slug, concept in taxonomy.concepts.items() for _lang, name in concept.words()]
        by_name = {plain(name): slug for name, slug in reversed(own)}
        slugs = {id: slug for id, one in known.items() if (slug := _slug(one, by_name))}
        usual = [(names[0], id) for id, one in known.items() for names in one.names.values() if names]
        other = [(name, id) for id, one in known.items() for names in one.names.values() for name in names[1:]]
        pairs = [*own, *((name, slugs.get(id, PREFIX + id)) for name, id in (*usual, *other))]
        often = Counter(word for name, _ in pairs for word in WORD.findall(name.lower()))
        return cls(known, slugs, Linker.of(pairs), {word: n for word, n in often.items() if n >= SEEN}, words or {})

    def read(self, text: str, typed: Sequence[str] = ()) -> Reading:
        """Recognise skills in what was typed, and in the lists of a text."""
        mended_ = [self.mended(skill) for skill in typed]
        loose = [skill for skill, right in zip(typed, mended_, strict=True) if skill not in text or right != skill]
        prose, listed = (text, items(text)) if loose or not typed else ("", [])
        pieces = mended_ if not prose and typed else [*mended_, *(self.mended(item) for item in listed)]
        linked: dict[str, float] = {}
        for piece in pieces[:MOST_ITEMS]:
            for slug, sure in self.linker.link(piece).items():
                linked[slug] = max(linked.get(slug, 0.0), sure)
        return Reading("\n".join(part for part in (prose, "; ".join(mended_)) if part), linked)

    def mended(self, name: str) -> str:
        """A name with slips of the pen mended word by word."""
        return WORD.sub(lambda found: _as_written(found[0], mended(found[0].lower(), self.often)), name)

    def name(self, slug: str, lang: str) -> str:
        """What a recognised skill is called; in English where there is no name in the language, empty where it is not known."""
        one = self.named.get(slug.removeprefix(PREFIX))
        names = (one.names.get(lang) or one.names.get("nl" if lang == "fy" else "en")) if one else None
        return names[0] if names else ""


@cache
def lexicon() -> Lexicon:
    """The shipped lexicon, read once in a process; takes about two seconds."""
    from ipf_talent.skills.files import read_subset, taxonomy_of

    return Lexicon.of(read_names(), taxonomy_of(read_subset()), read_translations())


def items(text: str) -> list[str]:
    """
    Pieces of the lists in a text: three or more pieces with semicolons between, or three or more lines with a bullet.

    What stands before a colon opens the list and is no piece.
    """
    found: list[str] = []
    bullets: list[str] = []
    for line in (*text.split("\n"), ""):
        if BULLET.match(line):
            bullets.append(BULLET.sub("", line))
            continue
        found.extend(bullets if len(bullets) >= LIST_ITEMS else ())
        bullets = []
        for sentence in SENTENCE.split(line):
            pieces = [piece.strip(" .") for piece in sentence.split(";")]
            if len(pieces) >= LIST_ITEMS:
                found.extend([pieces[0].rsplit(":", 1)[-1].strip(), *pieces[1:]])
    return [piece for piece in found if piece and len(piece.split()) <= ITEM_WORDS][:MOST_ITEMS]


def _slug(one: Named, by_name: Mapping[str, str]) -> str | None:
    firsts = (names[0] for names in one.names.values() if names)
    return next((by_name[name] for first in firsts if (name := plain(first)) in by_name), None)


def _as_written(written: str, right: str) -> str:
    return written if right == written.lower() else right
