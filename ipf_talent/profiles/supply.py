"""How many students near a place have what it requires; never who, and never a number from which one could be told."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select

from ipf_talent.db import session
from ipf_talent.organisations.distance import kilometres
from ipf_talent.organisations.queries import places
from ipf_talent.profiles.models import Profile, ProfileSkill
from ipf_talent.programmes.levels import Level, StartingPoint
from ipf_talent.skills import queries as skills
from ipf_talent.skills.models import Skill
from ipf_talent.vacancies.models import Vacancy

REACH_KM = 50
FEWEST_SHOWN = 10
"""A count of persons below this is never shown; others are rounded down to it, so that two counts do not tell of one person."""


@dataclass(frozen=True)
class Supply:
    """
    Students who look for a place, at this level, within 50 km.

    Attributes:
        all_musts: how many have every must, in tens, rounded down; None below ten.
        costly: the must that most of them lack, by slug; None where none makes a difference of ten.
        without: how many there would be without it, in tens.
        looking: how many look at all, in tens; None below ten.
    """

    looking: int | None
    all_musts: int | None
    costly: str | None = None
    without: int | None = None


def near(vacancy: Vacancy) -> Supply | None:
    """The students near a place and what its musts leave of them; None where the place has no town. Four statements at most."""
    if vacancy.place is None:
        return None
    here = vacancy.place
    reach = [town.id for town in places() if kilometres(here.lat, here.lon, town.lat, town.lon) <= REACH_KM]
    looking = and_(Profile.looking.is_(True), Profile.place_id.in_(reach), *_at(vacancy.level))
    musts = {one.skill.slug: _has(one.skill.slug) for one in vacancy.skills if one.must}
    whole = func.count().filter(and_(looking, *musts.values()))
    less = [func.count().filter(and_(looking, *(has for other, has in musts.items() if other != slug))) for slug in musts]
    everyone, all_musts, *counts = session.execute(select(func.count().filter(looking), whole, *less).select_from(Profile)).one()
    gained = {slug: count - all_musts for slug, count in zip(musts, counts, strict=True)}
    costly = max(gained, key=lambda slug: gained[slug], default=None)
    if costly is None or gained[costly] < FEWEST_SHOWN:
        return Supply(_tens(everyone), _tens(all_musts))
    return Supply(_tens(everyone), _tens(all_musts), costly, _tens(gained[costly] + all_musts))


def _at(level: Level) -> list[ColumnElement[bool]]:
    points = [point for point in StartingPoint if point.level is level]
    return [] if level is Level.NONE else [Profile.point.in_(points)]


def _has(slug: str) -> ColumnElement[bool]:
    """Whether somebody named a skill, or one directly below it."""
    names = [slug, *skills.taxonomy().narrower.get(slug, ())]
    named = select(ProfileSkill.profile_id).join(ProfileSkill.skill).where(Skill.slug.in_(names))
    return Profile.id.in_(named)


def _tens(count: int) -> int | None:
    return count // FEWEST_SHOWN * FEWEST_SHOWN if count >= FEWEST_SHOWN else None
