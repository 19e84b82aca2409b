"""Forgetting in time who was at a matchmaking day, and what days do when a person leaves the site."""

from ipf_talent import clock, db, jobs
from ipf_talent.accounts import signals as accounts
from ipf_talent.accounts.models import User
from ipf_talent.cohorts.days import personal_data, queries, signing


@jobs.job(every="41")
def forget_days() -> int:
    """Take away who was at days that are long over; gives how many students. A second time finds nothing."""
    with db.transaction():
        numbers = personal_data.due(clock.now())
        personal_data.scrub(numbers)
    return len(numbers)


def _on_leaving(user: User) -> None:
    now = clock.now()
    for row in (row for row in queries.ahead_of(user.id) if now < row.day.slots[0].begins):
        signing.leave_student(row, row.day, by=user, now=now)
    personal_data.erase(user.id)


accounts.closing.connect(_on_leaving)
