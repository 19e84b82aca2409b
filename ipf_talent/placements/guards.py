"""What must hold before a step of the table: each guard refuses with a sentence for the person at the screen."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from ipf_talent.errors import DomainError, Refusals
from ipf_talent.i18n import _
from ipf_talent.organisations import recognitions
from ipf_talent.placements import minors, queries, signals, workflow
from ipf_talent.placements.agreements import content as agreement_content
from ipf_talent.placements.kinds import (
    CANCEL_REASONS,
    DECLINE_REASONS,
    END_REASONS,
    PAUSE_REASONS,
    AgreementStatus,
    CheckOutcome,
    Deed,
    Reason,
    Who,
)
from ipf_talent.placements.models import Placement
from ipf_talent.placements.workflow import Guard, Step
from ipf_talent.vacancies.kinds import VacancyKind

QUESTIONS = ("recognised", "looked_up", "relevant", "safe", "guided")
"""What the coordinator answers before an mbo placement is approved (4.5); the words stand with the form."""
REASONS: Mapping[Deed, tuple[Reason, ...]] = {
    Deed.DECLINE: DECLINE_REASONS,
    Deed.INTERRUPT: PAUSE_REASONS,
    Deed.END_EARLY: END_REASONS,
    Deed.CANCEL: CANCEL_REASONS,
}


@dataclass(frozen=True)
class Said:
    """
    What somebody says with a deed.

    Attributes:
        reason: of the list that belongs to the deed.
        note: the school's own words beside it; the company does not see them.
        answers: to `QUESTIONS`, where a placement is approved.
        last_day: in fact, where it ends early.
        heard: whether student and company were heard, where it ends early.
    """

    reason: Reason | None = None
    note: str = ""
    answers: Mapping[str, bool] = field(default_factory=dict)
    last_day: date | None = None
    heard: bool = False


def check(placement: Placement, line: Step, said: Said, today: date) -> None:
    """
    Whether everything holds that a step asks.

    Raises:
        Refusals: everything that was not said, if anything.
        DomainError: else the first thing that does not hold.
    """
    unsaid = [one for guard in line.guards for one in _unsaid(placement, line, guard, said, today)]
    if unsaid:
        raise Refusals(unsaid)
    for guard in line.guards:
        if refuse := _REFUSE.get(guard):
            refuse(placement, today)


def _unsaid(placement: Placement, line: Step, guard: Guard, said: Said, today: date) -> Iterator[DomainError]:
    """What somebody still has to say before this step."""
    if guard is Guard.REASON and said.reason not in REASONS[line.deed]:
        yield DomainError(_("Choose a reason."), field="reason")
    if guard is Guard.QUESTIONS:
        yield from _unanswered(placement, said.answers)
    if guard is Guard.LAST_DAY and not _can_be_last(placement, said.last_day, today):
        yield DomainError(_("The last day lies between the first day and today."), field="last_day")
    if guard is Guard.HEARD and not said.heard:
        yield DomainError(_("Hear the student and the company first."), field="heard")


def parent_signs(placement: Placement, today: date) -> bool:
    """Whether a parent is asked to sign: the student is under 18, and the school has it so."""
    return placement.is_minor(today) and queries.rules_of(placement.school_id).parents_sign


def _unanswered(placement: Placement, answers: Mapping[str, bool]) -> Iterator[DomainError]:
    if not placement.is_mbo:
        return
    held = recognitions.verified(placement.establishment_id)
    recognised = placement.crebo in held if placement.crebo else bool(held)
    if not recognised:
        words = _("This company is not recognised for %(crebo)s here. Check the recognition first.", crebo=placement.crebo or "sbb")
        yield DomainError(words, field="recognised")
    for question in QUESTIONS:
        if not answers.get(question) and (recognised or question != "recognised"):
            yield DomainError(_("Without a yes to this question the placement cannot be approved."), field=question)


def _can_be_last(placement: Placement, day: date | None, today: date) -> bool:
    return day is not None and placement.starts_on <= day <= min(today, placement.ends_on)


def _assignment(placement: Placement, _today: date) -> None:
    if placement.asks_assignment and not (placement.assignment and placement.assignment.is_approved):
        raise DomainError(_("The assignment has to be approved first."))


def _capacity(placement: Placement, today: date) -> None:
    if placement.vacancy is not None and queries.overlapping(placement, today) >= placement.vacancy.places:
        raise DomainError(_("All places here are taken in this period."))


def _content(placement: Placement, today: date) -> None:
    agreement = placement.agreement
    if agreement is None or agreement.status is not AgreementStatus.DRAFT:
        raise DomainError(_("There is no agreement that waits to be sent."))
    wanting = agreement_content.missing(placement, agreement, parent_signs=parent_signs(placement, today))
    if wanting:
        raise DomainError(_("The agreement is not complete: %(what)s", what=" ".join(one.words for one in wanting)))


def _fresh_check(placement: Placement, _today: date) -> None:
    if placement.is_mbo and not placement.check_is_fresh:
        raise DomainError(_("Look the recognition up again: something changed after the last check."), field="recognition")


def _recognised(placement: Placement, _today: date) -> None:
    if placement.is_mbo and placement.recognition_outcome is not CheckOutcome.RECOGNISED:
        raise DomainError(_("The company is not recognised any more. Look the recognition up first."))


def _minor(placement: Placement, _today: date) -> None:
    if not placement.is_minor(placement.starts_on) or placement.agreement is None:
        return
    broken = minors.exceeded(minors.week_of(placement.agreement.week))
    if broken:
        raise DomainError(" ".join(str(minors.LIMIT_LABELS[limit]) for limit in broken), field="week")


def _signatures(placement: Placement, _today: date) -> None:
    agreement = placement.agreement
    if agreement is None or not agreement.is_complete:
        raise DomainError(_("Not everybody has signed."))


def _first_day(placement: Placement, today: date) -> None:
    if today < placement.starts_on:
        raise DomainError(_("The first day has not come yet."))


def _not_started(placement: Placement, today: date) -> None:
    if today >= placement.starts_on:
        raise DomainError(_("The first day has come. Ask your school."))


def _contract(placement: Placement, _today: date) -> None:
    if placement.kind is VacancyKind.BBL_APPRENTICESHIP and not (placement.agreement and placement.agreement.contract_present):
        raise DomainError(_("The employment contract has to be there first."), field="contract_present")


def _guided(placement: Placement, _today: date) -> None:
    wanting = [words for _listener, found in signals.completing.send(placement) for words in found]
    if wanting:
        raise DomainError(_("It cannot be completed yet. %(what)s", what=" ".join(f"{words}." for words in wanting)))


_REFUSE: Mapping[Guard, Callable[[Placement, date], None]] = {
    Guard.ASSIGNMENT: _assignment,
    Guard.CAPACITY: _capacity,
    Guard.CONTENT: _content,
    Guard.RECOGNITION: _fresh_check,
    Guard.RECOGNISED: _recognised,
    Guard.MINOR: _minor,
    Guard.SIGNATURES: _signatures,
    Guard.FIRST_DAY: _first_day,
    Guard.NOT_STARTED: _not_started,
    Guard.CONTRACT: _contract,
    Guard.GUIDED: _guided,
}


def holds_up(placement: Placement, today: date) -> str:
    """Why a signed placement whose first day has come does not start; empty where nothing does."""
    line = workflow.step(placement.status, Deed.START, Who.SYSTEM)
    if line is None or today < placement.starts_on:
        return ""
    try:
        check(placement, line, Said(), today)
    except DomainError as error:
        return error.message
    return ""
