"""Placements: proposing one, and moving it on; one function for every step of the table, and what a step brings about."""

from collections.abc import Mapping
from datetime import date, datetime
from secrets import token_hex

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from ipf_talent import clock
from ipf_talent.accounts import audit
from ipf_talent.accounts.models import User
from ipf_talent.applications import services as responses
from ipf_talent.applications.kinds import PLACED
from ipf_talent.applications.kinds import Deed as Ending
from ipf_talent.applications.kinds import Who as Side
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.placements import facts, guards, letters, signals, workflow
from ipf_talent.placements.agreements import drafts as agreement_drafts
from ipf_talent.placements.agreements import kinds as agreement_kinds
from ipf_talent.placements.guards import Said
from ipf_talent.placements.kinds import (
    OPEN_AGREEMENT,
    AgreementStatus,
    CheckOutcome,
    Deed,
    PlacementStatus,
    Reason,
    Who,
)
from ipf_talent.placements.models import Placement, PlacementEvent
from ipf_talent.placements.workflow import Effect, Guard, Step
from ipf_talent.vacancies import services as vacancies
from ipf_talent.vacancies.kinds import Minors, VacancyKind
from ipf_talent.vacancies.models import Vacancy

TELLS = {
    Effect.TELL_STUDENT: Who.STUDENT,
    Effect.TELL_PARENT: Who.PARENT,
    Effect.TELL_COMPANY: Who.COMPANY,
    Effect.TELL_SCHOOL: Who.SCHOOL,
}


def propose(
    *,
    school_id: int,
    student_id: int,
    vacancy: Vacancy | None,
    establishment_id: int,
    period_id: int | None = None,
    enrolment_id: int | None = None,
    application_id: int | None = None,
    starts_on: date,
    ends_on: date,
    hours: int,
    by: User | None,
    now: datetime,
    take: bool = False,
    kind: VacancyKind | None = None,
    programme_id: int | None = None,
    hours_per_week: int | None = None,
    days_per_week: int | None = None,
    adult_on: date | None = None,
    tell: bool = True,
) -> Placement:
    """
    Begin a placement: the school is asked to approve it. What is known of programme, company and guides is filled in.

    Args:
        vacancy: the place; None where the school places at a company that offered none, and then `kind` is needed.
        take: take one of the places of the vacancy; an accepted response has done so already.
        adult_on: the day on which the student turns 18; taken from the enrolment where that knows it.
        tell: whether the school hears of it by letter.

    Raises:
        DomainError: the student has a place in this period already, no place is left, or it is not for this student.
    """
    kind = vacancy.kind if vacancy is not None else kind
    if kind is None or kind is VacancyKind.ENGD_POSITION:
        raise DomainError(_("This is a job and no placement for a school."))
    known = facts.gather(student_id, enrolment_id, establishment_id, vacancy, programme_id, kind)
    week_hours = hours_per_week or (vacancy.hours_per_week if vacancy else 32)
    placement = Placement(
        key=token_hex(6), student_id=student_id, enrolment_id=enrolment_id, period_id=period_id, school_id=school_id,
        vacancy_id=vacancy.id if vacancy else None, application_id=application_id, establishment_id=establishment_id,
        kind=kind, starts_on=starts_on, ends_on=ends_on, hours=hours,
        hours_by_year=agreement_kinds.spread(starts_on, ends_on, hours),
        hours_per_week=week_hours, days_per_week=days_per_week or (vacancy.days_per_week if vacancy else 4),
        status=PlacementStatus.PROPOSED, adult_on=known.adult_on or adult_on, changed_at=now, created_at=now,
        programme_id=known.programme_id, crebo=known.crebo, leerbedrijf_id=known.leerbedrijf_id,
        trainer_name=known.trainer_name, trainer_email=known.trainer_email, trainer_id=known.trainer_id,
        supervisor_id=known.supervisor_id, approval={}, events=[], agreements=[],
    )  # fmt: skip
    if vacancy is not None and vacancy.minors is Minors.NO and placement.is_minor(starts_on):
        raise DomainError(_("For safety this place is for people from 18 years."))
    try:
        with session.begin_nested():
            session.add(placement)
    except IntegrityError:
        raise DomainError(_("This student already has a place in this period.")) from None
    if take and vacancy is not None and not vacancies.take_place(vacancy.id):
        raise DomainError(_("No place is left here: somebody was just before you."))
    log(placement, Who.SCHOOL if by and by.id != student_id else Who.STUDENT, by, "propose", now, after=PlacementStatus.PROPOSED)
    session.flush()
    if tell:
        letters.tell(placement, Who.SCHOOL, "propose")
    return placement


