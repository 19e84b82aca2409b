"""What an import would do: the lines of a file beside what the school lists here. Nothing is changed; values in, values out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ipf_talent.exchange import joining
from ipf_talent.exchange.faults import Refusal
from ipf_talent.exchange.joining import Joined
from ipf_talent.exchange.kinds import Deed, Note, Part
from ipf_talent.exchange.listings import Line, Listed, Names, Offer, Start, Values, Where, at, day, keys
from ipf_talent.exchange.reading import Read
from ipf_talent.programmes.checks import Lack
from ipf_talent.programmes.listing import ListingStatus

WEIGHTY = frozenset({"type", "level", "code", "admission_nl", "admission_en"})
"""What a published programme is, and for whom: a second person looks before an import changes it."""


@dataclass(frozen=True)
class Change:
    """One field that becomes something else, or stays (in `kept`) because a person wrote it."""

    part: Part
    field: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Outcome:
    """
    What happens with one row.

    Attributes:
        target: the programme: its listing here, or a name for a new one that rows share.
        adds: what the row brings that is not here yet.
        changes: fields that become something else.
        kept: fields that stay because a person edited them.
        programme, offering, intake: the values to write.
        lacks: what something new must tell yet before it can be published; without any it waits for a second person.
    """

    row: int
    deed: Deed
    title: str
    target: str = ""
    adds: tuple[Part, ...] = ()
    changes: tuple[Change, ...] = ()
    kept: tuple[Change, ...] = ()
    notes: tuple[Note, ...] = ()
    refused: tuple[Refusal, ...] = ()
    where: Where | None = None
    line: Line | None = None
    programme: Values = field(default_factory=dict)
    offering: Values = field(default_factory=dict)
    intake: Values = field(default_factory=dict)
    lacks: tuple[Lack, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What happens with every row, in the order of the file."""

    outcomes: tuple[Outcome, ...] = ()

    def of(self, deed: Deed) -> list[Outcome]:
        """The rows with which this happens."""
        return [one for one in self.outcomes if one.deed is deed]

    @property
    def good(self) -> list[Outcome]:
        """The rows that are not refused."""
        return [one for one in self.outcomes if one.deed is not Deed.REFUSED]

    @property
    def changes_nothing(self) -> bool:
        """Whether applying it would leave everything as it is."""
        return not (self.of(Deed.ADDED) or self.of(Deed.CHANGED))

    @property
    def weighty(self) -> bool:
        """Whether it changes what a published listing is."""
        return any(Note.WEIGHTY in one.notes for one in self.outcomes)


def compare(read: Read, listed: Mapping[str, Listed], names: Names) -> Plan:
    """
    Lay a file beside what is listed.

    Args:
        listed: the school's programmes by their listing.
        names: what names in the file mean here.
    """
    joined = joining.join(read.lines, listed, names)
    told: set[tuple[str, ...]] = set()
    outcomes = [_outcome(one, told) for one in sorted(joined.lines, key=lambda one: one.line.row)]
    against: dict[int, list[Refusal]] = {}
    for refusal in (*read.refused, *joined.refused):
        against.setdefault(refusal.row, []).append(refusal)
    outcomes += [Outcome(row, Deed.REFUSED, read.titles.get(row, ""), refused=tuple(why)) for row, why in against.items()]
    return Plan(tuple(sorted(outcomes, key=lambda one: one.row)))


