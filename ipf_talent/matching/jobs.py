"""Background jobs of matching."""