def move(
    placement: Placement,
    deed: Deed,
    *,
    who: Who,
    by: User | None,
    now: datetime,
    reason: Reason | None = None,
    note: str = "",
    answers: Mapping[str, bool] | None = None,
    last_day: date | None = None,
    heard: bool = False,
    leaving: bool = False,
) -> bool:
    """
    Take one step of the table, once however many ask at the same time.

    Args:
        by: the person; None for the site itself.
        reason: and what stands after it: see `guards.Said`.
        leaving: the student takes their data away, so that no letter names them.

    Returns:
        False where exactly this was done before, so that nothing was left to do.

    Raises:
        DomainError: the table has no such step from here, or a guard does not hold.
    """
    line = workflow.step(placement.status, deed, who)
    if line is None:
        if workflow.done_before(placement.status, deed, who):
            return False
        raise DomainError(_("This is not possible now: the placement has moved on. Look at the page again."))
    before, said = placement.status, Said(reason, note, answers or {}, last_day, heard)
    guards.check(placement, line, said, now.astimezone(clock.AMSTERDAM).date())
    mine = update(Placement).where(Placement.id == placement.id, Placement.status == before).values(status=line.after)
    if session.execute(mine.returning(Placement.id).execution_options(synchronize_session=False)).scalar() is None:
        raise DomainError(_("Somebody else has just changed this placement. Look at the page again."))
    placement.status = line.after
    _keep(placement, line, said, by, now)
    _bring_about(placement, line, now)
    log(placement, who, by, deed.value, now, before=before, after=line.after, reason=reason)
    for effect in line.effects:
        if side := TELLS.get(effect):
            letters.tell(placement, side, deed.value, **({"student": ""} if leaving else {}))
    _announce(placement, line, reason)
    return True


def log(
    placement: Placement,
    who: Who,
    by: User | None,
    what: str,
    now: datetime,
    *,
    before: PlacementStatus | None = None,
    after: PlacementStatus | None = None,
    reason: Reason | None = None,
) -> None:
    """Add a line to the trail of the placement, and one to the audit trail."""
    line = PlacementEvent(at=now, who=who, user_id=by.id if by else None, what=what, before=before, after=after, reason=reason)
    placement.events.append(line)
    known = {name: one.value for name, one in {"from": before, "to": after, "reason": reason}.items() if one is not None}
    audit.record(by.id if by else None, f"placement_{what}", "placement", placement.id, **known)


def note_check(placement: Placement, outcome: CheckOutcome, *, by: User | None, now: datetime) -> None:
    """Keep that a person looked the recognition up, when, and what it said; nothing else of SBB is kept (R2)."""
    placement.recognition_checked_on = now.astimezone(clock.AMSTERDAM).date()
    placement.recognition_checked_at = now
    placement.recognition_checked_by_id = by.id if by else None
    placement.recognition_outcome = outcome
    session.flush()


def _keep(placement: Placement, line: Step, said: Said, by: User | None, now: datetime) -> None:
    if Guard.REASON in line.guards:
        placement.reason, placement.note = said.reason, said.note
    if Guard.LAST_DAY in line.guards:
        placement.ended_on = said.last_day
    if Guard.QUESTIONS in line.guards and placement.is_mbo:
        placement.approval = dict(said.answers)
        note_check(placement, CheckOutcome.RECOGNISED, by=by, now=now)
    if line.deed is Deed.RESUME:
        placement.reason, placement.note = None, ""
    if line.deed is Deed.COMPLETE:
        placement.ended_on = min(placement.ends_on, now.astimezone(clock.AMSTERDAM).date())


def _bring_about(placement: Placement, line: Step, now: datetime) -> None:
    agreement = placement.agreement
    for effect in line.effects:
        if effect is Effect.DISSOLVE and agreement is not None and agreement.status in OPEN_AGREEMENT:
            agreement.status, agreement.ended_at = AgreementStatus.DISSOLVED, now
            session.flush()
        if effect is Effect.EXPIRE and agreement is not None:
            agreement.status, agreement.ended_at = AgreementStatus.EXPIRED, now
        if effect is Effect.NEW_AGREEMENT:
            agreement_drafts.begin(placement, now=now)
        if effect is Effect.NEW_SHEET and agreement is not None:
            agreement_drafts.freeze(placement, agreement, parent=guards.parent_signs(placement, clock.today()), now=now)
        if effect is Effect.SHEET_IN_FORCE and agreement is not None:
            agreement_drafts.conclude(agreement, now=now)
        if effect is Effect.GIVE_PLACE_BACK:
            _give_back(placement, now)
    session.flush()


def _give_back(placement: Placement, now: datetime) -> None:
    """The place is free again: the response that took it ends with it, and does so itself where it has ended already."""
    response = placement.application
    if response is not None:
        if response.state in PLACED:
            responses.move(response, Ending.END, who=Side.SYSTEM, by=None, now=now)
    elif placement.vacancy_id is not None:
        vacancies.give_back(placement.vacancy_id)


def _announce(placement: Placement, line: Step, reason: Reason | None) -> None:
    if line.deed is Deed.START:
        signals.started.send(placement)
    if Effect.FIND_PLACE in line.effects:
        signals.interrupted.send(placement, reason=reason)
    if line.deed in (Deed.COMPLETE, Deed.END_EARLY, Deed.CANCEL):
        signals.ended.send(placement)
