"""A student's side: taking the invitation of a school, seeing what it confirmed, and saying that something is wrong."""

from flask import Blueprint, flash, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts import links, sessions
from ipf_talent.accounts.forms import PressForm
from ipf_talent.accounts.models import User
from ipf_talent.accounts.policy import is_signed_in
from ipf_talent.db import session
from ipf_talent.enrolments import personal_data, queries, services
from ipf_talent.enrolments.forms import NoteForm
from ipf_talent.enrolments.kinds import HERE, STATUS_LABELS
from ipf_talent.errors import DomainError, NotFound
from ipf_talent.i18n import _
from ipf_talent.vacancies.kinds import PLACING_LABELS
from ipf_talent.web.access import allow, public
from ipf_talent.web.saving import saved

bp = Blueprint("enrolments", __name__)


def _me() -> User:
    user: User = current_user._get_current_object()
    return user


@bp.route("/my-school", methods=["GET", "POST"])
@allow(is_signed_in)
def mine() -> ResponseReturnValue:
    """What one's school says here, and a note to the coordinator where that is wrong."""
    rows, form = queries.all_of_student(_me().id), NoteForm()
    here = [one for one in rows if one.status in HERE]
    if form.submitted():
        if not here:
            raise NotFound(_("You are no student of a school here."))
        if saved(form, lambda: services.say_wrong(here[0], str(form.note.data or ""), now=clock.now())):
            flash(_("Your coordinator reads it. You see here when it has been dealt with."))
            return redirect(url_for(".mine"), 303)
    view = {"rows": here, "former": [one for one in rows if one.status not in HERE], "statuses": STATUS_LABELS}
    page = render_template("enrolments/mine.html", form=form, modes=PLACING_LABELS, today=clock.today(), **view)
    return page, 422 if form.errors else 200


@bp.get("/my-school.json")
@allow(is_signed_in)
def export() -> ResponseReturnValue:
    """All that schools keep here of the person at the screen, as a file."""
    answer = jsonify(personal_data.export(_me().id))
    answer.headers["Content-Disposition"] = 'attachment; filename="my-school.json"'
    return answer


@bp.route("/school-invitation/<token>", methods=["GET", "POST"])
@public
def invitation(token: str) -> ResponseReturnValue:
    """What a school asks, and coming as its student; without an account, how to come in first."""
    found, form = queries.by_secret(links.hashed(token), clock.now()), PressForm()
    if found is None:
        action = {"url": url_for("home.index"), "action": _("To the start page")}
        return render_template("accounts/dead_link.html", **action), 410
    if form.submitted() and current_user.is_authenticated:
        try:
            services.claim(token, _me(), now=clock.now())
            sessions.renew(_me())
            session.commit()
        except DomainError as error:
            session.rollback()
            form.reject(error)
        else:
            flash(
                _("You are here as a student of %(school)s. It still confirms your programme and year.", school=found.school.name)
            )
            return redirect(url_for(".mine"), 303)
    fits = current_user.is_authenticated and current_user.email == found.email
    return render_template("enrolments/invitation.html", form=form, found=found, fits=fits), 422 if form.errors else 200
