"""A class at once: who has no place, ranked wishes, a stable proposal with its certificate; matchmaking days."""
