"""Reading the plans that people keep, and the shares of plans."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select

from ipf_talent.accounts.links import hashed
from ipf_talent.clock import AMSTERDAM
from ipf_talent.db import session
from ipf_talent.pathways.kept import Kept, legs_of, question_of
from ipf_talent.pathways.models import PlanShare, SavedPlan


def rows_of(user_id: int) -> Sequence[SavedPlan]:
    """A person's plans as rows, the oldest first."""
    return session.scalars(select(SavedPlan).where(SavedPlan.user_id == user_id).order_by(SavedPlan.id)).all()


def of(user_id: int) -> list[Kept]:
    """A person's plans as values, the oldest first; one that this version of the code cannot read is left out."""
    return [kept for row in rows_of(user_id) if (kept := as_value(row))]


def as_value(row: SavedPlan) -> Kept | None:
    """A row as a value; None where it cannot be read."""
    saved_on = row.created_at.astimezone(AMSTERDAM).date()
    try:
        return Kept(row.key, row.name, question_of(row.question), legs_of(row.legs), saved_on, row.version)
    except (TypeError, ValueError, AttributeError):
        return None


def share_with(secret: str, now: datetime) -> PlanShare | None:
    """The share that a link opens; None where it never was, was taken back, or has ended."""
    return session.scalar(select(PlanShare).where(PlanShare.secret_hash == hashed(secret), PlanShare.expires_at > now))


def shares_of(plan_key: str, now: datetime, *, user_id: int | None, keys: Collection[str] = ()) -> Sequence[PlanShare]:
    """
    The shares of a plan that still work and that one may take back, the newest first.

    Args:
        user_id: their owner; None for a guest, who names the keys that their session holds.
    """
    own = PlanShare.key.in_(keys) & PlanShare.user_id.is_(None) if user_id is None else PlanShare.user_id == user_id
    query = select(PlanShare).where(PlanShare.plan_key == plan_key, PlanShare.expires_at > now, own)
    return session.scalars(query.order_by(PlanShare.id.desc())).all()
