"""
In which order things stand in the layers of a picture, so that few of their links cross.

Method: the layers are swept up and down; in each sweep the members of a layer are sorted by the mean position of what they are
linked to in the layer before (the barycentre method of Sugiyama, Tagawa and Toda, "Methods for visual understanding of
hierarchical system structures", IEEE Transactions on Systems, Man and Cybernetics 11, 1981). The best order seen is kept. It is a
short piece of our own, since the layout libraries with a free licence choose the layers themselves, and ours are given.
"""

from collections.abc import Collection, Mapping, Sequence

SWEEPS = 12
"""Sweeps at most; the order of the region settles within four."""

Link = tuple[str, str]
"""Keys of two members of neighbouring layers, the lower layer first."""


def ordered(layers: Sequence[Sequence[str]], links: Collection[Link], pinned: Collection[str] = ()) -> list[list[str]]:
    """
    Put the members of each layer in order.

    Parameters
    ----------
    layers : sequence of sequence of str
        Keys, unique over all layers; the given order is where it starts from, and what decides among equals.
    links : collection of Link
    pinned : collection of str
        Members that stay first in their layer.

    Returns
    -------
    list of list of str
        With never more crossings than the given order; the same for the same arguments, in whatever order `links` come.
    """
    now = [sorted(layer, key=lambda key: key not in pinned) for layer in layers]
    below, above = _neighbours(links)
    best, fewest = [list(layer) for layer in now], crossings(now, links)
    for sweep in range(SWEEPS):
        if fewest == 0:
            break
        upward = sweep % 2 == 0
        for at in range(1, len(now)) if upward else range(len(now) - 2, -1, -1):
            beside = now[at - 1 if upward else at + 1]
            now[at] = _sorted(now[at], beside, below if upward else above, pinned)
        if (count := crossings(now, links)) < fewest:
            best, fewest = [list(layer) for layer in now], count
    return best


def crossings(layers: Sequence[Sequence[str]], links: Collection[Link]) -> int:
    """How many pairs of links cross when the members stand in this order."""
    place = {key: (at, position) for at, layer in enumerate(layers) for position, key in enumerate(layer)}
    between: dict[int, list[tuple[int, int]]] = {}
    for low, high in links:
        between.setdefault(place[low][0], []).append((place[low][1], place[high][1]))
    return sum(
        (a[0] - b[0]) * (a[1] - b[1]) < 0 for pairs in between.values() for at, a in enumerate(pairs) for b in pairs[at + 1 :]
    )


def _neighbours(links: Collection[Link]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    below: dict[str, list[str]] = {}
    above: dict[str, list[str]] = {}
    for low, high in sorted(links):
        above.setdefault(low, []).append(high)
        below.setdefault(high, []).append(low)
    return below, above


def _sorted(layer: Sequence[str], beside: Sequence[str], linked: Mapping[str, Sequence[str]], pinned: Collection[str]) -> list[str]:
    """By the mean position of what each is linked to; what has no link there keeps its own position."""
    position = {key: at for at, key in enumerate(beside)}

    def mean(key: str, own: int) -> float:
        places = [position[other] for other in linked.get(key, ()) if other in position]
        return sum(places) / len(places) if places else own

    weight = {key: mean(key, at) for at, key in enumerate(layer)}
    return sorted(layer, key=lambda key: (key not in pinned, weight[key]))
