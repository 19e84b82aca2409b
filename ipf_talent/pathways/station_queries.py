"""Reading how and where each programme can be followed, what load it has and what it teaches."""

from sqlalchemy import select

from ipf_talent.db import session
from ipf_talent.matching.filters import Home
from ipf_talent.organisations.distance import kilometres
from ipf_talent.organisations.models import Place
from ipf_talent.pathways.network import View
from ipf_talent.pathways.queries import Atlas
from ipf_talent.pathways.stations import Load, Offer, stations
from ipf_talent.pathways.ways import Station
from ipf_talent.programmes.models import Offering, Programme, ProgrammeSkill
from ipf_talent.skills.models import Skill
from ipf_talent.skills.taxonomy import Taxonomy


def of(atlas: Atlas, view: View, home: Home | None, taxonomy: Taxonomy) -> dict[str, Station]:
    """
    What the planner must know of each stop of a view, in three statements.

    Args:
        home: where the reader lives; without it every distance is unknown.
    """
    return stations(view, _offers(atlas, home), _loads(), _taught(), taxonomy)


def _offers(atlas: Atlas, home: Home | None) -> dict[str, list[Offer]]:
    query = select(Programme.slug, Offering.mode, Place.name, Place.lat, Place.lon)
    query = query.join(Offering.programme).join(Offering.place, isouter=True).order_by(Programme.slug, Offering.mode, Place.name)
    found: dict[str, list[Offer]] = {}
    for slug, mode, town, lat, lon in session.execute(query):
        km = None if home is None or lat is None else kilometres(home.lat, home.lon, lat, lon)
        if slug in atlas.rows:
            found.setdefault(slug, []).append(Offer(mode, town or "", km))
    return found


def _loads() -> dict[str, Load]:
    query = select(Programme.slug, Programme.credits_ects, Programme.sbu)
    return {slug: Load(ects, sbu) for slug, ects, sbu in session.execute(query)}


def _taught() -> dict[str, list[str]]:
    query = (
        select(Programme.slug, Skill.slug).join(Programme.skills).join(ProgrammeSkill.skill).order_by(Programme.slug, Skill.slug)
    )
    found: dict[str, list[str]] = {}
    for programme, skill in session.execute(query):
        found.setdefault(programme, []).append(skill)
    return found
