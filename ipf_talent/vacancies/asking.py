"""What the company does with what the clinic found: asking a skill or not, setting a hint aside with a reason."""

from datetime import datetime

from sqlalchemy import select

from ipf_talent.accounts import audit
from ipf_talent.accounts.models import User
from ipf_talent.accounts.services import refuse_example
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.skills.models import Skill
from ipf_talent.vacancies.models import Vacancy, VacancyHint, VacancySkill
from ipf_talent.vacancies.writing import MOST_SKILLS

STRUCK = "skill:"
"""Begins the code of a skill that was recognised in the text and that the company does not ask."""


def set_aside(vacancy: Vacancy, code: str, reason: str, *, by: User, now: datetime) -> None:
    """
    Set a hint aside, with the reason that stays beside it; a new reason takes the place of the former.

    Raises:
        DomainError: there is no reason.
    """
    refuse_example(by, of=vacancy.company)
    if len(reason) < 10:
        raise DomainError(_("Say in a few words why this hint does not hold here."))
    take_up(vacancy, code)
    vacancy.hints.append(VacancyHint(code=code[:80], reason=reason[:300], by_id=by.id, at=now))
    session.flush()
    audit.record(by.id, "set_hint_aside", "vacancy", vacancy.id, code=code.partition(":")[0])


def take_up(vacancy: Vacancy, code: str) -> None:
    """Let a hint count again that was set aside."""
    for hint in [one for one in vacancy.hints if one.code == code]:
        vacancy.hints.remove(hint)
    session.flush()


def ask_skill(vacancy: Vacancy, slug: str, *, must: bool, words: str = "") -> None:
    """
    Ask a skill, as a must or as a wish.

    Raises:
        DomainError: there is no such skill, or twelve are asked already.
    """
    number = session.scalar(select(Skill.id).where(Skill.slug == slug))
    if number is None:
        raise DomainError(_("We do not know this skill."))
    take_up(vacancy, STRUCK + slug)
    held = next((one for one in vacancy.skills if one.skill_id == number), None)
    if held is not None:
        held.must = must
    elif len(vacancy.skills) >= MOST_SKILLS:
        raise DomainError(_("A place asks at most %(number)s skills. Take one away first.", number=MOST_SKILLS))
    else:
        vacancy.skills.append(VacancySkill(skill_id=number, must=must, words=words[:200]))
    session.flush()


def strike_skill(vacancy: Vacancy, slug: str, *, by: User, now: datetime) -> None:
    """Do not ask a skill that the text speaks of; it is not proposed again."""
    vacancy.skills = [one for one in vacancy.skills if one.skill.slug != slug]
    take_up(vacancy, STRUCK + slug)
    vacancy.hints.append(VacancyHint(code=(STRUCK + slug)[:80], reason="struck", by_id=by.id, at=now))
    session.flush()
