"""Skills that the text of a programme speaks of: proposed with the words that show them, and taken over or struck by the school."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from sqlalchemy import select

from ipf_talent.accounts import audit
from ipf_talent.accounts.models import User
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.programmes import editing
from ipf_talent.programmes.models import Programme, StruckSkill
from ipf_talent.skills import queries as skills
from ipf_talent.skills.models import Skill
from ipf_talent.skills.taxonomy import Concept

SURE = 0.75
"""Skills recognised with this certainty or more are proposed."""
DUTCH = ("title_nl", "description_nl", "careers_nl")
ENGLISH = ("title_en", "description_en", "careers_en")
TEXTS = (*DUTCH, *ENGLISH)


class SeenSkill(NamedTuple):
    """A skill of the text or of the programme; `state` is taught, struck, or empty for one that is not decided yet."""

    concept: Concept
    words: tuple[str, ...]
    state: str


def read(programme: Programme, typed: Mapping[str, str] | None = None, texts: Collection[str] = TEXTS) -> list[SeenSkill]:
    """
    The skills that a programme teaches or speaks of.

    Args:
        typed: texts as they stand in a form, by field, where these are not kept yet.
        texts: the fields that are read.
    """
    parts = [str((typed or {}).get(name, getattr(programme, name)) or "") for name in texts]
    found = {
        one.slug: one.words
        for one in skills.recogniser().find("\n\n".join(part for part in parts if part))
        if one.certainty >= SURE
    }
    concepts = skills.taxonomy().concepts
    taught = {one.skill.slug: one.words for one in programme.skills}
    struck = set(session.scalars(select(Skill.slug).join(StruckSkill).where(StruckSkill.programme_id == programme.id)))
    return [
        SeenSkill(concepts[slug], found.get(slug) or _told(taught.get(slug)), _state(slug, taught, struck))
        for slug in dict.fromkeys((*found, *taught))
        if slug in concepts
    ]


def teach(programme: Programme, slugs: Mapping[str, bool], *, by: User) -> None:
    """
    Say of skills whether the programme teaches them; those that are not named stay as they are.

    Raises:
        DomainError: there is no such skill.
    """
    held = {one.skill.slug: one.words for one in programme.skills}
    words = {one.concept.slug: ", ".join(one.words) for one in read(programme)}
    wanted = {slug: told for slug, told in held.items() if slugs.get(slug, True)}
    wanted |= {slug: words.get(slug, "") for slug, yes in slugs.items() if yes and slug not in held}
    editing.change_programme(programme, {"skills": wanted}, by)
    _strike(programme, [slug for slug, yes in slugs.items() if not yes], by)


def found_as(words: str) -> str:
    """
    The skill that somebody means, by slug.

    Raises:
        DomainError: we know none like it.
    """
    found = skills.suggest(words, 1)
    if not found:
        raise DomainError(_("We do not know “%(words)s”. Try another word for it.", words=words[:60]), field="words")
    return found[0].slug


def _strike(programme: Programme, slugs: list[str], by: User) -> None:
    numbers = set(session.scalars(select(Skill.id).where(Skill.slug.in_(slugs)))) if slugs else set()
    there = set(session.scalars(select(StruckSkill.skill_id).where(StruckSkill.programme_id == programme.id)))
    session.add_all(StruckSkill(programme_id=programme.id, skill_id=number) for number in sorted(numbers - there))
    session.flush()
    if numbers - there:
        audit.record(by.id, "strike_skill", "programme", programme.id, skills=len(numbers - there))


def _told(words: str | None) -> tuple[str, ...]:
    return (words,) if words else ()


def _state(slug: str, taught: Mapping[str, str], struck: set[str]) -> str:
    if slug in taught:
        return "taught"
    return "struck" if slug in struck else ""
