"""How cells of the region's files are read; each reader raises ValueError with what is wrong."""

from collections.abc import Callable
from datetime import date
from typing import Any

from ipf_talent.sheets import matching, needed, number, one_of, several

url = matching(r"https?://[^\s<>\"]{4,2040}", "web address")
SHORTEST, LONGEST = 150, 800
"""Characters of a description of a place."""


def between(low: int, high: int) -> Callable[[str], int]:
    """A whole number from `low` to `high`."""

    def read_between(cell: str) -> int:
        value = number(cell)
        if value is None or not low <= value <= high:
            raise ValueError(f"{cell!r} does not lie from {low} to {high}")
        return value

    return read_between


def degrees(low: float, high: float) -> Callable[[str], float]:
    """Degrees north or east, with at least two decimals, inside a box around the country."""
    shaped = matching(r"\d{1,2}\.\d{2,6}", "number of degrees")

    def read_degrees(cell: str) -> float:
        value = float(shaped(cell))
        if not low <= value <= high:
            raise ValueError(f"{cell!r} does not lie from {low} to {high}")
        return value

    return read_degrees


def shorter(most: int) -> Callable[[str], str]:
    """Text that must be there, of at most so many characters."""

    def read_short(cell: str) -> str:
        if len(needed(cell)) > most:
            raise ValueError(f"{cell[:30]!r}… is longer than {most} characters")
        return cell

    return read_short


def each(kind: Callable[[str], Any]) -> Callable[[str], list[Any]]:
    """Several values of an enumeration, separated by `;`."""
    read_one, read_several = one_of(kind), several(";")
    return lambda cell: [read_one(part) for part in read_several(cell)]


def whole(cell: str) -> str:
    """A description that says enough and not too much."""
    if not SHORTEST <= len(cell) <= LONGEST:
        raise ValueError(f"{len(cell)} characters, where {SHORTEST} to {LONGEST} belong")
    return cell


def day(cell: str) -> date:
    """A date as 2026-11-23."""
    try:
        return date.fromisoformat(cell)
    except ValueError as error:
        raise ValueError(f"{cell!r} is no date") from error
