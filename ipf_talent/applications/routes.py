"""A student's responses: writing one, sending it, showing more, and what comes of it."""

from collections.abc import Collection
from typing import Any

from flask import Blueprint, Flask, flash, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.accounts.policy import is_signed_in
from ipf_talent.applications import (
    attaching,
    messaging,
    personal_data,
    policy,
    queries,
    retention,
    services,
    showing,
    storage,
    talking,
    telling,
    workflow,
)
from ipf_talent.applications.files import check
from ipf_talent.applications.forms import AcceptForm, CvForm, DeedForm, MessageForm, RespondForm, WishForm
from ipf_talent.applications.kinds import PLACED, Deed, Release, State, Who
from ipf_talent.applications.models import Application
from ipf_talent.applications.words import WORDS
from ipf_talent.db import session, writing_anew
from ipf_talent.errors import DomainError, NotFound
from ipf_talent.i18n import _
from ipf_talent.profiles import current
from ipf_talent.vacancies import policy as places
from ipf_talent.vacancies import queries as vacancies
from ipf_talent.vacancies.kinds import PlacingMode
from ipf_talent.vacancies.models import Vacancy
from ipf_talent.web.access import allow, public, takes
from ipf_talent.web.paging import paginate

bp = Blueprint("applications", __name__)
LARGEST_UPLOAD = 6_000_000
"""Bytes of a request with a file: the file, and what the form has around it."""


def init(app: Flask) -> None:
    """Let the pages of places, companies and programmes, which know nothing of responses, show what comes of them."""
    app.jinja_env.globals.update(
        my_response=telling.mine_at,
        my_refusals=telling.my_refusals,
        answers_of=telling.answers_of,
        refusal_hints=telling.refusal_hints,
        response_figures=telling.response_figures,
        response_words=WORDS,
    )


def _me() -> User:
    user: User = current_user._get_current_object()
    return user


@bp.get("/responses/how")
@public
def how() -> ResponseReturnValue:
    """How a response goes: the table of its life, as the services obey it."""
    tables = [
        (mode, workflow.path(mode), workflow.lines(mode)) for mode in (PlacingMode.COMPANY_CHOOSES, PlacingMode.SCHOOL_PLACES)
    ]
    return render_template("applications/how.html", tables=tables, words=WORDS)


@bp.get("/responses")
@allow(policy.may_respond)
def index() -> ResponseReturnValue:
    """One's own responses: who has to act next, and by when."""
    page = paginate(queries.of_student(_me().id))
    return render_template("applications/index.html", page=page, words=WORDS, turns=workflow.TURNS)


@bp.get("/responses.json")
@allow(is_signed_in)
def export() -> ResponseReturnValue:
    """All that responses keep of the person at the screen, as a file."""
    answer = jsonify(personal_data.export(_me().id))
    answer.headers["Content-Disposition"] = 'attachment; filename="responses.json"'
    return answer


@bp.route("/vacancies/<slug:slug>/respond", methods=["GET", "POST"])
@allow(policy.may_respond)
def respond(slug: str) -> ResponseReturnValue:
    """Begin a response to a place; what is typed is kept as a draft and sent on the next page."""
    vacancy = _open_place(slug)
    former = queries.latest(_me().id, vacancy.id)
    if former is not None and former.ended_at is None and former.state is not State.DRAFT:
        return redirect(url_for(".show", slug=former.key), 303)
    by_school = services.mode_for(_me(), vacancy) is PlacingMode.SCHOOL_PLACES
    form = (WishForm if by_school else RespondForm)(**_draft(former))
    form.settle(current.card().is_minor_on(vacancy.starts_on))
    if form.submitted():
        try:
            draft = services.start(_me(), vacancy, **form.said, now=clock.now())
        except DomainError as error:
            session.rollback()
            form.reject(error)
        else:
            session.commit()
            return redirect(url_for(".show", slug=draft.key), 303)
    page = render_template("applications/respond.html", form=form, vacancy=vacancy, by_school=by_school)
    return page, 422 if form.errors else 200


def _open_place(slug: str) -> Vacancy:
    vacancy = vacancies.get(slug)
    if not places.may_see(current_user, vacancy, clock.today()):
        raise NotFound(_("There is no such place."))
    if vacancy.is_example and not vacancy.company.is_example:
        raise DomainError(_("We made this place up to show how the site works. You cannot apply for it."))
    return vacancy


def _draft(former: Application | None) -> dict[str, Any]:
    if former is None or former.state is not State.DRAFT:
        return {}
    return {"message": former.message, "wish": former.wish, "adult": "no" if former.minor else "yes"}


@bp.get("/responses/<slug:slug>")
@allow(policy.is_own, load=queries.get, deny=404)
def show(application: Application) -> ResponseReturnValue:
    """One response: what is next, what the company sees, the messages, and all that happened."""
    if new := talking.unread(application, Who.STUDENT):
        writing_anew()
        talking.note_read(new, now=clock.now())
        session.commit()
    return _page(application)


def _page(application: Application, status: int = 200, **forms: Any) -> ResponseReturnValue:
    draft = application.state is State.DRAFT
    cv = CvForm(formdata=None, document=str(application.document_id or ""))
    cv.offer(queries.documents_of(_me().id), _("None"))
    view = {"press": DeedForm(formdata=None), "message": MessageForm(formdata=None), "cv": cv, **forms}
    told = telling.for_student(application, clock.now())
    view["others"] = queries.open_of(_me().id, but=application.id) if application.state in PLACED else ()
    return render_template("applications/draft.html" if draft else "applications/show.html", told=told, words=WORDS, **view), status


