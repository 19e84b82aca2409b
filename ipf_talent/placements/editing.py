"""Filling in a placement and its agreement before it is sent, the check of the recognition, and the rules of a school."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm.exc import StaleDataError

from ipf_talent.accounts import queries as people
from ipf_talent.accounts.models import User
from ipf_talent.accounts.roles import AT_COMPANY
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.placements import amending, minors, queries, services, workflow
from ipf_talent.placements.agreements import kinds as agreement_kinds
from ipf_talent.placements.agreements import words as agreement_words
from ipf_talent.placements.agreements.content import TEXTS
from ipf_talent.placements.kinds import AgreementStatus, CheckOutcome, Deed, PlacementStatus, Who
from ipf_talent.placements.minors import Day
from ipf_talent.placements.models import Agreement, Placement, PlacementRules
from ipf_talent.vacancies.company_editing import Stale

BEFORE_SENDING = frozenset({PlacementStatus.PROPOSED, PlacementStatus.APPROVED, PlacementStatus.PREPARING_AGREEMENT})
CHECKED_FACTS = frozenset(
    (
        "establishment_id",
        "leerbedrijf_id",
        "crebo",
        "optional_module",
        "programme_id",
        "starts_on",
        "ends_on",
        "hours",
        "trainer_name",
    )
)
"""A change of one of these asks for a new check of the recognition (R2)."""
FREE_FACTS = frozenset({"trainer_email", "supervisor_id", "adult_on", "parent_name", "parent_email", "employer_id"})
LATE_FACTS = frozenset({"supervisor_id", "parent_name", "parent_email", "adult_on"})
"""What does not stand on the agreement as something that was agreed, and can change at any time."""


def change_facts(
    placement: Placement, values: Mapping[str, Any], *, version: int, by: User, now: datetime, ends_agreement: bool = False
) -> bool:
    """
    Change the data of a placement. Once the agreement was sent only what was not agreed on it can be changed here; another
    leerbedrijf-ID asks for a new agreement (AC-E4).

    Args:
        ends_agreement: whether whoever asks knows that the agreement ends by it.

    Returns:
        Whether anything is different.

    Raises:
        Stale: somebody else saved since.
        DomainError: the days or hours cannot be, it was sent already, or nobody said that the agreement may end.
    """
    if placement.version != version:
        raise Stale
    wanted = _spread_anew(placement, dict(values))
    changed = {name for name, value in wanted.items() if getattr(placement, name) != value}
    moved = "leerbedrijf_id" in changed and not is_open(placement)
    if moved:
        _move_on(placement, wanted["leerbedrijf_id"], ends_agreement=ends_agreement, by=by, now=now)
        changed.remove("leerbedrijf_id")
    if not is_open(placement) and changed - LATE_FACTS:
        raise DomainError(_("The agreement was sent. Make a changed sheet for this, or a new agreement."))
    if wanted.get("ends_on", placement.ends_on) <= wanted.get("starts_on", placement.starts_on):
        raise DomainError(_("The last day lies after the first day."), field="ends_on")
    for name in sorted(changed):
        setattr(placement, name, wanted[name])
    if not changed:
        return moved
    if "trainer_email" in changed:
        placement.trainer_id = _account_of(placement)
    if changed & CHECKED_FACTS:
        placement.changed_at = now
    _refit(placement)
    _flush()
    session.expire(placement, ["supervisor", "trainer", "employer", "programme"])  # they follow their numbers
    services.log(placement, Who.SCHOOL, by, "change", now)
    return True


def _move_on(placement: Placement, number: str | None, *, ends_agreement: bool, by: User, now: datetime) -> None:
    if not number:
        raise DomainError(_("The leerbedrijf-ID stands on the agreement."), field="leerbedrijf_id")
    if not ends_agreement:
        raise DomainError(_("With another number the agreement ends. Tick this if you want that."), field="ends_agreement")
    amending.change_company(placement, leerbedrijf_id=number, by=by, now=now)


def _spread_anew(placement: Placement, wanted: dict[str, Any]) -> dict[str, Any]:
    """
    Hours per school year as they were given; over the days where nothing was given, or only dates or hours changed.

    Raises:
        DomainError: together they are not all hours.
    """
    if "hours_by_year" not in wanted:
        return wanted
    first, last, hours = (wanted.get(name, getattr(placement, name)) for name in ("starts_on", "ends_on", "hours"))
    given = wanted["hours_by_year"]
    moved = (first, last, hours) != (placement.starts_on, placement.ends_on, placement.hours)
    if last > first and (not given or (moved and given == placement.hours_by_year)):
        given = agreement_kinds.spread(first, last, hours)
    if sum(given.values()) != hours:
        raise DomainError(_("The hours per school year are not all hours together."), field="spread")
    return wanted | {"hours_by_year": given}


def _account_of(placement: Placement) -> int | None:
    """The account of who guides at the company, where the address belongs to somebody who works there."""
    user = people.by_email(placement.trainer_email) if placement.trainer_email else None
    there = placement.establishment.organisation_id
    return user.id if user is not None and there in user.organisation_ids(*AT_COMPANY) else None


def is_open(placement: Placement) -> bool:
    """Whether its agreement was not sent yet, so that everything can still change."""
    return placement.status in BEFORE_SENDING or _has_draft(placement)


def may_begin_anew(placement: Placement) -> bool:
    """Whether the agreement can end for a new one."""
    return workflow.step(placement.status, Deed.REDO, Who.SCHOOL) is not None


def _has_draft(placement: Placement) -> bool:
    return placement.agreement is not None and placement.agreement.status is AgreementStatus.DRAFT


def _refit(placement: Placement) -> None:
    """A draft follows what the placement has become."""
    if _has_draft(placement):
        agreement = placement.agreement
        assert agreement is not None
        agreement.type = agreement_kinds.fitting(
            placement.kind,
            crebo=placement.crebo,
            optional_module=placement.optional_module,
            three_party=placement.three_party,
        )


def change_agreement(
    placement: Placement, values: Mapping[str, Any], week: Sequence[Day], *, version: int, by: User, now: datetime
) -> Agreement:
    """
    Change the words and working times of an agreement in draft; the week sets days and hours per week.

    Raises:
        Stale: somebody else saved since.
        DomainError: there is no draft, nobody works such a week, or a minor would work too much (AC-S3).
    """
    agreement = placement.agreement
    if agreement is not None and agreement.version != version:
        raise Stale
    if agreement is None or agreement.status is not AgreementStatus.DRAFT:
        raise DomainError(_("The agreement was sent. Make a changed sheet for this, or a new agreement."))
    if words := minors.impossible(week):
        raise DomainError(words, field="week")
    broken = minors.exceeded(week) if placement.is_minor(placement.starts_on) else []
    if broken:
        raise DomainError(" ".join(str(minors.LIMIT_LABELS[limit]) for limit in broken), field="week")
    for name, value in _translated(placement, agreement, values).items():
        setattr(agreement, name, value)
    agreement.week = minors.rows_of(week)
    if days := minors.work_days(week):
        placement.days_per_week, placement.hours_per_week = days, max(1, round(minors.work_minutes(week) / 60))
    _flush()
    services.log(placement, Who.SCHOOL, by, "draft", now)
    return agreement


def _flush() -> None:
    try:
        session.flush()
    except StaleDataError:
        raise Stale from None


def _translated(placement: Placement, agreement: Agreement, values: Mapping[str, Any]) -> dict[str, Any]:
    """These values; where the words of the agreement are usual ones of whatever language, they are in the language it is in now."""
    language = values.get("language", agreement.language)
    usual = {code: agreement_words.usual(placement.vacancy, code) for code in agreement_words.USUAL}
    texts = {name: values.get(name, getattr(agreement, name)) for name in TEXTS}
    known = {name: {words[name] for words in usual.values() if words.get(name)} for name in TEXTS}
    return {**values, **{name: usual[language].get(name, "") for name, text in texts.items() if text.strip() in known[name]}}


def check_recognition(placement: Placement, outcome: CheckOutcome, *, by: User, now: datetime) -> None:
    """
    A person at the school looked the recognition up; only the outcome and the day are kept (R2).

    Raises:
        DomainError: no recognition is asked here.
    """
    if not placement.is_mbo:
        raise DomainError(_("Hbo and university need no recognition."))
    services.note_check(placement, outcome, by=by, now=now)
    services.log(placement, Who.SCHOOL, by, "check", now)


def note_contract(placement: Placement, present: bool, *, by: User, now: datetime) -> None:
    """
    Whether the coordinator saw the employment contract (R7).

    Raises:
        DomainError: there is no agreement yet.
    """
    if placement.agreement is None:
        raise DomainError(_("There is no agreement yet."))
    placement.agreement.contract_present = present
    session.flush()
    services.log(placement, Who.SCHOOL, by, "contract" if present else "no_contract", now)


def set_rules(school_id: int, *, parents_sign: bool, most_per_trainer: int) -> PlacementRules:
    """How this school wants it."""
    rules = session.merge(PlacementRules(school_id=school_id, parents_sign=parents_sign, most_per_trainer=most_per_trainer))
    session.flush()
    return rules


def over_trainer(placement: Placement, today: date) -> int:
    """How many students the trainer would have at once, where that is more than the school's rule; else 0 (R22)."""
    number = queries.at_trainer(placement, today) if placement.is_mbo else 0
    return number if number > queries.rules_of(placement.school_id).most_per_trainer else 0
