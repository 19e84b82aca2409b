"""From programmes, and how and where they can be followed, to what the planner asks; and where a place at a company is reached."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from ipf_talent.pathways.graph import HERE, YEAR
from ipf_talent.pathways.network import FIRST_YEAR, View
from ipf_talent.pathways.planner.ways import Option, Station
from ipf_talent.pathways.teaching import covered, suffices
from ipf_talent.programmes.calendar import usual
from ipf_talent.programmes.edges import DIPLOMAS
from ipf_talent.programmes.levels import Level, Mode, ProgrammeType, StartingPoint
from ipf_talent.skills.taxonomy import Taxonomy
from ipf_talent.vacancies.kinds import VacancyKind

SPARE = frozenset({Mode.PARTTIME, Mode.OWN_PACE, Mode.ONLINE})
"""What can be done beside work or another study."""
PARTS = frozenset({ProgrammeType.MINOR, ProgrammeType.ELECTIVE})
"""What is followed as a part of a study, and does not make it longer."""

_AT_ITS_START = frozenset(
    {VacancyKind.BBL_APPRENTICESHIP, VacancyKind.DUAL, VacancyKind.ORIENTATION, VacancyKind.PRACTICE_CERTIFICATE}
)
_IN_ITS_LAST_YEAR = frozenset({VacancyKind.HBO_GRADUATION, VacancyKind.WO_THESIS})
_MODES = {VacancyKind.BBL_APPRENTICESHIP: frozenset({"", Mode.BBL}), VacancyKind.DUAL: frozenset({"", Mode.DUAL})}


@dataclass(frozen=True)
class Offer:
    """
    A programme at a place in a mode.

    Attributes:
        town: its name; empty where the source names none.
        km: from the reader's home; None where unknown.
        dates: first days and deadlines that the school itself tells.
    """

    mode: Mode | None = None
    town: str = ""
    km: float | None = None
    dates: tuple[tuple[date, date | None], ...] = ()


@dataclass(frozen=True)
class Load:
    """The study load that a source tells, whole; None where it tells none."""

    ects: int | None = None
    sbu: int | None = None


def stations(
    view: View,
    offers: Mapping[str, Collection[Offer]],
    loads: Mapping[str, Load],
    taught: Mapping[str, Collection[str]],
    taxonomy: Taxonomy,
) -> dict[str, Station]:
    """
    What the planner must know of each stop of a view.

    Args:
        offers, loads, taught: by slug of the programme; what is not there is not known.
    """
    found: dict[str, Station] = {}
    for key in view.graph.stops:
        programme = view.network.programmes.get(key.removesuffix(FIRST_YEAR))
        if key == HERE or programme is None:
            continue
        options = tuple(option(programme.level, programme.type, offer) for offer in offers.get(programme.slug, ()) or (Offer(),))
        load = loads.get(programme.slug, Load())
        if key.endswith(FIRST_YEAR):
            first = _first_year(load, view.graph.stops[programme.slug].months)
            found[key] = Station(options, first.ects, first.sbu)
        else:
            found[key] = Station(options, load.ects, load.sbu, frozenset(covered(taught.get(programme.slug, ()), taxonomy)))
    return found


def ends(view: View, level: Level, kind: VacancyKind, point: StartingPoint) -> dict[str, int | None]:
    """
    Where someone is ready for a place at a company, as `Goal.ends` takes it.

    For a job in which one learns that is as soon as its programme starts, for an internship or assignment halfway, for graduation
    when the last year starts, for an EngD when a master is finished, and at once where one's level suffices already. No source says
    so of a single place: it is what is usual.

    Args:
        point: where the reader stands.
    """
    asked = Level.MASTER if kind is VacancyKind.ENGD_POSITION else level
    found: dict[str, int | None] = {HERE: None} if suffices(point.level, asked) else {}
    at_level = [one for one in view.network.programmes.values() if one.type in DIPLOMAS and one.level is asked is not Level.NONE]
    open_ = [one for one in at_level if view.graph.stops[one.slug].passable]
    for one in open_ or at_level:
        found[one.slug] = _months_inside(kind, view.graph.stops[one.slug].months)
    return found


def modes(kind: VacancyKind) -> frozenset[str]:
    """How one has to follow the programme of a place, as `Goal.modes` takes it."""
    return _MODES.get(kind, frozenset())


def option(level: Level, type: ProgrammeType, offer: Offer) -> Option:
    """An offer as the planner takes it, with the dates and costs that are usual in the country."""
    kind = usual(level, type, offer.mode)
    return Option(
        ":".join(part for part in (offer.mode or "", offer.town) if part),
        offer.mode or "",
        0.0 if offer.mode is Mode.ONLINE else offer.km,
        kind.starts,
        kind.apply_by,
        dates=offer.dates,
        fee=kind.fee,
        earns=kind.earns,
        spare=offer.mode in SPARE or type in PARTS,
    )


def _months_inside(kind: VacancyKind, months: int | None) -> int | None:
    whole = YEAR if months is None else months
    if kind is VacancyKind.ENGD_POSITION:
        return None
    if kind in _AT_ITS_START:
        return 0
    return max(0, whole - YEAR) if kind in _IN_ITS_LAST_YEAR else whole // 2


def _first_year(load: Load, months: int | None) -> Load:
    """The share of the first year in a load."""
    ects, sbu = (known * YEAR // months if known is not None and months else None for known in (load.ects, load.sbu))
    return Load(ects, sbu)
