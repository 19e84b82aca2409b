"""Reading what the graph is made of: programmes, their fields, and the rules between them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import select

from ipf_talent.db import session
from ipf_talent.organisations.models import Organisation
from ipf_talent.organisations.queries import is_shown
from ipf_talent.pathways.network import Network, Programme
from ipf_talent.programmes import models, progressions
from ipf_talent.programmes.edges import Edge
from ipf_talent.programmes.queries import AnyRow, AnySelect, ladder


@dataclass(frozen=True)
class Atlas:
    """
    All programmes and all rules, read at once.

    Attributes:
        rows: what a page says of each programme, by slug, in the order of the ladder.
    """

    rows: Mapping[str, AnyRow]
    programmes: tuple[Programme, ...]
    edges: tuple[Edge, ...]

    @property
    def network(self) -> Network:
        """The ways between them; kept in this process for as long as nothing in it changes."""
        return _network(self.programmes, self.edges)


@lru_cache(maxsize=4)
def _network(programmes: tuple[Programme, ...], edges: tuple[Edge, ...]) -> Network:
    return Network(programmes, edges)


def atlas() -> Atlas:
    """Everything, in three statements."""
    fields: dict[int, set[str]] = {}
    for number, field in session.execute(select(models.ProgrammeField.programme_id, models.ProgrammeField.field)):
        fields.setdefault(number, set()).add(field)
    rows = {row.slug: row for row in session.execute(_rows())}
    programmes = tuple(_programme(row, fields.get(row.id, ())) for row in rows.values())
    return Atlas(rows, programmes, tuple(progressions.everything()))


def _rows() -> AnySelect:
    table = models.Programme
    columns = (
        table.id, table.slug, table.title_nl, table.title_en, table.type, table.level, table.duration_months, table.national,
        table.standing, table.is_example, Organisation.slug.label("institution_slug"), Organisation.name.label("institution"),
    )  # fmt: skip
    return select(*columns).join(table.institution).where(is_shown()).order_by(*ladder())


def _programme(row: AnyRow, fields: Collection[str]) -> Programme:
    return Programme(
        row.slug, row.type, row.level, row.institution_slug, row.duration_months, row.national, row.standing, frozenset(fields)
    )
