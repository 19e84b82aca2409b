"""Facts that filter: level, kind, distance, period and language. They decide what is shown, and never touch a fit.

What a place or a person does not say is neutral: it hides nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Protocol

from ipf_talent.organisations.distance import kilometres
from ipf_talent.profiles.card import Card
from ipf_talent.programmes.levels import Level, ProgrammeType, StartingPoint
from ipf_talent.vacancies.kinds import MBO, VacancyKind

ONE_STEP_UP: Mapping[Level, tuple[Level, ...]] = {
    Level.MBO_1: (Level.MBO_2,),
    Level.MBO_2: (Level.MBO_3,),
    Level.MBO_3: (Level.MBO_4,),
    Level.MBO_4: (Level.AD, Level.HBO_BACHELOR),
    Level.AD: (Level.HBO_BACHELOR,),
    Level.HBO_BACHELOR: (Level.MASTER,),
    Level.WO_BACHELOR: (Level.MASTER,),
    Level.MASTER: (Level.ENGD_PHD,),
}
"""What comes directly above each level."""

ENTERED_FROM: Mapping[StartingPoint, tuple[Level, ...]] = {
    StartingPoint.NONE: (Level.MBO_1,),
    StartingPoint.VMBO_BB: (Level.MBO_2,),
    StartingPoint.VMBO_KB: (Level.MBO_3, Level.MBO_4),
    StartingPoint.VMBO_GL_TL: (Level.MBO_3, Level.MBO_4),
    StartingPoint.HAVO: (Level.MBO_4, Level.AD, Level.HBO_BACHELOR),
    StartingPoint.VWO: (Level.AD, Level.HBO_BACHELOR, Level.WO_BACHELOR),
}
"""For who is still before mbo: the levels they can enter next, since no place is at their own."""


def usual_levels(card: Card) -> frozenset[Level]:
    """The levels of the places that are shown to someone who asks for none: their own, or those they can enter next."""
    if card.level:
        return frozenset({card.level})
    return frozenset(ENTERED_FROM.get(card.point, ()) if card.point else ())


def leading_to(level: Level) -> frozenset[Level]:
    """The levels whose programmes prepare for a place: its own, and those directly below it; all where it has none."""
    if level is Level.NONE:
        return frozenset(Level)
    return frozenset({level, *(below for below, above in ONE_STEP_UP.items() if level in above)})


def led_to(level: Level) -> frozenset[Level]:
    """The levels of the places that a programme prepares for: the other way round."""
    return frozenset(one for one in Level if level is Level.NONE or level in leading_to(one))


BANDS = (
    (Level.MBO_1, Level.MBO_2, Level.MBO_3, Level.MBO_4),
    (Level.AD, Level.HBO_BACHELOR),
    (Level.WO_BACHELOR, Level.MASTER, Level.ENGD_PHD),
)
"""Levels whose places ask for work of one kind: at mbo, at hbo, at a university."""


def band(level: Level) -> int | None:
    """Which band a level belongs to; None for what has no level."""
    return next((number for number, levels in enumerate(BANDS) if level in levels), None)


INSIDE = frozenset({ProgrammeType.MINOR, ProgrammeType.ELECTIVE, ProgrammeType.PREMASTER})
"""Programmes that one follows inside, or right after, one of their own level."""


def within_reach(card: Card, level: Level, kind: ProgrammeType) -> bool:
    """Whether a programme is at the level where someone is or directly above it; who did not say where they are reaches all."""
    own = usual_levels(card)
    if not own or level is Level.NONE:
        return True
    return level in own if kind in INSIDE else level in own.union(ONE_STEP_UP.get(card.level, ()) if card.level else ())


def first_levels(card: Card, level: Level, kind: ProgrammeType) -> tuple[Level, ...]:
    """
    For a programme that is not within reach: the levels of which one comes first, as far as they lie on a way up from one's own.

    Returns:
        Empty where the programme is within reach, and where no way up leads there.
    """
    if within_reach(card, level, kind):
        return ()
    on_the_way = set(usual_levels(card))
    for one in Level:
        on_the_way.update(ONE_STEP_UP.get(one, ()) if one in on_the_way else ())
    before = {level} if kind in INSIDE else {below for below, above in ONE_STEP_UP.items() if level in above}
    return tuple(one for one in Level if one in before & on_the_way and level in on_the_way)


class Facts(Protocol):
    """What has to be known of a place."""

    @property
    def level(self) -> Level: ...
    @property
    def kind(self) -> VacancyKind: ...
    @property
    def work_languages(self) -> list[str]: ...
    @property
    def starts_on(self) -> date: ...
    @property
    def ends_on(self) -> date | None: ...
    @property
    def recognised_for(self) -> str | None: ...
    @property
    def lat(self) -> float | None: ...
    @property
    def lon(self) -> float | None: ...


class Recognised(StrEnum):
    """How an mbo place stands to the qualification that somebody follows."""

    OWN = "own"
    AKIN = "akin"
    """Only for an older or newer number of the same occupation: the school says whether that will do."""
    NOT = "not"


@dataclass(frozen=True)
class Qualification:
    """The mbo qualification that somebody follows, by its crebo, and the older or newer numbers of the same occupation."""

    crebo: str
    akin: frozenset[str] = frozenset()

    def at(self, facts: Facts) -> Recognised | None:
        """Whether a place is recognised for it today; None where none is needed (R1)."""
        if facts.kind not in MBO:
            return None
        held = _codes(facts)
        if self.crebo in held:
            return Recognised.OWN
        return Recognised.NOT if self.akin.isdisjoint(held) else Recognised.AKIN

    def akin_at(self, facts: Facts) -> str:
        """The numbers of the same occupation that a place is recognised for, in words."""
        return ", ".join(sorted(self.akin & _codes(facts)))


def _codes(facts: Facts) -> frozenset[str]:
    return frozenset((facts.recognised_for or "").split(","))


@dataclass(frozen=True)
class Home:
    """Where someone starts from: a town, in degrees north and east."""

    name: str
    lat: float
    lon: float

    def km(self, facts: Facts) -> float | None:
        """How far a place is, as the crow flies; None where it has no town."""
        if facts.lat is None or facts.lon is None:
            return None
        return kilometres(self.lat, self.lon, facts.lat, facts.lon)


@dataclass(frozen=True)
class Wanted:
    """
    What someone looks for; empty and None filter nothing.

    Attributes:
        within_km: from home; counts only where home is known.
        available: first and last day, each or both of which may be open.
        qualification: of an mbo place, what it must be recognised for, by its own or an equivalent number.
    """

    levels: frozenset[Level] = frozenset()
    kinds: frozenset[str] = frozenset()
    within_km: int | None = None
    home: Home | None = field(default=None)
    languages: frozenset[str] = frozenset()
    available: tuple[date | None, date | None] = (None, None)
    qualification: Qualification | None = None

    @property
    def in_use(self) -> tuple[str, ...]:
        """The names of the filters that can hide something, in their order."""
        used = {
            "level": self.levels,
            "kind": self.kinds,
            "within": self.within_km and self.home,
            "period": any(self.available),
            "language": self.languages,
            "crebo": self.qualification,
        }
        return tuple(name for name, value in used.items() if value)

    def without(self, *names: str) -> "Wanted":
        """The same without some of its filters."""
        fields = {"level": "levels", "kind": "kinds", "within": "within_km", "period": "available", "language": "languages"}
        fields |= {"crebo": "qualification"}
        nothing = Wanted()
        return replace(self, **{fields[name]: getattr(nothing, fields[name]) for name in names})

    def unmet(self, facts: Facts) -> tuple[str, ...]:
        """The names of the filters that hide a place."""
        return tuple(name for name in self.in_use if not _CHECKS[name](self, facts))

    def lets_through(self, facts: Facts) -> bool:
        """Whether no filter hides a place."""
        return not self.unmet(facts)


def _level(wanted: Wanted, facts: Facts) -> bool:
    return facts.level is Level.NONE or facts.level in wanted.levels


def _kind(wanted: Wanted, facts: Facts) -> bool:
    return facts.kind in wanted.kinds


def _within(wanted: Wanted, facts: Facts) -> bool:
    km = wanted.home.km(facts) if wanted.home else None
    return km is None or wanted.within_km is None or km <= wanted.within_km


def _period(wanted: Wanted, facts: Facts) -> bool:
    """Whether the two periods have a day in common."""
    first, last = wanted.available
    return (last is None or facts.starts_on <= last) and (first is None or facts.ends_on is None or facts.ends_on >= first)


def _language(wanted: Wanted, facts: Facts) -> bool:
    return not facts.work_languages or not wanted.languages.isdisjoint(facts.work_languages)


def _crebo(wanted: Wanted, facts: Facts) -> bool:
    return wanted.qualification is None or wanted.qualification.at(facts) is not Recognised.NOT


_CHECKS: dict[str, Callable[[Wanted, Facts], bool]] = {
    "level": _level,
    "kind": _kind,
    "within": _within,
    "period": _period,
    "language": _language,
    "crebo": _crebo,
}
