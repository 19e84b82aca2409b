"""Filling in forms the way a browser does, as in the tests of accounts."""

from tests.accounts.conftest import fill

__all__ = ["fill"]
