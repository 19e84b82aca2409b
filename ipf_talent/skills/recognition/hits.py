"""Where the phrases of a taxonomy stand in a text: single words, words together, words written as one and parts of a compound."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ipf_talent.skills.recognition.reading import Ground, Reader, Reading
from ipf_talent.skills.recognition.spacing import belong, between, parted
from ipf_talent.skills.recognition.tokens import Break, Token
from ipf_talent.skills.recognition.vocabulary import Key, Phrase, Vocabulary, is_filling

REACH = 7
"""Tokens on either side of a phrase's rarest word within which its other words must stand."""

Atom = tuple[int, int]
"""A token's place, and the number of its part; a word that is no compound has part 0 alone."""


@dataclass(frozen=True, slots=True, eq=False)
class Hit:
    """A phrase at its place: the tokens, the parts of them that it covers, the weakest ground, and how many words stand between."""

    phrase: Phrase
    at: tuple[int, ...]
    atoms: frozenset[Atom]
    ground: Ground
    between: int = 0
    same_case: bool = True

    @property
    def slug(self) -> str:
        """The skill."""
        return self.phrase.slug

    def within(self, other: "Hit") -> bool:
        """Whether another hit says all that this one says, and more or better."""
        if self.atoms == other.atoms:
            return self.slug != other.slug and self._worth() < other._worth()
        return self.atoms < other.atoms and not other.phrase.pair

    def _worth(self) -> tuple[int, bool, int]:
        return self.ground, self.same_case, -self.between