class _Weighing:
    """What one row brings beside what is here; `told` holds what earlier rows add, so that it is added once."""

    def __init__(self, joined: Joined, told: set[tuple[str, ...]]) -> None:
        self.joined, self.told = joined, told
        self.held = joined.known.kept if joined.known else frozenset()
        self.adds: list[Part] = []
        self.notes: list[Note] = []
        self.changes: list[Change] = []
        self.kept: list[Change] = []

    def fields(self, part: Part, given: Values, there: Values, prefix: str = "") -> None:
        """Fields of something that is here."""
        for name, value in given.items():
            if there.get(name) != value:
                change = Change(part, name, there.get(name), value)
                (self.kept if f"{prefix}{name}" in self.held else self.changes).append(change)

    def programme(self) -> None:
        """The programme itself."""
        if self.joined.known:
            self.fields(Part.PROGRAMME, self.joined.programme, self.joined.known.values)
        else:
            self._add(Part.PROGRAMME, self.joined.target)

    def offering(self, where: Where) -> None:
        """Its place and mode, and what begins there."""
        known = self.joined.known
        offer = known.offers.get(where) if known else None
        if offer is None:
            self._add(Part.OFFERING, self.joined.target, at(where))
        elif offer.open_to_change:
            self.fields(Part.OFFERING, self.joined.offering, offer.values, f"{at(where)}/")
        else:
            self.notes.append(Note.OFFERING_CLOSED)
            return
        if self.joined.line.has_start:
            self._intake(where, offer)

    def _intake(self, where: Where, offer: Offer | None) -> None:
        line = self.joined.line
        there = offer.starts.get(line.starts_on) if offer else None
        if there is None:
            self.adds.append(Part.INTAKE)
        elif there.cancelled:
            self.notes.append(Note.INTAKE_CANCELLED)
        else:
            self.fields(Part.INTAKE, line.intake, there.values, f"{at(where)}/{day(line.starts_on)}.")

    def note_published(self, where: Where | None) -> None:
        """Say of what is published that everyone sees its change at once, or that a second person looks first."""
        known = self.joined.known
        if known is None or known.status is not ListingStatus.PUBLISHED:
            return
        offer = known.offers.get(where) if where else None
        shown = {Part.PROGRAMME} | ({Part.OFFERING, Part.INTAKE} if offer and offer.status is ListingStatus.PUBLISHED else set())
        if shown & {*(one.part for one in self.changes), *self.adds}:
            self.notes.append(Note.LIVE)
        if any(one.part is Part.PROGRAMME and one.field in WEIGHTY for one in self.changes):
            self.notes.append(Note.WEIGHTY)

    def _add(self, part: Part, *name: str) -> None:
        if name not in self.told:
            self.told.add(name)
            self.adds.append(part)

    def written(self, part: Part, given: Values) -> Values:
        """The values to write: all of something new, of something known those that change."""
        return dict(given) if part in self.adds else {one.field: one.new for one in self.changes if one.part is part}


def _outcome(joined: Joined, told: set[tuple[str, ...]]) -> Outcome:
    line = joined.line
    where = (line.place, line.mode) if line.mode else None
    outcome = Outcome(line.row, Deed.LEFT, joined.title, joined.target, where=where, line=line)
    if joined.known and not joined.known.open_to_change:
        return replace(outcome, notes=(Note.PROGRAMME_CLOSED,))
    weighing = _Weighing(joined, told)
    weighing.programme()
    if where:
        weighing.offering(where)
    weighing.note_published(where)
    return replace(
        outcome,
        deed=Deed.ADDED if weighing.adds else Deed.CHANGED if weighing.changes else Deed.LEFT,
        adds=tuple(weighing.adds), changes=tuple(weighing.changes), kept=tuple(weighing.kept), notes=tuple(weighing.notes),
        programme=weighing.written(Part.PROGRAMME, joined.programme),
        offering=weighing.written(Part.OFFERING, joined.offering),
        intake=weighing.written(Part.INTAKE, line.intake),
    )  # fmt: skip


def after(listed: Mapping[str, Listed], plan: Plan) -> dict[str, Listed]:
    """What is listed once the plan is carried out; new programmes stand under the name that their rows share."""
    found = dict(listed)
    for one in plan.good:
        if one.line is None or not (one.adds or one.changes):
            continue
        begun = ListingStatus.DRAFT if one.lacks else ListingStatus.IN_REVIEW
        programme = found.get(one.target) or Listed(one.target, {}, begun)
        programme = replace(programme, values=programme.values | one.programme)
        if one.where and (one.offering or one.intake or {Part.OFFERING, Part.INTAKE} & {*one.adds}):
            offer = programme.offers.get(one.where) or Offer({}, begun)
            starts = dict(offer.starts)
            if Part.INTAKE in one.adds or one.intake:
                there = starts.get(one.line.starts_on) or Start({"numerus_fixus": False, "permission_needed": False})
                starts[one.line.starts_on] = replace(there, values=there.values | one.intake)
            offer = replace(offer, values=offer.values | one.offering, starts=starts)
            programme = replace(programme, offers={**programme.offers, one.where: offer})
        found[one.target] = programme
    return found


def named(plan: Plan, targets: Mapping[str, str] | None = None) -> frozenset[str]:
    """The keys of the good rows (see `listings.keys`); `targets` gives the listing that a new programme got."""
    found = set()
    for one in plan.good:
        if one.line is not None:
            start = f"/{day(one.line.starts_on)}" if one.line.has_start else ""
            slug = (targets or {}).get(one.target, one.target)
            found.add(f"{slug}/{at(one.where)}{start}" if one.where else slug)
    return frozenset(found)


def missing(before: Sequence[str], plan: Plan, listed: Mapping[str, Listed]) -> list[str]:
    """Keys that the former import of this feed named, that are still listed, and that this one leaves out."""
    there = set(listed) | {key for one in listed.values() for key in keys(one)}
    return sorted((set(before) & there) - named(plan))


def shrinks(before: int, plan: Plan) -> bool:
    """Whether it holds more than a fifth fewer good rows than the import before it."""
    return len(plan.good) * 5 < before * 4
