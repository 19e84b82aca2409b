"""Rounding in such a way that what is shown adds up to what is shown."""

from collections.abc import Sequence
from math import floor

TENTHS = 10


def percent_points(parts: Sequence[float]) -> tuple[list[float], float]:
    """
    Parts of a score as percent points with one decimal, and their total; the shown parts add up to the shown total exactly.

    Each part is rounded down, and the tenths that are then missing go to the parts that lost most (the method of the largest
    remainder); among equal losses the first gets it.

    Args:
        parts: 0 or more each, 1 together at most.
    """
    exact = [part * 100 * TENTHS for part in parts]
    whole = [floor(value) for value in exact]
    total = round(sum(exact))
    losers = sorted(range(len(parts)), key=lambda place: (whole[place] - exact[place], place))
    for place in losers[: total - sum(whole)]:
        whole[place] += 1
    return [value / TENTHS for value in whole], total / TENTHS
