"""A student's side of guidance: talks, what the company advises and the school decides, and where one is afterwards."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.db import session
from ipf_talent.errors import NotFound
from ipf_talent.i18n import _
from ipf_talent.placements import policy
from ipf_talent.placements.guidance import contacts, outcomes, pages, queries
from ipf_talent.placements.guidance.forms import OutcomeForm, RemarkForm
from ipf_talent.placements.guidance.kinds import OutcomeKind, OutcomeTerm
from ipf_talent.placements.guidance.pages import WORDS
from ipf_talent.placements.kinds import Who
from ipf_talent.placements.models import Placement
from ipf_talent.web.access import allow
from ipf_talent.web.saving import saved

bp = Blueprint("own_guidance", __name__)


def _me() -> User:
    user: User = current_user._get_current_object()
    return user


@bp.get("/my-placement/<slug:slug>/guidance")
@allow(policy.is_own, load=queries.by_key, deny=404)
def show(placement: Placement) -> ResponseReturnValue:
    """How the guidance of one's own placement stands."""
    return _page(placement)


def _page(placement: Placement, status: int = 200, **forms: Any) -> ResponseReturnValue:
    view = {"remark": RemarkForm(formdata=None), "outcome": OutcomeForm(formdata=None), "side": Who.STUDENT.value} | forms
    page = pages.guidance_page(placement, clock.today())
    return render_template("placements/guidance_own.html", page=page, one=placement, words=WORDS, **view), status


@bp.post("/my-placement/<slug:slug>/guidance/moment")
@allow(policy.is_own, load=queries.by_key, deny=404)
def moment(placement: Placement) -> ResponseReturnValue:
    """Agree to the day or the note of a talk, or say what does not fit."""
    form = RemarkForm()
    if not form.submitted():
        return _page(placement, 422, remark=form)
    about = queries.moment_named(form.thing.data, placement.id)

    def answer() -> None:
        if form.remark.data:
            contacts.object_to(placement, about, Who.STUDENT, form.remark.data, by=_me())
        else:
            contacts.agree(placement, about, Who.STUDENT, by=_me(), name=_me().display_name, now=clock.now())

    if not saved(form, answer):
        return _page(queries.by_key(placement.key), 422, remark=form)
    flash(_("Your supervisor at school reads it.") if form.remark.data else _("You agree."))
    return redirect(url_for(".show", slug=placement.key, _anchor="talks"), 303)


@bp.post("/my-placement/<slug:slug>/guidance/outcome")
@allow(policy.is_own, load=queries.by_key, deny=404)
def outcome(placement: Placement) -> ResponseReturnValue:
    """Say where one is some months later."""
    form = OutcomeForm()
    asked = {one.value: one for one in OutcomeTerm}.get(form.term.data or "")
    row = queries.outcome(placement.id, asked) if asked else None
    if row is None:
        raise NotFound(_("This was not asked."))
    if not form.submitted():
        return _page(placement, 422, outcome=form)
    outcomes.answer(row, OutcomeKind(form.answer.data), by=_me(), now=clock.now())
    session.commit()
    flash(_("Thank you. It is counted with others, and nobody sees whose answer it was outside your school."))
    return redirect(url_for(".show", slug=placement.key), 303)
