"""The places that companies offer, and their life cycle."""
