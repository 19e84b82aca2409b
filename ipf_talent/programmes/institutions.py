"""Reading institutions that teach: schools, company schools and institutes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import selectinload

from ipf_talent.db import session
from ipf_talent.errors import NotFound
from ipf_talent.i18n import _
from ipf_talent.organisations.kinds import TEACHING, OrganisationKind
from ipf_talent.organisations.models import Establishment, Organisation, Place
from ipf_talent.organisations.queries import is_shown
from ipf_talent.programmes.models import Programme
from ipf_talent.programmes.queries import AnyRow, is_listed, ladder, rows
from ipf_talent.programmes.words import relevance, words_of

_OF_IT = Programme.institution_id == Organisation.id
OFFERS_NOTHING_ITSELF = exists().where(_OF_IT, Programme.national.is_(True)).correlate(Organisation)
"""The name under which national qualifications stand is not a school."""


@dataclass(frozen=True)
class AskedSchools:
    """The filters in use; None asks nothing."""

    q: str = ""
    kind: OrganisationKind | None = None
    education: str | None = None
    place: str | None = None


def get(slug: str) -> Organisation:
    """
    An institution with its establishments.

    Raises:
        NotFound: there is none, it does not teach, or nobody checked it yet.
    """
    query = select(Organisation).where(Organisation.slug == slug, Organisation.kind.in_(TEACHING), is_shown())
    institution = session.scalar(query.options(selectinload(Organisation.establishments).joinedload(Establishment.place)))
    if institution is None:
        raise NotFound(_("There is no such institution."))
    return institution


def listed(asked: AskedSchools) -> Sequence[AnyRow]:
    """Lines for the list, by name: what stands on the card, and how many programmes there are."""
    programmes = select(func.count()).where(_OF_IT, is_listed()).correlate(Organisation).scalar_subquery()
    columns = (
        Organisation.id, Organisation.slug, Organisation.name, Organisation.kind, Organisation.education, Organisation.city,
        Organisation.about_nl, Organisation.about_fy, Organisation.about_en, Organisation.is_example,
        programmes.label("programmes"),
    )  # fmt: skip
    query = select(*columns).where(Organisation.kind.in_(TEACHING), is_shown(), ~OFFERS_NOTHING_ITSELF, *_conditions(asked))
    found: Sequence[AnyRow] = session.execute(query.order_by(func.lower(Organisation.name), Organisation.id)).all()
    words = words_of(asked.q)
    return [row for row in found if relevance(words, ((2, row.name), (1, row.city)))] if words else found


def towns() -> list[str]:
    """Where institutions are."""
    teaching = Organisation.kind.in_(TEACHING), is_shown(), ~OFFERS_NOTHING_ITSELF
    seats = select(Organisation.city).where(*teaching, Organisation.city != "")
    others = select(Place.name).join(Establishment, Establishment.place_id == Place.id).join(Establishment.organisation)
    return sorted(set(session.scalars(seats.union(others.where(*teaching)))), key=str.casefold)


def programmes_of(institution: Organisation) -> Sequence[AnyRow]:
    """What stands under its name, by the ladder."""
    return session.execute(rows().where(Programme.institution_id == institution.id).order_by(*ladder())).all()


def sources(slugs: Collection[str]) -> dict[str, AnyRow]:
    """Name, kind, town and source of organisations by slug; what does not exist is left out."""
    columns = (
        Organisation.slug, Organisation.name, Organisation.kind, Organisation.city, Organisation.source_url,
        Organisation.source_note, Organisation.checked_on,
    )  # fmt: skip
    found: Sequence[AnyRow] = session.execute(select(*columns).where(Organisation.slug.in_(slugs))).all()
    return {row.slug: row for row in found}


def _conditions(asked: AskedSchools) -> list[ColumnElement[bool]]:
    checks: list[ColumnElement[bool]] = []
    if asked.kind:
        checks.append(Organisation.kind == asked.kind)
    if asked.education:
        checks.append(Organisation.education == asked.education)
    if asked.place:
        there = Organisation.establishments.any(Establishment.place.has(Place.name == asked.place))
        checks.append(or_(Organisation.city == asked.place, there))
    return checks
