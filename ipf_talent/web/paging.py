"""Lists in pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from sqlalchemy import Select, func, select

from ipf_talent.db import session

SIZE = 20


@dataclass(frozen=True)
class Page:
    """One page of a list: its rows, its number from 1, and how many rows there are in all."""

    items: Sequence[Any]
    number: int
    total: int
    size: int = SIZE

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_next(self) -> bool:
        return self.number < self.pages

    def __iter__(self) -> Iterator[Any]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def around(self) -> list[int | None]:
        """Page numbers to show; None stands for a gap."""
        near = {1, self.pages, *range(self.number - 1, self.number + 2)}
        numbers = sorted(n for n in near if 1 <= n <= self.pages)
        shown: list[int | None] = []
        for number in numbers:
            if shown and shown[-1] is not None and number - shown[-1] > 1:
                shown.append(None)
            shown.append(number)
        return shown


def asked_page() -> int:
    """The page number in the URL; 1 when it is missing or no sensible number."""
    text = request.args.get("page", "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) <= 6 else 1


def paginate(query: Select[Any], *, scalars: bool = False, size: int = SIZE) -> Page:
    """The asked page of a query, in two statements; a number past the end gives the last page."""
    total = session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    number = min(asked_page(), max(1, -(-total // size)))
    part = query.limit(size).offset((number - 1) * size)
    rows: Sequence[Any] = session.scalars(part).all() if scalars else session.execute(part).all()
    return Page(rows, number, total, size)


def paginate_list(rows: Sequence[Any], *, size: int = SIZE) -> Page:
    """The asked page of a list that is in memory already."""
    number = min(asked_page(), max(1, -(-len(rows) // size)))
    return Page(rows[(number - 1) * size : number * size], number, len(rows), size)
