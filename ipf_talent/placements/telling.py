"""What the pages tell of a placement, for the school, the student and the company; and how many wait for a school."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from ipf_talent.accounts.models import User
from ipf_talent.placements import editing, guards, policy, queries, signing, workflow
from ipf_talent.placements.agreements import content as agreement_content
from ipf_talent.placements.agreements import page as agreement_page
from ipf_talent.placements.agreements.content import Missing
from ipf_talent.placements.kinds import (
    BEFORE_START,
    ENDS,
    STARTED,
    AgreementStatus,
    Deed,
    PlacementStatus,
    Who,
)
from ipf_talent.placements.models import Agreement, AgreementSheet, Placement, PlacementEvent

S = PlacementStatus
GROUPS: Mapping[str, frozenset[PlacementStatus]] = {
    "to_do": frozenset({S.PROPOSED, S.APPROVED, S.PREPARING_AGREEMENT, S.INTERRUPTED}),
    "signing": frozenset({S.AWAITING_SIGNATURES}),
    "ready": frozenset({S.SIGNED}),
    "running": STARTED,
    "over": ENDS,
}
"""The lists of a school, by what they ask of it."""
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
        crowded: how many students the trainer has at once, where that is more than the school wants; else 0.
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
    crowded: int = 0
    minor: bool = False
    names: Mapping[int, str] = field(default_factory=dict)

    @property
    def agreement(self) -> Agreement | None:
        """The one that holds or is being made."""
        return self.one.agreement

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
        crowded=editing.over_trainer(placement) if placement.status not in ENDS else 0,
        minor=placement.is_minor(placement.starts_on),
        names=queries.names_of({line.user_id for line in placement.events if line.user_id is not None}),
    )


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
        waits_for=signing.waits_for(placement),
        trail=[line for line in reversed(placement.events) if line.what not in PRIVATE],
        minor=placement.is_minor(placement.starts_on),
    )


PRIVATE = frozenset({"change", "draft", "check", "contract", "no_contract", "lost"})
"""Lines of the trail that are the school's own work."""


def _stops(status: PlacementStatus) -> list[Stop]:
    if status not in workflow.PATH:
        return []
    here = workflow.PATH.index(status)
    phases = ("past", "here", "ahead")
    return [Stop(state, phases[(number >= here) + (number > here)]) for number, state in enumerate(workflow.PATH)]


@dataclass(frozen=True)
class SheetTold:
    """A sheet with its words, whether it can be signed, and by whom it can be answered."""

    one: AgreementSheet
    words: Mapping[str, Any]
    to_sign: Sequence[Who]
    to_answer: Sequence[Who]


def sheets_of(placement: Placement, me: User) -> list[SheetTold]:
    """The sheets of the agreement that holds, the newest on top; a draft has none."""
    agreement = placement.agreement
    if agreement is None:
        return []
    mine, waiting = policy.parties_of(me, placement), signing.waits_for(placement)
    found = []
    for sheet in reversed(agreement.sheets):
        answered = {one.party for one in sheet.answers}
        pending = sheet is agreement.pending
        found.append(
            SheetTold(
                one=sheet,
                words=agreement_page.told(sheet),
                to_sign=[party for party in waiting if party in mine] if sheet is agreement.first else [],
                to_answer=[party for party in mine if pending and party in sheet.parties and party not in answered],
            )
        )
    return found
