"""Which programmes teach what a place asks and a reader lacks."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from ipf_talent.pathways.network import RANKS, Programme
from ipf_talent.programmes.edges import DIPLOMAS
from ipf_talent.programmes.levels import Level
from ipf_talent.skills.taxonomy import BROADER, Taxonomy


@dataclass(frozen=True)
class Teaching:
    """A programme, and which of the wanted skills it teaches."""

    slug: str
    skills: tuple[str, ...]


def covered(had: Iterable[str], taxonomy: Taxonomy) -> set[str]:
    """The skills that count as had: these, and those one step above them; who knows a Siemens PLC knows a PLC."""
    known = set(had)
    return known | {above for slug in known for above, weight in taxonomy.relations.get(slug, {}).items() if weight >= BROADER}


def lacking(asked: Iterable[str], had: Iterable[str], taxonomy: Taxonomy) -> tuple[str, ...]:
    """The asked skills that are not had, in their order."""
    known = covered(had, taxonomy)
    return tuple(slug for slug in dict.fromkeys(asked) if slug not in known)


def wide(wanted: Collection[str], taxonomy: Taxonomy) -> set[str]:
    """The skills of which having one counts as having one of the wanted."""
    return set(wanted) | {slug for slug in taxonomy.concepts if not covered([slug], taxonomy).isdisjoint(wanted)}


def ranked(taught: Mapping[str, Collection[str]], wanted: Collection[str], taxonomy: Taxonomy) -> list[Teaching]:
    """
    The programmes that teach something wanted: the largest share first, then by slug.

    Args:
        taught: skills by slug of the programme.
    """
    found = []
    for slug, skills in taught.items():
        given = covered(skills, taxonomy)
        if hits := tuple(skill for skill in wanted if skill in given):
            found.append(Teaching(slug, hits))
    return sorted(found, key=lambda one: (-len(one.skills), one.slug))


def suits(programme: Programme, reader: Level | None, place: Level) -> bool:
    """Whether a programme of a school is of use: not above the place's level, and no diploma below the reader's."""
    if programme.national or (place is not Level.NONE and RANKS[programme.level] > RANKS[place]):
        return False
    return reader is None or programme.type not in DIPLOMAS or RANKS[programme.level] >= RANKS[reader]


def suffices(reader: Level | None, place: Level) -> bool:
    """Whether someone at one level can respond to a place at another."""
    return place is Level.NONE or (reader is not None and RANKS[reader] >= RANKS[place])
