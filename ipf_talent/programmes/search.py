"""Searching programmes by title, school, code, and the skills they teach, best first."""

from sqlalchemy import select

from ipf_talent.db import session
from ipf_talent.organisations.models import Organisation
from ipf_talent.programmes.models import Programme, ProgrammeSkill
from ipf_talent.programmes.queries import AnyRow, AnySelect, is_listed
from ipf_talent.programmes.words import relevance, words_of
from ipf_talent.skills.models import Skill

LIMIT = 500
"""Programmes that one search finds at most."""
_TITLE, _CODE, _SCHOOL, _SKILL, _OTHER_NAME = 10, 10, 4, 3, 2


def ranked(search: str) -> list[int] | None:
    """
    Ids of the programmes that a search finds, best first; None where nothing is asked.

    Every word must be found: in a title, the school's name, the code, or a skill's name in any language. The texts are compared
    here and not by the database, since SQLite and PostgreSQL disagree on capitals with accents.
    """
    words = words_of(search)
    if not words:
        return None
    texts: dict[int, set[tuple[int, str]]] = {}
    titles: dict[int, str] = {}
    for row in session.execute(_texts()):
        titles[row.id] = row.title_nl
        texts.setdefault(row.id, set()).update(_weighed(row))
    scores = {number: relevance(words, found) for number, found in texts.items()}
    best = sorted((number for number, score in scores.items() if score), key=lambda n: (-scores[n], titles[n].casefold(), n))
    return best[:LIMIT]


def _texts() -> AnySelect:
    names = (Skill.label_nl, Skill.label_fy, Skill.label_en, Skill.alts_nl, Skill.alts_fy, Skill.alts_en)
    columns = (Programme.id, Programme.title_nl, Programme.title_en, Programme.code, Organisation.name, *names)
    query = select(*columns).join(Programme.institution).where(is_listed())
    query = query.join(ProgrammeSkill, ProgrammeSkill.programme_id == Programme.id, isouter=True)
    return query.join(Skill, Skill.id == ProgrammeSkill.skill_id, isouter=True)


def _weighed(row: AnyRow) -> set[tuple[int, str]]:
    other_names = [*(row.alts_nl or ()), *(row.alts_fy or ()), *(row.alts_en or ())]
    return {
        (_TITLE, row.title_nl), (_TITLE, row.title_en), (_CODE, row.code or ""), (_SCHOOL, row.name),
        (_SKILL, row.label_nl or ""), (_SKILL, row.label_fy or ""), (_SKILL, row.label_en or ""),
        *((_OTHER_NAME, name) for name in other_names),
    }  # fmt: skip
