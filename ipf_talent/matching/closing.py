"""What programmes bring closer: how much of what someone lacks each of them teaches, and in what time."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from ipf_talent.matching.engine import COVERS, Gap, Relations, gap
from ipf_talent.matching.engine.concepts import met
from ipf_talent.matching.queries import AnyRow
from ipf_talent.programmes.levels import Level, ProgrammeType, Standing
from ipf_talent.skills.taxonomy import Taxonomy

MOST_WANTED = 8
"""Skills that a goal of one's own best places holds at most."""


@dataclass(frozen=True)
class Closing:
    """A programme and what it closes; `months` is None where its source does not say how long it takes."""

    programme: AnyRow
    gap: Gap

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


def ranked(
    rows: Iterable[AnyRow],
    missing: Collection[str],
    relations: Relations,
    fits: Mapping[str, float],
    *,
    reach: Reach = lambda _level, _type: True,
) -> list[Closing]:
    """
    Programmes that close something, best first.

    Those that run come first, and among them those within reach. Then counts the share of the gap that is closed in a month,
    then the share, then how well the programme fits the person, then the slug. One of unknown duration stands behind the others.

    Args:
        rows: of `queries.teaching`, ordered by programme.
        reach: whether a programme of this level and type is within reach from where the person is.
        fits: score of each programme for the person, by slug; empty without an index.
    """
    found = []
    for _slug, group in groupby(rows, key=lambda row: row.slug):
        taught = list(group)
        closed = gap(missing, [row.skill for row in taught], relations, months=taught[0].duration_months)
        if closed.closed:
            found.append(Closing(taught[0], closed))
    return sorted(found, key=lambda one: (*_far(one, reach), *_order(one, fits)))


def _far(one: Closing, reach: Reach) -> tuple[bool, bool]:
    row = one.programme
    return row.standing is not Standing.RUNNING, not reach(row.level, row.type)


def _order(one: Closing, fits: Mapping[str, float]) -> tuple[bool, float, float, float, str]:
    slug = one.programme.slug
    return one.gap.per_month is None, -(one.gap.per_month or 0.0), -one.gap.share, -fits.get(slug, 0.0), slug


def teachers(rows: Iterable[AnyRow], missing: Collection[str], relations: Relations, most: int = 3) -> dict[str, list[AnyRow]]:
    """For each missing skill who teaches it or a narrower form of it and can be followed now, the quickest first."""
    found: dict[str, list[AnyRow]] = {slug: [] for slug in missing}
    running = (row for row in rows if row.standing is Standing.RUNNING)
    for row in sorted(running, key=lambda row: (row.duration_months or 999, row.slug)):
        for slug in met([row.skill], relations):
            if slug in found and all(known.slug != row.slug for known in found[slug]):
                found[slug].append(row)
    return {slug: programmes[:most] for slug, programmes in found.items()}


def narrower(missing: Collection[str], relations: Relations) -> set[str]:
    """The missing skills, and those whose having counts as having one of them."""
    wanted = set(missing)
    return wanted | {slug for slug, others in relations.items() if any(others.get(other, 0.0) >= COVERS for other in wanted)}
