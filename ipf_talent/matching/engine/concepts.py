"""What concepts say beyond themselves: reach through relations, what is met, and the weight of the evidence."""

from collections.abc import Collection, Mapping

Relations = Mapping[str, Mapping[str, float]]
"""`relations[slug][other]`: how far having `slug` says something about `other`: broader 0.35, related 0.2."""

COVERS = 0.35
"""Weight of a relation from which on having the one counts as meeting the other: broader, not merely related."""


def reach(own: Mapping[str, float] | Collection[str], relations: Relations) -> dict[str, float]:
    """
    Concepts that a collection says something about, in ascending order of slug.

    Own concepts have their weight (1 in a plain collection). Others get the weights of the relations that lead to
    them, added up, each times the weight of where it starts, to at most 1: several skills below one concept say more
    of it than one does. Gaining a concept lowers no weight.
    """
    found = dict(own) if isinstance(own, Mapping) else dict.fromkeys(own, 1.0)
    for slug, start in sorted(found.items()):
        for other, weight in relations.get(slug, {}).items():
            found[other] = min(found.get(other, 0.0) + start * weight, 1.0)
    return dict(sorted(found.items()))


def origins(target: str, own: Mapping[str, float] | Collection[str], relations: Relations) -> tuple[str, ...]:
    """The own concepts that lead to `target`, strongest first, then by slug."""
    starts = dict(own) if isinstance(own, Mapping) else dict.fromkeys(own, 1.0)
    weights = {
        slug: start * (1.0 if slug == target else relations.get(slug, {}).get(target, 0.0)) for slug, start in starts.items()
    }
    return tuple(sorted((slug for slug in weights if weights[slug] > 0), key=lambda slug: (-weights[slug], slug)))


def met(own: Collection[str], relations: Relations, covers: float = COVERS) -> frozenset[str]:
    """
    Concepts that count as had: the own ones, and those that one of them is a narrower form of.

    Who knows a Siemens PLC knows a PLC: `relations[own][other] >= covers`. Never the other way round, and several
    related ones do not add up to it.
    """
    broader = {other for slug in own for other, weight in relations.get(slug, {}).items() if weight >= covers}
    return frozenset(own) | broader


def evidence_share(n_asked: float, highest: float, half_at: float) -> float:
    """Share of the concept block for a place that asks `n_asked` concepts: highest · n / (n + half_at)."""
    return highest * n_asked / (n_asked + half_at)


def checked(relations: Relations | None) -> dict[str, dict[str, float]]:
    """
    A copy of relations that nobody else can change.

    Raises
    ------
    ValueError
        A weight is not above 0 and at most 1, or a concept relates to itself.
    """
    copy = {slug: dict(sorted(others.items())) for slug, others in sorted((relations or {}).items())}
    for slug, others in copy.items():
        for other, weight in others.items():
            if other == slug or not 0 < weight <= 1:
                raise ValueError(f"The relation of {slug!r} to {other!r} with weight {weight!r} cannot be.")
    return copy
