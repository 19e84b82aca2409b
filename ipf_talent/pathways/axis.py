"""One axis of time for several ways, so that their bars can be compared."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from ipf_talent.pathways.plan_telling import ToldWay

WIDTH = 1000
"""Units from the first day to the last one."""
NARROW = 330
"""The same on a phone."""
_MARGIN = 8
_LAST_YEAR = 30
"""Room for the last year's number."""
_TICK = 64
"""Units that a year's number needs at least."""


class Tick(NamedTuple):
    """The first of January of a year."""

    x: int
    year: int


class Bar(NamedTuple):
    """A step: from where, how long, of which level, and what it is called."""

    x: int
    width: int
    level: str
    title: str


@dataclass(frozen=True)
class Axis:
    """From the day from which one can begin to the day on which the slowest way ends."""

    first: date
    last: date
    width: int = WIDTH

    @classmethod
    def of(cls, ways: Iterable[ToldWay], first: date) -> "Axis":
        """The axis that holds all of these ways."""
        ends = [day for told in ways for leg in told.way.legs for day in (leg.ends, told.way.ready)]
        return cls(first, max([*ends, first.replace(year=first.year + 1, day=1)]))

    @property
    def narrow(self) -> "Axis":
        """The same time on a phone."""
        return replace(self, width=NARROW)

    @property
    def ticks(self) -> list[Tick]:
        """The years, thinned where there are many."""
        years = range(self.first.year + 1, self.last.year + 1)
        step = -(-len(years) * _TICK // self.width) or 1
        return [Tick(self._x(date(year, 1, 1)), year) for year in years[::step]]

    def bars(self, told: ToldWay) -> Sequence[Bar]:
        """The steps of a way."""
        found = []
        for leg in told.legs:
            begin, end = self._x(leg.leg.starts), self._x(leg.leg.ends)
            found.append(Bar(begin, max(4, end - begin - 2), leg.stage.level.value, leg.title))
        return found

    def deadlines(self, told: ToldWay) -> list[int]:
        """Where one has to have applied."""
        return [self._x(leg.applies_by) for leg in told.way.legs if leg.applies_by and leg.applies_by >= self.first]

    def ready(self, told: ToldWay) -> int:
        """Where one is ready."""
        return self._x(told.way.ready)

    def _x(self, day: date) -> int:
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return round(_MARGIN + min(1.0, max(0.0, share)) * (self.width - 2 * _MARGIN - _LAST_YEAR))