@bp.post("/responses/<slug:slug>/act")
@allow(policy.is_own, load=queries.get, deny=404)
def act(application: Application) -> ResponseReturnValue:
    """One of the student's deeds that need no words; a second press finds it done."""
    form = DeedForm()
    if not form.submitted():
        raise DomainError(_("This request did not arrive well"))
    try:
        said = _done(application, str(form.deed.data or ""), str(form.part.data or ""))
        session.commit()
    except DomainError as error:
        session.rollback()
        flash(error.message, "warning")
    else:
        flash(said)
    gone = application.state is State.DRAFT and form.deed.data == "withdraw"
    return redirect(url_for(".index") if gone else url_for(".show", slug=application.key), 303)


def _done(application: Application, deed: str, part: str) -> str:
    me, now = _me(), clock.now()
    if deed in ("send", "wish", "agree"):
        return _sent(application, Deed(deed), show_message=part == Release.MESSAGE)
    if deed == "withdraw":
        services.withdraw_one(application, by=me, now=now)
        return str(_("It is withdrawn."))
    if deed in ("release", "take_back") and part in set(Release):
        change = showing.release if deed == "release" else showing.take_back
        change(application, Release(part), by=me, now=now)
        return str(_("The company can see it now.") if deed == "release" else _("The company does not see it any more."))
    if deed in ("keep", "keep_no_longer"):
        retention.keep_longer(application, deed == "keep", by=me, now=now)
        return str(_("Changed."))
    raise DomainError(_("This is not possible now: the response has moved on. Look at the page again."))


def _sent(application: Application, deed: Deed, *, show_message: bool) -> str:
    now = clock.now()
    if services.move(application, deed, who=Who.STUDENT, by=_me(), now=now) and show_message and application.message:
        showing.release(application, Release.MESSAGE, by=_me(), now=now, tell=False)
    words = {
        Deed.SEND: _("Your response is sent. The company has a time to answer, and we keep watch."),
        Deed.WISH: _("Your learning wish is with your school."),
        Deed.AGREE: _("The company hears that you agree."),
    }
    return str(words[deed])


@bp.route("/responses/<slug:slug>/accept", methods=["GET", "POST"])
@allow(policy.is_own, load=queries.get, deny=404)
def accept(application: Application) -> ResponseReturnValue:
    """Take the place, and say which other responses end with it; with the place already taken, only the latter."""
    others, form = queries.open_of(_me().id, but=application.id), AcceptForm()
    if application.state in PLACED and not others:
        return redirect(url_for(".show", slug=application.key), 303)
    form.offer({one.key: telling.title_of(one) for one in others})
    if form.submitted():
        try:
            said = _accepted(application, form.withdraw.data or ())
            session.commit()
        except DomainError as error:
            session.rollback()
            form.reject(error)
        else:
            flash(said)
            return redirect(url_for(".show", slug=application.key), 303)
    page = render_template("applications/accept.html", form=form, one=application, others=others, words=WORDS)
    return page, 422 if form.errors else 200


def _accepted(application: Application, withdraw: Collection[str]) -> str:
    if application.state in PLACED:
        services.withdraw_others(application, by=_me(), now=clock.now(), keys=withdraw)
        return str(_("It is withdrawn."))
    services.accept(application, by=_me(), now=clock.now(), withdraw=withdraw)
    return str(_("The place is yours. Your school hears it when the agreement is made."))


@bp.post("/responses/<slug:slug>/message")
@allow(policy.is_own, load=queries.get, deny=404)
def message(application: Application) -> ResponseReturnValue:
    """Write to the company."""
    return messaging.written(application, Who.STUDENT, _page)


@bp.post("/responses/<slug:slug>/cv")
@takes(LARGEST_UPLOAD)
@allow(policy.is_own, load=queries.get, deny=404)
def cv(application: Application) -> ResponseReturnValue:
    """Choose the CV that goes with a response; a new file is looked at by its content first."""
    form, me = CvForm(), _me()
    documents = queries.documents_of(me.id)
    form.offer(documents, _("None"))
    if form.submitted():
        try:
            attaching.refuse_unless_asked(application)  # before a file is kept
            chosen = next((one for one in documents if str(one.id) == form.document.data), None)
            if form.file.data:
                chosen = attaching.keep(me, check(form.file.data.filename or "", form.file.data.read()), now=clock.now())
            attaching.attach(application, chosen)
            session.commit()
        except DomainError as error:
            session.rollback()
            form.reject(error)
        else:
            flash(_("Your CV is chosen.") if chosen else _("No CV goes with it."))
            return redirect(url_for(".show", slug=application.key, _anchor="cv"), 303)
    return _page(application, 422, cv=form)


@bp.get("/responses/<slug:slug>/cv/file")
@allow(policy.is_own, load=queries.get, deny=404)
def cv_file(application: Application) -> ResponseReturnValue:
    """One's own CV, as the company would get it."""
    return storage.sent(application)


@bp.route("/responses/documents", methods=["GET", "POST"])
@allow(policy.may_respond)
def documents() -> ResponseReturnValue:
    """One's own CVs, and taking one away."""
    form = DeedForm()
    if form.submitted():
        number = str(form.part.data or "")
        attaching.remove(_me(), int(number) if number.isascii() and number.isdigit() and len(number) <= 9 else 0)
        session.commit()
        flash(_("The document is taken away."))
        return redirect(url_for(".documents"), 303)
    return render_template("applications/documents.html", documents=queries.documents_of(_me().id), press=form)
