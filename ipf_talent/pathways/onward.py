"""What can be entered from where a reader stands, by level, and by which rule."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ipf_talent.pathways.graph import HERE
from ipf_talent.pathways.network import FIRST_YEAR, UNNAMED, View
from ipf_talent.programmes.edges import DIPLOMAS, Edge
from ipf_talent.programmes.levels import LEVEL_LABELS, TYPE_LABELS, Level, ProgrammeType


@dataclass
class Onward:
    """A sort of programme that can be entered; `own` counts the programmes with a rule of their own."""

    type: ProgrammeType
    level: Level
    rules: list[Edge] = field(default_factory=list)
    at_schools: int = 0
    national: int = 0
    own: int = 0

    @property
    def title(self) -> str:
        """What it is called."""
        return title_of(self.type, self.level)


def title_of(kind: ProgrammeType, level: Level) -> str:
    """The level in words where a programme gives the one diploma of that level, else its type."""
    return str(LEVEL_LABELS[level] if kind in DIPLOMAS and level is not Level.ENGD_PHD else TYPE_LABELS[kind])


def onward(view: View) -> list[Onward]:
    """The sorts of programme that can be entered from here, lowest first."""
    found: dict[tuple[ProgrammeType, Level], Onward] = {}
    for slug in view.graph.out_of(HERE):
        if slug.endswith(FIRST_YEAR):
            continue
        programme = view.network.programmes[slug]
        sort = found.setdefault((programme.type, programme.level), Onward(programme.type, programme.level))
        sort.national += programme.national and not slug.startswith(UNNAMED)
        sort.at_schools += not programme.national
        rules = view.rules(HERE, slug)
        sort.own += rules[0].to_programme is not None
        sort.rules = _joined(sort.rules, (rule for rule in rules if rule.to_programme is None))
    return sorted(found.values(), key=lambda sort: (list(Level).index(sort.level), list(ProgrammeType).index(sort.type)))


def _joined(known: Sequence[Edge], rules: Iterable[Edge]) -> list[Edge]:
    together = {rule.slug: rule for rule in (*known, *rules)}
    return sorted(together.values(), key=lambda rule: (not rule.national, rule.rule_kind, rule.slug))
