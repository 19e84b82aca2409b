"""Changing profiles."""

from sqlalchemy import select

from ipf_talent.db import session
from ipf_talent.organisations.models import Place
from ipf_talent.profiles import queries
from ipf_talent.profiles.card import Card
from ipf_talent.profiles.models import Profile, ProfileSkill
from ipf_talent.programmes.models import Programme
from ipf_talent.skills.models import Skill


def save(user_id: int, card: Card) -> Profile:
    """Make a person's profile say what the card says; a programme, place or skill that is no longer there is left out."""
    profile = queries.of(user_id) or Profile(user_id=user_id, skills=[])
    profile.point, profile.year, profile.wish = card.point, card.year, card.wish
    profile.kinds, profile.languages = list(card.kinds), list(card.languages)
    profile.available_from, profile.available_until = card.available_from, card.available_until
    profile.hours_per_week, profile.travel_km, profile.adult_on = card.hours_per_week, card.travel_km, card.adult_on
    profile.programme = session.scalar(select(Programme).where(Programme.slug == card.programme)) if card.programme else None
    profile.place = session.scalar(select(Place).where(Place.name == card.place)) if card.place else None
    _set_skills(profile, card)
    session.add(profile)
    session.flush()
    return profile


def _set_skills(profile: Profile, card: Card) -> None:
    found = select(Skill.slug, Skill.id).where(Skill.slug.in_(card.slugs))
    ids = {row.slug: row.id for row in session.execute(found)} if card.skills else {}
    held = {known.skill_id: known for known in profile.skills}
    wanted = []
    for position, known in enumerate(skill for skill in card.skills if skill.slug in ids):
        row = held.get(ids[known.slug]) or ProfileSkill(skill_id=ids[known.slug])
        row.position, row.words = position, known.words
        wanted.append(row)
    profile.skills = wanted
