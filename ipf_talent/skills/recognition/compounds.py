"""Long words taken apart into words that the taxonomy knows: "robotlasprogrammeur" is robot, las, programmeur."""

from collections.abc import Collection

from ipf_talent.skills.recognition.roots import lines_of_words, root
from ipf_talent.skills.recognition.vocabulary import Vocabulary

SHORTEST = 7
"""Letters below which a word is not taken apart."""

SHORTEST_PART = 3
MOST_PARTS = 4
GLUE = ("", "s", "e", "en", "n")


class Splitter:
    """
    Takes words apart; every part must be known, as a word of the taxonomy or as a general head ("monteur").

    Parameters
    ----------
    vocabulary : Vocabulary
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._heads = frozenset(lines_of_words("heads.txt"))
        self._general = frozenset(root(head, "nl") for head in self._heads)
        spelled = {form for form in vocabulary.forms if form.isalpha() and len(form) >= SHORTEST_PART}
        self._roots = {one.partition(":")[2] for one in vocabulary.keys if one.startswith("nl:")}
        self._parts = spelled | self._heads | {root_ for root_ in self._roots if len(root_) >= SHORTEST_PART}

    def split(self, form: str) -> tuple[str, ...]:
        """The parts of a folded word, as few and as long in front as can be; empty when it cannot be taken apart."""
        if len(form) < SHORTEST or not form.isalpha():
            return ()
        ways = self._ways(form, MOST_PARTS)
        return min(ways, key=lambda parts: (len(parts), [-len(part) for part in parts])) if ways else ()

    def is_head(self, part: str) -> bool:
        """Whether a part says only what sort of thing it is, not which skill."""
        return part in self._heads or root(part, "nl") in self._general

    def _ways(self, form: str, most: int) -> Collection[tuple[str, ...]]:
        found: list[tuple[str, ...]] = []
        for cut in range(SHORTEST_PART, len(form) - SHORTEST_PART + 1):
            if not (first := self._known(form[:cut])):
                continue
            rest = form[cut:]
            if self._is_last(rest):
                found.append((first, rest))
            elif most > 2 and len(rest) >= SHORTEST:
                found += [(first, *more) for more in self._ways(rest, most - 1)]
        return found

    def _known(self, piece: str) -> str:
        for glue in GLUE:
            bare = piece.removesuffix(glue)
            if glue and (bare == piece or len(bare) < SHORTEST_PART + 1):
                continue
            if bare in self._parts:
                return bare
        return ""

    def _is_last(self, piece: str) -> bool:
        return (
            piece in self._parts
            or self.is_head(piece)
            or (len(piece) > SHORTEST_PART and len(last := root(piece, "nl")) >= SHORTEST_PART and last in self._roots)
        )
