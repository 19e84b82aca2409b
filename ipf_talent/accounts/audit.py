"""The audit trail: a line for every change, which the database itself refuses to change, or to take away before its time."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete

from ipf_talent.accounts.models import AuditEntry
from ipf_talent.db import session

KEPT = timedelta(days=731)
"""Two years, whatever leap day they hold: a day less, and the guard of the table would refuse."""


def record(actor_id: int | None, action: str, thing: str, thing_id: int | None = None, **detail: Any) -> None:
    """
    Add a line: who did what to which thing.

    Args:
        detail: numbers, codes and yes or no; never a name, an address, free text or a secret.
    """
    session.add(AuditEntry(actor_id=actor_id, action=action, thing=thing, thing_id=thing_id, detail=detail))
    session.flush()


def sweep(now: datetime) -> int:
    """Take away lines that are two years old; gives how many."""
    return session.execute(delete(AuditEntry).where(AuditEntry.at < now - KEPT)).rowcount  # type: ignore[attr-defined,no-any-return]
