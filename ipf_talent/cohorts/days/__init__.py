"""A matchmaking day: from interest to a timetable, and what came of the talks."""
