"""What a student can, wants and is open to."""
