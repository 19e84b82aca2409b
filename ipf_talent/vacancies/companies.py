"""Companies: the list with its filters and numbers, compared in memory, since there are some hundreds at most."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import func, select

from ipf_talent.db import session
from ipf_talent.organisations import queries as organisations
from ipf_talent.organisations.kinds import OrganisationKind
from ipf_talent.organisations.models import Organisation
from ipf_talent.programmes.queries import AnyRow
from ipf_talent.programmes.words import relevance, words_of
from ipf_talent.vacancies.models import Vacancy
from ipf_talent.vacancies.queries import is_open


@dataclass(frozen=True)
class AskedCompanies:
    """The filters in use; None and False ask nothing."""

    q: str = ""
    place: str | None = None
    """Name of a town."""
    technology: str | None = None
    cluster: bool = False
    """Only companies that a source names with the cluster."""
    hiring: bool = False
    """Only companies with open places."""


class Company(NamedTuple):
    """A company with the towns where it is, how many places it has open, and how many of these are examples."""

    row: AnyRow
    towns: tuple[str, ...]
    open: int
    examples: int


class Choices(NamedTuple):
    """The towns and technologies that some company has, by name."""

    towns: Sequence[str]
    technologies: Sequence[str]


def everything(today: date) -> list[Company]:
    """Every company that everyone may see, real ones first and then by name; in two statements."""
    places = select(func.count()).where(Vacancy.company_id == Organisation.id, *is_open(today)).correlate(Organisation)
    examples = places.where(Vacancy.is_example)
    counts = (places.scalar_subquery().label("open"), examples.scalar_subquery().label("examples"))
    found = session.execute(organisations.rows(OrganisationKind.COMPANY).add_columns(*counts)).all()
    towns = organisations.towns_of(OrganisationKind.COMPANY)
    return [Company(row, _towns(row, towns.get(row.id, ())), row.open, row.examples) for row in found]


def _towns(row: AnyRow, elsewhere: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in (row.city, *elsewhere) if name))


def choices(companies: Sequence[Company]) -> Choices:
    """What these companies can be chosen by."""
    towns = {town for company in companies for town in company.towns}
    technologies = {name for company in companies for name in company.row.technologies}
    return Choices(sorted(towns, key=str.casefold), sorted(technologies, key=str.casefold))


def narrowed(companies: Sequence[Company], asked: AskedCompanies) -> list[Company]:
    """Those that pass every filter, in the order in which they came."""
    return [company for company in companies if _passes(company, asked)]


def counts(companies: Sequence[Company], asked: AskedCompanies) -> Mapping[str, Mapping[str, int]]:
    """How many companies each choice leaves, with the other filters in use."""
    offered = choices(companies)
    found, others = narrowed(companies, AskedCompanies(asked.q)), replace(asked, q="")
    values: dict[str, Sequence[Any]] = {
        "place": offered.towns, "technology": offered.technologies, "cluster": (True,), "hiring": (True,),
    }  # fmt: skip
    return {
        name: {"yes" if value is True else value: len(narrowed(found, replace(others, **{name: value}))) for value in options}
        for name, options in values.items()
    }


def _passes(company: Company, asked: AskedCompanies) -> bool:
    row, words = company.row, words_of(asked.q)
    texts = (row.name, *company.towns, row.about_nl, row.about_fy, row.about_en, *row.technologies)
    return (
        (not asked.place or asked.place in company.towns)
        and (not asked.technology or asked.technology in row.technologies)
        and (not asked.cluster or row.cluster_member)
        and (not asked.hiring or company.open > 0)
        and (not words or relevance(words, ((1, text) for text in texts)) > 0)
    )
