"""Reading programmes: one with all that belongs to it, or rows for lists and cards."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, and_, case, func, or_, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.elements import ColumnElement

from ipf_talent import clock
from ipf_talent.db import session
from ipf_talent.errors import NotFound
from ipf_talent.i18n import _, current_language
from ipf_talent.organisations.models import Organisation, Place
from ipf_talent.organisations.queries import is_shown
from ipf_talent.programmes.levels import MODE_LABELS, Level, Mode, Track
from ipf_talent.programmes.listing import SEEN, ListingStatus, shown_since
from ipf_talent.programmes.models import Offering, Programme, ProgrammeSkill
from ipf_talent.skills.models import Skill

AnyRow = Row[*tuple[Any, ...]]
"""A line of a list; of `rows()`: slug, titles, institution, level, type, months, standing, track, source."""
AnySelect = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class Offered:
    """How and where a programme can be followed."""

    modes: tuple[Mode, ...] = ()
    places: tuple[str, ...] = ()

    @property
    def mode_labels(self) -> list[tuple[str, Any]]:
        """Pairs of code and words, as a card takes them."""
        return [(mode.value, MODE_LABELS[mode]) for mode in self.modes]


def is_listed(table: Any = Programme) -> ColumnElement[bool]:
    """
    What must hold of a programme that search, planner and matching show: it is published, its school was checked, and so was it
    itself within eighteen months (AC-E7). National qualifications are no school's to check.

    Args:
        table: another name for it in a statement with several.
    """
    fresh = or_(table.national, table.checked_on.is_(None), table.checked_on >= shown_since(clock.today()))
    return and_(table.status == ListingStatus.PUBLISHED, fresh, table.institution.has(is_shown()))


def is_offered() -> ColumnElement[bool]:
    """What must hold of an offering that everyone may see."""
    return Offering.status == ListingStatus.PUBLISHED


def get(slug: str) -> Programme:
    """
    A programme with its institution, offerings, intakes and skills; also one that is no longer offered, to say so.

    Raises:
        NotFound: there is no such programme, it was never published, or nobody checked its school yet.
    """
    loads = (
        joinedload(Programme.institution),
        selectinload(Programme.offerings).options(joinedload(Offering.place), joinedload(Offering.intakes)),
        selectinload(Programme.skills).joinedload(ProgrammeSkill.skill),
    )
    programme = session.scalar(
        select(Programme)
        .where(Programme.slug == slug, Programme.status.in_(SEEN), Programme.institution.has(is_shown()))
        .options(*loads)
    )
    if programme is None:
        raise NotFound(_("There is no such programme."))
    return programme


def rows() -> AnySelect:
    """Lines for lists and cards, of those that are listed, in no order; narrow it with `.where(…)`."""
    return _lines().where(is_listed())


def named(slug: str | None) -> AnyRow | None:
    """The line of one programme, also where it is no longer listed: who studies there still does."""
    seen = (Programme.slug == slug, Programme.status.in_(SEEN), is_shown())
    return session.execute(_lines().where(*seen)).one_or_none() if slug else None


def _lines() -> AnySelect:
    columns = (
        Programme.id, Programme.slug, Programme.title_nl, Programme.title_en, Programme.type, Programme.level, Programme.nlqf,
        Programme.code, Programme.duration_months, Programme.languages, Programme.description_nl, Programme.description_en,
        Programme.standing, Programme.track, Programme.national, Programme.is_example, Programme.source_url, Programme.source_note,
        Programme.checked_on, Organisation.slug.label("institution_slug"), Organisation.name.label("institution"),
    )  # fmt: skip
    return select(*columns).join(Programme.institution)


def ladder() -> Sequence[ColumnElement[Any]]:
    """The order of lists: by level, then by title in the reader's language."""
    steps = case(*((Programme.level == level, step) for step, level in enumerate(Level)), else_=len(Level))
    english = func.coalesce(func.nullif(Programme.title_en, ""), Programme.title_nl)
    title = english if current_language() == "en" else Programme.title_nl
    return steps, func.lower(title), Programme.id.asc()


def by_slugs(slugs: Collection[str]) -> dict[str, AnyRow]:
    """Lines of these programmes by slug; what does not exist is left out."""
    found = session.execute(rows().where(Programme.slug.in_(slugs))).all() if slugs else []
    return {row.slug: row for row in found}


def in_track(track: Track) -> Sequence[AnyRow]:
    """Lines of the programmes of a track, by the ladder."""
    return session.execute(rows().where(Programme.track == track).order_by(*ladder())).all()


def offered(programme_ids: Collection[int]) -> dict[int, Offered]:
    """How and where each of these programmes can be followed, in one statement."""
    if not programme_ids:
        return {}
    query = select(Offering.programme_id, Offering.mode, Place.name).join(Offering.place, isouter=True)
    found = session.execute(query.where(Offering.programme_id.in_(programme_ids), is_offered())).all()
    return {number: _together((mode, place) for other, mode, place in found if other == number) for number in programme_ids}


def _together(offerings: Iterable[tuple[Mode, str | None]]) -> Offered:
    pairs = list(offerings)
    modes = {mode for mode, _place in pairs}
    return Offered(tuple(mode for mode in Mode if mode in modes), tuple(sorted({place for _mode, place in pairs if place})))


def teaching(skill_ids: Collection[int]) -> Sequence[AnyRow]:
    """
    Which programmes of schools teach these skills, by the ladder.

    Returns:
        Lines of `rows()` with `skill_id` and `words`, the words of the source; a programme stands once for each skill.
    """
    if not skill_ids:
        return []
    query = rows().add_columns(ProgrammeSkill.skill_id, ProgrammeSkill.words)
    query = query.join(ProgrammeSkill, ProgrammeSkill.programme_id == Programme.id)
    query = query.where(ProgrammeSkill.skill_id.in_(skill_ids), Programme.national.is_(False))
    return session.execute(query.order_by(*ladder(), ProgrammeSkill.skill_id)).all()


def taught(programme_ids: Collection[int]) -> dict[int, list[AnyRow]]:
    """The skills that each of these programmes teaches: id, slug, labels and the words of the source."""
    columns = (
        ProgrammeSkill.programme_id,
        Skill.id,
        Skill.slug,
        Skill.label_nl,
        Skill.label_fy,
        Skill.label_en,
        ProgrammeSkill.words,
    )
    query = select(*columns).join(ProgrammeSkill.skill).where(ProgrammeSkill.programme_id.in_(programme_ids))
    lists: dict[int, list[AnyRow]] = {number: [] for number in programme_ids}
    for row in session.execute(query.order_by(Skill.label_nl, Skill.id)) if programme_ids else ():
        lists[row.programme_id].append(row)
    return lists


def choices(*, national: bool | None = None, also: str | None = None) -> Sequence[AnyRow]:
    """
    Every programme for a choice, by the ladder.

    Args:
        national: only national qualifications, or only those of schools.
        also: one that is chosen already, by slug, though it is no longer listed.
    """
    chosen = and_(Programme.slug == also, Programme.status.in_(SEEN), is_shown())
    query = _lines().where(or_(is_listed(), chosen) if also else is_listed())
    query = query if national is None else query.where(Programme.national.is_(national))
    return session.execute(query.order_by(*ladder())).all()
