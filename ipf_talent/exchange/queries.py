"""What a school lists, as the comparison wants it; and its imports."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload, selectinload, undefer

from ipf_talent.accounts.models import Membership, User
from ipf_talent.accounts.roles import Role
from ipf_talent.db import session
from ipf_talent.errors import DomainError, NotFound
from ipf_talent.exchange.cells import FIELDS, tidy
from ipf_talent.exchange.columns import COLUMNS
from ipf_talent.exchange.kinds import Part, RunStatus
from ipf_talent.exchange.listings import Listed, Names, Offer, Spoken, Start, Values, Where, at
from ipf_talent.exchange.models import ImportFeed, ImportRun
from ipf_talent.exchange.wording import named, plain
from ipf_talent.i18n import _
from ipf_talent.organisations.models import Organisation, Place
from ipf_talent.programmes.field_values import LISTS
from ipf_talent.programmes.levels import ProgrammeType
from ipf_talent.programmes.listing_models import FieldSource, ListingField
from ipf_talent.programmes.models import Offering, Programme, ProgrammeSkill
from ipf_talent.skills.fields import Field
from ipf_talent.skills.models import Skill

NAMES = {part: [one.field for one in COLUMNS if one.part is part and one.field in fields] for part, fields in FIELDS.items()}
"""The fields that a file can hold."""
_NO_COLUMN = LISTS | {"starts_on"}


def programmes_of(school_id: int) -> dict[str, Programme]:
    """The school's programmes with all that hangs on them, by listing."""
    parts = selectinload(Programme.offerings)
    loads = (
        parts.joinedload(Offering.place), parts.selectinload(Offering.intakes), selectinload(Programme.fields),
        selectinload(Programme.skills).joinedload(ProgrammeSkill.skill), selectinload(Programme.electives),
    )  # fmt: skip
    own = select(Programme).where(Programme.institution_id == school_id, Programme.national.is_(False))
    return {one.slug: one for one in session.scalars(own.options(*loads).order_by(Programme.slug))}


def listed(programmes: Mapping[str, Programme]) -> dict[str, Listed]:
    """The programmes of a school as plain values, read the way a file is read, so that the same is the same."""
    kept = _kept([one.id for one in programmes.values()])
    modules = {one.id: slug for slug, one in programmes.items()}
    return {
        slug: Listed(slug, _of_programme(one, modules), one.status, _offers(one), frozenset(kept[one.id]))
        for slug, one in programmes.items()
    }


def _of_programme(programme: Programme, modules: Mapping[int, str]) -> Values:
    known = {one.value for one in Field}
    lists = {
        "fields": FIELDS[Part.PROGRAMME]["fields"]([one.field for one in programme.fields if one.field in known]),
        "skills": sorted(one.skill.slug for one in programme.skills),
        "electives": sorted(modules[one.elective_id] for one in programme.electives if one.elective_id in modules),
    }
    return _values(Part.PROGRAMME, programme) | lists


def names(school_id: int) -> Names:
    """What names in a file of a school mean."""
    return Names({name: place.name for name, place in places().items()}, _skill_names(), _elective_names(school_id))


def _skill_names() -> dict[str, frozenset[str]]:
    """By slug, else by label in each language, else by another word for it."""
    columns = (Skill.slug, Skill.label_nl, Skill.label_fy, Skill.label_en, Skill.alts_nl, Skill.alts_fy, Skill.alts_en)
    rows = session.execute(select(*columns)).all()
    slugs = [(row.slug, (row.slug,)) for row in rows]
    labels = [(row.slug, (row.label_nl, row.label_fy, row.label_en)) for row in rows]
    others = [(row.slug, (*row.alts_nl, *row.alts_fy, *row.alts_en)) for row in rows]
    return _called(slugs, labels, others)


def _elective_names(school_id: int) -> dict[str, frozenset[str]]:
    """By slug, else by code, else by title."""
    query = select(Programme.slug, Programme.code, Programme.title_nl, Programme.title_en)
    query = query.where(Programme.institution_id == school_id, Programme.type == ProgrammeType.ELECTIVE)
    rows = session.execute(query).all()
    slugs, codes = [(row.slug, (row.slug,)) for row in rows], [(row.slug, (row.code or "",)) for row in rows]
    return _called(slugs, codes, [(row.slug, (row.title_nl, row.title_en)) for row in rows])


def _called(*ways: Sequence[tuple[str, Iterable[str]]]) -> dict[str, frozenset[str]]:
    """The slugs of each name; a name that an earlier way knows is that one."""
    found: dict[str, set[str]] = {}
    for way in ways:
        these: dict[str, set[str]] = defaultdict(set)
        for slug, said in way:
            for name in said:
                if (key := named(name)) and key not in found:
                    these[key].add(slug)
        found |= these
    return {name: frozenset(slugs) for name, slugs in found.items()}


def spoken(school_id: int, language: str) -> Spoken:
    """How a file of a school is written in a language."""
    query = select(Programme.slug, Programme.code)
    query = query.where(Programme.institution_id == school_id, Programme.type == ProgrammeType.ELECTIVE)
    codes = {slug: code or "" for slug, code in session.execute(query)}
    return Spoken(language, skill_labels(language), codes, names(school_id))


def skill_labels(language: str) -> dict[str, str]:
    """How each skill is called in a language, by slug."""
    columns = {
        "nl": (Skill.label_nl, Skill.label_en),
        "fy": (Skill.label_fy, Skill.label_nl),
        "en": (Skill.label_en, Skill.label_nl),
    }
    return {slug: first or second for slug, first, second in session.execute(select(Skill.slug, *columns[language]))}


def _offers(programme: Programme) -> dict[Where, Offer]:
    return {where_of(one): Offer(_values(Part.OFFERING, one), one.status, _starts(one)) for one in programme.offerings}


def _starts(offering: Offering) -> dict[Any, Start]:
    return {one.starts_on: Start(_values(Part.INTAKE, one), one.cancelled_at is not None) for one in offering.intakes}


def where_of(offering: Offering) -> Where:
    """What parts an offering from the others of its programme."""
    return (offering.place.name if offering.place else "", offering.mode)


def _values(part: Part, thing: Any) -> Values:
    return {name: _read(FIELDS[part][name], getattr(thing, name)) for name in NAMES[part] if name not in _NO_COLUMN}


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
