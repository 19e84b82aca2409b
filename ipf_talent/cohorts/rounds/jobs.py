"""Closing rounds whose days are over, forgetting in time who took part, and what rounds do when a person leaves the site."""

from ipf_talent import clock, db, jobs
from ipf_talent.accounts import signals as accounts
from ipf_talent.accounts.models import User
from ipf_talent.cohorts.rounds import personal_data, services


@jobs.job(every="43")
def keep_rounds() -> int:
    """Close what nobody can answer any more and forget old rounds; gives how many closed. A second time finds nothing."""
    now = clock.now()
    with db.transaction():
        closed = services.close_over(now)
    with db.transaction():
        personal_data.sweep(now)
    return closed


def _on_leaving(user: User) -> None:
    personal_data.erase(user.id)


accounts.closing.connect(_on_leaving)
