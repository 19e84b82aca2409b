"""One plan that someone keeps: opened as it is today, renamed, removed, and shown to others for a while."""

from typing import Any
from urllib.parse import urljoin

from flask import Blueprint, Response, current_app, flash, jsonify, make_response, redirect, render_template, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts import proving
from ipf_talent.accounts.attempts import TooManyTries
from ipf_talent.db import session
from ipf_talent.errors import DomainError, NotFound
from ipf_talent.i18n import _
from ipf_talent.pathways import keeping, personal_data, plan_page, plan_queries, plan_services, sharing
from ipf_talent.pathways.kept import Kept, SharePart
from ipf_talent.pathways.plan_forms import KeyForm, NameForm, ShareForm
from ipf_talent.profiles.current import card
from ipf_talent.web.access import public

bp = Blueprint("kept_plans", __name__)
NEW_LINK = "new_link"


@bp.get("/plan/kept/<slug:slug>")
@public
def show(slug: str) -> ResponseReturnValue:
    """A saved plan, computed anew, with what changed since."""
    return _page(keeping.get(slug))


def _page(kept: Kept, status: int = 200, **forms: Any) -> ResponseReturnValue:
    now = plan_page.region_of([kept])
    one = plan_page.open_plan(kept, now, card())
    made_for, link = cookie.pop(NEW_LINK, ("", ""))
    view = {
        "form": None,
        "naming": NameForm(formdata=None, name=kept.name),
        "sharing": ShareForm(formdata=None, parts=[SharePart.GOAL, SharePart.STEPS]),
        "shares": plan_queries.shares_of(kept.key, clock.now(), user_id=_me(), keys=keeping.share_keys()),
        "new_link": link if made_for == kept.key else "",
        **forms,
        **plan_page.kept_view(one, now),
    }
    return render_template("pathways/plan_kept.html", **view), status


@bp.post("/plan/kept/<slug:slug>/name")
@public
def rename(slug: str) -> ResponseReturnValue:
    """Give it another name."""
    kept, form = keeping.get(slug), NameForm()
    if form.submitted():
        try:
            keeping.rename(slug, str(form.name.data), form.seen_version)
        except DomainError as error:
            session.rollback()
            form.reject(error)
        else:
            session.commit()
            flash(_("The plan has its new name."))
            return redirect(url_for(".show", slug=slug), 303)
    return _page(kept, 422, naming=form, form=form)


@bp.post("/plan/kept/<slug:slug>/remove")
@public
def remove(slug: str) -> ResponseReturnValue:
    """Take it away, and the links to it."""
    keeping.remove(slug)
    session.commit()
    flash(_("The plan is removed."))
    return redirect(url_for("plans.saved"), 303)


@bp.post("/plan/kept/<slug:slug>/share")
@public
def share(slug: str) -> ResponseReturnValue:
    """Make a link that shows the ticked parts for some days."""
    kept, form = keeping.get(slug), ShareForm()
    if form.submitted():
        try:
            secret = _shared(kept, form)
        except DomainError as error:
            session.rollback()
            form.reject(error)
        except TooManyTries as error:
            session.rollback()
            form.form_errors.append(_("There were many tries in a short time. Wait a few minutes and try again."))
            answer = make_response(_page(kept, 429, sharing=form, form=form))
            answer.headers["Retry-After"] = str(error.seconds)
            return answer
        else:
            session.commit()
            cookie[NEW_LINK] = [kept.key, urljoin(str(current_app.config["BASE_URL"]), url_for(".shared", secret=secret))]
            return redirect(url_for(".show", slug=slug, _anchor="share"), 303)
    return _page(kept, 422, sharing=form, form=form)


def _shared(kept: Kept, form: ShareForm) -> str:
    """Counts the try first: over an account, or for guests over the plan, since a class shares one network."""
    proving.count("share", current_user.email if current_user.is_authenticated else kept.key)
    one = plan_page.open_plan(kept, plan_page.region_of([kept]), card())
    if one.answer is None or one.told is None:
        raise DomainError(_("This plan has changed. Keep it anew before you show it."))
    content = sharing.content(kept.question, one.told, [SharePart(part) for part in form.parts.data or []])
    made, secret = plan_services.share(
        kept.key, content, days=int(form.days.data), user_id=_me(), keys=keeping.share_keys(), now=clock.now()
    )
    keeping.note_share(made.key, kept.key)
    return secret


@bp.post("/plan/kept/<slug:slug>/end-share")
@public
def end_share(slug: str) -> ResponseReturnValue:
    """End a link at once."""
    form = KeyForm()
    if form.submitted():
        plan_services.end_share(str(form.key.data), user_id=_me(), keys=keeping.share_keys())
        keeping.forget_share(str(form.key.data))
        session.commit()
        flash(_("The link does not work any more."))
    return redirect(url_for(".show", slug=slug, _anchor="share"), 303)


@bp.get("/plan/shared/<secret>")
@public
def shared(secret: str) -> ResponseReturnValue:
    """What somebody shows of their plan; found by no search engine and kept by no cache."""
    found = plan_queries.share_with(secret, clock.now())
    if found is None:
        raise NotFound(_("This link has ended, or it never worked."))
    page = make_response(render_template("pathways/plan_shared.html", **plan_page.shared_view(found)))
    page.headers["Cache-Control"] = "no-store"
    page.headers["X-Robots-Tag"] = "noindex, nofollow"
    return page


@bp.get("/plan/kept.json")
@public
def export() -> ResponseReturnValue:
    """All that the planner keeps of the person at the screen, as a file."""
    values = personal_data.export(current_user.id) if current_user.is_authenticated else keeping.as_values()
    answer: Response = jsonify(values)
    answer.headers["Content-Disposition"] = 'attachment; filename="plans.json"'
    return answer


def _me() -> int | None:
    return current_user.id if current_user.is_authenticated else None
