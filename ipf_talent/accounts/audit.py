"""The audit trail: a line for every change, which the database itself refuses to change or take away."""

from typing import Any

from ipf_talent.accounts.models import AuditEntry
from ipf_talent.db import session


def record(actor_id: int | None, action: str, thing: str, thing_id: int | None = None, **detail: Any) -> None:
    """
    Add a line: who did what to which thing.

    Args:
        detail: numbers, codes and yes or no; never a name, an address, free text or a secret.
    """
    session.add(AuditEntry(actor_id=actor_id, action=action, thing=thing, thing_id=thing_id, detail=detail))
    session.flush()
