"""What the pages tell of a placement, for the school, the student and the company; and how many wait for a school."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from ipf_talent.accounts.models import User
from ipf_talent.placements import editing, guards, minors, policy, queries, signing, workflow
from ipf_talent.placements.agreements import content as agreement_content
from ipf_talent.placements.agreements import page as agreement_page
from ipf_talent.placements.agreements.content import Missing
from ipf_talent.placements.kinds import (
    BEFORE_START,
    ENDS,
    STARTED,
    AgreementStatus,
    Answer,
    Deed,
    PlacementStatus,
    Who,
)
from ipf_talent.placements.models import Agreement, AgreementSheet, Placement, PlacementEvent, SheetAnswer

S = PlacementStatus
GROUPS: Mapping[str, frozenset[PlacementStatus]] = {
    "to_do": frozenset({S.PROPOSED, S.APPROVED, S.PREPARING_AGREEMENT, S.INTERRUPTED}),
    "signing": frozenset({S.AWAITING_SIGNATURES}),
    "ready": frozenset({S.SIGNED}),
    "running": STARTED,
    "over": ENDS,
}
"""The lists of a school, by what they ask of it; to do is also what still runs after its last day."""
GUIDING = frozenset({Deed.INTERRUPT, Deed.RESUME, Deed.COMPLETE})
"""What the supervisor of a student may do beside the coordinators (4.5)."""


class Stop(NamedTuple):
    """A state on the way: `past`, `here` or `ahead`."""

    state: PlacementStatus
    phase: str


@dataclass(frozen=True)
class Told:
    """
    A placement as one side sees it.

    Attributes:
        waits_for: who has still to sign.
        missing: what the agreement lacks before it can be sent; for the school alone.
        deeds: what this person can do now.
        held_up: why a signed placement whose first day has come does not start.
        closing: whether its last day has passed, so that the school has to close it.
        crowded: how many students the trainer has at once, where that is more than the school wants; else 0.
        misfit: hours that the week of a draft comes to over the period, where that is far from its hours in all; else 0.
        names: of the people in the trail, by number.
    """

    one: Placement
    side: Who
    stops: Sequence[Stop]
    deeds: Sequence[Deed]
    waits_for: Sequence[Who]
    trail: Sequence[PlacementEvent]
    missing: Sequence[Missing] = ()
    held_up: str = ""
    closing: bool = False
    crowded: int = 0
    misfit: int = 0
    minor: bool = False
    names: Mapping[int, str] = field(default_factory=dict)

    @property
    def agreement(self) -> Agreement | None:
        """The one that holds or is being made."""
        return self.one.agreement

    @property
    def objection(self) -> SheetAnswer | None:
        """What somebody said against the newest change, until the school has taken note of it."""
        sheet = self.agreement.objected if self.agreement else None
        return next((one for one in sheet.answers if one.answer is Answer.OBJECTED), None) if sheet else None

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes of it."""
        return self.one.status in ENDS


def for_school(placement: Placement, me: User, today: date) -> Told:
    """All a coordinator or supervisor needs."""
    manages = policy.may_manage(me, placement)
    deeds = [one for one in workflow.deeds(placement.status, Who.SCHOOL) if manages or one in GUIDING]
    agreement = placement.agreement
    draft = agreement is not None and agreement.status is AgreementStatus.DRAFT
    return Told(
        one=placement,
        side=Who.SCHOOL,
        stops=_stops(placement.status),
        deeds=[one for one in deeds if one is not Deed.SEND or draft],
        waits_for=signing.waits_for(placement),
        trail=list(reversed(placement.events)),
        missing=agreement_content.missing(placement, agreement, parent_signs=guards.parent_signs(placement, today))
        if agreement is not None and draft
        else (),
        held_up=guards.holds_up(placement, today),
        closing=_is_closing(placement, today),
        crowded=editing.over_trainer(placement, today) if placement.status not in ENDS else 0,
        misfit=_misfit(placement, agreement) if agreement is not None and draft else 0,
        minor=placement.is_minor(placement.starts_on),
        names=queries.names_of({line.user_id for line in placement.events if line.user_id is not None}),
    )


def _misfit(placement: Placement, agreement: Agreement) -> int:
    """Far is more than one such week."""
    week = minors.week_of(agreement.week)
    counted = minors.weekly_total(week, placement.starts_on, placement.ends_on)
    return counted if week and abs(counted - placement.hours) * 60 > minors.work_minutes(week) else 0


def for_student(placement: Placement, today: date) -> Told:
    """What a student sees of their own placement."""
    return _plain(placement, Who.STUDENT, today, may_cancel=True)


def for_company(placement: Placement, me: User, today: date) -> Told:
    """What a company sees: no notes, no reason of the school, no names of its people."""
    return _plain(placement, Who.COMPANY, today, may_cancel=policy.may_act_for_company(me, placement))


def _plain(placement: Placement, side: Who, today: date, *, may_cancel: bool) -> Told:
    cancel = may_cancel and placement.status in BEFORE_START and today < placement.starts_on
    return Told(
        one=placement,
        side=side,
        stops=_stops(placement.status),
        deeds=[Deed.CANCEL] if cancel else [],
        closing=_is_closing(placement, today),
        waits_for=signing.waits_for(placement),
        trail=[line for line in reversed(placement.events) if line.what not in PRIVATE],
        minor=placement.is_minor(placement.starts_on),
    )


PRIVATE = frozenset({"change", "draft", "check", "contract", "no_contract", "lost", "replacement"})
"""Lines of the trail that are the school's own work."""


def _is_closing(placement: Placement, today: date) -> bool:
    return placement.status is S.RUNNING and workflow.turn(placement.status, placement.last_day, today) is Who.SCHOOL


def _stops(status: PlacementStatus) -> list[Stop]:
    if status not in workflow.PATH:
        return []
    here = workflow.PATH.index(status)
    phases = ("past", "here", "ahead")
    return [Stop(state, phases[(number >= here) + (number > here)]) for number, state in enumerate(workflow.PATH)]


@dataclass(frozen=True)
class SheetTold:
    """A sheet with its words, for whom it can be signed or answered here, and whether the school can take it back."""

    one: AgreementSheet
    words: Mapping[str, Any]
    to_sign: Sequence[Who]
    to_answer: Sequence[Who]
    to_take_back: bool


def sheets_of(placement: Placement, me: User) -> list[SheetTold]:
    """The sheets of the agreement that holds, the newest on top; a draft has none."""
    agreement = placement.agreement
    if agreement is None:
        return []
    mine, waiting = policy.parties_of(me, placement), signing.waits_for(placement)
    found = []
    for sheet in reversed(agreement.sheets):
        pending = sheet is agreement.pending
        asked = sheet.parties - sheet.answered_by - {Who.SCHOOL} if pending else frozenset()
        found.append(
            SheetTold(
                one=sheet,
                words=agreement_page.told(sheet),
                to_sign=[party for party in waiting if party in mine] if sheet is agreement.first else [],
                to_answer=[party for party in agreement_page.ordered(sheet) if party in mine & asked],
                to_take_back=pending and Who.SCHOOL in mine,
            )
        )
    return found
