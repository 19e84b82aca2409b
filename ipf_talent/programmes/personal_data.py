"""What is kept of a person who follows programmes. Closing an account takes it all away: its rows hang on the person's."""

from typing import Any

from sqlalchemy import delete, select

from ipf_talent.db import session
from ipf_talent.programmes.listing_models import ProgrammeFollow
from ipf_talent.programmes.models import Programme


def export(user_id: int) -> dict[str, list[dict[str, Any]]]:
    """The programmes that a person follows, as plain values."""
    query = select(Programme.slug, ProgrammeFollow.followed_at).join(Programme, Programme.id == ProgrammeFollow.programme_id)
    rows = session.execute(query.where(ProgrammeFollow.user_id == user_id).order_by(Programme.slug))
    return {"following": [{"programme": slug, "since": since.isoformat()} for slug, since in rows]}


def erase(user_id: int) -> None:
    """Follow nothing any longer, while the account stays."""
    session.execute(delete(ProgrammeFollow).where(ProgrammeFollow.user_id == user_id))
