"""A student's own placements: where they stand, the assignment, and cancelling before the start."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.i18n import _
from ipf_talent.placements import assignment_pages, policy, queries, services, telling
from ipf_talent.placements.forms import CancelForm
from ipf_talent.placements.kinds import CANCEL_REASONS, Deed, Who
from ipf_talent.placements.models import Placement
from ipf_talent.placements.words import WORDS
from ipf_talent.web.access import allow
from ipf_talent.web.saving import saved

bp = Blueprint("my_placement", __name__)


def _me() -> User:
    user: User = current_user._get_current_object()
    return user


@bp.get("/my-placement")
@allow(policy.has_placements)
def index() -> ResponseReturnValue:
    """One's own placements; the only one opens at once."""
    mine = queries.of_student(_me().id)
    if len(mine) == 1:
        return _page(mine[0])
    return render_template("placements/mine.html", mine=mine, words=WORDS)


@bp.get("/my-placement/<slug:slug>")
@allow(policy.is_own, load=queries.by_key, deny=404)
def show(placement: Placement) -> ResponseReturnValue:
    """Where one's own placement stands, who acts next, and what was agreed."""
    return _page(placement)


def _page(placement: Placement, status: int = 200, form: Any = None) -> ResponseReturnValue:
    if form is None:
        form = CancelForm(formdata=None)
        form.offer(CANCEL_REASONS)
    told = telling.for_student(placement, clock.today())
    return render_template("placements/own.html", told=told, words=WORDS, form=form), status


@bp.post("/my-placement/<slug:slug>/cancel")
@allow(policy.is_own, load=queries.by_key, deny=404)
def cancel(placement: Placement) -> ResponseReturnValue:
    """Cancel it before the first day."""
    form = CancelForm()
    form.offer(CANCEL_REASONS)
    if form.submitted():
        reason, me = form.chosen, _me()
        if saved(form, lambda: services.move(placement, Deed.CANCEL, who=Who.STUDENT, by=me, now=clock.now(), reason=reason)):
            flash(_("The placement is cancelled. School and company hear it."))
            return redirect(url_for(".show", slug=placement.key), 303)
    return _page(queries.by_key(placement.key), 422, form)


@bp.route("/my-placement/<slug:slug>/assignment", methods=["GET", "POST"])
@allow(policy.is_own, load=queries.by_key, deny=404)
def assignment(placement: Placement) -> ResponseReturnValue:
    """Write the assignment, and ask the school to judge it."""
    return assignment_pages.write(placement, Who.STUDENT, _me(), back=url_for(".show", slug=placement.key))
