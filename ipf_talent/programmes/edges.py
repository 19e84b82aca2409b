"""One edge between programmes as a value, and which edges hold when a school has its own rule beside the national one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ipf_talent.programmes.levels import Level, ProgrammeType, StartingPoint
from ipf_talent.programmes.rules import RuleKind

_Type = ProgrammeType
DIPLOMAS = frozenset({_Type.MBO_DIPLOMA, _Type.AD, _Type.BACHELOR, _Type.MASTER, _Type.ENGD, _Type.PHD})
"""Types that give a diploma of their level; a minor or course does not, so a rule about the level is not about them."""

DECIDING = frozenset({RuleKind.RIGHT, RuleKind.INSTITUTION_DECIDES, RuleKind.VIA_BRIDGE, RuleKind.WORK})
"""Kinds that say who is admitted. The others say what helps or how long it takes, and stand beside a rule."""


@dataclass(frozen=True)
class Edge:
    """A progression with the names of what it connects; `from_` and `to_` fields that are None ask nothing."""

    slug: str
    rule_kind: RuleKind
    from_point: StartingPoint | None = None
    from_programme: str | None = None
    """Slug."""
    from_title_nl: str | None = None
    from_title_en: str | None = None
    from_institution: str | None = None
    """Slug."""
    from_name: str | None = None
    to_level: Level | None = None
    to_type: ProgrammeType | None = None
    to_programme: str | None = None
    """Slug."""
    to_title_nl: str | None = None
    to_title_en: str | None = None
    to_institution: str | None = None
    """Slug."""
    to_name: str | None = None
    condition_nl: str = ""
    condition_en: str = ""
    extra_nl: str = ""
    extra_en: str = ""
    months: int | None = None
    months_meaning: str | None = None
    national: bool = False
    source_url: str | None = None
    source_note: str | None = None
    checked_on: date | None = None

    @property
    def own(self) -> bool:
        """A school's own rule: it names a school or a programme."""
        names = (self.from_programme, self.from_institution, self.to_programme, self.to_institution)
        return not self.national and any(names)


class Ends(NamedTuple):
    """What rules ask of a programme at either end of an edge."""

    slug: str
    type: ProgrammeType
    level: Level
    institution: str
    """Slug."""


def leads_into(edge: Edge, programme: Ends) -> bool:
    """Whether an edge leads to a programme: it names it, its school, its type, or its level where it gives a diploma."""
    asked = (edge.to_programme, edge.to_institution, edge.to_level, edge.to_type)
    given = (programme.slug, programme.institution, programme.level, programme.type)
    if any(want is not None and want != have for want, have in zip(asked, given, strict=True)):
        return False
    return programme.type in DIPLOMAS or edge.to_programme is not None or edge.to_type is not None


def leads_out_of(edge: Edge, programme: Ends | None, points: Collection[StartingPoint] | None = None) -> bool:
    """
    Whether an edge starts from a programme, or from someone who stands somewhere.

    Args:
        programme: None where only the points are known.
        points: where one stands; where the programme brings one when left out.
    """
    if programme is None:
        return edge.from_point in (points or ()) and edge.from_programme is None and edge.from_institution is None
    at = points_after(programme.type, programme.level) if points is None else points
    at_school = edge.from_institution in (None, programme.institution)
    if edge.from_programme not in (None, programme.slug) or not at_school or edge.from_point not in (None, *at):
        return False
    about_it = edge.from_programme is not None or points is not None or programme.type in DIPLOMAS
    return about_it and edge.to_programme != programme.slug


def gives_right(edges: Collection[Edge], points: Collection[StartingPoint], goal: Ends | Level) -> bool:
    """
    Whether the rules of the country give somebody a right to be admitted (R19).

    Args:
        points: where one stands.
        goal: a programme, or any of a level.
    """
    rights = [edge for edge in edges if edge.national and edge.rule_kind is RuleKind.RIGHT and edge.from_point in points]
    if isinstance(goal, Level):
        return any(edge.to_level is goal and edge.to_programme is None and edge.to_type is None for edge in rights)
    return any(leads_into(edge, goal) for edge in rights)


def points_after(kind: ProgrammeType, level: Level) -> frozenset[StartingPoint]:
    """Where someone stands with, or well under way in, such a programme."""
    if kind not in DIPLOMAS or level not in _POINT_OF:
        return frozenset()
    first_year = {StartingPoint.HBO_PROPEDEUSE} if level is Level.HBO_BACHELOR else set()
    return frozenset({_POINT_OF[level], *first_year})


_POINT_OF = {point.level: point for point in StartingPoint if point.value == point.level.value and point is not StartingPoint.NONE}


def that_hold_into(edges: Sequence[Edge]) -> list[Edge]:
    """
    Of the edges into one programme those that hold.

    A school's own rule for a starting point takes the place of the national one. A national rule that names the programme, as for
    a specialist's year after mbo 3 of the same occupation, takes the place of all national rules about its level.
    """
    deciding = [edge for edge in edges if edge.own and edge.rule_kind in DECIDING]
    ruled = {edge.from_point for edge in deciding if not (edge.from_programme or edge.from_institution)}
    named = any(edge.national and edge.to_programme and edge.rule_kind in DECIDING for edge in edges)
    return [edge for edge in edges if not (edge.national and (edge.from_point in ruled or (named and not edge.to_programme)))]


def that_hold_out_of(edges: Sequence[Edge]) -> list[Edge]:
    """Of the edges out of one programme: its own rule to a level or type takes the place of the national one."""
    deciding = [edge for edge in edges if edge.own and edge.rule_kind in DECIDING]
    ruled = {_passage(edge) for edge in deciding if not (edge.to_programme or edge.to_institution)}
    return [edge for edge in edges if not (edge.national and _passage(edge) in ruled)]


def _passage(edge: Edge) -> tuple[Level | ProgrammeType | None, bool]:
    return edge.to_level or edge.to_type, edge.from_point is StartingPoint.HBO_PROPEDEUSE
