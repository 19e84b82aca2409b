"""A school's side: learning wishes of its students, and proposing a student for a place."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.applications import policy, queries, services, workflow
from ipf_talent.applications.forms import ReasonForm
from ipf_talent.applications.kinds import Deed, Reason, Who
from ipf_talent.applications.models import Application
from ipf_talent.applications.words import WORDS
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.web.access import allow
from ipf_talent.web.paging import paginate

bp = Blueprint("school_wishes", __name__)


def _me() -> User:
    user: User = current_user._get_current_object()
    return user


@bp.get("/wishes")
@allow(policy.places_students)
def index() -> ResponseReturnValue:
    """What students ask, the longest waiting on top, and what came of each proposal."""
    page = paginate(queries.for_school(_me()))
    form = ReasonForm(formdata=None)
    form.offer([one for one in Reason if one is not Reason.OTHER_CANDIDATE], {})
    return render_template("applications/wishes.html", page=page, form=form, words=WORDS, turns=workflow.TURNS)


@bp.post("/wishes/<slug:slug>/act")
@allow(policy.may_place, load=queries.get, deny=404)
def act(application: Application) -> ResponseReturnValue:
    """Propose the student, or say why it cannot be this place."""
    form = ReasonForm()
    form.offer(list(Reason), {})
    try:
        said = _done(application, str(form.deed.data or ""), form)
        session.commit()
    except DomainError as error:
        session.rollback()
        flash(error.message, "warning")
    else:
        flash(said)
    return redirect(url_for(".index"), 303)


def _done(application: Application, deed: str, form: ReasonForm) -> str:
    me, now = _me(), clock.now()
    if deed == Deed.PROPOSE:
        services.move(application, Deed.PROPOSE, who=Who.SCHOOL, by=me, now=now)
        return str(_("The student is asked to agree. After that the company hears it."))
    if deed == Deed.TURN_DOWN:
        note = form.note.data or ""
        services.move(application, Deed.TURN_DOWN, who=Who.SCHOOL, by=me, now=now, reason=form.chosen, note=note)
        return str(_("The student hears your answer and the reason."))
    raise DomainError(_("This is not possible now: the response has moved on. Look at the page again."))
