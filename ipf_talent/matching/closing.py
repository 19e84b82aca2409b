"""What programmes bring closer: how much of what someone lacks each of them teaches, and in what time."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from ipf_talent.matching.engine import COVERS, Gap, Relations, gap
from ipf_talent.matching.engine.concepts import met
from ipf_talent.matching.queries import AnyRow
from ipf_talent.programmes.levels import Level, ProgrammeType, Standing
from ipf_talent.skills.taxonomy import Taxonomy

MOST_WANTED = 8
"""Skills that a goal of one's own best places holds at most."""


@dataclass(frozen=True)
class Closing:
    """
    A programme and what it closes; `months` is None where its source does not say how long it takes.

    Attributes:
        gap: counts what the programme teaches by name.
        taught: all of that.
        beside: missing skills that it only comes near to: it teaches a narrower form of each.
        now: it runs and is within reach.
    """

    programme: AnyRow
    gap: Gap
    taught: tuple[str, ...]
    beside: tuple[str, ...]
    now: bool

    @property
    def open(self) -> tuple[str, ...]:
        """What is missing still after it, and not near either."""
        return tuple(slug for slug in self.gap.open if slug not in self.beside)

    @property
    def months(self) -> int | None:
        months: int | None = self.programme.duration_months
        return months


def taught_by(taxonomy: Taxonomy) -> Relations:
    """What learning a skill says of others: nothing between attitudes and ways of working, where a kin is another thing."""
    concepts = taxonomy.concepts
    plain = {slug for slug, concept in concepts.items() if concept.type != "transversal"}
    return {slug: {o: w for o, w in others.items() if o in plain} for slug, others in taxonomy.relations.items() if slug in plain}


def lacking(asked: Iterable[str], had: Collection[str], relations: Relations) -> tuple[str, ...]:
    """The asked skills that are not had, nor a narrower form of them; in their order, each once."""
    known = met(had, relations)
    return tuple(dict.fromkeys(slug for slug in asked if slug not in known))


def most_asked(lists: Iterable[Collection[str]], had: Collection[str], relations: Relations) -> tuple[str, ...]:
    """The skills that occur in most of the lists and are lacking; among equals by slug."""
    counted = Counter(slug for asked in lists for slug in lacking(asked, had, relations))
    return tuple(sorted(counted, key=lambda slug: (-counted[slug], slug))[:MOST_WANTED])


Reach = Callable[[Level, ProgrammeType], bool]
"""Whether a programme of this level and type is within reach from where a person is."""


def _anywhere(_level: Level, _type: ProgrammeType) -> bool:
    return True


def closing(
    programme: AnyRow, taught: Iterable[str], missing: Collection[str], relations: Relations, *, reach: Reach = _anywhere
) -> Closing:
    """What one programme closes; `programme` needs level, type, standing and duration."""
    own = tuple(taught)
    closed = gap(missing, own, months=programme.duration_months)
    learnt = met(own, relations)
    beside = tuple(slug for slug in closed.open if slug in learnt)
    now = programme.standing is Standing.RUNNING and reach(programme.level, programme.type)
    return Closing(programme, closed, own, beside, now)


def ranked(
    rows: Iterable[AnyRow],
    missing: Collection[str],
    relations: Relations,
    fits: Mapping[str, float],
    *,
    reach: Reach = _anywhere,
) -> list[Closing]:
    """
    Programmes that close something or come near to it, best first.

    Those that run come first, and among them those within reach. What only comes near stands behind what closes something. Then
    counts the share of the gap that is closed in a month, then the share, then how well the programme fits the person, then the
    slug. One of unknown duration stands behind the others.

    Args:
        rows: of `queries.teaching`, ordered by programme.
        fits: score of each programme for the person, by slug; empty without an index.
    """
    found = []
    for _slug, group in groupby(rows, key=lambda row: row.slug):
        taught = list(group)
        one = closing(taught[0], [row.skill for row in taught], missing, relations, reach=reach)
        if one.gap.closed or one.beside:
            found.append(one)
    return sorted(found, key=lambda one: (one.programme.standing is not Standing.RUNNING, not one.now, *_order(one, fits)))


def _order(one: Closing, fits: Mapping[str, float]) -> tuple[bool, bool, float, float, float, str]:
    slug, closed = one.programme.slug, one.gap
    return not closed.closed, closed.per_month is None, -(closed.per_month or 0.0), -closed.share, -fits.get(slug, 0.0), slug


class Teacher(NamedTuple):
    """Who teaches a missing skill: a line of `queries.teaching`, and whether it is within reach."""

    row: AnyRow
    now: bool


def teachers(
    rows: Iterable[AnyRow], missing: Collection[str], relations: Relations, *, reach: Reach = _anywhere, most: int = 3
) -> dict[str, list[Teacher]]:
    """
    For each missing skill who teaches it or a narrower form of it and runs.

    Those within reach come first, and among them those that teach the skill itself, and then the quickest.
    """
    running = [Teacher(row, reach(row.level, row.type)) for row in rows if row.standing is Standing.RUNNING]
    return {slug: _teachers_of(slug, running, relations)[:most] for slug in missing}


def _teachers_of(slug: str, running: Iterable[Teacher], relations: Relations) -> list[Teacher]:
    fit = [one for one in running if slug in met([one.row.skill], relations)]
    fit.sort(key=lambda one: (not one.now, one.row.skill != slug, one.row.duration_months or 999, one.row.slug))
    first = {one.row.slug: one for one in reversed(fit)}
    return [one for one in fit if first[one.row.slug] is one]


def narrower(missing: Collection[str], relations: Relations) -> set[str]:
    """The missing skills, and those whose having counts as having one of them."""
    wanted = set(missing)
    return wanted | {slug for slug, others in relations.items() if any(others.get(other, 0.0) >= COVERS for other in wanted)}
