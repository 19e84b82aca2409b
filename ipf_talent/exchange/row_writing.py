"""Carrying out what a dry run showed, row after row, gathered and written together."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ipf_talent.db import session
from ipf_talent.exchange import queries
from ipf_talent.exchange.comparing import Outcome, Plan
from ipf_talent.exchange.kinds import Part
from ipf_talent.exchange.listings import Line, Where
from ipf_talent.exchange.models import ImportRun
from ipf_talent.programmes import editing
from ipf_talent.programmes.edit_log import GatheredLog
from ipf_talent.programmes.listing import ListingStatus
from ipf_talent.programmes.models import Programme

TOLD_EVERY = 50
"""Rows after which the page hears how far it is."""


Tell = Callable[[int], None]
"""Hears how many rows are done."""


def write(plan: Plan, programmes: dict[str, Programme], run: ImportRun, tell: Tell) -> dict[str, str]:
    """Carry out each row; gives the listing that each new programme got."""
    with session.no_autoflush, _uncollected():
        writer = _Writer(programmes, run)
        for number, one in enumerate(plan.good, start=1):
            writer.row(one)
            if number % TOLD_EVERY == 0:
                tell(number)
        writer.log.write()
    return writer.targets


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no garbage meanwhile: with so many rows in hand that takes nearly half of the time, while others wait."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Writer:
    """Writes row after row. Who sent the file hands in what is new and whole, and who applies it edits its fields."""

    def __init__(self, programmes: dict[str, Programme], run: ImportRun) -> None:
        self.programmes, self.school_id, self.sender = programmes, run.school_id, run.by_id
        self.places = {place.name: place for place in queries.places().values()}
        self.targets: dict[str, str] = {}
        self.log = GatheredLog(run.school_id, programmes.values(), by_id=run.applied_by_id)

    def row(self, one: Outcome) -> None:
        if Part.PROGRAMME in one.adds:
            values = {"institution_id": self.school_id, **one.programme}
            made = editing.create_programme(values, None, log=self.log)
            self.programmes[one.target], self.targets[one.target] = made, made.slug
            if not one.lacks:
                self.log.hand_in(made, None, self.sender)
        elif one.programme:
            editing.change_programme(self.programmes[one.target], one.programme, None, log=self.log)
        if one.where is not None and one.line is not None:
            self._offering(one, one.where, one.line)

    def _offering(self, one: Outcome, where: Where, line: Line) -> None:
        programme = self.programmes[one.target]
        if Part.OFFERING in one.adds or one.offering:
            place = self.places.get(where[0])
            offering = editing.put_offering(programme, place, where[1], one.offering, None, log=self.log)
            if Part.OFFERING in one.adds and self._goes_along(one, programme):
                self.log.hand_in(programme, offering, self.sender)
        if Part.INTAKE in one.adds or one.intake:
            offering = next(row for row in programme.offerings if queries.where_of(row) == where)
            editing.put_intake(offering, {"starts_on": line.starts_on, **one.intake}, None, log=self.log)

    def _goes_along(self, one: Outcome, programme: Programme) -> bool:
        """Whether a new offering waits for a second person: with its programme, or alone where that is published."""
        if programme.status is ListingStatus.IN_REVIEW:
            return True
        return programme.status is ListingStatus.PUBLISHED and not one.lacks
