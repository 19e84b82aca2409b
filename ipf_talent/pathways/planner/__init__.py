"""The planner: every way that no other beats, or why there is none; pure."""
