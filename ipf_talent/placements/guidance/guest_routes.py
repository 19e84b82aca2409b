"""What a guest link opens: one thing of one placement, for somebody without an account. It shows who asked, and nothing else."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import TooManyRequests

from ipf_talent import clock, db
from ipf_talent.accounts import attempts, links, proving
from ipf_talent.accounts.attempts import TooManyTries
from ipf_talent.applications import storage
from ipf_talent.db import session
from ipf_talent.errors import DomainError, NotFound
from ipf_talent.i18n import _
from ipf_talent.placements.agreements import pdf
from ipf_talent.placements.guidance import (
    assessing,
    contacts,
    guest_links,
    guest_signing,
    hours,
    outcomes,
    pages,
    queries,
    week_hours,
)
from ipf_talent.placements.guidance.forms import AdviceForm, OutcomeForm, ReasonForm, RemarkForm, grades_sent
from ipf_talent.placements.guidance.guest_links import Opened, Standing
from ipf_talent.placements.guidance.kinds import OF_AGREEMENT, AssessmentMoment, HoursState, LinkPurpose, OutcomeKind, OutcomeTerm
from ipf_talent.placements.guidance.models import GuestLink
from ipf_talent.placements.guidance.pages import SIX, WORDS
from ipf_talent.placements.kinds import Answer, Who
from ipf_talent.placements.signing_forms import AnswerForm, SignForm
from ipf_talent.placements.words import WORDS as PLACEMENT_WORDS
from ipf_talent.web.access import public

bp = Blueprint("guests", __name__)
GONE = (Standing.REVOKED, Standing.EXPIRED)


@bp.get("/guest/<token>")
@public
def show(token: str) -> ResponseReturnValue:
    """What somebody is asked; once it is done, what they said, as long as the link lasts."""
    opened = guest_links.find(token, now=clock.now())
    if opened is None:
        _count_miss()
        return _dead()
    if opened.standing in GONE:
        return _dead(opened)
    if opened.link.opened_at is None:
        db.writing_anew()
        guest_links.note_opened(opened.link, now=clock.now())
        session.commit()
    return _page(opened, token)


def _count_miss() -> None:
    """Somebody tries addresses: after a hundred in an hour a network waits."""
    db.writing_anew()
    try:
        attempts.take("guest_miss", account="", network=request.remote_addr, now=clock.now())
    except TooManyTries as error:
        session.rollback()
        raise TooManyRequests(retry_after=error.seconds) from error
    session.commit()


def _dead(opened: Opened | None = None) -> ResponseReturnValue:
    return render_template("placements/guest_gone.html", opened=opened), 410


def _page(opened: Opened, token: str, status: int = 200, **forms: Any) -> ResponseReturnValue:
    link = opened.link
    if link.purpose in OF_AGREEMENT and guest_signing.shown(link) is None:
        return _dead(opened)
    view = {"token": token, "link": link, "one": link.placement, "used": opened.standing is Standing.USED, "words": WORDS}
    return render_template(f"placements/guest_{link.purpose.value}.html", **view, **{**_shown(link), **forms}), status


def _shown(link: GuestLink) -> dict[str, Any]:
    """What is seen of the placement: only what the deed is about."""
    return {
        LinkPurpose.HOURS: _hours_shown,
        LinkPurpose.MOMENT: _moment_shown,
        LinkPurpose.ADVICE: _advice_shown,
        LinkPurpose.OUTCOME: _outcome_shown,
        **dict.fromkeys(OF_AGREEMENT, _agreement_shown),
    }[link.purpose](link)


def _hours_shown(link: GuestLink) -> dict[str, Any]:
    monday = week_hours.monday_of(link.subject)
    assert monday is not None
    entries = queries.hours_between(link.placement_id, monday, monday + SIX)
    waiting = [row for row in entries if row.state is HoursState.SUBMITTED]
    return {
        "monday": monday,
        "entries": entries,
        "waiting": waiting,
        "total": week_hours.counted(waiting, HoursState.SUBMITTED),
        "mark": hours.mark_of(waiting),
        "form": ReasonForm(formdata=None),
    }


def _moment_shown(link: GuestLink) -> dict[str, Any]:
    moment = queries.moment(int(link.subject), link.placement_id)
    passed = moment.held_on is None and moment.planned_on < clock.today()
    return {"moment": moment, "passed": passed, "form": RemarkForm(formdata=None)}


def _advice_shown(link: GuestLink) -> dict[str, Any]:
    assessment = assessing.current(link.placement, AssessmentMoment(link.subject))
    form = AdviceForm(formdata=None)
    form.fill(assessment)
    return {"assessment": assessment, "lines": pages.lines_to_grade(assessment), "form": form}


def _outcome_shown(link: GuestLink) -> dict[str, Any]:
    return {"outcome": queries.outcome(link.placement_id, OutcomeTerm(link.subject)), "form": OutcomeForm(formdata=None)}


def _agreement_shown(link: GuestLink) -> dict[str, Any]:
    return {"shown": guest_signing.shown(link), "form": AnswerForm(formdata=None), "labels": PLACEMENT_WORDS}


@bp.get("/guest/<token>/<number:number>.pdf")
@public
def sheet(token: str, number: int) -> ResponseReturnValue:
    """A sheet of the agreement that a link shows, as PDF."""
    opened = guest_links.find(token, now=clock.now())
    if opened is None:
        _count_miss()
        return _dead()
    if opened.standing in GONE or opened.link.purpose not in OF_AGREEMENT:
        return _dead(opened)
    found = guest_signing.shown(opened.link)
    wanted = next((one for one in found.sheets if one[0].version == number), None) if found else None
    if wanted is None:
        raise NotFound(_("There is no such document."))
    one, words = wanted
    return storage.attached(pdf.render(words, at=one.settled_at or one.sent_at), words["file"], "application/pdf")


@bp.post("/guest/<token>")
@public
def act(token: str) -> ResponseReturnValue:
    """Do the one thing that the link is for."""
    try:
        proving.count("guest", links.hashed(token))
    except TooManyTries as error:
        session.rollback()
        raise TooManyRequests(retry_after=error.seconds) from error
    opened = guest_links.find(token, now=clock.now())
    if opened is None or opened.standing in GONE:
        return _dead(opened)
    if opened.standing is Standing.USED or opened.link.purpose is LinkPurpose.READ:
        return redirect(url_for(".show", token=token), 303)
    return _acted(opened, token)


def _acted(opened: Opened, token: str) -> ResponseReturnValue:
    link = opened.link
    form: Any = {
        LinkPurpose.HOURS: ReasonForm,
        LinkPurpose.MOMENT: RemarkForm,
        LinkPurpose.ADVICE: AdviceForm,
        LinkPurpose.OUTCOME: OutcomeForm,
        LinkPurpose.SIGN: SignForm,
        LinkPurpose.ANSWER: AnswerForm,
    }[link.purpose]()
    if link.purpose is LinkPurpose.HOURS and request.form.get("deed") == "approve":
        form = RemarkForm()
    if not form.submitted():
        return _page(opened, token, 422, **_kept(link, form))
    try:
        said = _done(link, form)
        session.commit()
    except DomainError as error:
        session.rollback()
        form.reject(error)
        found = guest_links.find(token, now=clock.now())
        if found is None or found.standing in GONE:
            return _dead(found)
        return _page(found, token, 422, **_kept(found.link, form))
    flash(said)
    return redirect(url_for(".show", token=token), 303)


def _kept(link: GuestLink, form: Any) -> dict[str, Any]:
    """What was typed and refused, to show again."""
    if not isinstance(form, AdviceForm):
        return {"form": form}
    assessment = assessing.current(link.placement, AssessmentMoment(link.subject))
    return {"form": form, "assessment": assessment, "lines": pages.lines_to_grade(assessment, grades_sent(request.form))}


def _done(link: GuestLink, form: Any) -> str:
    """The deed itself; what is final uses the link up in the same transaction."""
    now, placement = clock.now(), link.placement
    if link.purpose is LinkPurpose.HOURS:
        return _hours_done(link, form)
    if link.purpose is LinkPurpose.OUTCOME:
        outcome = queries.outcome(placement.id, OutcomeTerm(link.subject))
        assert outcome is not None
        guest_links.use(link, now=now)
        outcomes.answer(outcome, OutcomeKind(form.answer.data), by=None, now=now)
        return str(_("Thank you. That was all."))
    if link.purpose is LinkPurpose.SIGN:
        guest_signing.sign(link, str(form.sheet.data), now=now)
        return str(_("You have signed. You hear it once the last one has signed."))
    if link.purpose is LinkPurpose.ANSWER:
        said = next((one for one in Answer if one.value == form.answer.data), None)
        if said is None:
            raise DomainError(_("Choose one."))
        guest_signing.answer(link, said, form.words.data or "", now=now)
        return str(_("Your answer is kept."))
    if link.purpose is LinkPurpose.MOMENT:
        guest_links.use(link, now=now)
        moment = queries.moment(int(link.subject), placement.id)
        if form.remark.data:
            contacts.object_to(placement, moment, Who.COMPANY, form.remark.data, by=None)
            return str(_("The supervisor of the school reads it."))
        contacts.agree(placement, moment, Who.COMPANY, by=None, name=link.name, now=now)
        return str(_("You agree."))
    return _advice_done(link, form)


def _hours_done(link: GuestLink, form: Any) -> str:
    now, mark = clock.now(), request.form.get("mark", "")
    monday = week_hours.monday_of(link.subject)
    assert monday is not None
    guest_links.use(link, now=now)
    if request.form.get("deed") == "approve":
        done = hours.approve(link.placement, monday, mark, by=None, name=link.name, now=now)
        said = _("You approved these hours.")
    else:
        done = hours.decline(link.placement, monday, mark, reason=form.reason.data or "", by=None, now=now)
        said = _("The student hears what is not right.")
    if not done:
        raise DomainError(_("Nothing waits here any more."))
    return str(said)


def _advice_done(link: GuestLink, form: AdviceForm) -> str:
    now, send = clock.now(), request.form.get("deed") == "send"
    assessment = assessing.current(link.placement, AssessmentMoment(link.subject))
    if send:
        guest_links.use(link, now=now)
    grades = grades_sent(request.form)
    assessing.write(link.placement, assessment, grades=grades, send=send, by=None, name=link.name, now=now, **form.said)
    return str(_("Your advice is at the school now.") if send else _("Your advice is kept. It is not sent yet."))
