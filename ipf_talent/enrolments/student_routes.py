"""Students of a school: confirming their programme and year, one by one or many at once, and changing what the school says."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.db import session
from ipf_talent.enrolments import policy, queries, services, telling
from ipf_talent.enrolments.forms import ActForm, ChosenForm, StudentForm
from ipf_talent.enrolments.kinds import STATUS_LABELS
from ipf_talent.enrolments.models import Enrolment
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _, ngettext
from ipf_talent.web.access import allow
from ipf_talent.web.saving import saved

bp = Blueprint("students", __name__)


def _me() -> User:
    user: User = current_user._get_current_object()
    return user


def _own_schools() -> list[int]:
    return [one.id for one in policy.schools_of(_me())]


@bp.route("/students/confirm", methods=["GET", "POST"])
@allow(policy.coordinates)
def to_confirm() -> ResponseReturnValue:
    """Who came, who changed programme or year, and who says that something is wrong; confirming many at once."""
    asked, form = queries.to_confirm(_own_schools()), ChosenForm()
    if form.submitted():
        chosen = set(form.chosen)
        try:
            number = services.confirm_many([row for row in asked if row.one.key in chosen], by=_me(), now=clock.now())
            session.commit()
        except DomainError as error:
            session.rollback()
            flash(error.message, "warning")
        else:
            flash(ngettext("%(num)d student is confirmed.", "%(num)d students are confirmed.", number))
        return redirect(url_for(".to_confirm"), 303)
    same = [row for row in asked if not row.differs]
    view = {"same": same, "other": [row for row in asked if row.differs], "noted": queries.noted(_own_schools())}
    return render_template("enrolments/confirm.html", press=ActForm(formdata=None), **view)


@bp.route("/students/<slug:slug>", methods=["GET", "POST"])
@allow(policy.may_coordinate, load=queries.by_key, deny=404)
def show(enrolment: Enrolment) -> ResponseReturnValue:
    """What the school says of a student, and changing it; after a colleague did so meanwhile, beside what stands there now."""
    form = StudentForm(data=StudentForm.shown(enrolment))
    form.example = enrolment.school.is_example
    school = enrolment.school_id
    form.offer(telling.programme_labels(school), telling.class_labels(school), telling.period_labels(school))
    change = services.change
    sent = form.submitted()
    if sent and saved(form, lambda: change(enrolment, form.columns, version=form.version_sent(), by=_me(), now=clock.now())):
        flash(_("It is changed."))
        return redirect(url_for(".show", slug=enrolment.key), 303)
    form.renew(enrolment)
    view = {
        "differing": telling.differing(form, StudentForm.shown(enrolment)) if form.stale else [],
        "said": queries.profile_of(enrolment),
        "statuses": STATUS_LABELS,
        "press": ActForm(formdata=None),
    }
    return render_template("enrolments/student.html", form=form, one=enrolment, today=clock.today(), **view), form.status


@bp.post("/students/<slug:slug>/act")
@allow(policy.may_coordinate, load=queries.by_key, deny=404)
def act(enrolment: Enrolment) -> ResponseReturnValue:
    """One deed with a student; a second press finds it done."""
    form = ActForm()
    if not form.submitted():
        raise DomainError(_("This request did not arrive well"))
    deed = str(form.deed.data or "")
    try:
        said = _done(enrolment, deed)
        session.commit()
    except DomainError as error:
        session.rollback()
        flash(error.message, "warning")
    else:
        flash(said)
    back = url_for(".to_confirm") if deed in ("ours", "theirs", "settle") else url_for(".show", slug=enrolment.key)
    return redirect(back, 303)


def _done(enrolment: Enrolment, deed: str) -> str:
    me, now = _me(), clock.now()
    if deed in ("ours", "theirs"):
        services.confirm(enrolment, theirs=deed == "theirs", by=me, now=now)
        return str(_("%(name)s is confirmed.", name=enrolment.name))
    if deed == "invite":
        services.invite(enrolment, by=me, now=now)
        return str(_("A new invitation is on its way; the former one no longer works."))
    if deed == "settle":
        services.settle_note(enrolment, by=me)
        return str(_("It is off your list."))
    if deed == "end":
        services.end(enrolment, by=me, now=now)
        return str(_("%(name)s is no student of yours here any more.", name=enrolment.name))
    if deed == "take_back":
        services.take_back(enrolment, by=me, now=now)
        return str(_("%(name)s is on your list again.", name=enrolment.name))
    raise DomainError(_("This is not possible now. Look at the page again."))
