"""The steps of a listing at the screen: preview, review by a second person, the yearly check, the end, and its history."""

from typing import NamedTuple

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.accounts.roles import Role
from ipf_talent.db import session
from ipf_talent.errors import DomainError, NotFound
from ipf_talent.i18n import _, ngettext
from ipf_talent.programmes import listing_pages, listing_queries, policy, services
from ipf_talent.programmes.listing import TABLE
from ipf_talent.programmes.listing_forms import CheckedForm, PressForm, StepForm
from ipf_talent.programmes.listing_pages import WORDS
from ipf_talent.programmes.listing_tasks import DEEDS, FIELD_NAMES
from ipf_talent.programmes.models import Programme
from ipf_talent.programmes.news_words import moment, stamp
from ipf_talent.web.access import allow

bp = Blueprint("listed", __name__, url_prefix="/listings")


class Step(NamedTuple):
    """A deed on one listing."""

    programme: Programme
    deed: str


def _step(slug: str, deed: str) -> Step:
    if deed not in {line.name for line in TABLE}:
        raise NotFound(_("There is no such step."))
    return Step(listing_queries.whole(slug), deed)


def _may_step(user: User, step: Step) -> bool:
    return policy.may_see_listing(user, step.programme)


_may_step.__name__ = policy.may_see_listing.__name__


def _me() -> User:
    user: User = current_user._get_current_object()
    return user


@bp.post("/checked")
@allow(policy.lists_programmes)
def checked() -> ResponseReturnValue:
    """Say of several programmes that all of it is still true today."""
    form = CheckedForm()
    if form.submitted():
        own = _me().organisation_ids(Role.PROGRAMME_MANAGER)
        rows = listing_queries.of_slugs(form.programmes.data or [], own)
        try:
            number = services.check(rows, by=_me(), today=clock.today())
        except DomainError as error:
            session.rollback()
            flash(error.message, "warn")
        else:
            session.commit()
            flash(ngettext("%(num)d programme is checked today.", "%(num)d programmes are checked today.", number))
    return redirect(url_for("listings.index", check=request.form.get("check") or None), 303)


@bp.get("/review")
@allow(policy.reviews_listings)
def review() -> str:
    """What waits for a second person: of one's own schools, or of all for the platform."""
    everywhere = _me().has_role(Role.PLATFORM_ADMIN)
    rows = listing_queries.waiting(None if everywhere else _me().organisation_ids(Role.PROGRAMME_MANAGER))
    return render_template("programmes/edit_review.html", rows=rows, words=WORDS, steps=services.steps, me=_me())


@bp.get("/<slug:slug>/preview")
@allow(policy.may_see_listing, load=listing_queries.whole, deny=404)
def preview(programme: Programme) -> str:
    """The page as everyone will see it."""
    view = {
        "open_days": listing_queries.open_days(programme.institution_id, programme.id, since=clock.now()),
        "electives": listing_queries.chosen_electives(programme.id),
        "today": clock.today(),
        "moment": moment,
    }
    return render_template("programmes/edit_preview.html", programme=programme, words=WORDS, **view)


@bp.get("/<slug:slug>/history")
@allow(policy.may_see_listing, load=listing_queries.whole, deny=404)
def history(programme: Programme) -> str:
    """What was done to it, by whom and when."""
    rows = listing_queries.history(programme)
    return render_template(
        "programmes/edit_history.html", programme=programme, rows=rows, deeds=DEEDS, names=FIELD_NAMES, stamp=stamp
    )


@bp.post("/<slug:slug>/do/<slug:deed>")
@allow(_may_step, load=_step, deny=404)
def do(step: Step) -> ResponseReturnValue:
    """A step of its life."""
    programme, deed, form = *step, StepForm()
    if not form.submitted():
        return listing_pages.overview(programme, _me(), reason=form), 422
    try:
        services.move(programme, deed, by=_me(), today=clock.today(), now=clock.now(), reason=form.reason.data or "")
    except services.Incomplete as refusal:
        session.rollback()
        return listing_pages.overview(listing_queries.whole(programme.slug), _me(), refused=refusal.reasons), 422
    except DomainError as error:
        session.rollback()
        form.reject(error)
        return listing_pages.overview(listing_queries.whole(programme.slug), _me(), reason=form), 422
    session.commit()
    flash(_DONE[deed]())
    return redirect(url_for("listings.show", slug=programme.slug), 303)


_DONE = {
    "submit": lambda: _("It is handed in. A second person looks at it."),
    "withdraw": lambda: _("It is a draft again."),
    "return": lambda: _("It went back to the school."),
    "publish": lambda: _("It is published."),
    "rest": lambda: _("It is not shown for now."),
    "resume": lambda: _("It is shown again."),
    "archive": lambda: _("It is archived."),
    "cancel": lambda: _("It is cancelled."),
}


@bp.post("/<slug:slug>/checked")
@allow(policy.manages_listing, load=listing_queries.whole, deny=404)
def check(programme: Programme) -> ResponseReturnValue:
    """Say that all of it is still true today (AC-E7)."""
    if PressForm().submitted():
        try:
            services.check([programme], by=_me(), today=clock.today())
        except DomainError as error:
            session.rollback()
            flash(error.message, "warn")
        else:
            session.commit()
            flash(_("Checked today. Thank you."))
    return redirect(url_for("listings.show", slug=programme.slug), 303)


@bp.post("/<slug:slug>/remove")
@allow(policy.manages_listing, load=listing_queries.whole, deny=404)
def remove(programme: Programme) -> ResponseReturnValue:
    """Take a draft away."""
    if PressForm().submitted():
        try:
            services.remove(programme, by=_me())
        except DomainError as error:
            session.rollback()
            flash(error.message, "warn")
            return redirect(url_for("listings.show", slug=programme.slug), 303)
        session.commit()
        flash(_("The draft is gone."))
    return redirect(url_for("listings.index"), 303)
