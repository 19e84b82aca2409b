"""The lines of the board: what stands in one, which are asked for, and in which order. Pure; nobody is ranked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from ipf_talent.cohorts.board.standing import MARKS, Actor, Next, Standing, within


@dataclass(frozen=True)
class Row:
    """A student on the board; what a company is called only where the school has to do with it."""

    enrolment_id: int
    key: str
    name: str
    number: str
    class_id: int | None
    class_name: str
    period_id: int
    period: str
    starts_on: date
    step: Next
    company: str | None = None
    placement_key: str | None = None
    last_contact: date | None = None
    student_id: int | None = None
    response_id: int | None = None
    """The response that came furthest, where no placement holds and no round proposes a place."""
    proposed: bool = False
    """Whether a placing round proposes a place that the student has not answered."""
    placement_id: int | None = None
    minor: bool = False

    @property
    def unplaced(self) -> bool:
        """Whether a place is still to be found, on the way or not."""
        return self.step.standing in (Standing.WITHOUT, Standing.IN_PROGRESS)


@dataclass(frozen=True)
class Wanted:
    """Which students one looks at; empty means all."""

    period: str = ""
    group: str = ""
    state: str = ""
    actor: str = ""
    weeks: str = ""
    """Begins within so many weeks, or `late`: the day of the next step has passed."""
    q: str = ""

    def takes(self, row: Row, today: date, but: str = "") -> bool:
        """Whether a student is among them; `but` names a filter that does not count."""
        asked = {
            "period": not self.period or row.period == self.period,
            "group": not self.group or str(row.class_id or "") == self.group,
            "state": not self.state or row.step.standing.value == self.state,
            "actor": not self.actor or row.step.actor.value == self.actor,
            "weeks": not self.weeks or self.weeks in when(row, today),
            "q": not self.q or self.q.casefold() in f"{row.name} {row.number}".casefold(),
        }
        return all(holds for name, holds in asked.items() if name != but)


class Order(StrEnum):
    """What comes first on the board."""

    DUE = "due"
    """Whoever is late or has to act soonest; where nobody has to act comes last."""
    NAME = "name"
    GROUP = "group"


def in_order(rows: Iterable[Row], order: Order) -> list[Row]:
    """The rows in an order that is the same each time."""

    def place(row: Row) -> tuple[Any, ...]:
        name = (row.name.casefold(), row.starts_on, row.enrolment_id)
        waits = row.step.actor is not Actor.NOBODY
        first = {
            Order.DUE: (not waits, (row.step.due if waits else None) or date.max),
            Order.NAME: (),
            Order.GROUP: (row.class_name.casefold(),),
        }
        return *first[order], *name

    return sorted(rows, key=place)


def when(row: Row, today: date) -> set[str]:
    """The values of the filter by time that hold for a student."""
    found = {str(weeks) for weeks in MARKS if within(row.starts_on, today, weeks)}
    return found | ({"late"} if row.step.is_late(today) else set())


def value_of(row: Row, name: str, today: date) -> set[str]:
    """The values of one filter that hold for a student."""
    one: dict[str, Any] = {"period": row.period, "group": row.class_id or "", "state": row.step.standing.value}
    one["actor"] = row.step.actor.value
    return when(row, today) if name == "weeks" else {str(one[name])}
