"""
The search: all ways that no other beats, place by place.

Method: label setting for several criteria at once (Hansen 1980, Martins 1984). A label is a way to a place with what it took. Moves
lead down in number only, so places are taken from the highest down: when one's turn comes, all labels that can ever lie there do,
and those that another beats are gone for good. What a label could reach at best is held against the ways found so far, and it is
dropped where one of them is no worse (as NAMOA* does: Mandow and Perez de la Cruz 2010). It is exact: starting earlier never means
being ready later, all costs add up, and a label with more skills can do all that one with fewer can.
"""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

import numpy as np

from ipf_talent.pathways.planner.fronts import Ints, Labels, TooManyError, beaten, joined, merged, unbeaten
from ipf_talent.pathways.planner.moves import DONE, Field, Place, Sign
from ipf_talent.pathways.planner.terms import later, months_between

FREE, BESIDE, BAND = 0, 1, 8
"""Costs: when one can begin with the next move, and with what runs beside; in the row of a whole way, its months and nothing."""
ADDED = slice(2, 8)
UNSURE, LEGS, FROM, MOVE, OWN = range(5)
"""Ties; `FROM` and `OWN` are numbers of labels that are kept."""
NEW = -1
"""In the place of a number that is not given yet, or of the label before the first."""

Path = tuple[int, ...]
"""Of each move its number in its place; of a side step, the number's complement (`~number`), which is below zero."""


class Search:
    """
    One search.

    Attributes:
        field: the places and moves.
        earliest: the day from which one can begin.
        most: labels that it may keep.

    Raises:
        TooManyError: it cannot do with so many.
    """

    def __init__(self, field: Field, earliest: date, most: int | None = None) -> None:
        self.field, self.earliest, self._most = field, earliest, most
        self._mains = [_Moves(place.mains) for place in field.places]
        self._sides = [_Moves(place.sides, aside=True) for place in field.places]
        self._soonest = [_Soonest(self, place) for place in field.places]
        self._least = _least(field.places)
        self._front = self._start()[:0]
        self._came: list[list[int]] = []

    @property
    def kept(self) -> int:
        """How many labels were kept at their places."""
        return len(self._came)

    def paths(self) -> list[Path]:
        """The path of each way that no other beats."""
        if self.field.here is not None:
            self._down(self.field.here)
        return [self._path(tie) for tie in self._front.ties.tolist()]

    def _down(self, here: int) -> None:
        """Go through all places, from where the reader stands."""
        waiting: list[list[Labels]] = [[] for _place in self.field.places]
        waiting[here] = [self._start()]
        for number in range(here, -1, -1):
            if not waiting[number]:
                continue
            labels = self._settled(number, joined(waiting[number]))
            waiting[number] = []
            wait, moves = self.field.places[number].wait, self._mains[number]
            done = [self._whole(labels, wait)] if wait is not None else []
            for to, rows in moves.parts(self._moved(labels, moves)):
                if to == DONE:
                    done.append(self._whole(rows, 0))
                else:
                    waiting[to].append(rows)
            if done:
                self._front = merged(self._front, unbeaten(joined(done), self._most))
                self._stop_at_most()

    def _start(self) -> Labels:
        day = self.earliest.toordinal()
        costs = np.array([[day, day, 0, 0, 0, 0, 0, 0, 0]], np.int64)
        return Labels(costs, np.zeros(1, np.int64), np.array([[0, 0, NEW, 0, NEW]], np.int64))

    def _settled(self, number: int, labels: Labels) -> Labels:
        """The labels that stay at a place, with what side steps make of them."""
        labels = self._numbered(self._hopeful(number, unbeaten(labels, self._most)))
        sides, new = self._sides[number], labels
        while len(sides) and len(new):
            made = sides.flat(self._moved(new, sides))
            made = made[made.bits != np.repeat(new.bits, len(sides))]
            labels = merged(labels, self._hopeful(number, unbeaten(made, self._most)))
            new = self._numbered(labels[labels.ties[:, OWN] == NEW])
            labels = joined([labels[labels.ties[:, OWN] != NEW], new])
        return labels

    def _numbered(self, labels: Labels) -> Labels:
        labels.ties[:, OWN] = np.arange(len(self._came), len(self._came) + len(labels))
        self._came += labels.ties[:, (FROM, MOVE)].tolist()
        self._stop_at_most()
        return labels

    def _stop_at_most(self) -> None:
        if self._most is not None and len(self._came) + len(self._front) > self._most:
            raise TooManyError

    def _moved(self, labels: Labels, moves: "_Moves") -> Labels:
        """Every label by every move, as a grid."""
        size = len(labels), len(moves)
        old = labels.costs[:, None]
        costs = np.empty((*size, 9), np.int64)
        ends, well = moves.ends(self.field, labels.costs[:, FREE])
        if moves.spare.any():
            beside, _well = moves.ends(self.field, labels.costs[:, BESIDE])
            ends, well = np.where(moves.spare, old[..., FREE], ends), np.where(moves.spare, beside, well)
        costs[..., FREE] = ends
        costs[..., BESIDE] = np.maximum(old[..., BESIDE], well)
        costs[..., ADDED] = old[..., ADDED] + moves.costs[:, :6]
        costs[..., BAND] = np.maximum(old[..., BAND], moves.costs[:, 6])
        ties = np.empty((*size, 5), np.int64)
        ties[..., UNSURE] = labels.ties[:, None, UNSURE] + moves.unsure
        ties[..., LEGS] = labels.ties[:, None, LEGS] + 1
        ties[..., FROM] = labels.ties[:, None, OWN]
        ties[..., MOVE] = moves.numbers
        ties[..., OWN] = NEW
        return Labels(costs, labels.bits[:, None] | moves.bits, ties)

    def _hopeful(self, number: int, labels: Labels) -> Labels:
        """Those of which the best that they may become is not covered by a way that is found already."""
        if not len(self._front) or not len(labels):
            return labels
        least, bits = self._least[number]
        costs = labels.costs.copy()
        days, at = np.unique(costs[:, FREE], return_inverse=True)
        soonest = np.array([self._soonest[number][day] for day in days.tolist()], np.int64)[at]
        costs[:, FREE], costs[:, BESIDE] = self._months(np.maximum(soonest, costs[:, BESIDE])), 0
        costs[:, ADDED] += np.array(least[:6], np.int64)
        costs[:, BAND] = np.maximum(costs[:, BAND], least[6])
        return labels[~beaten(Labels(costs, labels.bits | bits, labels.ties), self._front)]

    def _whole(self, labels: Labels, wait: int) -> Labels:
        """Rows of whole ways."""
        costs = labels.costs.copy()
        ready = np.maximum(costs[:, (FREE, BESIDE)].max(axis=1), later(self.earliest, wait).toordinal())
        costs[:, FREE], costs[:, BESIDE] = self._months(ready), 0
        return Labels(costs, labels.bits, labels.ties)

    def _months(self, days: Ints) -> Ints:
        """Months until each day."""
        found, at = np.unique(days, return_inverse=True)
        return np.array([months_between(self.earliest, date.fromordinal(day)) for day in found.tolist()], np.int64)[at]

    def _path(self, tie: list[int]) -> Path:
        path, came, move = [], tie[FROM], tie[MOVE]
        while came != NEW:
            path.append(move)
            came, move = self._came[came]
        return tuple(reversed(path))


