"""Rows for tests: each function makes a valid thing, committed; name only what the test is about."""
