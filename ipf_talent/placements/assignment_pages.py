"""The page on which student or company write an assignment; the same for both."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.enrolments.telling import differing
from ipf_talent.errors import NotFound
from ipf_talent.i18n import _
from ipf_talent.placements import assigning
from ipf_talent.placements.forms import AssignmentForm
from ipf_talent.placements.kinds import AssignmentStatus, Who
from ipf_talent.placements.models import Placement
from ipf_talent.placements.words import WORDS
from ipf_talent.vacancies.company_editing import Stale
from ipf_talent.web.saving import saved


def write(placement: Placement, side: Who, me: User, *, back: str) -> ResponseReturnValue:
    """
    Show the form, keep what was typed, and hand it in where that was asked.

    Raises:
        NotFound: this placement has no assignment.
    """
    if not placement.asks_assignment:
        raise NotFound(_("Only hbo and university placements have an assignment."))
    one = placement.assignment
    form = AssignmentForm(data=AssignmentForm.shown(one))
    form.offer(assigning.levels_for(placement))
    hand_in = request.form.get("then") == "submit"
    if form.submitted() and saved(form, lambda: _kept(placement, form, side, me, hand_in)):
        flash(_("The assignment is at the school.") if hand_in else _("The assignment is kept. The school has not got it yet."))
        return redirect(back, 303)
    if one is not None:
        form.renew(one)
    theirs = differing(form, AssignmentForm.shown(one)) if form.stale else []
    open_now = one is None or one.status in (AssignmentStatus.PROPOSED, AssignmentStatus.REVISE)
    view = {"open_now": open_now, "secret": assigning.is_secret(placement), "back": back, "differing": theirs}
    return render_template("placements/assignment.html", one=placement, form=form, words=WORDS, **view), form.status


def _kept(placement: Placement, form: AssignmentForm, side: Who, me: User, hand_in: bool) -> None:
    version = placement.assignment.version if placement.assignment else 0
    if version != form.version_sent():
        raise Stale
    now = clock.now()
    assigning.write(placement, form.columns, side=side, by=me, now=now)
    if hand_in:
        assigning.submit(placement, side=side, by=me, now=now)
