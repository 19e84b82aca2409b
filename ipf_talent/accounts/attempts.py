"""Counting tries at what can be guessed or flooded: in the database, so that all workers share one count."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

from flask import current_app
from sqlalchemy import delete, func, select

from ipf_talent.accounts.models import Attempt
from ipf_talent.db import session

KEPT = timedelta(days=1)
"""As long as the longest window, and what the privacy page promises."""


class TooManyTries(Exception):
    """No more tries for now."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"again in {seconds} s")
        self.seconds = seconds
        """When the next one is allowed."""


@dataclass(frozen=True)
class Limit:
    """So many tries in a window, counted over one thing."""

    per: str
    """account (an address for mail), network, or all."""
    most: int
    window: timedelta


_MINUTES, _HOUR, _DAY = timedelta(minutes=5), timedelta(hours=1), timedelta(days=1)
LIMITS: dict[str, tuple[Limit, ...]] = {
    "sign_in": (Limit("account", 10, _MINUTES), Limit("network", 100, _MINUTES), Limit("all", 1_000, _MINUTES)),
    "sign_up": (Limit("account", 5, _DAY), Limit("network", 100, _HOUR)),
    "forgot": (Limit("account", 5, _DAY), Limit("network", 100, _HOUR)),
    "invite": (Limit("account", 5, _DAY), Limit("network", 100, _HOUR)),
    "register": (Limit("account", 5, _DAY), Limit("network", 100, _HOUR)),
    "report": (Limit("account", 20, _DAY), Limit("network", 100, _HOUR)),
    "interest": (Limit("account", 5, _DAY), Limit("network", 100, _HOUR)),
    "share": (Limit("account", 20, _DAY), Limit("network", 100, _HOUR)),
    "guest": (Limit("account", 30, _DAY), Limit("network", 200, _HOUR)),
    "guest_miss": (Limit("network", 100, _HOUR),),
}
"""A school shares one network address, so a class must fit in."""


def take(kind: str, *, account: str, network: str | None, now: datetime) -> list[Attempt]:
    """
    Count one try before it is made; whoever calls commits, and only then tries.

    Args:
        account: the mail address it is about, or what a guest says something about; capitals do not matter.
        network: where the request comes from; an IPv6 address counts as its /64.

    Returns:
        The rows counted, for `forgive`.

    Raises:
        TooManyTries: a limit is reached; nothing was counted.
    """
    values = {"account": account.strip().lower(), "network": _net(network), "all": ""}
    counted = [(limit, _key(kind, limit.per, values[limit.per])) for limit in LIMITS[kind]]
    _lock([key for _limit, key in counted])
    waits = [_seconds_to_wait(kind, key, limit, now) for limit, key in counted]
    if max(waits) > 0:
        raise TooManyTries(max(waits))
    rows = [Attempt(kind=kind, key=key, at=now) for _limit, key in counted]
    session.add_all(rows)
    session.flush()
    return rows


def forgive(tries: Sequence[Attempt]) -> None:
    """A try that succeeded no longer counts, nor do earlier failures of the same account; those of its network stay."""
    account = tries[0]
    session.execute(delete(Attempt).where(Attempt.kind == account.kind, Attempt.key == account.key))
    session.execute(delete(Attempt).where(Attempt.id.in_([row.id for row in tries[1:]])))


def sweep(now: datetime) -> int:
    """Forget tries that no window reaches any more; gives how many."""
    return session.execute(delete(Attempt).where(Attempt.at < now - KEPT)).rowcount  # type: ignore[attr-defined,no-any-return]


def _seconds_to_wait(kind: str, key: str, limit: Limit, now: datetime) -> int:
    """0 when another try is allowed; else until the oldest of the last `most` leaves the window."""
    start = now - limit.window
    recent = select(Attempt.at).where(Attempt.kind == kind, Attempt.key == key, Attempt.at > start)
    oldest = session.scalar(recent.order_by(Attempt.at.desc(), Attempt.id.desc()).offset(limit.most - 1).limit(1))
    return 0 if oldest is None else max(1, -int((start - oldest) // timedelta(seconds=1)))


def _lock(keys: list[str]) -> None:
    """One at a time per key. SQLite's `BEGIN IMMEDIATE` does so already; PostgreSQL takes a lock until the commit."""
    if session.get_bind().dialect.name != "postgresql":
        return
    for key in sorted(keys):
        session.execute(select(func.pg_advisory_xact_lock(int(key[:15], 16))))


def _key(kind: str, per: str, value: str) -> str:
    """A keyed hash, so that the table holds no address."""
    secret = current_app.config["SECRET_KEY"].encode()
    return hmac.new(secret, f"{kind}\n{per}\n{value}".encode(), hashlib.sha256).hexdigest()


def _net(address: str | None) -> str:
    try:
        ip = ip_address(address or "")
    except ValueError:
        return "unknown"
    if not isinstance(ip, IPv6Address):
        return str(ip)
    return str(ip.ipv4_mapped) if ip.ipv4_mapped else ip.exploded[:19]
