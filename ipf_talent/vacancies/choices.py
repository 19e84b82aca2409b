"""What can be chosen in the list of open places today, besides the fixed lists."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sqlalchemy import String, and_, cast, func, literal, select, union

from ipf_talent.db import session
from ipf_talent.i18n import pick
from ipf_talent.organisations.models import Organisation
from ipf_talent.organisations.queries import is_shown
from ipf_talent.programmes.models import Programme
from ipf_talent.skills.models import Skill
from ipf_talent.vacancies.models import Vacancy, VacancyCrebo, VacancySkill
from ipf_talent.vacancies.queries import is_open


@dataclass(frozen=True)
class Choices:
    """Companies and skills that can be chosen, and the months in which places start."""

    companies: Mapping[str, str]
    """Names by slug."""
    skills: Mapping[str, str]
    """Labels in the reader's language by slug."""
    crebos: Mapping[str, str] = field(default_factory=dict)
    """Number and name of the qualifications that places are published for, by number."""
    first: date | None = None
    last: date | None = None
    """The first and the last day on which an open place starts."""


def offered(today: date, *, company: str | None = None, skill: str | None = None) -> Choices:
    """
    Companies, skills and qualifications of the open places, and when these start, in one statement.

    Args:
        company: a slug that can be chosen too, if there is such a company, though it has no open place.
        skill: likewise, though no open place asks it.
    """
    firm = (literal("company"), Organisation.slug, Organisation.name, literal(""), literal(""))
    ability = (literal("skill"), Skill.slug, Skill.label_nl, Skill.label_fy, Skill.label_en)
    starts = (literal("starts"), cast(func.min(Vacancy.starts_on), String), cast(func.max(Vacancy.starts_on), String))
    asked = select(*ability).join(VacancySkill, VacancySkill.skill_id == Skill.id)
    titles = (func.coalesce(Programme.title_nl, ""), literal(""), func.coalesce(Programme.title_en, ""))
    crebo = (literal("crebo"), VacancyCrebo.crebo, *titles)
    named = and_(Programme.code == VacancyCrebo.crebo, Programme.national.is_(True))
    parts = (
        select(*firm).join(Vacancy, Vacancy.company_id == Organisation.id).where(*is_open(today)),
        select(*firm).where(Organisation.slug == (company or ""), is_shown()),
        asked.join(Vacancy, Vacancy.id == VacancySkill.vacancy_id).where(*is_open(today)),
        select(*ability).where(Skill.slug == (skill or "")),
        select(*crebo)
        .join(Vacancy, Vacancy.id == VacancyCrebo.vacancy_id)
        .join(Programme, named, isouter=True)
        .where(*is_open(today), VacancyCrebo.published.is_(True)),
        select(*starts, literal(""), literal("")).where(*is_open(today)),
    )
    lists: dict[str, dict[str, str]] = {"company": {}, "skill": {}, "crebo": {}}
    days: tuple[date, ...] = ()
    found = [_Choice(*row) for row in session.execute(union(*parts))]
    for row in sorted(found, key=lambda row: (pick(row, "label").casefold(), row.value or "")):
        if row.name == "crebo":
            lists["crebo"][row.value] = f"{row.value} {pick(row, 'label')}".strip()
        elif row.name != "starts":
            lists[row.name][row.value] = pick(row, "label")
        elif row.value:
            days = (date.fromisoformat(row.value), date.fromisoformat(row.label_nl))
    return Choices(lists["company"], lists["skill"], lists["crebo"], *days)


class _Choice(NamedTuple):
    name: str
    value: str
    label_nl: str
    label_fy: str
    label_en: str
