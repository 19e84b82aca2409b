"""Making rows of the taxonomy like the wanted ones, writing only what differs."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import delete, insert, select, update

from ipf_talent.db import Base, session

Row = dict[str, Any]
Pair = tuple[int, int]


class Changes(NamedTuple):
    """Rows that a load touched, over all tables; a link that was taken away counts as changed."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: object) -> "Changes":
        if not isinstance(other, Changes):
            return NotImplemented
        return Changes(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


def store(table: type[Base], wanted: Mapping[str, Row]) -> Changes:
    """
    Make the rows of a table with a slug like the wanted ones, and leave other rows alone.

    Args:
        wanted: columns by slug; every row with the same columns.
    """
    if not wanted:
        return Changes()
    names = list(next(iter(wanted.values())))
    columns = [getattr(table, name) for name in ("id", "slug", *names)]
    stored = {slug: (id_, values) for id_, slug, *values in session.execute(select(*columns)) if slug in wanted}
    new = [{"slug": slug, **row} for slug, row in wanted.items() if slug not in stored]
    known = [(*stored[slug], row) for slug, row in wanted.items() if slug in stored]
    changed = [{"id": id_, **row} for id_, values, row in known if values != list(row.values())]
    _write(table, new, changed)
    return Changes(len(new), len(changed), len(wanted) - len(new) - len(changed))


def store_pairs(table: type[Base], wanted: Mapping[Pair, Row], stored: Mapping[Pair, Row], *, names: tuple[str, str]) -> Changes:
    """Make the links that are ours like the wanted ones; `stored` holds the other columns of each."""
    new = [row for key, row in wanted.items() if key not in stored]
    changed = [row for key, row in wanted.items() if key in stored and not stored[key].items() <= row.items()]
    gone = [key for key in stored if key not in wanted]
    first, second = (getattr(table, name) for name in names)
    for one, other in gone:
        session.execute(delete(table).where(first == one, second == other))
    _write(table, new, changed)
    return Changes(len(new), len(changed) + len(gone), len(wanted) - len(new) - len(changed))


def joined(first: Iterable[str], more: Iterable[str], *, but: str) -> list[str]:
    """Synonyms of both lists, each once whatever its case, and not the label itself."""
    found = {but.casefold(): but}
    for word in (*first, *more):
        found.setdefault(word.casefold(), word)
    return list(found.values())[1:]


def _write(table: type[Base], new: Sequence[Row], changed: Sequence[Row]) -> None:
    if new:
        session.execute(insert(table).execution_options(render_nulls=True), new)
    if changed:
        session.execute(update(table), changed)
