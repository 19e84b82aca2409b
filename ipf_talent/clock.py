"""The one place that knows what time it is, so that a test can set it."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The date on the wall in Drachten."""
    return now().astimezone(AMSTERDAM).date()
