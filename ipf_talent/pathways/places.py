"""The way to a place: whether one can respond at once, and which programmes teach what is missing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ipf_talent.pathways import search
from ipf_talent.pathways.queries import Atlas, taught
from ipf_talent.pathways.teaching import Teaching, lacking, ranked, suffices, suits, wide
from ipf_talent.pathways.telling import Told, told
from ipf_talent.programmes.levels import Level, Standing, StartingPoint
from ipf_talent.programmes.queries import AnyRow
from ipf_talent.skills.taxonomy import Taxonomy

MOST = 6
"""Programmes in a plan at most."""
_TRIED = 3 * MOST
"""Programmes to which a route is sought: those that run and teach most."""
_LONG = 99
"""Months that stand for a duration nobody tells, in the order only."""


@dataclass(frozen=True)
class Help:
    """A programme that teaches something wanted, and the best route to it; None without one."""

    row: AnyRow
    skills: tuple[str, ...]
    route: Told | None


@dataclass(frozen=True)
class Plan:
    """
    What to do for a place.

    Attributes:
        asked: every skill that it asks.
        missing: those that the reader does not have.
        level_suffices: the reader's level is enough to respond; None where the reader did not say where they stand.
        wanted: the skills that the programmes are chosen by: what is missing, else all that is asked.
    """

    asked: Sequence[str]
    missing: tuple[str, ...]
    level_suffices: bool | None
    wanted: Sequence[str]
    programmes: list[Help]


def plan(
    level: Level, asked: Sequence[str], had: Collection[str], taxonomy: Taxonomy, atlas: Atlas,
    point: StartingPoint | None, own: str | None,
) -> Plan:  # fmt: skip
    """
    Which programmes bring someone closer to a place, those that teach most first, each with its best route.

    Args:
        level: of the place.
        asked: slugs of the skills that it asks, in the order of their weight.
        had: slugs of the reader's skills.
        own: slug of the programme that the reader follows, if known.
    """
    missing = lacking(asked, had, taxonomy)
    enough = suffices(point.level, level) if point else None
    wanted = () if enough and not missing else missing or tuple(asked)
    known = {one.slug: one for one in atlas.programmes}
    reader = point.level if point else None
    teaching = ranked(taught(wide(wanted, taxonomy)), wanted, taxonomy) if wanted else []
    of_use = [one for one in teaching if one.slug in known and one.slug != own and suits(known[one.slug], reader, level)]
    running = sorted(of_use, key=lambda one: atlas.rows[one.slug].standing is not Standing.RUNNING)
    helps = _with_routes(running[:_TRIED], atlas, point, own)
    return Plan(asked, missing, enough, wanted, sorted(helps, key=lambda one: _order(one, level))[:MOST])


def _order(one: Help, level: Level) -> tuple[bool, int, bool, bool, int, str]:
    """What can be followed now; then the largest share, what has a route, the place's own level, the shortest, and the slug."""
    later, months = one.row.standing is not Standing.RUNNING, one.row.duration_months or _LONG
    return later, -len(one.skills), one.route is None, one.row.level is not level, months, one.row.slug


def _with_routes(teaching: Sequence[Teaching], atlas: Atlas, point: StartingPoint | None, own: str | None) -> list[Help]:
    view = atlas.network.seen_from(point, own) if point else None
    found = []
    for one in teaching:
        ways = told(search.routes(view.graph, one.slug, 1), view, atlas, point) if view and point else []
        found.append(Help(atlas.rows[one.slug], one.skills, ways[0] if ways else None))
    return found
