"""The list of programmes: narrowed by filters, with how many there are behind each further choice."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, cast, func, literal, select, union_all

from ipf_talent.db import session
from ipf_talent.organisations.models import Organisation, Place
from ipf_talent.programmes.filters import LANGUAGE_LABELS, Asked
from ipf_talent.programmes.models import Offering, Programme, ProgrammeField
from ipf_talent.programmes.queries import AnyRow, AnySelect, is_listed, is_offered, ladder, rows


@dataclass(frozen=True)
class Counts:
    """How many programmes the filters leave, and how many each value of a filter would leave with the others in use."""

    total: int = 0
    others: int = 0
    """What the same filters find among national qualifications, or the other way round."""
    by: dict[str, dict[str, int]] = field(default_factory=dict)


def places_and_institutions() -> tuple[dict[str, str], dict[str, str]]:
    """The towns, and the schools by slug, that have something to choose; in one statement."""
    towns = select(literal("place"), Place.name, Place.name).join(Offering, Offering.place_id == Place.id)
    towns = towns.where(is_offered(), Offering.programme.has(is_listed()))
    schools = select(literal("institution"), Organisation.slug, Organisation.name)
    schools = schools.join(Programme, Programme.institution_id == Organisation.id).where(Programme.national.is_(False), is_listed())
    found = session.execute(union_all(towns.distinct(), schools.distinct())).all()
    lists: dict[str, dict[str, str]] = {"place": {}, "institution": {}}
    for kind, value, name in sorted(found, key=lambda row: (row[2].casefold(), row[1])):
        lists[kind][value] = name
    return lists["place"], lists["institution"]


def page(asked: Asked, found: Sequence[int] | None, *, number: int, size: int) -> Sequence[AnyRow]:
    """
    One page of the list, from 1: by the ladder, or by relevance where something was searched.

    Args:
        found: what `search.ranked` gave for `asked.q`.
    """
    query = rows().where(*_conditions(asked, found))
    order: Sequence[ColumnElement[Any]] = ladder()
    if found:
        order = [case(dict(zip(found, range(len(found)), strict=True)), value=Programme.id)]
    part = query.order_by(*order, Programme.id).limit(size).offset((number - 1) * size)
    return session.execute(part).all()


def counts(asked: Asked, found: Sequence[int] | None) -> Counts:
    """All numbers of the filter panel, in one statement."""
    by: dict[str, dict[str, int]] = {}
    for name, value, count in session.execute(union_all(*_counted(asked, found))):
        by.setdefault(name, {})[value] = count
    totals = by.pop("total", {})
    return Counts(totals.get("asked", 0), totals.get("other", 0), by)


def _counted(asked: Asked, found: Sequence[int] | None) -> list[AnySelect]:
    def behind(name: str, value: Any, others: Asked, *joins: Any) -> AnySelect:
        query: AnySelect = select(literal(name), cast(value, String), func.count(Programme.id.distinct())).select_from(Programme)
        for join in joins:
            query = query.join(join)
        return query.where(*_conditions(others, found), value.is_not(None)).group_by(cast(value, String))

    any_mode, any_place = replace(asked, mode=None), replace(asked, place=None)
    return [
        _count("total", "asked", asked, found),
        _count("total", "other", replace(asked, national=not asked.national), found),
        behind("kind", Programme.type, replace(asked, kind=None)),
        behind("level", Programme.level, replace(asked, level=None)),
        behind("track", Programme.track, replace(asked, track=None)),
        behind("field", ProgrammeField.field, replace(asked, field=None), Programme.fields),
        behind("mode", Offering.mode, any_mode, Programme.offerings).where(*_offering(any_mode)),
        behind("place", Place.name, any_place, Programme.offerings, Offering.place).where(*_offering(any_place)),
        behind("institution", Organisation.slug, replace(asked, institution=None), Programme.institution),
        *(_count("language", code, replace(asked, language=code), found) for code in LANGUAGE_LABELS),
    ]


def _count(name: str, value: str, asked: Asked, found: Sequence[int] | None) -> AnySelect:
    query = select(literal(name), literal(value), func.count()).select_from(Programme)
    return query.where(*_conditions(asked, found))


def _conditions(asked: Asked, found: Sequence[int] | None) -> list[ColumnElement[bool]]:
    checks = [
        Programme.national.is_(asked.national),
        is_listed(),
        Programme.id.in_(found) if found is not None else None,
        Programme.type == asked.kind if asked.kind else None,
        Programme.level == asked.level if asked.level else None,
        Programme.track == asked.track if asked.track else None,
        Programme.fields.any(ProgrammeField.field == asked.field) if asked.field else None,
        Programme.institution.has(Organisation.slug == asked.institution) if asked.institution else None,
        cast(Programme.languages, String).contains(f'"{asked.language}"', autoescape=True) if asked.language else None,
        Programme.offerings.any(and_(*_offering(asked))) if asked.place or asked.mode else None,
    ]
    return [check for check in checks if check is not None]


def _offering(asked: Asked) -> list[ColumnElement[bool]]:
    """What must hold of one and the same offering: bbl in Drachten is not bbl elsewhere and bol in Drachten (R18)."""
    checks = [
        is_offered(),
        Offering.mode == asked.mode if asked.mode else None,
        Offering.place.has(Place.name == asked.place) if asked.place else None,
    ]
    return [check for check in checks if check is not None]
