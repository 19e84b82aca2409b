"""A fit taken apart, as lines for a terminal: what is printed adds up to what is printed."""

from collections.abc import Collection, Iterator, Mapping
from math import fsum

from ipf_talent.matching.engine import Contribution, Gate
from ipf_talent.matching.explaining import Told
from ipf_talent.matching.sums import percent_points

LINES = 25
"""Lines of a sum that are printed by themselves; all others are one line together."""
LEAST = 0.0005
"""Part of a score below which a line would print as nothing."""
MANY = 10
"""Skills to learn that are printed."""

LIKE = {
    "pages": "as the pages rank: skills as they are stated, relations of the taxonomy, floors against stray hits",
    "rank": "as `matching rank` does: skills recognised with the lexicon, no must-haves, no floors, feedback from the best",
}
ABSENT = {
    "query_text": "the profile has no wish, so no words count",
    "query_concepts": "the profile names no skills, so only words count",
    "document_text": "the place has no text, so no words count",
    "document_concepts": "the place names no skills, so only words count",
    "document_musts": "the place names no must-haves, so none can be open",
}


def lines(told: Told) -> Iterator[str]:
    """The fit, its sum (a word and its parts in one line), what lowers it, the skills, the rank, and what it was made with."""
    yield from _sum(told)
    yield from (_gate(gate, told) for gate in told.why.gates)
    for title, slugs in (("has", told.had), ("partly", told.partly), ("missing", told.missing)):
        yield from (f"{title:8} {_named(slug, told.names)}{_must(slug, told)}" for slug in slugs)
    yield from (f"absent   {ABSENT[name]}" for name in told.absent)
    if told.of:
        yield f"rank {_rank(told.rank, told.of)}"
    for step in told.steps[:MANY]:
        yield f"learn {_named(step.concept, told.names)} → rank {_rank(step.rank, step.of)}, fit {step.score:.1%}"
    yield f"matcher  {LIKE[told.like]}"
    yield f"rarity counted on {told.counted_on}"
    versions = told.why.versions
    yield f"model {versions.model}, background {versions.background}, taxonomy {told.taxonomy}"


def _sum(told: Told) -> Iterator[str]:
    every: dict[tuple[str, str], float] = {}
    for line in told.why.contributions:
        said = (line.kind, _shared(line, told))
        every[said] = every.get(said, 0.0) + line.value
    large = sorted((said for said in every if every[said] >= LEAST), key=lambda said: -every[said])[:LINES]
    rest = [value for said, value in every.items() if said not in large]
    parts = [every[said] for said in large]
    if rest:
        large.append(("others", "1 smaller line" if len(rest) == 1 else f"{len(rest)} smaller lines"))
        parts.append(fsum(rest))
    points, total = percent_points(parts)
    yield f"fit {total:.1f}%"
    yield from (f"{point:7.1f}%  {kind:12}{text}" for (kind, text), point in zip(large, points, strict=True))


def _shared(line: Contribution, told: Told) -> str:
    if line.kind == "feedback":
        return "this place itself is among the best" if line.key == told.why.id else f"like {line.key}, which is among the best"
    text = f"{', '.join(line.query) or 'a translation'} → {line.document}"
    if line.kind != "concept":
        return text
    through = line.key not in (line.document, *line.query)
    slugs = dict.fromkeys((*line.query, line.document))
    names = "; ".join(f"{slug}: {told.names[slug]}" for slug in slugs if slug in told.names)
    return f"{text}{f', through {_named(line.key, told.names)}' if through else ''}{f'  ({names})' if names else ''}"


def _gate(gate: Gate, told: Told) -> str:
    why = ", ".join(_named(slug, told.names) for slug in gate.of)
    if gate.name == "stray" and gate.factor < 1:
        why = "no skill is shared, and the texts are too little alike"
    if gate.name == "musts" and gate.factor < 1 and not why:
        why = "the profile names no skill, which counts for every place alike"
    return f"gate {gate.name}: × {gate.factor:.2f}  {why}".rstrip()


def _must(slug: str, told: Told) -> str:
    return ", a must" if slug in (*told.why.musts_met, *told.why.musts_open) else ""


def _named(slug: str, names: Mapping[str, str]) -> str:
    return f"{slug} ({names[slug]})" if slug in names else slug


def _rank(rank: int | None, of: int) -> str:
    return f"{rank} of {of}" if rank else f"none of {of}: no match"


def listed(things: Collection[str], most: int = MANY) -> str:
    """The first of many things, and how many more there are."""
    more = len(things) - most
    return ", ".join(list(things)[:most]) + (f" and {more:,} more" if more > 0 else "")
