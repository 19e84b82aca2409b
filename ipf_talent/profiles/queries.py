"""Reading profiles."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from ipf_talent.db import session
from ipf_talent.profiles.card import Card, KnownSkill
from ipf_talent.profiles.models import Profile, ProfileSkill
from ipf_talent.programmes import queries as programmes


def of(user_id: int) -> Profile | None:
    """A person's profile, with its skills, programme and place."""
    loads = (
        selectinload(Profile.skills).selectinload(ProfileSkill.skill),
        selectinload(Profile.programme),
        selectinload(Profile.place),
    )
    return session.scalar(select(Profile).where(Profile.user_id == user_id).options(*loads))


def card_of(user_id: int) -> Card:
    """A person's profile as one value; empty where they said nothing yet."""
    row = of(user_id)
    if row is None:
        return Card()
    return Card(
        point=row.point,
        programme=row.programme.slug if row.programme else None,
        year=row.year,
        skills=tuple(KnownSkill(known.skill.slug, known.words) for known in row.skills),
        wish=row.wish,
        kinds=tuple(row.kinds),
        languages=tuple(row.languages),
        available_from=row.available_from,
        available_until=row.available_until,
        hours_per_week=row.hours_per_week,
        place=row.place.name if row.place else None,
        travel_km=row.travel_km,
    )


def usual_skills(card: Card, limit: int = 8) -> list[str]:
    """Slugs of skills that the programme of the card teaches and the card does not hold."""
    programme = programmes.by_slugs([card.programme]).get(card.programme) if card.programme else None
    if programme is None:
        return []
    taught = (row.slug for row in programmes.taught([programme.id])[programme.id])
    return [slug for slug in dict.fromkeys(taught) if slug not in card.slugs][:limit]
