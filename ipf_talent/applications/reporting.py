"""Reports of discrimination: taking one in, and moving it on."""

from datetime import datetime

from ipf_talent.accounts import audit
from ipf_talent.accounts.models import User
from ipf_talent.applications import letters
from ipf_talent.applications.kinds import ReportStatus
from ipf_talent.applications.models import Application, DiscriminationReport
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _

MOVES = {
    ReportStatus.RECEIVED: (ReportStatus.IN_PROGRESS,),
    ReportStatus.IN_PROGRESS: (ReportStatus.FORWARDED, ReportStatus.SETTLED),
    ReportStatus.FORWARDED: (ReportStatus.SETTLED,),
    ReportStatus.SETTLED: (),
}
"""From where to where a report goes."""


def report(application: Application, *, by: User, body: str, anonymous: bool, now: datetime) -> DiscriminationReport:
    """
    Take in a report; without a name nothing of the row or the trail says who it was.

    Raises:
        DomainError: there is no text.
    """
    if not body:
        raise DomainError(_("Say in your own words what happened."), field="body")
    row = DiscriminationReport(
        vacancy_id=application.vacancy_id, reporter_id=None if anonymous else by.id, body=body, created_at=now
    )
    session.add(row)
    session.flush()
    audit.record(row.reporter_id, "report_discrimination", "discrimination_report", row.id)
    letters.reported()
    return row


def handle(row: DiscriminationReport, status: ReportStatus, *, by: User, now: datetime) -> None:
    """
    Move a report on.

    Raises:
        DomainError: it does not go there from where it is.
    """
    if status not in MOVES[row.status]:
        raise DomainError(_("This report has moved on meanwhile."))
    row.status, row.changed_at = status, now
    session.flush()
    audit.record(by.id, "handle_report", "discrimination_report", row.id, to=status.value)