class Finder:
    """
    Finds phrases in one text.

    Parameters
    ----------
    vocabulary : Vocabulary
    reader : Reader
    found : sequence of Token
    """

    def __init__(self, vocabulary: Vocabulary, reader: Reader, found: Sequence[Token]) -> None:
        self._vocabulary = vocabulary
        self._reader = reader
        self._tokens = found
        self._readings = reader.read_all(found)
        self._places = _places(self._readings)
        self._foreign = {"nl": "en", "en": "nl fy"}.get(reader.language(found), "").split()

    def hits(self) -> list[Hit]:
        """Every phrase that stands in the text, without those that stand within a better one."""
        found = [hit for hit in (*self._singles(), *self._several(), *self._joined(), *self._letters()) if self._holds(hit)]
        by_token: dict[int, list[Hit]] = {}
        for hit in found:
            for place in hit.at:
                by_token.setdefault(place, []).append(hit)
        return [hit for hit in found if not any(hit.within(other) for other in by_token[hit.at[0]])]

    def _holds(self, hit: Hit) -> bool:
        """Whether a hit is no chance: foreign, everyday and misspelt words, and parts, must stand as in the label."""
        if hit.ground is not Ground.SAME and hit.phrase.lang in self._foreign:
            return False
        forms = [self._tokens[place].form for place in hit.at]
        everyday = [form in self._reader.plain for form in forms]
        if hit.between and not hit.phrase.pair and (hit.ground <= Ground.PART or any(everyday)):
            return False
        return len(forms) == 1 or not all(everyday) or hit.ground is Ground.SAME

    def _singles(self) -> Iterator[Hit]:
        for place, reading in enumerate(self._readings):
            for one in reading.keys:
                for phrase in self._vocabulary.single.get(one, ()):
                    hit = self._hit(phrase, (place,))
                    if hit.ground is not Ground.PART or self._tells(hit):
                        yield hit

    def _tells(self, hit: Hit) -> bool:
        """Whether a part of a compound is more than what sort of thing it is: not a head, nor the last one behind another skill."""
        parts = self._readings[hit.at[0]].parts
        numbers = [number for _, number in hit.atoms]
        if all(self._reader.splitter.is_head(parts[number][0]) for number in numbers):
            return False
        earlier = (key for _, keys in parts[: min(numbers)] for key in keys)
        return max(numbers) < len(parts) - 1 or not any(key in self._vocabulary.single for key in earlier)

    def _several(self) -> Iterator[Hit]:
        for one, places in self._places.items():
            for phrase in self._vocabulary.several.get(one, ()):
                if all(other in self._places for other in phrase.keys):
                    for place in places:
                        chosen = self._in_order(phrase, one, place) if phrase.ordered else self._near(phrase, one, place)
                        if chosen:
                            yield self._hit(phrase, chosen)

    def _joined(self) -> Iterator[Hit]:
        for place, token in enumerate(self._tokens):
            for phrase in self._vocabulary.joined.get(token.form, ()):
                if len(phrase.forms) > 1:
                    yield Hit(phrase, (place,), self._whole(place), Ground.SAME)
            if place and token.before is Break.NONE and not (is_filling(token) or is_filling(self._tokens[place - 1])):
                for phrase in self._vocabulary.joined.get(self._tokens[place - 1].form + token.form, ()):
                    if len(phrase.forms) == 1:
                        yield Hit(phrase, (place - 1, place), self._whole(place - 1) | self._whole(place), Ground.SAME)

    def _letters(self) -> Iterator[Hit]:
        for place, token in enumerate(self._tokens):
            if phrase := self._vocabulary.letters.get(token.written):
                yield Hit(phrase, (place,), self._whole(place), Ground.SAME)

    def _in_order(self, phrase: Phrase, one: Key, place: int) -> tuple[int, ...]:
        chosen = [place]
        for step, keys in ((-1, phrase.keys[: phrase.keys.index(one)][::-1]), (1, phrase.keys[phrase.keys.index(one) + 1 :])):
            at = place
            for key in keys:
                at = self._next(at, step)
                if at < 0 or key not in self._readings[at].keys:
                    return ()
                chosen.append(at)
        return () if parted(self._tokens, min(chosen), max(chosen)) else tuple(sorted(chosen))

    def _next(self, place: int, step: int) -> int:
        """The place of the next token that says something; -1 at the end."""
        place += step
        while 0 <= place < len(self._tokens) and is_filling(self._tokens[place]):
            place += step
        return place if place < len(self._tokens) else -1

    def _near(self, phrase: Phrase, one: Key, place: int) -> tuple[int, ...]:
        """The nearest place of every word of a phrase, one of which stands at `place`; nothing when they are too far apart."""
        chosen: list[int] = []
        for key in phrase.keys:
            near = [place] if key == one else [at for at in self._places[key] if self._free(at, place, chosen)]
            if not near:
                return ()
            chosen.append(min(near, key=lambda at: (abs(at - place), at)) if len(near) > 1 else near[0])
        if not belong(self._tokens, phrase, chosen, self._reader.plain):
            return ()
        return tuple(sorted(set(chosen)))

    def _free(self, at: int, place: int, chosen: Sequence[int]) -> bool:
        """Whether a word within reach still serves: once, a compound as often as it has parts."""
        return abs(at - place) <= REACH and chosen.count(at) < max(1, len(self._readings[at].parts))

    def _hit(self, phrase: Phrase, at: tuple[int, ...]) -> Hit:
        weakest, atoms = Ground.SAME, frozenset[Atom]()
        for key, form in zip(phrase.keys, phrase.forms, strict=True):
            for place in at:
                if (ground := self._readings[place].keys.get(key)) is not None:
                    weakest = min(weakest, self._ground(ground, form, place))
                    atoms |= self._atoms(place, key, ground)
        same_case = phrase.proper is self._tokens[at[0]].written[0].isupper()
        return Hit(
            phrase, at, atoms, weakest, between(self._tokens, phrase, at, self._reader.plain) if len(at) > 1 else 0, same_case
        )

    def _ground(self, ground: Ground, form: str, place: int) -> Ground:
        return ground if ground < Ground.ROOT else Ground.SAME if self._tokens[place].form == form else Ground.ROOT

    def _whole(self, place: int) -> frozenset[Atom]:
        if len(parts := self._readings[place].parts) < 2:
            return frozenset([(place, 0)])
        return frozenset((place, number) for number in range(len(parts)))

    def _atoms(self, place: int, key: Key, ground: Ground) -> frozenset[Atom]:
        if ground is not Ground.PART:
            return self._whole(place)
        return frozenset((place, number) for number, (_, keys) in enumerate(self._readings[place].parts) if key in keys)


def _places(readings: Sequence[Reading]) -> Mapping[Key, list[int]]:
    found: dict[Key, list[int]] = {}
    for place, reading in enumerate(readings):
        for key in reading.keys:
            found.setdefault(key, []).append(place)
    return found
