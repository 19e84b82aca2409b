"""Bringing rows of a file into a table: what people edited stays, what did not change is not written."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import delete, insert, select

from ipf_talent.db import session
from ipf_talent.skills.tables import Changes

Values = Mapping[str, Any]


class Kept(Protocol):
    """A row that remembers which of its fields people edited."""

    id: Any
    slug: Any
    edited_fields: Any

    def refresh(self, **values: Any) -> bool:
        """Take over what the file says, except what people edited."""


def bring(
    table: type[Any], wanted: Mapping[str, Values], *, first: Callable[[str], Values] = lambda _slug: {}
) -> tuple[dict[str, Any], Changes]:
    """
    Make the rows of a table like the wanted ones, and leave other rows alone.

    Args:
        wanted: columns by slug.
        first: more columns of a new row, by its slug; these are only for the start.

    Returns:
        The rows by slug, and how many were touched.
    """
    stored = {row.slug: row for row in session.scalars(select(table).where(table.slug.in_(wanted)))}
    added = {slug: table(slug=slug, **values, **first(slug)) for slug, values in wanted.items() if slug not in stored}
    changed = sum([row.refresh(**wanted[slug]) for slug, row in stored.items()])
    session.add_all(added.values())
    session.flush()
    return stored | added, Changes(len(added), changed, len(stored) - changed)


def bring_parts(
    table: type[Any], name: str, owner: str, owners: Collection[Kept], wanted: Sequence[Values], *, key: tuple[str, ...]
) -> Changes:
    """
    Make what hangs on the owners like the wanted rows; an owner whose part was edited by people keeps all of it.

    Args:
        name: how the owner calls this part; it stands in `edited_fields` once people changed it.
        owner: the column that points to the owner.
        wanted: rows with the owner's id, all with the same columns.
        key: the columns that tell rows apart, the owner's first.
    """
    free = {row.id for row in owners if name not in (row.edited_fields or [])}
    rows = {tuple(row[column] for column in key): dict(row) for row in wanted if row[owner] in free}
    stored = _stored(table, owner, free, key, list(wanted[0]) if wanted else [])
    other = [place for place, row in stored.items() if rows.get(place) != row]
    for place in other:
        session.execute(delete(table).where(*(getattr(table, column) == value for column, value in zip(key, place, strict=True))))
    if new := [row for place, row in rows.items() if stored.get(place) != row]:
        session.execute(insert(table), new)
    added = len(rows.keys() - stored.keys())
    return Changes(added, len(other), len(rows) - len(new))


def _stored(
    table: type[Any], owner: str, owners: Collection[int], key: Sequence[str], columns: Sequence[str]
) -> dict[tuple[Any, ...], dict[str, Any]]:
    """What hangs on these owners now, by key."""
    chosen = [getattr(table, column) for column in dict.fromkeys((*key, *columns))]
    found = session.execute(select(*chosen).where(getattr(table, owner).in_(owners))).mappings()
    return {tuple(row[column] for column in key): dict(row) for row in found}