class _Moves:
    """The moves of a place in columns."""

    def __init__(self, signs: Sequence[Sign], *, aside: bool = False) -> None:
        self._signs = signs
        self.costs = np.array([sign.costs[:7] for sign in signs], np.int64).reshape(-1, 7)
        self.bits = np.array([sign.costs.skills for sign in signs], np.int64)
        self.unsure = np.array([sign.unsure for sign in signs], np.int64)
        self.spare = np.array([sign.spare for sign in signs], np.bool_)
        self.numbers = np.arange(len(signs)) ^ (-1 if aside else 0)

    def __len__(self) -> int:
        return len(self._signs)

    def ends(self, field: Field, days: Ints) -> tuple[Ints, Ints]:
        """When each move ends that begins on or after each day, and when one is well under way in it."""
        found, at = np.unique(days, return_inverse=True)
        ends = self._table(field, found, [sign.span for sign in self._signs])
        return ends[at], self._table(field, found, [sign.well for sign in self._signs])[at]

    def _table(self, field: Field, days: Ints, numbers: Sequence[int]) -> Ints:
        spans = [field.spans[number] for number in numbers]
        return np.array([[span[day] for span in spans] for day in days.tolist()], np.int64).reshape(len(days), len(spans))

    def parts(self, made: Labels) -> list[tuple[int, Labels]]:
        """A grid of labels by the place to which they lead."""
        found = []
        for to, group in groupby(range(len(self)), key=lambda at: self._signs[at].to):
            columns = list(group)
            part = slice(columns[0], columns[-1] + 1)
            found.append((to, self.flat(Labels(made.costs[:, part], made.bits[:, part], made.ties[:, part]))))
        return found

    @staticmethod
    def flat(made: Labels) -> Labels:
        """A grid of labels as rows."""
        return Labels(made.costs.reshape(-1, 9), made.bits.reshape(-1), made.ties.reshape(-1, 5))


class _Soonest(dict[int, int]):
    """The first day on which one can be ready from a place, by the day on which one is there."""

    def __init__(self, search: Search, place: Place) -> None:
        self._search, self._place = search, place

    def __missing__(self, day: int) -> int:
        search, place = self._search, self._place
        days = [search._soonest[sign.to][search.field.spans[sign.span][day]] for sign in place.mains]
        if place.wait is not None:
            days.append(max(day, later(search.earliest, place.wait).toordinal()))
        self[day] = min(days)
        return self[day]


def _least(places: Sequence[Place]) -> list[tuple[tuple[int, ...], int]]:
    """For each place the least that is still to come, of each cost by itself, and the bits that may come."""
    found: list[tuple[tuple[int, ...], int]] = []
    for place in places:
        ahead: list[tuple[int, ...]] = [(0,) * 7] if place.wait is not None else []
        bits = 0
        for sign in place.mains:
            least, more = found[sign.to]
            costs = sign.costs
            ahead.append((*(cost + rest for cost, rest in zip(costs[:6], least[:6], strict=True)), max(costs.band, least[6])))
            bits |= costs.skills | more
        for sign in place.sides:
            bits |= sign.costs.skills
        found.append((tuple(min(column) for column in zip(*ahead, strict=True)), bits))
    return found
