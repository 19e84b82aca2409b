"""Finding replacement places: the open tasks of a school, each with the open places of the same qualification."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.db import session
from ipf_talent.i18n import _
from ipf_talent.placements import policy
from ipf_talent.placements.guidance import queries, replacing
from ipf_talent.placements.guidance.forms import PressForm
from ipf_talent.placements.guidance.models import ReplacementTask
from ipf_talent.placements.guidance.pages import WORDS
from ipf_talent.placements.guidance.policy import may_find_place
from ipf_talent.web.access import allow

bp = Blueprint("replacements", __name__)


@bp.get("/replacements")
@allow(policy.places_students)
def index() -> ResponseReturnValue:
    """Students whose placement was interrupted, the first due on top."""
    user: User = current_user._get_current_object()
    told = replacing.told(queries.tasks_of(user), clock.today())
    return render_template("placements/replacements.html", tasks=told, form=PressForm(formdata=None), words=WORDS)


@bp.post("/replacements/<number:number>/finish")
@allow(may_find_place, load=queries.task, deny=404)
def finish(task: ReplacementTask) -> ResponseReturnValue:
    """Another place was found, or none is needed any more."""
    form = PressForm()
    if form.submitted():
        user: User = current_user._get_current_object()
        done = replacing.finish(task, found=form.deed.data == "found", by=user, now=clock.now())
        session.commit()
        flash(_("The task is done.") if done else _("This task was done already."))
    return redirect(url_for(".index"), 303)
