"""Forgetting files in time; the job that applies long ones stands in `applying`."""

from ipf_talent import clock, db, jobs
from ipf_talent.exchange import services


@jobs.job(every="53")
def forget_imports() -> int:
    """Take away files that nobody applied; gives how many."""
    with db.transaction():
        return services.sweep(clock.now())
