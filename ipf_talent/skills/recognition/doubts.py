"""Words that may mean something else, and what around them shows that the skill is meant."""

from collections.abc import Mapping, Sequence

from ipf_talent.skills.recognition.hits import Hit
from ipf_talent.skills.recognition.reading import Ground, Reader
from ipf_talent.skills.recognition.roots import LANGS, lines_of_words
from ipf_talent.skills.recognition.tokens import Break, Token, fold
from ipf_talent.skills.recognition.vocabulary import FILLING, JOINING, key

DIGITAL = frozenset(["software", "data-ai"])
"""Fields of the skills that a letter alone ("C", "R") may stand beside."""

BESIDE = 4
"""Tokens within which another skill, or a cue before it, lends its meaning to a doubtful word."""


class Doubts:
    """
    Tells doubtful hits from plain ones.

    Parameters
    ----------
    reader : Reader
    fields : mapping of str to str
        The field of every skill.
    """

    def __init__(self, reader: Reader, fields: Mapping[str, str]) -> None:
        self._fields = fields
        words = [fold(word) for word in lines_of_words("ambiguous.txt")]
        self._keys = frozenset(key(word, lang) for word in words for lang in LANGS)
        self._cues = frozenset(fold(word) for word in lines_of_words("cues.txt"))
        self._strays = frozenset(lines_of_words("strays.txt"))
        self._everyday = reader.plain

    def settled(self, hits: Sequence[Hit], found: Sequence[Token]) -> list[Hit]:
        """The hits that hold: the plain ones, and the doubtful ones that something around them bears out."""
        sure: list[Hit] = []
        doubtful: list[Hit] = []
        for hit in hits:
            (doubtful if self._doubtful(hit, found) else sure).append(hit)
        items = Items(found, hits)
        left = len(doubtful) + 1
        while doubtful and len(doubtful) < left:
            left = len(doubtful)
            still: list[Hit] = []
            known = tuple(sure)
            for hit in doubtful:
                (sure if self._borne_out(hit, found, known, items) else still).append(hit)
            doubtful = still
        return sure

    def _doubtful(self, hit: Hit, found: Sequence[Token]) -> bool:
        token = found[hit.at[0]]
        if len(hit.at) > 1 or len(hit.phrase.keys) > 1:
            return False
        if len(token.form) == 1:
            return True
        if hit.phrase.acronym and len(token.written) < 5:
            return not token.written.isupper() and (token.form in self._everyday or hit.phrase.keys[0] in self._keys)
        return hit.phrase.keys[0] in self._keys or token.form in self._everyday

    def _borne_out(self, hit: Hit, found: Sequence[Token], sure: Sequence[Hit], items: "Items") -> bool:
        place = hit.at[0]
        if len(found[place].form) == 1:
            kindred = (other for other in sure if self._fields[other.slug] in DIGITAL)
            return any(self._beside(found, place, other) for other in kindred)
        if hit.ground <= Ground.PART:
            return False
        if items.is_item(place):
            return True
        if found[place].form in self._everyday or self._strays_off(found, place):
            return False
        return self._after_cue(found, place) or any(self._beside(found, place, other) for other in sure)

    def _strays_off(self, found: Sequence[Token], place: int) -> bool:
        after = place + 1
        return after < len(found) and found[after].before < Break.COMMA and found[after].form in self._strays

    def _after_cue(self, found: Sequence[Token], place: int) -> bool:
        for before in range(place - 1, max(-1, place - 1 - BESIDE), -1):
            if found[before + 1].before >= Break.COMMA:
                return False
            if found[before].form in self._cues:
                return True
        return False

    def _beside(self, found: Sequence[Token], place: int, other: Hit) -> bool:
        if other.at[0] - place > BESIDE or place - other.at[-1] > BESIDE:
            return False
        near = min(other.at, key=lambda at: abs(at - place))
        first, last = min(near, place), max(near, place)
        return last - first <= BESIDE and all(token.before < Break.SENTENCE for token in found[first + 1 : last + 1])


class Items:
    """The items of the lists in a text: pieces between commas, lines and "and" that hold skills alone."""

    def __init__(self, found: Sequence[Token], hits: Sequence[Hit]) -> None:
        known = {place for hit in hits for place in hit.at}
        self._pure: set[int] = set()
        for piece in _pieces(found):
            if all(place in known or found[place].form in FILLING for place in piece):
                self._pure.update(piece)

    def is_item(self, place: int) -> bool:
        """Whether the token at a place stands in an item of skills alone."""
        return place in self._pure


def _pieces(found: Sequence[Token]) -> list[list[int]]:
    pieces: list[list[int]] = []
    for place, token in enumerate(found):
        if token.form in JOINING:
            pieces.append([])
        elif not pieces or token.before >= Break.LINE:
            pieces.append([place])
        else:
            pieces[-1].append(place)
    return pieces
