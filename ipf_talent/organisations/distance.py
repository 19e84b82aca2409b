"""How far two places are apart, without asking anyone outside."""

from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0088
"""Mean radius of the earth."""


def kilometres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Distance along a great circle between two points in degrees north and east: as the crow flies."""
    north, east = radians(lat2 - lat1) / 2, radians(lon2 - lon1) / 2
    half_chord = sin(north) ** 2 + cos(radians(lat1)) * cos(radians(lat2)) * sin(east) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half_chord)))
