"""What someone asks of the planner, as one value: the same in an address, in a saved plan and on paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Self

from ipf_talent.programmes.levels import Mode, StartingPoint


class GoalKind(StrEnum):
    """What someone wants to reach."""

    PROGRAMME = "programme"
    OCCUPATION = "occupation"
    VACANCY = "vacancy"
    POSSIBLE = "possible"
    """No goal yet: what can be entered from here."""


class Pace(StrEnum):
    """How much of the week there is for it."""

    ANY = "any"
    FULL = "full"
    BESIDE_WORK = "work"


MODES = {
    Pace.ANY: frozenset[str](),
    Pace.FULL: frozenset({"", Mode.BOL, Mode.BBL, Mode.DUAL, Mode.FULLTIME}),
    Pace.BESIDE_WORK: frozenset({"", Mode.BBL, Mode.DUAL, Mode.PARTTIME, Mode.OWN_PACE, Mode.ONLINE}),
}
"""The modes of each pace. What names no mode suits every pace, and a job with school suits both: it is the week, and it is work."""


@dataclass(frozen=True, slots=True)
class Question:
    """
    From where, to where, from when, and how far.

    Attributes:
        to: slug of the programme, the occupation or the place at a company; empty where there is no goal yet.
        start: first day of the month from which one can begin.
        own: slug of the programme that one follows or finished.
        km: how far it may be from home, as the crow flies.
        place: name of the town where one lives.
    """

    point: StartingPoint
    kind: GoalKind
    to: str
    start: date
    own: str | None = None
    km: int | None = None
    place: str | None = None
    pace: Pace = Pace.ANY

    @property
    def address(self) -> dict[str, Any]:
        """The question as values of an address; what was not said is left out."""
        goal = {"goal": self.kind.value} if self.kind is GoalKind.POSSIBLE else {_NAMES[self.kind]: self.to}
        values = {
            "from": self.point.value,
            "own": self.own,
            **goal,
            "start": f"{self.start:%Y-%m}",
            "place": self.place,
            "km": str(self.km) if self.km else None,
            "pace": self.pace.value if self.pace is not Pace.ANY else None,
        }
        return {name: value for name, value in values.items() if value}

    @classmethod
    def from_address(cls, values: Mapping[str, Any]) -> Self:
        """
        What `address` gave.

        Raises:
            ValueError: it is something else.
        """
        kind = next((kind for kind, name in _NAMES.items() if values.get(name)), GoalKind.POSSIBLE)
        year, month = (int(part) for part in str(values.get("start", "")).split("-"))
        return cls(
            StartingPoint(str(values.get("from"))),
            kind,
            str(values.get(_NAMES.get(kind, ""), "")),
            date(year, month, 1),
            own=values.get("own") or None,
            km=int(values["km"]) if values.get("km") else None,
            place=values.get("place") or None,
            pace=Pace(values.get("pace", Pace.ANY)),
        )


_NAMES = {GoalKind.PROGRAMME: "to", GoalKind.OCCUPATION: "occupation", GoalKind.VACANCY: "vacancy"}
"""What the goal is called in an address."""
