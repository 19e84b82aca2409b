"""What a saved page of the posting changes: one function for each page, values in, columns and rows out."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select

from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.organisations.models import Establishment
from ipf_talent.skills.models import Skill
from ipf_talent.vacancies.kinds import MBO, WAGED, AllowancePer
from ipf_talent.vacancies.models import Vacancy, VacancyCrebo, VacancyField, VacancyRequirement, VacancySkill
from ipf_talent.vacancies.tasks import Task

MOST_SKILLS = 12
MONTHS = {AllowancePer.MONTH: 1.0, AllowancePer.WEEK: 52 / 12}


def month_of(amount: int | None, per: AllowancePer | None, hours_per_week: int) -> int | None:
    """What an amount comes to in a month, in whole euros."""
    if amount is None or per is None:
        return amount
    return round(amount * (MONTHS[per] if per in MONTHS else hours_per_week * 52 / 12))


def _write_plain(vacancy: Vacancy, values: Mapping[str, Any]) -> None:
    vacancy.edit(**values)


def _write_what(vacancy: Vacancy, values: Mapping[str, Any]) -> None:
    chosen = dict(values)
    establishment: Establishment = chosen.pop("establishment")
    vacancy.edit(**chosen, establishment_id=establishment.id, place_id=establishment.place_id)
    if vacancy.kind not in MBO:
        vacancy.crebos = []
    if vacancy.kind in WAGED:
        vacancy.edit(expenses=None, allowance_month_eur=None, allowance_from_eur=None, allowance_to_eur=None, allowance_per=None)


def _write_text(vacancy: Vacancy, values: Mapping[str, Any]) -> None:
    vacancy.edit(**{f"{name}_{vacancy.text_language}": text for name, text in values.items()})


def _write_translation(vacancy: Vacancy, values: Mapping[str, Any]) -> None:
    other = "en" if vacancy.text_language == "nl" else "nl"
    vacancy.edit(**{f"{name}_{other}": text for name, text in values.items()})


def _write_skills(vacancy: Vacancy, values: Mapping[str, Any]) -> None:
    wanted: Mapping[str, bool] = values["skills"]
    if len(wanted) > MOST_SKILLS:
        raise DomainError(_("A place asks at most %(number)s skills. Take one away first.", number=MOST_SKILLS), field="words")
    ids: dict[str, int] = dict(session.execute(select(Skill.slug, Skill.id).where(Skill.slug.in_(wanted))).all())
    held = {one.skill_id: one for one in vacancy.skills}
    kept = []
    for slug, must in wanted.items():
        if (number := ids.get(slug)) is not None:
            one = held.get(number) or VacancySkill(skill_id=number)
            one.must = must
            kept.append(one)
    vacancy.skills = kept


def _write_target(vacancy: Vacancy, values: Mapping[str, Any]) -> None:
    fields = {one.field: one for one in vacancy.fields}
    vacancy.fields = [fields.get(field) or VacancyField(field=field) for field in values["fields"]]
    known = {one.crebo: one for one in vacancy.crebos}
    crebos = values["crebos"] if vacancy.kind in MBO else []
    vacancy.crebos = [known.get(crebo) or VacancyCrebo(crebo=crebo, published=False) for crebo in crebos]
    programmes = list(crebos) if vacancy.kind in MBO else list(values["fields"])
    vacancy.edit(programmes=programmes, target_types=values["target_types"], target_year=values["target_year"])


def _write_period(vacancy: Vacancy, values: Mapping[str, Any]) -> None:
    if values["ends_on"] and values["ends_on"] <= values["starts_on"]:
        raise DomainError(_("The end comes after the start."), field="ends_on")
    if values["starts_until"] and values["starts_until"] < values["starts_on"]:
        raise DomainError(_("Choose a day after the first one."), field="starts_until")
    vacancy.edit(**values)
    per_month = month_of(vacancy.allowance_from_eur, vacancy.allowance_per, vacancy.hours_per_week)
    vacancy.edit(allowance_month_eur=per_month)


def _write_places(vacancy: Vacancy, values: Mapping[str, Any]) -> None:
    if values["places"] < vacancy.taken:
        taken = vacancy.taken
        raise DomainError(_("%(taken)s places are taken already, so there cannot be fewer.", taken=taken), field="places")
    if values["respond_by"] and values["respond_by"] > values["closes_on"]:
        raise DomainError(_("It must still be shown on the last day to respond."), field="respond_by")
    vacancy.edit(**values)


def _write_pay(vacancy: Vacancy, values: Mapping[str, Any]) -> None:
    chosen = dict(values)
    vacancy.edit(**{f"pay_note_{vacancy.text_language}": chosen.pop("pay_note")})
    if vacancy.kind not in WAGED:
        first, last, per = chosen["allowance_from_eur"], chosen["allowance_to_eur"], chosen["allowance_per"]
        if first is not None and last is not None and first > last:
            raise DomainError(_("The highest amount is below the lowest."), field="allowance_to_eur")
        if first is None and last is not None:
            raise DomainError(_("Fill in the lowest amount too."), field="allowance_from_eur")
        chosen["allowance_month_eur"] = month_of(first, per, vacancy.hours_per_week)
    vacancy.edit(**chosen)


def _write_safety(vacancy: Vacancy, values: Mapping[str, Any]) -> None:
    vacancy.edit(minors=values["minors"], minors_reason=values["minors_reason"])
    held = {one.kind: one for one in vacancy.requirements}
    kept = []
    for asked in values["requirements"]:
        one = held.get(asked["kind"]) or VacancyRequirement(kind=asked["kind"])
        one.reason, one.detail, one.legal_ground = asked["reason"], asked.get("detail", ""), asked.get("legal_ground", "")
        kept.append(one)
    vacancy.requirements = kept


WRITERS: Mapping[Task, Callable[[Vacancy, Mapping[str, Any]], None]] = {
    Task.WHAT: _write_what,
    Task.TEXT: _write_text,
    Task.SKILLS: _write_skills,
    Task.TARGET: _write_target,
    Task.PERIOD: _write_period,
    Task.PLACES: _write_places,
    Task.PAY: _write_pay,
    Task.GUIDANCE: _write_plain,
    Task.SAFETY: _write_safety,
    Task.MORE: _write_plain,
    Task.TRANSLATION: _write_translation,
}
