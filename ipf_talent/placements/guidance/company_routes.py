"""A company's side of guidance: hours of many students at once, talks, and its advice on the assessment."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.db import session
from ipf_talent.errors import DomainError, NotFound
from ipf_talent.i18n import _, ngettext
from ipf_talent.placements import policy
from ipf_talent.placements.guidance import assessing, contacts, hours, outcomes, pages, queries, week_hours, week_pages
from ipf_talent.placements.guidance.forms import AdviceForm, PressForm, ReasonForm, RemarkForm, grades_sent
from ipf_talent.placements.guidance.kinds import AssessmentMoment, OutcomeTerm
from ipf_talent.placements.guidance.pages import WORDS
from ipf_talent.placements.guidance.policy import may_look_after
from ipf_talent.placements.kinds import Who
from ipf_talent.placements.models import Placement
from ipf_talent.web.access import allow
from ipf_talent.web.saving import saved

bp = Blueprint("company_guidance", __name__)
MOST_AT_ONCE = 200


def _me() -> User:
    user: User = current_user._get_current_object()
    return user


@bp.get("/received/hours")
@allow(policy.receives_placements)
def index() -> ResponseReturnValue:
    """Weeks that wait for approval, of all students one guides."""
    return _waiting(PressForm(formdata=None))


def _waiting(form: PressForm, status: int = 200) -> ResponseReturnValue:
    weeks = week_pages.waiting_weeks(queries.waiting_for(_me()))
    return render_template("placements/hours_waiting.html", weeks=weeks, form=form, words=WORDS), status


@bp.post("/received/hours")
@allow(policy.receives_placements)
def approve() -> ResponseReturnValue:
    """Approve the ticked weeks; what was changed meanwhile is left and named."""
    form, codes = PressForm(), request.form.getlist("week")[:MOST_AT_ONCE]
    if not form.submitted():
        return _waiting(form, 422)
    if not codes:
        form.form_errors.append(_("Tick the weeks that you approve."))
        return _waiting(form, 422)
    done, left = 0, []
    for code in codes:
        try:
            done += _approve(code)
            session.commit()
        except DomainError as error:
            session.rollback()
            left.append(error.message)
    if done:
        flash(ngettext("%(num)d week is approved.", "%(num)d weeks are approved.", done))
    for message in dict.fromkeys(left):
        flash(message, "warning")
    return redirect(url_for(".index"), 303)


def _approve(code: str) -> bool:
    placement, monday, mark = _named(code)
    return hours.approve(placement, monday, mark, by=_me(), name=_me().display_name, now=clock.now(), guided=_guided(code))


def _guided(code: str) -> int | None:
    """Minutes of guidance that were typed beside a week; what is no number is left out."""
    try:
        minutes = week_hours.read(request.form.get(f"guided-{code.rpartition(' ')[0]}", ""))
    except week_hours.Typed:
        return None
    return minutes if minutes is None or minutes <= 3600 else None


def _named(code: str):  # type: ignore[no-untyped-def]
    """The placement, week and mark that a form sends back, of a student whom this person looks after."""
    key, _space, rest = code.partition(" ")
    name, _space, mark = rest.partition(" ")
    placement, monday = queries.by_key(key), week_hours.monday_of(name)
    if monday is None or not may_look_after(_me(), placement):
        raise NotFound(_("There is no such placement."))
    return placement, monday, mark


@bp.route("/received/hours/return", methods=["GET", "POST"])
@allow(policy.receives_placements)
def send_back() -> ResponseReturnValue:
    """Send one week back, with what is not right."""
    code, form = request.args.get("week", ""), ReasonForm()
    placement, monday, mark = _named(code)
    if form.submitted():
        try:
            sent = hours.decline(placement, monday, mark, reason=form.reason.data or "", by=_me(), now=clock.now())
            session.commit()
        except DomainError as error:
            session.rollback()
            form.reject(error)
        else:
            flash(_("The student hears what is not right.") if sent else _("Nothing waits here any more."))
            return redirect(url_for(".index"), 303)
    entries = queries.hours_between(placement.id, monday, monday + pages.SIX)
    view = {"one": placement, "monday": monday, "entries": entries, "code": code, "words": WORDS}
    return render_template("placements/hours_return.html", form=form, **view), 422 if form.errors else 200


@bp.get("/received/placements/<slug:slug>/guidance")
@allow(may_look_after, load=queries.by_key, deny=404)
def show(placement: Placement) -> ResponseReturnValue:
    """How the guidance of a student stands."""
    return _page(placement)


def _page(placement: Placement, status: int = 200, **forms: Any) -> ResponseReturnValue:
    view = {"remark": RemarkForm(formdata=None), "side": Who.COMPANY.value} | forms
    page = pages.guidance_page(placement, clock.today())
    return render_template("placements/guidance_company.html", page=page, one=placement, words=WORDS, **view), status


@bp.post("/received/placements/<slug:slug>/guidance/moment")
@allow(may_look_after, load=queries.by_key, deny=404)
def moment(placement: Placement) -> ResponseReturnValue:
    """Agree to the day or the note of a talk, or say what does not fit."""
    form = RemarkForm()
    if not form.submitted():
        return _page(placement, 422, remark=form)
    about = queries.moment_named(form.thing.data, placement.id)

    def answer() -> None:
        if form.remark.data:
            contacts.object_to(placement, about, Who.COMPANY, form.remark.data, by=_me())
        else:
            contacts.agree(placement, about, Who.COMPANY, by=_me(), name=_me().display_name, now=clock.now())

    if not saved(form, answer):
        return _page(queries.by_key(placement.key), 422, remark=form)
    flash(_("The supervisor of the school reads it.") if form.remark.data else _("You agree."))
    return redirect(url_for(".show", slug=placement.key, _anchor="talks"), 303)


@bp.post("/received/placements/<slug:slug>/guidance/outcome")
@allow(may_look_after, load=queries.by_key, deny=404)
def outcome(placement: Placement) -> ResponseReturnValue:
    """Say whether a former student works here now."""
    form = PressForm()
    asked = {one.value: one for one in OutcomeTerm}.get(form.thing.data or "")
    row = queries.outcome(placement.id, asked) if asked else None
    if row is None or form.deed.data not in ("yes", "no"):
        raise NotFound(_("This was not asked."))
    if form.submitted():
        outcomes.say_employed(row, form.deed.data == "yes", by=_me(), now=clock.now())
        session.commit()
        flash(_("Thank you. The school reads it."))
    return redirect(url_for(".show", slug=placement.key, _anchor="outcomes"), 303)


@bp.route("/received/placements/<slug:slug>/advice", methods=["GET", "POST"])
@allow(may_look_after, load=queries.by_key, deny=404)
def advise(placement: Placement) -> ResponseReturnValue:
    """Grade and advise; kept as one goes, and sent to the school when it is whole."""
    which = AssessmentMoment.MID if request.args.get("moment") == AssessmentMoment.MID.value else AssessmentMoment.END
    assessment, form = assessing.current(placement, which), AdviceForm()
    grades = grades_sent(request.form)
    if form.submitted():
        send = request.form.get("deed") == "send"
        try:
            assessing.write(
                placement, assessment, grades=grades, send=send, by=_me(), name=_me().display_name, now=clock.now(), **form.said
            )
            session.commit()
        except DomainError as error:
            session.rollback()
            form.reject(error)
            form.stale = isinstance(error, assessing.Changed)
        else:
            flash(_("Your advice is at the school now.") if send else _("Your advice is kept. It is not sent yet."))
            back = url_for(".show", slug=placement.key, _anchor="assessment")
            return redirect(back if send else url_for(".advise", slug=placement.key, moment=which.value), 303)
        placement = queries.by_key(placement.key)
        shown = assessing.current(placement, which)
    else:
        shown = assessment
        if not form.is_submitted():
            form.fill(shown)
    lines = pages.lines_to_grade(shown, grades if form.is_submitted() else None)
    view = {"one": placement, "assessment": shown, "lines": lines, "form": form, "words": WORDS}
    status = 409 if form.stale else 422 if form.errors or form.unsaid else 200
    return render_template("placements/advice.html", **view), status
