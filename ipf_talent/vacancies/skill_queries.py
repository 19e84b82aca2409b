"""Who asks for a skill and who teaches it, and what occupations need: lines and numbers for lists and cards."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from ipf_talent.db import session
from ipf_talent.programmes import queries as programmes
from ipf_talent.programmes.models import Programme, ProgrammeSkill
from ipf_talent.programmes.queries import AnyRow
from ipf_talent.programmes.words import relevance, words_of
from ipf_talent.skills.models import Occupation, OccupationSkill, Skill
from ipf_talent.vacancies import queries
from ipf_talent.vacancies.models import Vacancy, VacancySkill

MAIN_SHARE = 0.5
"""A field is one of an occupation's when it has this share of the skills of its largest field."""


@dataclass(frozen=True)
class Share:
    """A programme, or a place, with how many of a set of skills it teaches or asks, and which."""

    row: AnyRow
    skills: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.skills)


def taught(slugs: Collection[str]) -> dict[str, int]:
    """How many programmes of schools teach each of these skills; nothing for none."""
    query = select(Skill.slug, func.count(Programme.id)).select_from(ProgrammeSkill)
    query = query.join(Skill, Skill.id == ProgrammeSkill.skill_id).join(Programme, Programme.id == ProgrammeSkill.programme_id)
    return _counts(query.where(Programme.national.is_(False), programmes.is_listed(), Skill.slug.in_(slugs)).group_by(Skill.slug))


def asked(slugs: Collection[str], today: date) -> dict[str, int]:
    """How many open places ask each of these skills; nothing for none."""
    query = select(Skill.slug, func.count(Vacancy.id)).select_from(VacancySkill)
    query = query.join(Skill, Skill.id == VacancySkill.skill_id).join(Vacancy, Vacancy.id == VacancySkill.vacancy_id)
    return _counts(query.where(*queries.is_open(today), Skill.slug.in_(slugs)).group_by(Skill.slug))


def asking(skill_ids: Collection[int], today: date, adult_on: date | None = None) -> Sequence[AnyRow]:
    """
    Which open places ask these skills, must-haves first, then those that close first.

    Returns:
        Lines of `queries.rows()` with `skill_id` and `must`; a place stands once for each skill.
    """
    if not skill_ids:
        return []
    query = queries.open_on(today, adult_on).add_columns(VacancySkill.skill_id, VacancySkill.must)
    query = query.join(VacancySkill, VacancySkill.vacancy_id == Vacancy.id).where(VacancySkill.skill_id.in_(skill_ids))
    return session.execute(query.order_by(VacancySkill.must.desc(), Vacancy.closes_on, Vacancy.id, VacancySkill.skill_id)).all()


def needing(skill_id: int) -> Sequence[AnyRow]:
    """Occupations that need a skill, the essential ones first; with `essential`."""
    columns = (Occupation.slug, Occupation.label_nl, Occupation.label_fy, Occupation.label_en, OccupationSkill.essential)
    query = select(*columns).join(OccupationSkill, OccupationSkill.occupation_id == Occupation.id)
    query = query.where(OccupationSkill.skill_id == skill_id)
    return session.execute(query.order_by(OccupationSkill.essential.desc(), Occupation.label_nl, Occupation.id)).all()


def needed(occupation_id: int) -> Sequence[AnyRow]:
    """The skills that an occupation needs, the essential ones first; with `essential`."""
    columns = (Skill.id, Skill.slug, Skill.label_nl, Skill.label_fy, Skill.label_en, OccupationSkill.essential)
    query = select(*columns).join(OccupationSkill, OccupationSkill.skill_id == Skill.id)
    query = query.where(OccupationSkill.occupation_id == occupation_id)
    return session.execute(query.order_by(OccupationSkill.essential.desc(), Skill.label_nl, Skill.id)).all()


def occupations(search: str = "") -> Sequence[AnyRow]:
    """Lines of all occupations by Dutch name, or of those that a search in any language finds, best first."""
    columns = (
        Occupation.id, Occupation.slug, Occupation.levels, Occupation.label_nl, Occupation.label_fy, Occupation.label_en,
        Occupation.alts_nl, Occupation.alts_en, Occupation.description_nl, Occupation.description_en,
    )  # fmt: skip
    rows: Sequence[AnyRow] = session.execute(select(*columns).order_by(Occupation.label_nl, Occupation.id)).all()
    if not (words := words_of(search)):
        return rows
    found = [(relevance(words, _texts(row)), row) for row in rows]
    return [row for score, row in sorted(found, key=lambda pair: (-pair[0], pair[1].label_nl)) if score]


def _texts(row: AnyRow) -> Iterable[tuple[int, str]]:
    labels = ((10, label) for label in (row.label_nl, row.label_fy, row.label_en))
    return [*labels, *((4, alt) for alt in (*row.alts_nl, *row.alts_en)), (1, row.description_nl), (1, row.description_en)]


def fields_of_occupations() -> dict[int, tuple[str, ...]]:
    """The fields in which most of an occupation's essential skills lie, by its id, the largest first."""
    query = select(OccupationSkill.occupation_id, Skill.field, func.count()).join(OccupationSkill.skill)
    query = query.where(OccupationSkill.essential.is_(True)).group_by(OccupationSkill.occupation_id, Skill.field)
    counts: dict[int, Counter[str]] = {}
    for occupation, field, number in session.execute(query):
        counts.setdefault(occupation, Counter())[field] = number
    return {occupation: _main(found) for occupation, found in counts.items()}


def teaching_most(skill_ids: Collection[int]) -> list[Share]:
    """Programmes of schools by how many of these skills they teach, most first, then by the ladder."""
    return _shares(programmes.teaching(skill_ids))


def asking_most(skill_ids: Collection[int], today: date) -> list[Share]:
    """Open places by how many of these skills they ask, most first, then those that close first."""
    return _shares(asking(skill_ids, today))


def _shares(rows: Sequence[AnyRow]) -> list[Share]:
    skills: dict[int, list[int]] = {}
    for row in rows:
        skills.setdefault(row.id, []).append(row.skill_id)
    first: Mapping[int, AnyRow] = {row.id: row for row in reversed(rows)}
    shares = [Share(first[number], tuple(dict.fromkeys(found))) for number, found in skills.items()]
    return sorted(shares, key=len, reverse=True)


def _main(counts: Counter[str]) -> tuple[str, ...]:
    most = max(counts.values())
    return tuple(
        field for field, number in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])) if number >= most * MAIN_SHARE
    )


def _counts(query: Any) -> dict[str, int]:
    found: dict[str, int] = dict(session.execute(query).all())
    return found
