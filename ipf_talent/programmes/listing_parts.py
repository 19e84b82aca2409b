"""The parts of a programme that are set as a whole: its fields, the skills it teaches, and its elective modules."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.programmes.edit_log import EditLog
from ipf_talent.programmes.models import Programme, ProgrammeElective, ProgrammeField, ProgrammeSkill, StruckSkill


def _set_fields(programme: Programme, codes: Iterable[str], _log: EditLog) -> bool:
    wanted, held = set(codes), {one.field: one for one in programme.fields}
    if wanted == set(held):
        return False
    for code in held.keys() - wanted:
        programme.fields.remove(held[code])
    programme.fields.extend(ProgrammeField(field=code) for code in sorted(wanted - held.keys()))
    keep_parts(programme, "fields")
    return True


def _set_skills(programme: Programme, words: Mapping[str, str], log: EditLog) -> bool:
    numbers = log.skills(words.keys())
    if unknown := words.keys() - numbers.keys():
        raise DomainError(_("We do not know the skill “%(skill)s”.", skill=min(unknown)[:60]), field="skills")
    wanted, held = set(numbers.values()), {one.skill_id: one for one in programme.skills}
    if wanted == set(held):
        return False
    for number in held.keys() - wanted:
        programme.skills.remove(held[number])
    added = {slug: number for slug, number in numbers.items() if number not in held}
    programme.skills.extend(ProgrammeSkill(skill_id=number, words=words[slug][:200]) for slug, number in sorted(added.items()))
    if programme.id is not None:
        _unstrike(programme.id, wanted)
    keep_parts(programme, "skills")
    return True


def _unstrike(programme_id: int, skills: Collection[int]) -> None:
    for struck in session.scalars(select(StruckSkill).where(StruckSkill.programme_id == programme_id)).all():
        if struck.skill_id in skills:
            session.delete(struck)


def _set_electives(programme: Programme, slugs: Collection[str], log: EditLog) -> bool:
    numbers = log.electives(programme.institution_id, slugs)
    if unknown := set(slugs) - numbers.keys():
        raise DomainError(_("There is no elective module “%(name)s” at your school.", name=min(unknown)[:60]), field="electives")
    wanted, held = set(numbers.values()), {one.elective_id: one for one in programme.electives}
    if wanted == set(held):
        return False
    for number in held.keys() - wanted:
        programme.electives.remove(held[number])
    programme.electives.extend(ProgrammeElective(elective_id=number) for number in sorted(wanted - held.keys()))
    return True


SETTERS: Mapping[str, Callable[[Programme, Any, EditLog], bool]] = {
    "fields": _set_fields,
    "skills": _set_skills,
    "electives": _set_electives,
}
"""How each is set; they tell whether anything changed."""


def keep_parts(programme: Programme, name: str) -> None:
    """Loading the region's data again leaves these parts alone."""
    programme.edited_fields = sorted({*(programme.edited_fields or []), name})
    flag_modified(programme, "edited_fields")  # so that its version tells of the change
