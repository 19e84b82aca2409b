"""Which places and programmes fit a student, and why."""
