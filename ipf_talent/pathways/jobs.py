"""Tidying what was shared of plans."""

from ipf_talent import clock, db, jobs
from ipf_talent.pathways import plan_services


@jobs.job(every="29")
def tidy_shares() -> int:
    """Take away the shared copies whose time is over; gives how many."""
    with db.transaction():
        return plan_services.sweep(clock.now())
