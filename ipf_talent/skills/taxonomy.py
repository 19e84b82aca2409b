"""The taxonomy as one value: concepts, their words, and how far the one says something about the other."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass
from functools import cached_property

BROADER = 0.35
"""What having a skill says about the skill one step above it."""

RELATED = 0.2
"""What having a skill says about a related one."""

STEPS_UP = 2
"""How many steps upwards count; each further step takes the weight times BROADER."""


@dataclass(frozen=True, slots=True)
class Concept:
    """A skill with its words; `type` is skill, knowledge, tool or transversal."""

    slug: str
    type: str
    field: str
    label_nl: str
    label_en: str
    label_fy: str = ""
    alts_nl: tuple[str, ...] = ()
    alts_fy: tuple[str, ...] = ()
    alts_en: tuple[str, ...] = ()
    label_source: str = "own-concept"

    def words(self) -> Iterator[tuple[str, str]]:
        """Every label and synonym with its language; in each language the label comes first."""
        for lang, label, alts in (
            ("nl", self.label_nl, self.alts_nl),
            ("fy", self.label_fy, self.alts_fy),
            ("en", self.label_en, self.alts_en),
        ):
            yield from ((lang, text) for text in (label, *alts) if text)


@dataclass(frozen=True)
class Taxonomy:
    """Skills by slug, and the slugs directly above and beside each; links to unknown skills are not in it."""

    concepts: Mapping[str, Concept]
    broader: Mapping[str, tuple[str, ...]]
    related: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, concepts: Iterable[Concept], broader: Iterable[tuple[str, str]], related: Iterable[tuple[str, str]]) -> "Taxonomy":
        """Put concepts and links, as pairs of slugs, together; the order in which they come does not matter."""
        known = {concept.slug: concept for concept in sorted(concepts, key=lambda concept: concept.slug)}
        return cls(known, _grouped(broader, known), _grouped(related, known))

    def __len__(self) -> int:
        return len(self.concepts)

    def __contains__(self, slug: object) -> bool:
        return slug in self.concepts

    @cached_property
    def version(self) -> str:
        """A digest of all that is in it; two taxonomies with the same version say the same."""
        concepts = [astuple(concept) for concept in self.concepts.values()]
        content = [concepts, sorted(self.broader.items()), sorted(self.related.items())]
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()[:32]

    @cached_property
    def narrower(self) -> Mapping[str, tuple[str, ...]]:
        """The slugs directly below each."""
        return _grouped(((above, slug) for slug, wider in self.broader.items() for above in wider), self.concepts)

    @cached_property
    def relations(self) -> Mapping[str, Mapping[str, float]]:
        """`relations[slug][other]`, above 0 and at most BROADER: how far having `slug` says something about `other`."""
        return {slug: found for slug in self.concepts if (found := self._reach(slug))}

    def above(self, slug: str, steps: int = STEPS_UP) -> dict[str, int]:
        """Every concept above one, with the fewest steps to it; a circle in the links ends by itself."""
        found: dict[str, int] = {}
        layer = {slug}
        for step in range(1, steps + 1):
            layer = {above for one in layer for above in self.broader.get(one, ())} - found.keys() - {slug}
            found |= dict.fromkeys(layer, step)
        return found

    def _reach(self, slug: str) -> dict[str, float]:
        beside = dict.fromkeys(self.related.get(slug, ()), RELATED)
        for other, steps in self.above(slug).items():
            beside[other] = max(beside.get(other, 0.0), round(BROADER**steps, 6))
        beside.pop(slug, None)
        return dict(sorted(beside.items()))


def _grouped(pairs: Iterable[tuple[str, str]], known: Mapping[str, Concept]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for slug, other in pairs:
        if slug in known and other in known and slug != other:
            found.setdefault(slug, set()).add(other)
    return {slug: tuple(sorted(others)) for slug, others in sorted(found.items())}
