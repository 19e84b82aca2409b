"""When mail is sent: every minute, and right after a commit that wrote some; and the hourly tidying."""

import structlog
from flask import current_app, has_app_context
from sqlalchemy import event
from sqlalchemy.orm import Session

from ipf_talent import clock, db, jobs
from ipf_talent.accounts import attempts, audit
from ipf_talent.accounts import services as accounts
from ipf_talent.db import session
from ipf_talent.notifications import letters, sending, services

log = structlog.get_logger()
letters.listen()


@jobs.job(every="*")
def sweep_outbox() -> int:
    """Send what is due; gives how many went out."""
    return sending.send_due()


@jobs.job()
def send_mail_soon() -> int:
    """The same, on request."""
    return sending.send_due()


@jobs.job(every="17")
def tidy_outbox() -> None:
    """Take away mail, counted tries, dead links and old lines of the trail, as the privacy page promises."""
    now = clock.now()
    with db.transaction():
        services.tidy(now=now)
        accounts.tidy(now=now)
        attempts.sweep(now)
        audit.sweep(now)


def _after_commit(done: Session) -> None:
    """Ask for sending as soon as a transaction that wrote mail is kept; a request never waits for a mail server."""
    if done.in_nested_transaction() or not done.info.pop(services.POSTED, False):
        return
    if not has_app_context() or not current_app.config["JOBS"]:
        return
    try:
        jobs.soon(current_app._get_current_object(), send_mail_soon)  # type: ignore[attr-defined]
    except Exception as error:  # the mail is safe in its row, and the next round takes it
        log.warning("mail_not_queued", error=type(error).__name__)


event.listen(session, "after_commit", _after_commit)
event.listen(session, "after_rollback", lambda done: done.info.pop(services.POSTED, None))
