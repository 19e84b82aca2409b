"""Reading how and where programmes can be followed and what they teach: all of them at once, whoever asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Float, String, cast, literal, null, select, union_all

from ipf_talent.db import session
from ipf_talent.organisations.models import Place
from ipf_talent.programmes.levels import Mode
from ipf_talent.programmes.models import Offering, ProgrammeSkill
from ipf_talent.programmes.queries import is_offered
from ipf_talent.skills.models import Skill


class Offered(NamedTuple):
    """A programme at a place in a mode; no town where the source names none."""

    mode: Mode
    town: str
    lat: float | None
    lon: float | None


@dataclass(frozen=True)
class Offers:
    """How and where each programme is offered, and which skills it teaches, by its number."""

    offered: Mapping[int, tuple[Offered, ...]]
    taught: Mapping[int, tuple[str, ...]]


def offers() -> Offers:
    """Everything, in one statement."""
    places = select(
        Offering.programme_id, literal("mode").label("fact"), cast(Offering.mode, String(20)).label("value"), Place.name, Place.lat,
        Place.lon,
    ).join(Offering.place, isouter=True).where(is_offered())  # fmt: skip
    nowhere = (cast(null(), String(80)), cast(null(), Float), cast(null(), Float))
    skills = select(ProgrammeSkill.programme_id, literal("skill"), Skill.slug, *nowhere).join(ProgrammeSkill.skill)
    offered: dict[int, list[Offered]] = {}
    taught: dict[int, list[str]] = {}
    for number, fact, value, town, lat, lon in session.execute(union_all(places, skills)):
        if fact == "mode":
            offered.setdefault(number, []).append(Offered(Mode(value), town or "", lat, lon))
        else:
            taught.setdefault(number, []).append(value)
    return Offers(
        {number: tuple(sorted(found, key=lambda one: (list(Mode).index(one.mode), one.town))) for number, found in offered.items()},
        {number: tuple(sorted(found)) for number, found in taught.items()},
    )
