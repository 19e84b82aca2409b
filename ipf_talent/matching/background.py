"""How rare words and skills are: counted once on the region's texts and the taxonomy, frozen in a file, read by every process.

`data/SOURCE.md` says what is counted. A new file changes every score, so it is made on purpose, by a command, and never by itself.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from sqlalchemy import select

from ipf_talent.db import session
from ipf_talent.matching.engine import Background
from ipf_talent.organisations.models import Organisation
from ipf_talent.programmes.models import Programme, ProgrammeSkill
from ipf_talent.skills.models import Occupation, OccupationSkill, Skill
from ipf_talent.skills.taxonomy import Taxonomy
from ipf_talent.vacancies.models import Vacancy, VacancySkill

FILE = Path(__file__).parent / "data" / "background.npz"
LEAST = 2
"""Terms in fewer texts than this are left out of the file: they count as never seen, and so as rare."""


@cache
def frozen() -> Background:
    """The background that is shipped, read once in a process."""
    return Background.load(FILE)


@cache
def frozen_version() -> str:
    """Its version: a digest of what is in it."""
    return frozen().version


def count(taxonomy: Taxonomy) -> Background:
    """Count the texts and profiles that are in the tables now; their order makes no difference."""
    texts = sorted(set(_texts(taxonomy)))
    counted = Background.fit(
        [text for _lang, text in texts],
        sorted(_profiles()),
        langs=[lang for lang, _text in texts],
        relations=taxonomy.relations,
    )
    kept = counted.frequencies >= LEAST
    return replace(counted, terms=counted.terms[kept], frequencies=counted.frequencies[kept])


def _texts(taxonomy: Taxonomy) -> Iterator[tuple[str, str]]:
    """Every text with its language."""
    for concept in taxonomy.concepts.values():
        yield from concept.words()
    sources = (
        (Occupation, ("label", "description")),
        (Programme, ("title", "description")),
        (Organisation, ("about",)),
        (Vacancy, ("title", "description", "learn")),
    )
    for table, names in sources:
        for lang in ("nl", "en"):
            for parts in session.execute(select(*(getattr(table, f"{name}_{lang}") for name in names))):
                if text := "\n".join(part for part in parts if part):
                    yield lang, text


def _profiles() -> Iterator[tuple[str, ...]]:
    """Which skills go together: those of each occupation, programme and place."""
    for owner, link in (
        (OccupationSkill.occupation_id, OccupationSkill),
        (ProgrammeSkill.programme_id, ProgrammeSkill),
        (VacancySkill.vacancy_id, VacancySkill),
    ):
        found: dict[int, list[str]] = {}
        for number, slug in session.execute(select(owner, Skill.slug).join(Skill, Skill.id == link.skill_id)):
            found.setdefault(number, []).append(slug)
        yield from (tuple(sorted(slugs)) for slugs in found.values())
