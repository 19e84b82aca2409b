"""A school's side of guidance: who asks attention, talks, decisions, and links for people without an account."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.accounts.services import refuse_example
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.placements import policy
from ipf_talent.placements.guidance import assessing, contacts, guest_links, letters, overview, pages, queries, week_hours
from ipf_talent.placements.guidance.forms import AskForm, DayForm, DecisionForm, LinkForm, NoteForm, PressForm, link_things
from ipf_talent.placements.guidance.kinds import (
    MOMENT_LABELS,
    AssessmentMoment,
    Decision,
    HoursState,
    LinkPurpose,
    MomentForm,
    Present,
)
from ipf_talent.placements.guidance.models import ContactMoment
from ipf_talent.placements.guidance.pages import WORDS, GuidancePage
from ipf_talent.placements.kinds import STARTED, PlacementStatus, Who
from ipf_talent.placements.models import Placement
from ipf_talent.web.access import allow
from ipf_talent.web.paging import paginate
from ipf_talent.web.saving import saved

bp = Blueprint("school_guidance", __name__)


def _me() -> User:
    user: User = current_user._get_current_object()
    return user


@bp.get("/guidance")
@allow(policy.works_with_placements)
def index() -> ResponseReturnValue:
    """The placements that run: hours, the next talk, and what asks attention."""
    over = request.args.get("state") == "over"
    states = (PlacementStatus.COMPLETED, PlacementStatus.ENDED_EARLY) if over else tuple(STARTED)
    page = paginate(queries.progressing(_me(), states))
    lines = overview.lines(page.items, clock.today())
    return render_template("placements/guidance_index.html", page=page, lines=lines, over=over, words=WORDS)


@bp.get("/placements/<slug:slug>/guidance")
@allow(policy.may_see, load=queries.by_key, deny=404)
def show(placement: Placement) -> ResponseReturnValue:
    """How the guidance of a placement stands, and what is missing before it can be completed."""
    return _page(placement)


def _page(placement: Placement, status: int = 200, **forms: Any) -> ResponseReturnValue:
    page = pages.guidance_page(placement, clock.today(), links=True)
    link = forms.pop("link", None) or LinkForm(formdata=None, name=placement.trainer_name, email=placement.trainer_email)
    link.offer(_things(page))
    view = {
        "day": DayForm(formdata=None),
        "decision": DecisionForm(formdata=None),
        "ask": AskForm(formdata=None),
        "side": Who.SCHOOL.value,
        "standing": {one.id: guest_links.standing(one, clock.now()).value for one in page.links},
    }
    return render_template(
        "placements/guidance_school.html", page=page, one=placement, link=link, words=WORDS, **{**view, **forms}
    ), status


def _things(page: GuidancePage) -> dict[str, str]:
    """What somebody can be asked for now."""
    weeks = [(one.name, one.monday) for one in page.weeks if one.state is HoursState.SUBMITTED]
    open_talks = [one for one in page.moments if one.company_agreed_at is None and one.id not in page.passed]
    talks = {str(one.id): f"{MOMENT_LABELS[one.kind]}, {format_date(one.held_on or one.planned_on)}" for one in open_talks}
    sent = {one.moment for one in page.assessments if one.advised_at is not None}
    return link_things(weeks, talks, [one.value for one in AssessmentMoment if one not in sent])


@bp.post("/placements/<slug:slug>/guidance/day")
@allow(policy.may_see, load=queries.by_key, deny=404)
def plan(placement: Placement) -> ResponseReturnValue:
    """Choose the day of a talk, or plan one more."""
    form, number = DayForm(), request.form.get("thing", "")
    moment = queries.moment_named(number, placement.id) if number else None
    if form.submitted():
        if saved(form, lambda: _plan(placement, moment, form)):
            flash(_("The day is set. Student and company hear it."))
            return redirect(url_for(".show", slug=placement.key, _anchor="talks"), 303)
        placement = queries.by_key(placement.key)
    return _page(placement, 422, day=form, planning=number)


def _plan(placement: Placement, moment: ContactMoment | None, form: DayForm) -> None:
    day, how = form.day.data, MomentForm(form.form.data)
    assert day is not None
    if moment is not None:
        contacts.set_day(placement, moment, day, how, by=_me(), now=clock.now())
    else:
        contacts.add_extra(placement, day, how, by=_me(), now=clock.now())


@bp.route("/placements/<slug:slug>/guidance/note", methods=["GET", "POST"])
@allow(policy.may_see, load=queries.by_key, deny=404)
def note(placement: Placement) -> ResponseReturnValue:
    """Write down what was agreed in a talk."""
    moment, form = queries.moment_named(request.args.get("talk", ""), placement.id), NoteForm()
    stale = False
    if form.submitted():
        stale = form.version.data != str(moment.version)
        try:
            if stale:
                raise DomainError(_("Somebody else changed this talk meanwhile. Look at it again; what you typed is below."))
            values: dict[str, Any] = {
                "held_on": form.held_on.data,
                "form": MomentForm(form.form.data),
                "agreements": form.agreements.data or "",
            }
            present = [Present(code) for code in form.present.data or ()]
            contacts.note(placement, moment, **values, present=present, by=_me(), now=clock.now())
            session.commit()
        except DomainError as error:
            session.rollback()
            form.reject(error)
            placement = queries.by_key(placement.key)
            moment = queries.moment_named(request.args.get("talk", ""), placement.id)
            form.version.data = str(moment.version)
        else:
            flash(_("It is written down. Student and company read it."))
            return redirect(url_for(".show", slug=placement.key, _anchor="talks"), 303)
    elif not form.is_submitted():
        _fill(form, moment)
    view = {"one": placement, "moment": moment, "form": form, "words": WORDS}
    return render_template("placements/moment_note.html", **view), 409 if stale else 422 if form.errors else 200


def _fill(form: NoteForm, moment: ContactMoment) -> None:
    form.held_on.data = moment.held_on or min(moment.planned_on, clock.today())
    form.form.data = moment.form.value if moment.form else MomentForm.AT_COMPANY.value
    form.present.data = moment.present or [Present.STUDENT.value, Present.TRAINER.value, Present.SUPERVISOR.value]
    form.agreements.data, form.version.data = moment.agreements, str(moment.version)


@bp.post("/placements/<slug:slug>/guidance/decide")
@allow(policy.may_see, load=queries.by_key, deny=404)
def decide(placement: Placement) -> ResponseReturnValue:
    """The school's decision on what the company advises."""
    form = DecisionForm()
    which = AssessmentMoment.MID if form.moment.data == AssessmentMoment.MID.value else AssessmentMoment.END
    if form.submitted():
        if saved(form, lambda: _decide(placement, which, form)):
            flash(_("It is decided. Student and company hear it."))
            return redirect(url_for(".show", slug=placement.key, _anchor="assessment"), 303)
        placement = queries.by_key(placement.key)
    return _page(placement, 422, decision=form)


