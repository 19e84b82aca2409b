"""Which words of a text stand under a denial: "geen ervaring met lassen", "lassen kan ik niet", "lassen is niet nodig"."""

from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum

from ipf_talent.skills.recognition.roots import lines
from ipf_talent.skills.recognition.tokens import Break, Token, tokens

LOOK_AHEAD = 2
"""Tokens after a comma among which the one that speaks must stand for it to be a sentence of its own."""


class Kind(StrEnum):
    """What a word or words do to the others."""

    FORWARD = "forward"
    BACKWARD = "backward"
    NEVER = "never"
    TURN = "turn"
    SPEAKER = "speaker"


class Denials:
    """Reads denials by the words in `negations.txt`."""

    def __init__(self) -> None:
        self._kinds: dict[tuple[str, ...], Kind] = {}
        for line in lines("negations.txt"):
            kind, _, rest = line.partition(" ")
            for words in rest.split("|"):
                self._kinds[tuple(token.form for token in tokens(words))] = Kind(kind)
        self._longest = max(map(len, self._kinds))
        self._first = frozenset(words[0] for words in self._kinds)

    def denied(self, found: Sequence[Token], taken: Collection[int]) -> set[int]:
        """The places of denied tokens; words at `taken` places belong to a skill ("niet-destructief") and deny nothing."""
        denied: set[int] = set()
        for first, last, kind in self._marks(found, taken):
            if kind is Kind.BACKWARD or (kind is Kind.FORWARD and self._ends(found, last + 1)):
                denied.update(self._before(found, first))
            elif kind is Kind.FORWARD:
                denied.update(self._after(found, last + 1))
        return denied

    def _marks(self, found: Sequence[Token], taken: Collection[int]) -> Iterator[tuple[int, int, Kind]]:
        place = 0
        while place < len(found):
            length, kind = self._mark(found, place)
            if kind and place not in taken:
                yield place, place + length - 1, kind
            place += max(1, length)

    def _mark(self, found: Sequence[Token], place: int) -> tuple[int, Kind | None]:
        if found[place].form not in self._first:
            return 1, None
        for length in range(self._longest, 0, -1):
            if kind := self._kinds.get(tuple(token.form for token in found[place : place + length])):
                return length, kind
        return 1, None

    def _ends(self, found: Sequence[Token], place: int) -> bool:
        return place >= len(found) or found[place].before >= Break.COMMA

    def _after(self, found: Sequence[Token], start: int) -> Iterator[int]:
        for place in range(start, len(found)):
            if found[place].before >= Break.SENTENCE or self._turns(found, place):
                return
            yield place

    def _turns(self, found: Sequence[Token], place: int) -> bool:
        if self._mark(found, place)[1] is Kind.TURN:
            return True
        ahead = range(place, min(place + LOOK_AHEAD, len(found)))
        return found[place].before is Break.COMMA and any(self._mark(found, at)[1] is Kind.SPEAKER for at in ahead)

    def _before(self, found: Sequence[Token], start: int) -> Iterator[int]:
        for place in range(start - 1, -1, -1):
            if self._mark(found, place)[1] is Kind.TURN:
                return
            yield place
            if found[place].before >= Break.COMMA:
                return
