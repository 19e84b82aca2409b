"""Reading what the graph is made of, programmes with their fields and the rules between them; and what a place asks."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import select

from ipf_talent.db import session
from ipf_talent.errors import NotFound
from ipf_talent.i18n import _
from ipf_talent.organisations.models import Organisation
from ipf_talent.pathways.network import Network, Programme
from ipf_talent.programmes import models, progressions
from ipf_talent.programmes.edges import Edge
from ipf_talent.programmes.queries import AnyRow, AnySelect, is_listed, ladder
from ipf_talent.skills.models import Skill
from ipf_talent.vacancies.models import Vacancy, VacancySkill
from ipf_talent.vacancies.queries import is_open


@dataclass(frozen=True)
class Atlas:
    """
    All programmes and all rules, read at once.

    Attributes:
        rows: what a page says of each programme, by slug, in the order of the ladder.
    """

    rows: Mapping[str, AnyRow]
    programmes: tuple[Programme, ...]
    edges: tuple[Edge, ...]

    @property
    def network(self) -> Network:
        """The ways between them; kept in this process for as long as nothing in it changes."""
        return _network(self.programmes, self.edges)


@lru_cache(maxsize=4)
def _network(programmes: tuple[Programme, ...], edges: tuple[Edge, ...]) -> Network:
    return Network(programmes, edges)


def atlas() -> Atlas:
    """Everything, in three statements."""
    fields: dict[int, set[str]] = {}
    for number, field in session.execute(select(models.ProgrammeField.programme_id, models.ProgrammeField.field)):
        fields.setdefault(number, set()).add(field)
    rows = {row.slug: row for row in session.execute(_rows())}
    programmes = tuple(_programme(row, fields.get(row.id, ())) for row in rows.values())
    return Atlas(rows, programmes, tuple(progressions.everything()))


def asked_by(slug: str, today: date) -> tuple[AnyRow, list[str]]:
    """
    An open place and the skills it asks, the must-haves first; in one statement.

    Raises:
        NotFound: there is no such place, or it is not open.
    """
    query = select(
        Vacancy.slug, Vacancy.title_nl, Vacancy.title_en, Vacancy.level, Vacancy.kind, Vacancy.is_example,
        Organisation.name.label("company"), Skill.slug.label("skill"),
    )  # fmt: skip
    query = query.join(Vacancy.company).join(Vacancy.skills, isouter=True).join(VacancySkill.skill, isouter=True)
    found = session.execute(query.where(Vacancy.slug == slug, *is_open(today)).order_by(VacancySkill.must.desc(), Skill.slug)).all()
    if not found:
        raise NotFound(_("There is no such place, or it has closed."))
    return found[0], [row.skill for row in found if row.skill]


def taught(slugs: Collection[str]) -> dict[str, list[str]]:
    """Which of these skills each programme teaches, by slug of the programme."""
    query = select(models.Programme.slug, Skill.slug).join(models.Programme.skills).join(models.ProgrammeSkill.skill)
    found: dict[str, list[str]] = {}
    for programme, skill in session.execute(query.where(Skill.slug.in_(slugs)).order_by(models.Programme.slug, Skill.slug)):
        found.setdefault(programme, []).append(skill)
    return found


def _rows() -> AnySelect:
    table = models.Programme
    columns = (
        table.id, table.slug, table.title_nl, table.title_en, table.type, table.level, table.duration_months, table.national,
        table.credits_ects, table.sbu,
        table.standing, table.track, table.is_example, Organisation.slug.label("institution_slug"),
        Organisation.name.label("institution"),
    )  # fmt: skip
    return select(*columns).join(table.institution).where(is_listed()).order_by(*ladder())


def _programme(row: AnyRow, fields: Collection[str]) -> Programme:
    return Programme(
        row.slug, row.type, row.level, row.institution_slug, row.duration_months, row.national, row.standing, frozenset(fields)
    )
