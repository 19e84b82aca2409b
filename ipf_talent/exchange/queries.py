"""What a school lists, as the comparison wants it; and its imports."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload, selectinload, undefer

from ipf_talent.accounts.models import Membership, User
from ipf_talent.accounts.roles import Role
from ipf_talent.db import session
from ipf_talent.errors import DomainError, NotFound
from ipf_talent.exchange.cells import FIELDS, plain, tidy
from ipf_talent.exchange.columns import COLUMNS
from ipf_talent.exchange.kinds import Part, RunStatus
from ipf_talent.exchange.listings import Listed, Offer, Start, Values, Where, at
from ipf_talent.exchange.models import ImportFeed, ImportRun
from ipf_talent.i18n import _
from ipf_talent.organisations.models import Organisation, Place
from ipf_talent.programmes.listing_models import FieldSource, ListingField
from ipf_talent.programmes.models import Offering, Programme

NAMES = {part: [one.field for one in COLUMNS if one.part is part and one.field in fields] for part, fields in FIELDS.items()}
"""The fields that a file can hold."""


def programmes_of(school_id: int) -> dict[str, Programme]:
    """The school's programmes with all that hangs on them, by listing."""
    parts = selectinload(Programme.offerings)
    loads = (parts.joinedload(Offering.place), parts.selectinload(Offering.intakes))
    own = select(Programme).where(Programme.institution_id == school_id, Programme.national.is_(False))
    return {one.slug: one for one in session.scalars(own.options(*loads).order_by(Programme.slug))}


def listed(programmes: Mapping[str, Programme]) -> dict[str, Listed]:
    """Programmes as plain values, read the way a file is read, so that the same is the same."""
    kept = _kept([one.id for one in programmes.values()])
    return {
        slug: Listed(slug, _values(Part.PROGRAMME, one), one.status, _offers(one), frozenset(kept[one.id]))
        for slug, one in programmes.items()
    }


def _offers(programme: Programme) -> dict[Where, Offer]:
    return {where_of(one): Offer(_values(Part.OFFERING, one), one.status, _starts(one)) for one in programme.offerings}


def _starts(offering: Offering) -> dict[Any, Start]:
    return {one.starts_on: Start(_values(Part.INTAKE, one), one.cancelled_at is not None) for one in offering.intakes}


def where_of(offering: Offering) -> Where:
    """What parts an offering from the others of its programme."""
    return (offering.place.name if offering.place else "", offering.mode)


def _values(part: Part, thing: Any) -> Values:
    return {name: _read(FIELDS[part][name], getattr(thing, name)) for name in NAMES[part] if name != "starts_on"}


def _read(reader: Callable[[Any], Any], value: Any) -> Any:
    try:
        return reader(tidy(value) if isinstance(value, str) else value)
    except (ValueError, DomainError):
        return value


def _kept(numbers: Collection[int]) -> dict[int, set[str]]:
    """Per programme the fields that a person edited last, as `programmes.editing.kept_fields` names them."""
    query = select(ListingField.programme_id, ListingField.field, Offering.mode, Place.name)
    query = query.join(Offering, Offering.id == ListingField.offering_id, isouter=True).join(Offering.place, isouter=True)
    query = query.where(ListingField.source == FieldSource.PERSON)
    found: dict[int, set[str]] = defaultdict(set)
    wanted = set(numbers)
    for number, field, mode, place in session.execute(query) if wanted else ():
        if number in wanted:
            found[number].add(f"{at((place or '', mode))}/{field}" if mode else field)
    return found


def places() -> dict[str, Place]:
    """Towns by plain name."""
    return {plain(one.name): one for one in session.scalars(select(Place))}


def get(slug: str) -> ImportRun:
    """An import with its report."""
    loads = (joinedload(ImportRun.school), joinedload(ImportRun.feed), joinedload(ImportRun.by), joinedload(ImportRun.released_by))
    found = session.scalar(
        select(ImportRun).where(ImportRun.key == slug).options(*loads, joinedload(ImportRun.applied_by), undefer(ImportRun.report))
    )
    if found is None:
        raise NotFound(_("This import does not exist."))
    return found


def sent_with(once: str) -> ImportRun | None:
    """What a form made before, when it is sent twice."""
    return session.scalar(select(ImportRun).where(ImportRun.once == once))


def of_schools(numbers: Collection[int]) -> Sequence[ImportRun]:
    """The newest imports of these schools."""
    mine = select(ImportRun).where(ImportRun.school_id.in_(numbers))
    loads = (joinedload(ImportRun.school), joinedload(ImportRun.feed), joinedload(ImportRun.by))
    return session.scalars(mine.options(*loads).order_by(ImportRun.created_at.desc(), ImportRun.id.desc()).limit(30)).all()


def held() -> Sequence[ImportRun]:
    """Imports of any school that wait for a second person."""
    loads = (joinedload(ImportRun.school), joinedload(ImportRun.feed), joinedload(ImportRun.by))
    waiting = select(ImportRun).where(ImportRun.status == RunStatus.HELD)
    return session.scalars(waiting.options(*loads).order_by(ImportRun.created_at, ImportRun.id).limit(50)).all()


def same_file(run: ImportRun) -> ImportRun | None:
    """The last time that exactly this file was applied for this school."""
    same: list[ColumnElement[bool]] = [ImportRun.school_id == run.school_id, ImportRun.sha256 == run.sha256, ImportRun.id != run.id]
    query = select(ImportRun).where(*same, ImportRun.status == RunStatus.APPLIED)
    return session.scalar(query.order_by(ImportRun.applied_at.desc(), ImportRun.id.desc()).limit(1))


def feed(school_id: int, name: str) -> ImportFeed | None:
    """A feed by its name, whatever its capitals."""
    rows = session.scalars(select(ImportFeed).where(ImportFeed.school_id == school_id))
    return next((one for one in rows if one.name.casefold() == name.casefold()), None)


def feed_names(numbers: Collection[int]) -> list[str]:
    """Names to choose from."""
    return sorted(set(session.scalars(select(ImportFeed.name).where(ImportFeed.school_id.in_(numbers)))))


def schools(numbers: Collection[int]) -> Sequence[Organisation]:
    """These schools by name."""
    return session.scalars(
        select(Organisation).where(Organisation.id.in_(numbers)).order_by(Organisation.name, Organisation.id)
    ).all()


def managers_of(school_id: int) -> Sequence[User]:
    """The programme managers of a school."""
    query = select(User).join(Membership).where(Membership.organisation_id == school_id, Membership.role == Role.PROGRAMME_MANAGER)
    return session.scalars(query.where(User.closed_at.is_(None)).order_by(User.id)).all()
