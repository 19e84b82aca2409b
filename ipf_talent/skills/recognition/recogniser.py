"""From a text to the skills it speaks of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ipf_talent.skills.recognition.denials import Denials
from ipf_talent.skills.recognition.doubts import Doubts
from ipf_talent.skills.recognition.hits import Finder, Hit
from ipf_talent.skills.recognition.reading import Ground, Reader
from ipf_talent.skills.recognition.tokens import Token, tokens
from ipf_talent.skills.recognition.vocabulary import Vocabulary
from ipf_talent.skills.taxonomy import Taxonomy

CERTAINTY = {Ground.SAME: 1.0, Ground.ROOT: 0.9, Ground.PART: 0.8, Ground.TYPO: 0.7}
PER_WORD_BETWEEN = 0.9
"""By what a certainty is multiplied for each word of meaning between the words of a phrase."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Recognised:
    """
    A skill that a text speaks of.

    Attributes
    ----------
    slug : str
    words : tuple of str
        The words that showed it, as written, each once, in the order of the text.
    spans : tuple of (int, int)
        Start and end of every place where it stands, in characters of the text as given; they do not overlap.
    certainty : float
        Above 0, at most 1: by how the words were written, not a probability.
    """

    slug: str
    words: tuple[str, ...]
    spans: tuple[Span, ...]
    certainty: float


class Recogniser:
    """
    Recognises the skills of a taxonomy in text; building takes tens of milliseconds, one object serves many threads.

    Parameters
    ----------
    taxonomy : Taxonomy
    """

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._vocabulary = Vocabulary.of(taxonomy)
        self._reader = Reader(self._vocabulary)
        self._denials = Denials()
        self._doubts = Doubts(self._reader, self._vocabulary.fields)

    def find(self, text: str) -> list[Recognised]:
        """
        The skills of which a text says or asks that they are there.

        Parameters
        ----------
        text : str
            Anything: a list, a sentence, a page of a CV; Dutch, Frisian or English.

        Returns
        -------
        list of Recognised
            Each skill once, in the order of their first words; then by slug.
        """
        found = tokens(text)
        hits = Finder(self._vocabulary, self._reader, found).hits()
        denied = self._denials.denied(found, {place for hit in hits for place in hit.at})
        sure = [hit for hit in self._doubts.settled(hits, found) if denied.isdisjoint(hit.at)]
        by_slug: dict[str, list[Hit]] = {}
        for hit in sure:
            by_slug.setdefault(hit.slug, []).append(hit)
        recognised = [_recognised(slug, of_slug, found, text) for slug, of_slug in by_slug.items()]
        return sorted(recognised, key=lambda one: (one.spans[0], one.slug))


def _recognised(slug: str, hits: Sequence[Hit], found: Sequence[Token], text: str) -> Recognised:
    spans = _spans({place for hit in hits for place in hit.at}, found)
    words = dict.fromkeys(text[start:end] for start, end in spans)
    return Recognised(slug, tuple(words), tuple(spans), max(map(_certainty, hits)))


def _certainty(hit: Hit) -> float:
    return round(CERTAINTY[hit.ground] * PER_WORD_BETWEEN**hit.between, 4)


def _spans(places: Iterable[int], found: Sequence[Token]) -> list[Span]:
    """Start and end of tokens, those that stand side by side as one."""
    spans: list[Span] = []
    last = -2
    for place in sorted(places):
        token = found[place]
        if place == last + 1 and not token.before:
            spans[-1] = (spans[-1][0], token.end)
        else:
            spans.append((token.start, token.end))
        last = place
    return spans
