"""What the planner keeps of a person. Closing an account takes it all away: its rows hang on the person's."""

from typing import Any

from sqlalchemy import delete, select

from ipf_talent.db import session
from ipf_talent.pathways import plan_queries
from ipf_talent.pathways.models import PlanShare, SavedPlan


def export(user_id: int) -> dict[str, list[dict[str, Any]]]:
    """A person's plans and what they share of them, as plain values; the secret of a link is not kept, so it is not in it."""
    shares = session.scalars(select(PlanShare).where(PlanShare.user_id == user_id).order_by(PlanShare.id))
    return {
        "plans": [_plan(row) for row in plan_queries.rows_of(user_id)],
        "shared": [
            {"plan": row.plan_key, "content": row.content, "made": row.created_at.isoformat(), "ends": row.expires_at.isoformat()}
            for row in shares
        ],
    }


def erase(user_id: int) -> None:
    """Take away all of it, while the account stays."""
    session.execute(delete(PlanShare).where(PlanShare.user_id == user_id))
    session.execute(delete(SavedPlan).where(SavedPlan.user_id == user_id))


def _plan(row: SavedPlan) -> dict[str, Any]:
    return {
        "key": row.key,
        "name": row.name,
        "question": row.question,
        "steps": row.legs,
        "made": row.created_at.isoformat(),
        "changed": row.changed_at.isoformat(),
    }
