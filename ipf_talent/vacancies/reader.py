"""The person who reads a list of places, as far as the domains above know them: these say here how to find out."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from flask import Flask, current_app

_KEY = "reader"
AdultOn = Callable[[int | None], date | None]
"""From which day on a person (None: the one at the screen) is 18; None where they are, or where it is not known."""
Fits = Callable[[], Mapping[str, float] | None]
"""How well each place fits the person at the screen, by slug; None where nothing can be said of it."""


def tell(app: Flask, **sources: Callable[..., Any]) -> None:
    """Say how to find something out: `adult_on` or `fits`."""
    app.extensions.setdefault(_KEY, {}).update(sources)


def adult_on(user_id: int | None = None) -> date | None:
    """The day from which places for people from 18 are open to somebody who is younger today (R8)."""
    source: AdultOn | None = current_app.extensions.get(_KEY, {}).get("adult_on")
    return source(user_id) if source else None


def fits() -> Mapping[str, float] | None:
    """How well each open place fits the person at the screen, from 0 to 1 by slug; what does not fit at all is left out."""
    source: Fits | None = current_app.extensions.get(_KEY, {}).get("fits")
    return source() if source else None
