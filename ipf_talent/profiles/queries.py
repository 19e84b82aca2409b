"""Reading profiles."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from ipf_talent.db import session
from ipf_talent.organisations.models import Place
from ipf_talent.profiles.card import Card, KnownSkill
from ipf_talent.profiles.models import Profile, ProfileSkill
from ipf_talent.programmes import queries as programmes
from ipf_talent.programmes.models import Programme
from ipf_talent.skills.models import Skill


def of(user_id: int) -> Profile | None:
    """A person's profile, with its skills, programme and place."""
    loads = (
        selectinload(Profile.skills).selectinload(ProfileSkill.skill),
        selectinload(Profile.programme),
        selectinload(Profile.place),
    )
    return session.scalar(select(Profile).where(Profile.user_id == user_id).options(*loads))


def card_of(user_id: int) -> Card:
    """A person's profile as one value, in two statements; empty where they said nothing yet."""
    period = ("available_from", "available_until", "hours_per_week")
    names = ("point", "year", "wish", "kinds", "languages", *period, "travel_km", "adult_on")
    columns = select(*(getattr(Profile, name) for name in names), Profile.id, Programme.slug, Place.name)
    query = columns.join(Profile.programme, isouter=True).join(Profile.place, isouter=True)
    row = session.execute(query.where(Profile.user_id == user_id)).one_or_none()
    if row is None:
        return Card()
    said = {name: getattr(row, name) for name in names}
    held = select(Skill.slug, ProfileSkill.words).join(ProfileSkill.skill).where(ProfileSkill.profile_id == row.id)
    skills = tuple(KnownSkill(slug, words) for slug, words in session.execute(held.order_by(ProfileSkill.position)))
    kept = {"kinds": tuple(row.kinds), "languages": tuple(row.languages), "skills": skills}
    return Card(**said | kept | {"programme": row.slug, "place": row.name})


def adult_on(user_id: int) -> date | None:
    """The first day on which a person is 18; None where they did not say."""
    return session.scalar(select(Profile.adult_on).where(Profile.user_id == user_id))


def usual_skills(card: Card, limit: int = 8) -> list[str]:
    """Slugs of skills that the programme of the card teaches and the card does not hold."""
    programme = programmes.named(card.programme)
    if programme is None:
        return []
    taught = (row.slug for row in programmes.taught([programme.id])[programme.id])
    return [slug for slug in dict.fromkeys(taught) if slug not in card.slugs][:limit]
