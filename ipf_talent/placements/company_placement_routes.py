"""A company's placements: who comes, where the agreement stands, the assignment, and cancelling before the start."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.i18n import _
from ipf_talent.placements import assignment_pages, policy, queries, services, telling
from ipf_talent.placements.forms import CancelForm
from ipf_talent.placements.kinds import CANCEL_REASONS, ENDS, LIVE, Deed, Who
from ipf_talent.placements.models import Placement
from ipf_talent.placements.words import WORDS
from ipf_talent.web.access import allow
from ipf_talent.web.paging import paginate
from ipf_talent.web.saving import saved

bp = Blueprint("company_placements", __name__)


def _me() -> User:
    user: User = current_user._get_current_object()
    return user


@bp.get("/received/placements")
@allow(policy.receives_placements)
def index() -> ResponseReturnValue:
    """The students of one's own company, the first to begin on top."""
    over = request.args.get("state") == "over"
    page = paginate(queries.of_company(_me()).where(queries.narrowed(ENDS if over else LIVE)))
    return render_template("placements/received.html", page=page, over=over, words=WORDS)


@bp.get("/received/placements/<slug:slug>")
@allow(policy.may_follow, load=queries.by_key, deny=404)
def show(placement: Placement) -> ResponseReturnValue:
    """One placement as the company sees it: the student's name, dates, guides and agreement, and nothing of the school's own."""
    return _page(placement)


def _page(placement: Placement, status: int = 200, form: Any = None) -> ResponseReturnValue:
    if form is None:
        form = CancelForm(formdata=None)
        form.offer(CANCEL_REASONS)
    told = telling.for_company(placement, _me(), clock.today())
    acts = policy.may_act_for_company(_me(), placement)
    return render_template("placements/company.html", told=told, words=WORDS, form=form, acts=acts), status


@bp.post("/received/placements/<slug:slug>/cancel")
@allow(policy.may_act_for_company, load=queries.by_key, deny=404)
def cancel(placement: Placement) -> ResponseReturnValue:
    """Cancel it before the first day."""
    form = CancelForm()
    form.offer(CANCEL_REASONS)
    if form.submitted():
        reason, me = form.chosen, _me()
        if saved(form, lambda: services.move(placement, Deed.CANCEL, who=Who.COMPANY, by=me, now=clock.now(), reason=reason)):
            flash(_("The placement is cancelled. Student and school hear it."))
            return redirect(url_for(".show", slug=placement.key), 303)
    return _page(queries.by_key(placement.key), 422, form)


@bp.route("/received/placements/<slug:slug>/assignment", methods=["GET", "POST"])
@allow(policy.may_act_for_company, load=queries.by_key, deny=404)
def assignment(placement: Placement) -> ResponseReturnValue:
    """Write the assignment, and ask the school to judge it."""
    return assignment_pages.write(placement, Who.COMPANY, _me(), back=url_for(".show", slug=placement.key))
