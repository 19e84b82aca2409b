"""Reading organisations and towns."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import selectinload

from ipf_talent.db import session
from ipf_talent.errors import NotFound
from ipf_talent.i18n import _
from ipf_talent.organisations.kinds import OrganisationKind
from ipf_talent.organisations.models import Establishment, Organisation, Place

AnyRow = Row[*tuple[Any, ...]]
"""A line of a list."""
AnySelect = Select[*tuple[Any, ...]]


def is_shown() -> ColumnElement[bool]:
    """What must hold of an organisation that everyone may see: that somebody checked it."""
    return Organisation.verified_at.is_not(None)


def places() -> Sequence[AnyRow]:
    """Every town by name: id, name, municipality, lat (degrees north) and lon (degrees east)."""
    return session.execute(_places().order_by(func.lower(Place.name), Place.id)).all()


def place_named(name: str) -> AnyRow | None:
    """The town with exactly this name, as a line of `places`; None where there is none."""
    return session.execute(_places().where(Place.name == name)).one_or_none()


def towns_at(area: str) -> list[str]:
    """The towns where organisations that everyone may see have an address in a postcode area (four digits), by name."""
    query = select(Place.name).join(Establishment, Establishment.place_id == Place.id).join(Establishment.organisation)
    here = query.where(Establishment.postcode.startswith(area, autoescape=True), is_shown())
    return list(session.scalars(here.distinct().order_by(Place.name)))


def _places() -> AnySelect:
    return select(Place.id, Place.name, Place.municipality, Place.lat, Place.lon)


def get(slug: str, *kinds: OrganisationKind) -> Organisation:
    """
    An organisation that everyone may see, with its establishments.

    Args:
        kinds: only one of these; any kind when none is named.

    Raises:
        NotFound: there is none, it is of another kind, or nobody checked it yet.
    """
    query = select(Organisation).where(Organisation.slug == slug, is_shown(), *_of(kinds))
    found = session.scalar(query.options(selectinload(Organisation.establishments).joinedload(Establishment.place)))
    if found is None:
        raise NotFound(_("There is no such organisation."))
    return found


def rows(*kinds: OrganisationKind) -> AnySelect:
    """Lines of organisations that everyone may see, real ones before examples and then by name; narrow it with `.where(…)`."""
    columns = (
        Organisation.id, Organisation.slug, Organisation.kind, Organisation.name, Organisation.city, Organisation.website,
        Organisation.about_nl, Organisation.about_fy, Organisation.about_en, Organisation.technologies,
        Organisation.cluster_member, Organisation.is_example,
    )  # fmt: skip
    order = (Organisation.is_example, func.lower(Organisation.name), Organisation.id)
    return select(*columns).where(is_shown(), *_of(kinds)).order_by(*order)


def towns_of(*kinds: OrganisationKind) -> dict[int, list[str]]:
    """The towns where organisations of these kinds have an establishment, by the organisation's id."""
    query = select(Establishment.organisation_id, Place.name).join(Establishment.place).join(Establishment.organisation)
    found: dict[int, list[str]] = {}
    for number, name in session.execute(query.where(*_of(kinds)).distinct().order_by(Place.name)):
        found.setdefault(number, []).append(name)
    return found


def _of(kinds: Sequence[OrganisationKind]) -> list[ColumnElement[bool]]:
    return [Organisation.kind.in_(kinds)] if kinds else []
