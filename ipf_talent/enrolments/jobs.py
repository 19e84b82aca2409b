"""Forgetting in time, and what an enrolment does when a person leaves."""

from ipf_talent import clock, db, jobs
from ipf_talent.accounts import signals as accounts
from ipf_talent.accounts.models import User
from ipf_talent.enrolments import retention


@jobs.job(every="41")
def forget_enrolments() -> int:
    """Erase what ended long enough ago; gives how many enrolments."""
    with db.transaction():
        return retention.sweep(clock.now())


def _on_leaving(user: User) -> None:
    retention.forget(user)


accounts.closing.connect(_on_leaving)
