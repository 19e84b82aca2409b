"""Telling people of changes in the programmes they follow."""

from ipf_talent import clock, db, jobs
from ipf_talent.programmes import following, services, telling


@jobs.job(every="37")
def tell_followers() -> int:
    """Mail whoever follows a programme what changed in it; gives how many mails."""
    now = clock.now()
    with db.transaction():
        services.tidy(now - following.KEPT)
    return telling.send(now)
