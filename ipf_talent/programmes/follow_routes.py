"""Following programmes: a button that works without scripts, and a page with what changed."""

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts.policy import is_signed_in
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.programmes import following, listing_queries, personal_data, queries
from ipf_talent.programmes.listing_forms import PressForm
from ipf_talent.programmes.listing_pages import WORDS
from ipf_talent.programmes.news_words import sentence
from ipf_talent.web.access import allow

bp = Blueprint("following", __name__)


@bp.get("/following")
@allow(is_signed_in)
def index() -> str:
    """The programmes that one follows, with what changed."""
    rows = listing_queries.followed(current_user.id)
    news: dict[int, list[tuple[object, str]]] = {row.id: [] for row in rows}
    for one in listing_queries.news_of(list(news)):
        news[one.programme_id].append((one.at, sentence(one)))
    return render_template("programmes/following.html", rows=rows, news=news, words=WORDS)


@bp.get("/following/export")
@allow(is_signed_in)
def export() -> Response:
    """All that is kept of what one follows, as a file."""
    answer = jsonify(personal_data.export(current_user.id))
    answer.headers["Content-Disposition"] = "attachment; filename=following.json"
    return answer


@bp.post("/programmes/<slug:slug>/follow")
@allow(is_signed_in)
def follow(slug: str) -> ResponseReturnValue:
    """Hear of changed dates, cancelled starts, and of its end."""
    programme = queries.get(slug)
    if PressForm().submitted():
        try:
            following.follow(current_user.id, programme.id, now=clock.now())
        except DomainError as error:
            session.rollback()
            flash(error.message, "warn")
        else:
            session.commit()
            flash(_("You follow this programme. You hear of it when something changes."))
    return redirect(url_for("programmes.show", slug=slug), 303)


@bp.post("/programmes/<slug:slug>/unfollow")
@allow(is_signed_in)
def unfollow(slug: str) -> ResponseReturnValue:
    """Hear of it no longer."""
    programme = queries.get(slug)
    if PressForm().submitted():
        following.stop(current_user.id, programme.id)
        session.commit()
        flash(_("You follow this programme no longer."))
    return redirect(url_for("programmes.show", slug=slug), 303)
