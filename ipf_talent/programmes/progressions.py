"""What leads to a programme, and what it leads to."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, false, or_, select, true
from sqlalchemy.orm import aliased

from ipf_talent.db import session
from ipf_talent.organisations.models import Organisation
from ipf_talent.programmes.edges import (
    DIPLOMAS,
    Edge,
    Ends,
    leads_into,
    leads_out_of,
    points_after,
    that_hold_into,
    that_hold_out_of,
)
from ipf_talent.programmes.models import Programme, Progression
from ipf_talent.programmes.queries import AnyRow, AnySelect, is_listed

_From, _To = aliased(Programme), aliased(Programme)
_FromSchool, _ToSchool = aliased(Organisation), aliased(Organisation)


def around(programme: Programme) -> tuple[list[Edge], list[Edge]]:
    """
    The edges that lead to a programme, and those that it opens, in one statement: those that name it or its school, and rules for
    its level and type.
    """
    found = _read(_edges().where(or_(and_(*_into(programme)), and_(*_out_of(programme)))))
    ends = Ends(programme.slug, programme.type, programme.level, programme.institution.slug)
    into = [edge for edge in found if leads_into(edge, ends)]
    out = [edge for edge in found if leads_out_of(edge, ends)]
    return that_hold_into(into), that_hold_out_of(out)


def before(programme: Programme) -> list[Edge]:
    """The edges that lead to a programme: those that name it or its school, and rules for its level and type."""
    return that_hold_into(_read(_edges().where(*_into(programme))))


def after(programme: Programme) -> list[Edge]:
    """The edges that a programme opens: those that name it or its school, and rules for who holds its diploma."""
    return that_hold_out_of(_read(_edges().where(*_out_of(programme))))


def _into(programme: Programme) -> tuple[ColumnElement[bool], ...]:
    named = Progression.to_programme_id == programme.id
    about_type = Progression.to_type == programme.type
    return (
        or_(Progression.to_programme_id.is_(None), named),
        or_(Progression.to_institution_id.is_(None), Progression.to_institution_id == programme.institution_id),
        or_(Progression.to_level.is_(None), Progression.to_level == programme.level),
        or_(Progression.to_type.is_(None), about_type),
        true() if programme.type in DIPLOMAS else or_(named, about_type),
    )


def _out_of(programme: Programme) -> tuple[ColumnElement[bool], ...]:
    named = Progression.from_programme_id == programme.id
    points = points_after(programme.type, programme.level)
    at_point: ColumnElement[bool] = Progression.from_point.in_(points) if points else false()
    return (
        or_(Progression.from_programme_id.is_(None), named),
        or_(Progression.from_institution_id.is_(None), Progression.from_institution_id == programme.institution_id),
        or_(Progression.from_point.is_(None), at_point),
        true() if programme.type in DIPLOMAS else named,
        or_(Progression.to_programme_id.is_(None), Progression.to_programme_id != programme.id),
    )


def everything() -> list[Edge]:
    """Every edge there is, national rules and schools' own, none taken out."""
    return _read(_edges())


def _edges() -> AnySelect:
    columns = (
        Progression.slug, Progression.rule_kind, Progression.from_point,
        _From.slug.label("from_programme"), _From.title_nl.label("from_title_nl"), _From.title_en.label("from_title_en"),
        _FromSchool.slug.label("from_institution"), _FromSchool.name.label("from_name"), Progression.to_level, Progression.to_type,
        _To.slug.label("to_programme"), _To.title_nl.label("to_title_nl"), _To.title_en.label("to_title_en"),
        _ToSchool.slug.label("to_institution"), _ToSchool.name.label("to_name"), Progression.condition_nl, Progression.condition_en,
        Progression.extra_nl, Progression.extra_en, Progression.months, Progression.months_meaning, Progression.national,
        Progression.source_url, Progression.source_note, Progression.checked_on,
    )  # fmt: skip
    query = select(*columns).join(_From, _From.id == Progression.from_programme_id, isouter=True)
    query = query.join(_To, _To.id == Progression.to_programme_id, isouter=True)
    query = query.join(_FromSchool, _FromSchool.id == Progression.from_institution_id, isouter=True)
    query = query.join(_ToSchool, _ToSchool.id == Progression.to_institution_id, isouter=True)
    query = query.where(or_(_From.id.is_(None), is_listed(_From)), or_(_To.id.is_(None), is_listed(_To)))
    return query.order_by(Progression.national, Progression.slug)


def _read(query: AnySelect) -> list[Edge]:
    found: Sequence[AnyRow] = session.execute(query).all()
    return [Edge(**row._mapping) for row in found]
