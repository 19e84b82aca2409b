"""Reporting discrimination, and the list of reports for platform administration."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts.forms import ChosenForm
from ipf_talent.accounts.models import User
from ipf_talent.accounts.policy import is_platform_admin
from ipf_talent.applications import policy, queries, reporting
from ipf_talent.applications.forms import HandleForm, ReportForm
from ipf_talent.applications.kinds import ReportStatus
from ipf_talent.applications.models import Application
from ipf_talent.applications.words import WORDS
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.web.access import allow

bp = Blueprint("reports", __name__)


@bp.route("/responses/<slug:slug>/report", methods=["GET", "POST"])
@allow(policy.is_own, load=queries.get, deny=404)
def new(application: Application) -> ResponseReturnValue:
    """Report discrimination to platform administration, with or without a name."""
    form = ReportForm()
    if form.submitted():
        by: User = current_user._get_current_object()
        reporting.report(application, by=by, body=form.body.data or "", anonymous=form.anonymous.data, now=clock.now())
        session.commit()
        flash(_("Thank you for telling us. We look at it within two working days."))
        return redirect(url_for("applications.show", slug=application.key), 303)
    return render_template("applications/report.html", form=form, one=application), 422 if form.errors else 200


@bp.get("/reports")
@allow(is_platform_admin)
def index() -> ResponseReturnValue:
    """What was reported, the newest first."""
    rows = queries.reports()
    return render_template(
        "applications/reports.html", rows=rows, form=HandleForm(formdata=None), moves=reporting.MOVES, words=WORDS
    )


@bp.post("/reports/handle")
@allow(is_platform_admin)
def handle() -> ResponseReturnValue:
    """Move a report on."""
    row = queries.report(ChosenForm().number_sent())
    status = next((one for one in ReportStatus if one.value == HandleForm().status.data), None)
    try:
        if status is None:
            raise DomainError(_("This report has moved on meanwhile."))
        reporting.handle(row, status, by=current_user, now=clock.now())
        session.commit()
    except DomainError as error:
        session.rollback()
        flash(error.message, "warning")
    else:
        flash(_("Changed."))
    return redirect(url_for(".index"), 303)
