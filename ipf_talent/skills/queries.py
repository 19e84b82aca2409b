"""Reading the taxonomy; one value in memory per process, as new as the tables."""

import threading
from typing import Any, NamedTuple

from sqlalchemy import func, select

from ipf_talent.db import session
from ipf_talent.errors import NotFound
from ipf_talent.i18n import _
from ipf_talent.skills.models import Occupation, Skill, SkillLink, TaxonomyVersion
from ipf_talent.skills.recognition import Recogniser
from ipf_talent.skills.suggestions import Suggester
from ipf_talent.skills.taxonomy import Concept, Taxonomy

_lock = threading.Lock()
_kept: list[tuple["State", Taxonomy]] = []
_recognisers: list[tuple[str, Recogniser]] = []
_suggesters: list[tuple[str, Suggester]] = []


class State(NamedTuple):
    """What shows cheaply that the tables changed: the digest of the last load, and how many rows there are."""

    digest: str | None
    skills: int
    newest: int | None
    links: int


def state() -> State:
    """The state of the tables, in one statement."""
    row = session.execute(
        select(
            select(func.max(TaxonomyVersion.digest)).scalar_subquery(),
            select(func.count(Skill.id)).scalar_subquery(),
            select(func.max(Skill.id)).scalar_subquery(),
            select(func.count()).select_from(SkillLink).scalar_subquery(),
        )
    ).one()
    return State(*row)


def taxonomy() -> Taxonomy:
    """The taxonomy as it stands in the tables: one statement when nothing changed, three when something did."""
    now = state()
    with _lock:
        if _kept and _kept[0][0] == now:
            return _kept[0][1]
    read = read_taxonomy()
    with _lock:
        _kept[:] = [(now, read)]
    return read


def recogniser() -> Recogniser:
    """The recogniser of the taxonomy as it stands in the tables; built anew, in some 0.4 s, only when that changed."""
    now = taxonomy()
    with _lock:
        if not _recognisers or _recognisers[0][0] != now.version:
            _recognisers[:] = [(now.version, Recogniser(now))]
        return _recognisers[0][1]


def ranked(text: str) -> list[str]:
    """The slugs of the skills that a text may mean, best first; nothing for less than two letters."""
    now = taxonomy()
    with _lock:
        if not _suggesters or _suggesters[0][0] != now.version:
            _suggesters[:] = [(now.version, Suggester(now))]
        suggester = _suggesters[0][1]
    return suggester.ranked(text)


def suggest(text: str, limit: int = 8) -> list[Concept]:
    """Skills by label or synonym in any language, best first: the start of a word, a piece of it, or a misspelt one."""
    concepts = taxonomy().concepts
    return [concepts[slug] for slug in ranked(text)[:limit] if slug in concepts]


def forget() -> None:
    """Have the next reader read the tables again."""
    with _lock:
        _kept.clear()


def read_taxonomy() -> Taxonomy:
    """The taxonomy straight from the tables, in two statements."""
    names = ("slug", "type", "field", "label_nl", "label_en", "label_fy", "alts_nl", "alts_fy", "alts_en", "label_source")
    slugs: dict[int, str] = {}
    concepts = []
    for id_, *values in session.execute(select(Skill.id, *(getattr(Skill, name) for name in names))):
        slugs[id_] = values[0]
        frozen: list[Any] = [tuple(value) if isinstance(value, list) else value for value in values]
        concepts.append(Concept(*frozen))
    links: dict[str, list[tuple[str, str]]] = {"broader": [], "related": []}
    for skill, other, kind in session.execute(select(SkillLink.skill_id, SkillLink.other_id, SkillLink.kind)):
        links[kind].append((slugs[skill], slugs[other]))
    return Taxonomy.of(concepts, **links)


def get(slug: str) -> Skill:
    """
    A skill.

    Raises:
        NotFound: there is none with this slug.
    """
    if skill := session.scalar(select(Skill).where(Skill.slug == slug)):
        return skill
    raise NotFound(_("We do not know this skill."))


def get_occupation(slug: str) -> Occupation:
    """
    An occupation.

    Raises:
        NotFound: there is none with this slug.
    """
    if occupation := session.scalar(select(Occupation).where(Occupation.slug == slug)):
        return occupation
    raise NotFound(_("We do not know this occupation."))


def ids_by_slug() -> dict[str, int]:
    """The row number of every skill."""
    return {row.slug: row.id for row in session.execute(select(Skill.slug, Skill.id))}


def occupation_ids_by_slug() -> dict[str, int]:
    """The row number of every occupation."""
    return {row.slug: row.id for row in session.execute(select(Occupation.slug, Occupation.id))}
