"""What people keep of the open places: places, searches with mail, and a feed for a reader of feeds."""

import hashlib
from datetime import UTC, datetime, time

from flask import Blueprint, Flask, Response, current_app, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts import signals
from ipf_talent.accounts.models import User
from ipf_talent.accounts.policy import is_signed_in
from ipf_talent.db import session
from ipf_talent.errors import DomainError, NotFound
from ipf_talent.i18n import _, current_language
from ipf_talent.vacancies import catalogue, feed, policy, queries, saved_services, saving
from ipf_talent.vacancies.filters import Alert
from ipf_talent.vacancies.forms import VacancyFilter
from ipf_talent.vacancies.saved_forms import AlertForm, KeepForm, SaveForm
from ipf_talent.vacancies.saved_models import SavedSearch
from ipf_talent.vacancies.saved_policy import keeps_search
from ipf_talent.vacancies.words import WORDS
from ipf_talent.web.access import allow, public
from ipf_talent.web.text import local_path

bp = Blueprint("saved", __name__)
MOST_IN_FEED = 50


def init(app: Flask) -> None:
    """Let what a guest kept move into the account that they sign in to, and let pages know what is kept."""
    signals.signed_in.connect(_move_in)
    app.jinja_env.globals.update(favourites=saving.favourites)


def _move_in(user: User) -> None:
    if saving.move_in(user):
        flash(_("The places that you kept are in your account now."))


@bp.get("/saved")
@public
def index() -> ResponseReturnValue:
    """The places and searches that someone keeps."""
    rows = queries.numbered(saving.favourites())
    searches = saved_services.of(current_user.id) if current_user.is_authenticated else []
    forms = [(search, AlertForm(formdata=None, alert=search.alert.value)) for search in searches]
    return render_template("vacancies/saved.html", rows=rows, today=clock.today(), searches=forms, words=WORDS)


@bp.get("/saved/export")
@allow(is_signed_in)
def export() -> ResponseReturnValue:
    """All that is kept for this person, as a file."""
    searches = [
        {
            "name": one.name,
            "query": one.query,
            "mail": one.alert.value,
            "language": one.language,
            "since": one.created_at.isoformat(),
        }
        for one in saved_services.of(current_user.id)
    ]
    answer = jsonify({"searches": searches, "places": [row.slug for row in queries.numbered(saving.favourites())]})
    answer.headers["Content-Disposition"] = "attachment; filename=saved.json"
    return answer


@bp.post("/saved/places/<slug:slug>/keep")
@public
def keep(slug: str) -> ResponseReturnValue:
    """Keep a place that one can see."""
    form, vacancy = KeepForm(), queries.get(slug)
    if not policy.may_see(current_user, vacancy, clock.today()):
        raise NotFound(_("There is no such place."))
    if form.submitted():
        if saving.keep(vacancy.id):
            session.commit()
            flash(_("You keep this place."))
        else:
            flash(_("You keep as many places as you can. Remove one first."), "warn")
    return _back(form)


@bp.post("/saved/places/<slug:slug>/let-go")
@public
def let_go(slug: str) -> ResponseReturnValue:
    """Keep a place no longer, open or not."""
    form = KeepForm()
    if form.submitted():
        saving.let_go(queries.get(slug).id)
        session.commit()
        flash(_("You keep this place no longer."))
    return _back(form)


def _back(form: KeepForm) -> ResponseReturnValue:
    return redirect(local_path(form.next.data) or url_for(".index"), 303)


@bp.post("/saved/searches")
@allow(is_signed_in)
def save() -> ResponseReturnValue:
    """Keep a search, with or without mail."""
    form = SaveForm()
    if not form.submitted():
        flash(_("This search could not be kept. Try it again from the list."), "warn")
        return redirect(url_for("vacancies.index"), 303)
    filters = VacancyFilter.of(str(form.query.data))
    name = " · ".join(chosen.value for chosen in filters.chosen) or _("All open places")
    alert, language = Alert(form.alert.data), current_language()
    try:
        saved_services.save(current_user, name=name, query=filters.query, alert=alert, language=language, now=clock.now())
    except DomainError as error:
        session.rollback()
        flash(error.message, "warn")
        return redirect(url_for(".index"), 303)
    session.commit()
    flash(_("Your search is kept."))
    return redirect(url_for(".index", _anchor="searches"), 303)


@bp.post("/saved/searches/<slug:slug>/alert")
@allow(keeps_search, load=lambda slug: saved_services.get(slug), deny=404)
def change_alert(search: SavedSearch) -> ResponseReturnValue:
    """Hear more or less often of new places."""
    form = AlertForm()
    if form.submitted():
        saved_services.change_alert(search, Alert(form.alert.data), now=clock.now())
        session.commit()
        flash(_("Saved."))
    return redirect(url_for(".index", _anchor="searches"), 303)


@bp.post("/saved/searches/<slug:slug>/remove")
@allow(keeps_search, load=lambda slug: saved_services.get(slug), deny=404)
def remove(search: SavedSearch) -> ResponseReturnValue:
    """Forget a search."""
    if KeepForm().submitted():
        saved_services.remove(search)
        session.commit()
        flash(_("Your search is removed."))
    return redirect(url_for(".index", _anchor="searches"), 303)


@bp.route("/saved/stop/<token>", methods=["GET", "POST"])
@public
def stop(token: str) -> ResponseReturnValue:
    """Stop the mail of one search without signing in; a page with a button, since programs open links in mail too."""
    search, form = saved_services.by_token(token, str(current_app.config["SECRET_KEY"])), KeepForm()
    if form.submitted():
        saved_services.change_alert(search, Alert.NONE, now=clock.now())
        session.commit()
        return redirect(url_for(".stop", token=token), 303)
    return render_template("vacancies/stop.html", search=search, token=token, stopped=search.alert is Alert.NONE)


@bp.get("/vacancies.atom")
@public
def atom() -> ResponseReturnValue:
    """The newest places of a search as a feed; a reader that has it already gets 304."""
    filters, today = VacancyFilter.read(), clock.today()
    rows = catalogue.newest_of(filters.asked, today, most=MOST_IN_FEED)
    base, query = str(current_app.config["BASE_URL"]).rstrip("/"), filters.query
    own = f"{base}{url_for('.atom')}?{'&'.join(part for part in (query, f'lang={current_language()}') if part)}"
    page = f"{base}{url_for('vacancies.index')}{'?' if query else ''}{query}"
    name = " · ".join(chosen.value for chosen in filters.chosen) or _("All open places")
    start = datetime.combine(today, time(), UTC)
    body = feed.atom(rows, title=f"IPF Talent – {name}", page=page, own=own, updated=start, places=f"{base}/vacancies/")
    answer = Response(body, content_type="application/atom+xml; charset=utf-8")
    answer.set_etag(hashlib.sha256(body).hexdigest()[:32])
    return answer.make_conditional(request)