def _decide(placement: Placement, which: AssessmentMoment, form: DecisionForm) -> None:
    found = queries.assessment(placement.id, which)
    if found is None:
        raise DomainError(_("The company has not advised yet."))
    assessing.decide(placement, found, Decision(form.decision.data), form.text.data or "", by=_me(), now=clock.now())


@bp.post("/placements/<slug:slug>/guidance/ask")
@allow(policy.may_see, load=queries.by_key, deny=404)
def ask(placement: Placement) -> ResponseReturnValue:
    """Ask the company for its advice."""
    form = AskForm()
    if form.submitted():
        moment = AssessmentMoment(form.moment.data)
        if saved(form, lambda: assessing.ask(placement, moment, by=_me(), now=clock.now())):
            flash(_("The company is asked for its advice."))
            return redirect(url_for(".show", slug=placement.key, _anchor="assessment"), 303)
        placement = queries.by_key(placement.key)
    return _page(placement, 422, ask=form)


@bp.post("/placements/<slug:slug>/guidance/link")
@allow(policy.may_see, load=queries.by_key, deny=404)
def link(placement: Placement) -> ResponseReturnValue:
    """Send somebody without an account a link for one thing."""
    form = LinkForm()
    form.offer(_things(pages.guidance_page(placement, clock.today())))
    if form.submitted():
        to = letters.To(str(form.email.data), "nl", str(form.name.data))
        if saved(form, lambda: _send_link(placement, to, str(form.what.data))):
            flash(_("The link is on its way to %(email)s.", email=to.email))
            return redirect(url_for(".show", slug=placement.key, _anchor="links"), 303)
        placement = queries.by_key(placement.key)
    return _page(placement, 422, link=form)


def _send_link(placement: Placement, to: letters.To, what: str) -> None:
    purpose, _colon, subject = what.partition(":")
    if to.email != placement.trainer_email.strip().lower():
        refuse_example(_me())
    secret = guest_links.issue(placement, LinkPurpose(purpose), subject, name=to.name, email=to.email, by=_me(), now=clock.now())
    letters.tell_guest(placement, f"asked_{purpose}", to, guest_links.address(secret), **_about(purpose, subject))


def _about(purpose: str, subject: str) -> dict[str, Any]:
    """What the letter says of the thing."""
    if purpose == LinkPurpose.HOURS:
        return {"monday": week_hours.monday_of(subject)}
    return {"moment": subject} if purpose == LinkPurpose.ADVICE else {}


@bp.post("/placements/<slug:slug>/guidance/revoke")
@allow(policy.may_see, load=queries.by_key, deny=404)
def revoke(placement: Placement) -> ResponseReturnValue:
    """Take a link back."""
    form = PressForm()
    if form.submitted():
        taken = guest_links.revoke(queries.link(form.thing.data or "", placement.id), by=_me(), now=clock.now())
        session.commit()
        flash(_("The link no longer works.") if taken else _("This link was used or taken back already."))
    return redirect(url_for(".show", slug=placement.key, _anchor="links"), 303)
