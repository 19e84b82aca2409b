"""A company's side: responses in the order in which they arrived, what the student shows, and every answer."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.applications import deadlines, messaging, policy, queries, services, showing, storage, talking, telling, workflow
from ipf_talent.applications.forms import DeedForm, MessageForm, ReasonForm, WordForm, new_key
from ipf_talent.applications.kinds import Deed, Release, Who
from ipf_talent.applications.models import Application
from ipf_talent.applications.words import WORDS
from ipf_talent.db import session, writing_anew
from ipf_talent.errors import DomainError, NotFound
from ipf_talent.i18n import _
from ipf_talent.web.access import allow
from ipf_talent.web.paging import paginate

bp = Blueprint("received", __name__)
WITH_REASON = {"refuse", "give_back", "late_answer"}
WITH_WORDS = {"invite", "offer", "confirm"}


def _me() -> User:
    user: User = current_user._get_current_object()
    return user


@bp.get("/received")
@allow(policy.handles_responses)
def index() -> ResponseReturnValue:
    """Responses to one's own places in order of arrival, and how one answers."""
    which = request.args.get("state", "open")
    page = paginate(queries.for_company(_me()).where(queries.narrowed(which, request.args.get("place", ""))))
    answering = [telling.own_answers(one, clock.now()) for one in telling.own_companies(_me())]
    places = queries.places_with_responses(_me())
    return render_template(
        "applications/received.html", page=page, which=which, answering=answering, places=places, words=WORDS, turns=workflow.TURNS
    )


@bp.get("/received/<slug:slug>")
@allow(policy.may_handle, load=queries.get, deny=404)
def show(application: Application) -> ResponseReturnValue:
    """One response, as far as the student shows it; what is looked at is kept, for the student to see."""
    now, me = clock.now(), _me()
    parts = application.releases - {Release.CV}  # the CV counts when it is opened
    fresh, new = showing.unseen(application, me, parts), talking.unread(application, Who.COMPANY)
    if fresh or new:
        writing_anew()
        showing.note_seen(application, me, fresh, now=now)
        talking.note_read(new, now=now)
        session.commit()
    return _page(application)


def _page(application: Application, status: int = 200, **forms: Any) -> ResponseReturnValue:
    told = telling.for_company(application, clock.now())
    view = {
        "press": DeedForm(formdata=None),
        "message": MessageForm(formdata=None),
        "word": WordForm(formdata=None),
        "no": _no_form(application, formdata=None),
    }
    return render_template("applications/handle.html", told=told, words=WORDS, **{**view, **forms}), status


def _no_form(application: Application, **how: Any) -> ReasonForm:
    form = ReasonForm(**how)
    deed = Deed.GIVE_BACK if Deed.GIVE_BACK in workflow.deeds(application.mode, application.state, Who.COMPANY) else Deed.REFUSE
    form.offer(services.reasons_for(application, deed), telling.asked_skills(application))
    return form


@bp.post("/received/<slug:slug>/act")
@allow(policy.may_handle, load=queries.get, deny=404)
def act(application: Application) -> ResponseReturnValue:
    """One of the company's deeds; a second press finds it done."""
    deed = request.form.get("deed", "")
    if deed in WITH_REASON:
        form: Any = _no_form(application)
    else:
        form = WordForm() if deed in WITH_WORDS else DeedForm()
    if form.submitted():
        try:
            said = _done(application, deed, form)
            session.commit()
        except DomainError as error:
            session.rollback()
            form.reject(error)
        else:
            flash(said)
            return redirect(url_for(".show", slug=application.key), 303)
    if deed in WITH_WORDS:
        form.once.data = form.once.data or new_key()
    return _page(application, 422, **{"no" if deed in WITH_REASON else "word" if deed in WITH_WORDS else "press": form})


def _done(application: Application, deed: str, form: Any) -> str:
    me, now = _me(), clock.now()
    if deed in WITH_REASON:
        return _said_no(application, deed, form)
    if deed == "take_up":
        services.move(application, Deed.TAKE_UP, who=Who.COMPANY, by=me, now=now)
        return str(_("The student hears that you are looking at it. The day of your answer stays the same."))
    if deed in WITH_WORDS:
        moved = services.move(application, Deed(deed), who=Who.COMPANY, by=me, now=now)
        if moved and form.body.data:
            talking.write(application, Who.COMPANY, by=me, body=form.body.data, once=str(form.once.data), now=now)
        return str(_("The student hears it now."))
    if deed == "ask":
        showing.ask(application, by=me, now=now)
        return str(_("The student is asked to show more. They decide."))
    raise DomainError(_("This is not possible now: the response has moved on. Look at the page again."))


def _said_no(application: Application, deed: str, form: ReasonForm) -> str:
    me, now, reason, note = _me(), clock.now(), form.chosen, form.note.data or ""
    if deed == "late_answer":
        if reason is None:
            raise DomainError(_("Choose a reason. The student sees it."), field="reason")
        deadlines.answer_late(application, by=me, reason=reason, note=note, now=now)
        return str(_("Thank you for answering after all. It no longer counts as silence."))
    skills = form.skills.data or ()
    services.move(application, Deed(deed), who=Who.COMPANY, by=me, now=now, reason=reason, note=note, skills=skills)
    return str(_("The student hears your answer and the reason."))


@bp.post("/received/<slug:slug>/message")
@allow(policy.may_handle, load=queries.get, deny=404)
def message(application: Application) -> ResponseReturnValue:
    """Write to the student."""
    return messaging.written(application, Who.COMPANY, _page)


@bp.get("/received/<slug:slug>/cv")
@allow(policy.may_handle, load=queries.get, deny=404)
def cv(application: Application) -> ResponseReturnValue:
    """The CV, once the student shows it; that it was opened is kept, for the student to see."""
    if Release.CV not in application.releases:
        raise NotFound(_("There is no such document."))
    writing_anew()
    showing.note_seen(application, _me(), [Release.CV], now=clock.now())
    session.commit()
    return storage.sent(application)
