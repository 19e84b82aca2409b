"""Which tables a company sits at: one room where that is possible, and the same tables when the plan changes."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple


class Room(NamedTuple):
    """A room with so many tables; tables are numbered through the whole day, room after room."""

    name: str
    tables: int


class TooFewTables(ValueError):
    """The rooms hold fewer tables than the companies ask."""


def rooms_of(rooms: Iterable[Room]) -> dict[int, str]:
    """The room of each table number."""
    found: dict[int, str] = {}
    for room in rooms:
        for _table in range(room.tables):
            found[len(found) + 1] = room.name
    return found


def seats(rooms: Iterable[Room], asked: Mapping[str, int], held: Mapping[str, Iterable[int]] | None = None) -> dict[str, list[int]]:
    """
    Table numbers for each company.

    Args:
        asked: how many tables each company needs.
        held: tables they have already; they keep these as far as these exist.

    Raises:
        TooFewTables: there are not enough.
    """
    known = rooms_of(rooms)
    if sum(asked.values()) > len(known):
        raise TooFewTables(f"{sum(asked.values())} tables asked, {len(known)} there")
    found = {
        code: [number for number in sorted((held or {}).get(code, ())) if number in known][:need] for code, need in asked.items()
    }
    free = [number for number in known if not any(number in own for own in found.values())]
    for code in sorted(asked, key=lambda one: (not found[one], len(found[one]) - asked[one], one)):
        need = asked[code] - len(found[code])
        for number in _near(free, known, need, found[code]):
            found[code].append(number)
            free.remove(number)
    return {code: sorted(own) for code, own in found.items()}


def _near(free: list[int], known: Mapping[int, str], need: int, own: list[int]) -> list[int]:
    """Free tables: in the room where the company sits, else in the room that they fill best, else wherever there are."""
    if need <= 0:
        return []
    left: dict[str, list[int]] = {}
    for number in free:
        left.setdefault(known[number], []).append(number)
    homes = {known[number] for number in own}
    order = sorted(left, key=lambda room: (room not in homes, len(left[room]) < need, len(left[room]), left[room][0]))
    return [number for room in order for number in left[room]][:need]
