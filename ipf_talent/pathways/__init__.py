"""The graph of routes and the way through it."""
