"""Finding replacement places: the open tasks of a school, each with the open places of the same qualification."""

from pathlib import Path

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.placements import policy
from ipf_talent.placements.guidance import replacement_queries, replacing
from ipf_talent.placements.guidance.forms import PressForm
from ipf_talent.placements.guidance.models import ReplacementTask
from ipf_talent.placements.guidance.pages import WORDS
from ipf_talent.placements.guidance.policy import may_find_place
from ipf_talent.vacancies import equivalents
from ipf_talent.web.access import allow

bp = Blueprint("replacements", __name__)


@bp.get("/replacements")
@allow(policy.places_students)
def index() -> ResponseReturnValue:
    """Students whose placement was interrupted, the first due on top."""
    user: User = current_user._get_current_object()
    told = replacing.told(replacement_queries.tasks_of(user), clock.today(), _alike)
    return render_template("placements/replacements.html", tasks=told, words=WORDS)


def _alike(crebo: str) -> frozenset[str]:
    return equivalents.of(crebo, equivalents.read(Path(current_app.config["EQUIVALENTS"])), clock.today())


@bp.post("/replacements/<number:number>/propose")
@allow(may_find_place, load=replacement_queries.task, deny=404)
def propose(task: ReplacementTask) -> ResponseReturnValue:
    """Propose one of the open places for the student; approving it is the next step, on its own page."""
    form = PressForm()
    if not form.submitted():
        return redirect(url_for(".index"), 303)
    try:
        new = replacing.propose(task, form.thing.data or "", alike=_alike, by=current_user._get_current_object(), now=clock.now())
        session.commit()
    except DomainError as error:
        session.rollback()
        flash(error.message, "warning")
        return redirect(url_for(".index"), 303)
    flash(_("The place is proposed. Approve it here, or not; only then student and company hear it."))
    return redirect(url_for("placements.show", slug=new.key), 303)


@bp.post("/replacements/<number:number>/finish")
@allow(may_find_place, load=replacement_queries.task, deny=404)
def finish(task: ReplacementTask) -> ResponseReturnValue:
    """Another place was found, or none is needed any more."""
    form = PressForm()
    if form.submitted():
        user: User = current_user._get_current_object()
        done = replacing.finish(task, found=form.deed.data == "found", by=user, now=clock.now())
        session.commit()
        flash(_("The task is done.") if done else _("This task was done already."))
    return redirect(url_for(".index"), 303)
