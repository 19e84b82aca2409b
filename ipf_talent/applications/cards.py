"""What a company sees of a student before a name: skills, availability, hours and how far they travel."""

from typing import Any

from ipf_talent.applications.kinds import band_of
from ipf_talent.applications.models import Application
from ipf_talent.organisations.distance import kilometres
from ipf_talent.profiles import queries as profiles


def card_for(application: Application) -> dict[str, Any]:
    """Plain values; what the profile does not say is left out. Skills stand by name, so nothing tells who fits better."""
    profile = profiles.of(application.student_id) if application.student_id else None
    if profile is None:
        return {}
    home, there = profile.place, application.vacancy.place
    band = band_of(kilometres(home.lat, home.lon, there.lat, there.lon)).value if home and there else None
    values = {
        "skills": sorted(known.skill.slug for known in profile.skills),
        "from": profile.available_from.isoformat() if profile.available_from else None,
        "until": profile.available_until.isoformat() if profile.available_until else None,
        "hours": profile.hours_per_week,
        "travel": band,
    }
    return {name: value for name, value in values.items() if value}
