"""Places and programmes as the engine's documents: read as columns, five statements for everything."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from sqlalchemy import String, cast, literal, select, union_all

from ipf_talent.db import session
from ipf_talent.matching.engine import Document
from ipf_talent.organisations.models import Organisation, Place
from ipf_talent.programmes.levels import Level
from ipf_talent.programmes.models import Offering, Programme, ProgrammeField, ProgrammeSkill
from ipf_talent.programmes.queries import is_listed, is_offered
from ipf_talent.skills.models import Skill
from ipf_talent.vacancies.models import Vacancy, VacancySkill
from ipf_talent.vacancies.queries import is_open

WRITTEN_IN = "nl"
"""Texts come in Dutch with English behind it; they are stemmed as what comes first."""


def of_places(today: date) -> list[Document]:
    """Every place that is open today, in two statements."""
    columns = (
        Vacancy.id, Vacancy.slug, Vacancy.title_nl, Vacancy.title_en, Vacancy.description_nl, Vacancy.description_en,
        Vacancy.learn_nl, Vacancy.learn_en, Vacancy.level, Vacancy.kind, Vacancy.work_languages, Vacancy.starts_on, Vacancy.minors,
        Vacancy.is_example, Place.name.label("place"), Organisation.slug.label("company"),
    )  # fmt: skip
    query = select(*columns).join(Vacancy.company).join(Vacancy.place, isouter=True)
    rows = session.execute(query.where(*is_open(today)).order_by(Vacancy.slug)).all()
    asked = select(VacancySkill.vacancy_id, Skill.slug, VacancySkill.must).join(VacancySkill.skill)
    skills = session.execute(asked.join(Vacancy, Vacancy.id == VacancySkill.vacancy_id).where(*is_open(today))).all()
    musts = _grouped((number, slug) for number, slug, must in skills if must)
    wanted = _grouped((number, slug) for number, slug, must in skills if not must)
    return [_place(row, musts.get(row.id, ()), wanted.get(row.id, ())) for row in rows]


def of_programmes() -> list[Document]:
    """Every programme, in three statements."""
    columns = (
        Programme.id, Programme.slug, Programme.title_nl, Programme.title_en, Programme.description_nl, Programme.description_en,
        Programme.level, Programme.type, Programme.national, Organisation.slug.label("institution"),
    )  # fmt: skip
    rows = session.execute(select(*columns).join(Programme.institution).where(is_listed()).order_by(Programme.slug)).all()
    taught = session.execute(select(ProgrammeSkill.programme_id, Skill.slug).join(ProgrammeSkill.skill))
    fields = select(ProgrammeField.programme_id, literal("field"), ProgrammeField.field)
    modes = select(Offering.programme_id, literal("mode"), cast(Offering.mode, String(20))).where(is_offered())
    facts: dict[int, dict[str, set[str]]] = {}
    for number, name, value in session.execute(union_all(fields, modes)):
        facts.setdefault(number, {}).setdefault(name, set()).add(value)
    skills = _grouped(taught)
    return [_programme(row, skills.get(row.id, ()), facts.get(row.id, {})) for row in rows]


def of_vacancy(vacancy: Vacancy) -> Document:
    """One place as it stands in its row now, open or not; without the facts that filter."""
    musts = [asked.skill.slug for asked in vacancy.skills if asked.must]
    wanted = [asked.skill.slug for asked in vacancy.skills if not asked.must]
    return Document(vacancy.slug, _place_text(vacancy), musts, wanted, WRITTEN_IN)


def of_programme(programme: Programme) -> Document:
    """One programme in the same way."""
    taught = [taught.skill.slug for taught in programme.skills]
    return Document(programme.slug, _programme_text(programme), wanted=taught, lang=WRITTEN_IN)


def _place(row: Any, musts: Collection[str], wanted: Collection[str]) -> Document:
    facts = {
        "level": _level(row.level),
        "kind": row.kind.value,
        "language": row.work_languages,
        "place": [row.place] if row.place else (),
        "start": f"{row.starts_on:%Y-%m}",
        "minors": row.minors.value,
        "company": row.company,
        "example": _yes(row.is_example),
    }
    return Document(row.slug, _place_text(row), musts, wanted, WRITTEN_IN, facts)


def _programme(row: Any, taught: Collection[str], more: dict[str, set[str]]) -> Document:
    facts: dict[str, Collection[str] | str] = {
        "level": _level(row.level),
        "type": row.type.value,
        "institution": row.institution,
        "national": _yes(row.national),
        **more,
    }
    return Document(row.slug, _programme_text(row), wanted=taught, lang=WRITTEN_IN, facts=facts)


def _place_text(row: Any) -> str:
    return _text(row.title_nl, row.description_nl, row.learn_nl, row.title_en, row.description_en, row.learn_en)


def _programme_text(row: Any) -> str:
    return _text(row.title_nl, row.description_nl, row.title_en, row.description_en)


def _level(level: Level) -> Collection[str]:
    """What has no level of its own states none, and then no level is wrong for it."""
    return () if level is Level.NONE else (level.value,)


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _text(*parts: str) -> str:
    """Each part once, as a sentence of its own."""
    return "\n".join(dict.fromkeys(part.strip() for part in parts if part and part.strip()))


def _grouped(pairs: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for number, slug in pairs:
        found.setdefault(number, []).append(slug)
    return found
