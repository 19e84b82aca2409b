"""Searching open places: every word must be found, and signs mean only themselves."""

from typing import Any

from sqlalchemy import ColumnElement, or_

from ipf_talent.organisations.models import Organisation, Place
from ipf_talent.skills.models import Skill
from ipf_talent.vacancies.filters import words_of
from ipf_talent.vacancies.models import Vacancy, VacancySkill


def said(q: str) -> list[ColumnElement[bool]]:
    """Every word must stand in the texts of the place, the name of the company or town, or the label of a skill."""
    return [_mentions(word) for word in words_of(q)]


def _mentions(word: str) -> ColumnElement[bool]:
    def has(*texts: Any) -> list[ColumnElement[bool]]:
        return [text.icontains(word, autoescape=True) for text in texts]

    labels = or_(*has(Skill.label_nl, Skill.label_fy, Skill.label_en))
    return or_(
        *has(Vacancy.title_nl, Vacancy.title_en, Vacancy.description_nl, Vacancy.description_en),
        *has(Vacancy.learn_nl, Vacancy.learn_en),
        Vacancy.company.has(*has(Organisation.name)),
        Vacancy.place.has(*has(Place.name)),
        Vacancy.skills.any(VacancySkill.skill.has(labels)),
    )
