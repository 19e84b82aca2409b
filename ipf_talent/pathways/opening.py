"""What one can already do on the way: the open places that each step of a way opens, and the best of them by the matcher."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ipf_talent.matching.engine import Query
from ipf_talent.matching.filters import Home, Wanted
from ipf_talent.matching.ranking import VISIBLE, Search
from ipf_talent.programmes.levels import Level
from ipf_talent.programmes.queries import AnyRow

if TYPE_CHECKING:
    from ipf_talent.matching.engine import Matcher

SHOWN = 3
"""Places that are named for each step."""


@dataclass(frozen=True)
class Reached:
    """
    Where a step brings one.

    Attributes:
        level: of the programme that one follows; None where it gives no level of its own.
        skills: all that one has by then, by slug.
    """

    level: Level | None
    skills: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """A place, and how it fits by then; None without an index or where nothing is shared."""

    row: AnyRow
    fit: float | None


@dataclass(frozen=True)
class Opened:
    """
    What a step opens.

    Attributes:
        level: of the places; None where the step opens no new level, and the places fit better than before.
        count: how many.
        best: the best of them.
    """

    level: Level | None
    count: int
    best: tuple[Found, ...]


@dataclass(frozen=True, eq=False)
class Opening:
    """
    The open places, and the person who looks at them.

    Attributes:
        rows: every open place by slug, newest first.
        matcher: the index of places; None where it cannot be used.
        text: the person's wish in their own words.
        seed: settles the order among equal fits.
    """

    rows: Mapping[str, Any]
    matcher: "Matcher | None"
    text: str
    home: Home | None
    km: int | None
    seed: int

    def along(self, way: Sequence[Reached]) -> list[Opened]:
        """
        What each step opens, one look at the index for each.

        Args:
            way: where one stands, and then each step; of the first, all places at its level are meant.
        """
        found, levels, before = [], set[Level](), None
        for reached in way:
            new = reached.level if reached.level not in levels else None
            at = self._search(new or max(levels, key=_height, default=None), reached.skills)
            found.append(self._opened(at, new) if new or before is None else self._better(at, before))
            levels |= {new} if new else set()
            before = at
        return found

    def _search(self, level: Level | None, skills: tuple[str, ...]) -> "_Step":
        wanted = Wanted(within_km=self.km, home=self.home)
        rows = {slug: row for slug, row in self.rows.items() if level and row.level is level and wanted.lets_through(row)}
        asks = self.matcher and rows and (skills or self.text.strip())
        search = Search(self.matcher, Query(self.text, skills), rows, wanted, self.seed) if asks and self.matcher else None
        return _Step(rows, dict(_scores(search)) if search else {})

    def _opened(self, step: "_Step", level: Level | None) -> Opened:
        order = [*step.fits, *(slug for slug in step.rows if slug not in step.fits)]
        return Opened(level, len(step.rows), tuple(Found(step.rows[slug], step.fits.get(slug)) for slug in order[:SHOWN]))

    def _better(self, step: "_Step", before: "_Step") -> Opened:
        gaining = [slug for slug, fit in step.fits.items() if fit - before.fits.get(slug, 0.0) >= VISIBLE]
        return Opened(None, len(gaining), tuple(Found(step.rows[slug], step.fits[slug]) for slug in gaining[:SHOWN]))


@dataclass(frozen=True)
class _Step:
    """The open places at one level, newest first, and the fits of those that share something, best first."""

    rows: Mapping[str, Any]
    fits: Mapping[str, float]


def _scores(search: Search) -> list[tuple[str, float]]:
    return list(zip(search.ranking.ids, search.ranking.scores.tolist(), strict=True))


def _height(level: Level) -> int:
    return list(Level).index(level)
