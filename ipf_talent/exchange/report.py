"""A plan as something that can be kept and shown: row by row, short enough to read; and a fingerprint of all of it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Any

from ipf_talent.exchange.comparing import Change, Outcome, Plan
from ipf_talent.exchange.faults import Refusal

LONGEST = 300
"""Characters of a value that a report shows."""
MOST_MISSING = 1_000


def of(plan: Plan, *, strange: Sequence[str], missing: Sequence[str], source: Mapping[str, str]) -> dict[str, Any]:
    """
    What is kept of a plan.

    Args:
        strange: column names that nobody knows.
        missing: keys of rows that the former import had.
        source: how the file was read: encoding, separator, sheet.
    """
    return {
        "source": dict(source),
        "strange": [name[:80] for name in strange[:50]],
        "missing": list(missing[:MOST_MISSING]),
        "missing_number": len(missing),
        "rows": [_row(one) for one in plan.outcomes],
    }


def spoilt(refused: Sequence[Refusal], *, strange: Sequence[str], source: Mapping[str, str]) -> dict[str, Any]:
    """What is kept of a file that cannot be used."""
    return of(Plan(), strange=strange, missing=(), source=source) | {"faults": [one.kept() for one in refused[:100]]}


def _row(one: Outcome) -> dict[str, Any]:
    return {
        "row": one.row,
        "deed": one.deed.value,
        "title": one.title,
        "target": one.target,
        "where": [one.where[0], one.where[1].value] if one.where else None,
        "start": plain(one.line.starts_on) if one.line and one.line.has_start else None,
        "rolling": bool(one.line and one.line.has_start and one.line.starts_on is None),
        "adds": [part.value for part in one.adds],
        "changes": [_change(change) for change in one.changes],
        "kept": [_change(change) for change in one.kept],
        "notes": [note.value for note in one.notes],
        "refused": [refusal.kept() for refusal in one.refused],
        "lacks": [lack.value for lack in one.lacks],
    }


def _change(change: Change) -> list[Any]:
    return [change.part.value, change.field, _short(plain(change.old)), _short(plain(change.new))]


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def _short(value: Any) -> Any:
    return f"{value[: LONGEST - 1]}…" if isinstance(value, str) and len(value) > LONGEST else value


def fingerprint(plan: Plan) -> str:
    """The same for the same plan, down to every value that it would write."""
    whole = [
        {
            "row": one.row, "deed": one.deed.value, "target": one.target, "adds": [part.value for part in one.adds],
            "values": [_values(values) for values in (one.programme, one.offering, one.intake)],
            "before": [[change.part.value, change.field, plain(change.old)] for change in (*one.changes, *one.kept)],
            "refused": [refusal.kept() for refusal in one.refused],
            "notes": [note.value for note in one.notes], "lacks": [lack.value for lack in one.lacks],
        }
        for one in plan.outcomes
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(whole, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def _values(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: plain(value) for name, value in values.items()}
