"""Internship periods of a school: when, how many hours, and who brings student and place together."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts.forms import PressForm
from ipf_talent.accounts.models import User
from ipf_talent.enrolments import arranging, policy, queries, telling
from ipf_talent.enrolments.forms import PeriodForm
from ipf_talent.enrolments.kinds import WHO_PLACES
from ipf_talent.enrolments.models import InternshipPeriod
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.web.access import allow
from ipf_talent.web.saving import saved

bp = Blueprint("periods", __name__)


def _me() -> User:
    user: User = current_user._get_current_object()
    return user


@bp.get("/periods")
@allow(policy.coordinates)
def index() -> ResponseReturnValue:
    """The periods of one's own schools, the last one first."""
    schools = policy.schools_of(_me())
    rows = queries.periods_of(*(one.id for one in schools))
    view = {"rows": rows, "numbers": queries.period_numbers([one.id for one in schools]), "several": len(schools) > 1}
    return render_template("enrolments/periods.html", modes=WHO_PLACES, today=clock.today(), **view)


@bp.route("/periods/new", methods=["GET", "POST"])
@allow(policy.coordinates)
def new() -> ResponseReturnValue:
    """One more period."""
    school = telling.chosen_school(_me(), request.args.get("school", ""))
    form = PeriodForm(placing_mode=arranging.usual_mode(None).value)
    form.offer(telling.programme_labels(school.id, own=True))
    if form.submitted() and saved(form, lambda: arranging.add_period(school, form.columns, by=_me())):
        flash(_("The period is kept."))
        return redirect(url_for(".index"), 303)
    return render_template("enrolments/period.html", form=form, period=None, school=school), form.status


@bp.route("/periods/<slug:slug>", methods=["GET", "POST"])
@allow(policy.may_coordinate, load=queries.period, deny=404)
def show(period: InternshipPeriod) -> ResponseReturnValue:
    """Change a period; after a colleague did so meanwhile, beside what stands there now."""
    form = PeriodForm(data=PeriodForm.shown(period))
    form.offer(telling.programme_labels(period.school_id, own=True))
    change = arranging.change
    if form.submitted() and saved(form, lambda: change(period, form.columns, version=form.version_sent(), by=_me())):
        flash(_("The period is changed."))
        return redirect(url_for(".index"), 303)
    form.renew(period)
    differing = telling.differing(form, PeriodForm.shown(period)) if form.stale else []
    return render_template(
        "enrolments/period.html", form=form, period=period, school=period.school, differing=differing
    ), form.status


@bp.post("/periods/<slug:slug>/remove")
@allow(policy.may_coordinate, load=queries.period, deny=404)
def remove(period: InternshipPeriod) -> ResponseReturnValue:
    """Take a period away in which nobody is."""
    form = PressForm()
    if not form.submitted():
        raise DomainError(_("This request did not arrive well"))
    if saved(form, lambda: arranging.remove(period, by=_me())):
        flash(_("The period is taken away."))
        return redirect(url_for(".index"), 303)
    flash(form.form_errors[0], "warning")
    return redirect(url_for(".show", slug=period.slug), 303)
