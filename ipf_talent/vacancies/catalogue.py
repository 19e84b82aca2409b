"""The list of open places: narrowed by filters, with how many there are behind each further choice."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import CTE, ColumnElement, String, and_, case, cast, func, literal, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from ipf_talent.db import session
from ipf_talent.organisations.models import Organisation
from ipf_talent.programmes.filters import LANGUAGE_LABELS
from ipf_talent.programmes.queries import AnyRow, AnySelect
from ipf_talent.skills.models import Skill
from ipf_talent.vacancies.filters import DAYS, DISTANCES, Asked, Pay, Sort
from ipf_talent.vacancies.kinds import Expenses, Minors
from ipf_talent.vacancies.models import Vacancy, VacancyCrebo, VacancyField, VacancySkill
from ipf_talent.vacancies.queries import is_open, newest, open_on, recognised, suits
from ipf_talent.vacancies.search import among, look
from ipf_talent.vacancies.search_terms import EVERYTHING, Found

_GROUPED = ("kind", "level", "field", "company", "skill", "mode", "crebo")
"""Filters of which only the choices that occur are counted."""
_FAR = 100_000.0
"""Kilometres to a place without a town: behind everything."""


class Counts(NamedTuple):
    """How many places the filters leave, and how many each value of a filter would leave with the others in use."""

    total: int
    by: Mapping[str, Mapping[str, int]]


def page(
    asked: Asked, today: date, *, number: int, size: int, found: Found | None = None, fits: Mapping[str, float] | None = None
) -> Sequence[AnyRow]:
    """
    One page of the list, from 1, in the order that was asked: the same for everyone, but for the order by fit.

    Args:
        found: what its search gave, where that was looked up already.
        fits: how well places fit the reader, by slug; those that are not in it come last.
    """
    found = found or look(asked.q)
    query = open_on(today).where(*among(found), *_conditions(asked))
    if asked.sort is Sort.BEST and found.scores is not None:
        return _scored(asked, found, found.scores, Vacancy.id, today, number=number, size=size)
    if asked.sort is Sort.FIT and fits is not None:
        return _scored(asked, found, fits, Vacancy.slug, today, number=number, size=size)
    return session.execute(query.order_by(*_order(asked)).limit(size).offset((number - 1) * size)).all()


def _scored(
    asked: Asked,
    found: Found,
    scores: Mapping[Any, float],
    by: InstrumentedAttribute[Any],
    today: date,
    *,
    number: int,
    size: int,
) -> Sequence[AnyRow]:
    """The highest score first, then the newest; companies that do not answer come last."""
    columns = select(Vacancy.id, Vacancy.company.has(Organisation.silence > 0), by)
    all_of_them = session.execute(columns.where(*is_open(today), *among(found), *_conditions(asked)).order_by(*newest()))
    ranked = sorted(all_of_them, key=lambda row: (bool(row[1]), -round(scores.get(row[2], 0.0), 6)))
    shown = [row[0] for row in ranked[(number - 1) * size : number * size]]
    place_of = {number: place for place, number in enumerate(shown)}
    rows = session.execute(open_on(today).where(Vacancy.id.in_(shown))).all() if shown else []
    return sorted(rows, key=lambda row: place_of[row.id])


def published_between(asked: Asked, today: date, after: datetime, until: datetime, *, most: int) -> tuple[int, Sequence[AnyRow]]:
    """How many open places of a search were published after one moment and up to another, and the newest of them."""
    new = (Vacancy.published_at > after, Vacancy.published_at <= until)
    conditions = (*among(look(asked.q)), *_conditions(asked), *new)
    total = session.scalar(select(func.count()).select_from(Vacancy).where(*is_open(today), *conditions)) or 0
    rows = session.execute(open_on(today).where(*conditions).order_by(*newest()).limit(most)).all() if total else []
    return total, rows


def newest_of(asked: Asked, today: date, *, most: int) -> Sequence[AnyRow]:
    """The newest open places of a search, whatever order it asks."""
    query = open_on(today).where(*among(look(asked.q)), *_conditions(asked)).order_by(*newest())
    return session.execute(query.limit(most)).all()


def counts(asked: Asked, today: date, found: Found | None = None) -> Counts:
    """All numbers of the filter panel, in one statement."""
    by: dict[str, dict[str, int]] = {name: {} for name in _GROUPED}
    for name, value, count in session.execute(union_all(*_counted(asked, _found(found or look(asked.q), today)))):
        by.setdefault(name, {})[value] = count
    return Counts(by.pop("total", {}).get("", 0), by)


def without(asked: Asked, today: date, found: Found | None = None) -> dict[str, int]:
    """How many places there would be without each of the filters in use, in one statement; those that help, best first."""
    bases = {asked.q: _found(found or look(asked.q), today), "": _found(EVERYTHING, today)}
    less = {name: asked.without(name) for name in asked.in_use}
    parts = [_count("without", name, fewer, bases[fewer.q]) for name, fewer in less.items()]
    rows = session.execute(union_all(*parts)).all() if parts else []
    return {name: count for _without, name, count in sorted(rows, key=lambda row: (-row[2], row[1])) if count}


def _found(found: Found, today: date) -> CTE:
    return select(Vacancy.id).where(*is_open(today), *among(found)).cte("open" if found.scores is None else "found")


def _counted(asked: Asked, found: CTE) -> list[AnySelect]:
    def behind(name: str, value: Any, *joins: Any) -> AnySelect:
        query: AnySelect = select(literal(name), cast(value, String), func.count()).select_from(Vacancy)
        for join in joins:
            query = query.join(join)
        return query.where(Vacancy.id.in_(select(found.c.id)), *_conditions(asked.without(name))).group_by(cast(value, String))

    return [
        _count("total", "", asked, found),
        behind("kind", Vacancy.kind),
        behind("level", Vacancy.level),
        behind("field", VacancyField.field, Vacancy.fields),
        behind("company", Organisation.slug, Vacancy.company),
        behind("skill", Skill.slug, Vacancy.skills, VacancySkill.skill),
        behind("mode", Vacancy.placing_mode),
        behind("crebo", VacancyCrebo.crebo, Vacancy.crebos).where(*recognised()),
        *(_count("days", str(days), replace(asked, days=days), found) for days in DAYS),
        _count("recognised", "yes", replace(asked, recognised=True), found),
        *(_count("within", str(km), replace(asked, within=km), found) for km in DISTANCES if asked.km),
        *(_count("language", code, replace(asked, language=code), found) for code in LANGUAGE_LABELS),
        *(_count("pay", pay, replace(asked, pay=pay), found) for pay in Pay),
        _count("minors", "yes", replace(asked, minors=True), found),
    ]


def _count(name: str, value: str, asked: Asked, found: CTE) -> AnySelect:
    query = select(literal(name), literal(str(value)), func.count()).select_from(Vacancy)
    return query.where(Vacancy.id.in_(select(found.c.id)), *_conditions(asked))


def _conditions(asked: Asked) -> list[ColumnElement[bool]]:
    reach = asked.reach
    checks = [
        Vacancy.kind == asked.kind if asked.kind else None,
        Vacancy.level == asked.level if asked.level else None,
        Vacancy.fields.any(VacancyField.field == asked.field) if asked.field else None,
        Vacancy.place_id.in_(reach) if reach is not None else None,
        Vacancy.company.has(Organisation.slug == asked.company) if asked.company else None,
        cast(Vacancy.work_languages, String).contains(f'"{asked.language}"', autoescape=True) if asked.language else None,
        Vacancy.skills.any(VacancySkill.skill.has(Skill.slug == asked.skill)) if asked.skill else None,
        Vacancy.starts_on >= asked.starts_from if asked.starts_from else None,
        Vacancy.starts_on <= asked.starts_until if asked.starts_until else None,
        _pays(asked.pay) if asked.pay else None,
        Vacancy.minors != Minors.NO if asked.minors else None,
        Vacancy.placing_mode == asked.mode if asked.mode else None,
        Vacancy.crebos.any(and_(VacancyCrebo.crebo == asked.crebo, *recognised())) if asked.crebo else None,
        Vacancy.crebos.any(and_(*recognised())) if asked.recognised else None,
        Vacancy.days_per_week <= asked.days if asked.days else None,
    ]
    return [*(check for check in checks if check is not None), *suits(asked.adult_on)]


def _pays(pay: Pay) -> ColumnElement[bool]:
    if pay is Pay.COVERED:
        return Vacancy.expenses == Expenses.YES
    return or_(Vacancy.expenses.is_(None), Vacancy.allowance_month_eur > 0)


def _order(asked: Asked) -> Sequence[ColumnElement[Any]]:
    if asked.sort is Sort.NEAREST and asked.km:
        return case(dict(asked.km), value=Vacancy.place_id, else_=_FAR), Vacancy.starts_on.asc(), Vacancy.id.asc()
    if asked.sort is Sort.SOONEST:
        return Vacancy.starts_on.asc(), Vacancy.id.asc()
    if asked.sort is Sort.CLOSING:
        return func.coalesce(Vacancy.respond_by, Vacancy.closes_on).asc(), Vacancy.id.asc()
    return newest()
