"""What one can do with a programme: the occupations that need what it teaches."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from ipf_talent.pathways import goal_queries
from ipf_talent.pathways.teaching import covered
from ipf_talent.programmes.edges import points_after
from ipf_talent.programmes.levels import StartingPoint
from ipf_talent.programmes.models import Programme
from ipf_talent.programmes.queries import AnyRow
from ipf_talent.skills import queries as skills

MOST = 6
"""Occupations that are shown."""


@dataclass(frozen=True)
class Suiting:
    """An occupation, and which of the skills that are essential for it the programme teaches, of how many."""

    row: AnyRow
    skills: tuple[str, ...]
    needed: int


def occupations(programme: Programme) -> list[Suiting]:
    """The occupations at the programme's level that need something it teaches, those it covers most of first."""
    taught = covered((one.skill.slug for one in programme.skills), skills.taxonomy())
    found = []
    for _slug, lines in groupby(goal_queries.needing(taught), key=lambda row: row.slug):
        rows: Sequence[AnyRow] = list(lines)
        shared = tuple(row.skill for row in rows if row.skill in taught)
        if shared and programme.level.value in rows[0].levels:
            found.append(Suiting(rows[0], shared, len(rows)))
    return sorted(found, key=lambda one: (-len(one.skills) / one.needed, -len(one.skills), one.row.slug))[:MOST]


def point_with(programme: Programme) -> StartingPoint | None:
    """Where one stands with it; None where it gives no diploma of a level."""
    points = points_after(programme.type, programme.level) - {StartingPoint.HBO_PROPEDEUSE}
    return min(points, default=None)
