"""Open days of a programme and of its school."""

from typing import NamedTuple

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent.accounts.models import User
from ipf_talent.accounts.services import refuse_example
from ipf_talent.db import session
from ipf_talent.errors import DomainError, NotFound
from ipf_talent.i18n import _
from ipf_talent.programmes import listing_queries, policy, services
from ipf_talent.programmes.listing_forms import PressForm
from ipf_talent.programmes.models import OpenDay, Programme
from ipf_talent.programmes.offering_forms import OpenDayForm
from ipf_talent.web.access import allow

bp = Blueprint("open_days", __name__, url_prefix="/listings/<slug:slug>/open-days")


class Shown(NamedTuple):
    """A programme with one open day that it shows."""

    programme: Programme
    day: OpenDay


def _me() -> User:
    user: User = current_user._get_current_object()
    return user


def _shown(slug: str, number: int) -> Shown:
    programme, day = listing_queries.whole(slug), listing_queries.open_day(number)
    if day.institution_id != programme.institution_id or day.programme_id not in (None, programme.id):
        raise NotFound(_("There is no such open day."))
    return Shown(programme, day)


def _may_show(user: User, shown: Shown) -> bool:
    return policy.manages_listing(user, shown.programme)


_may_show.__name__ = policy.manages_listing.__name__


@bp.route("/new", methods=["GET", "POST"])
@allow(policy.manages_listing, load=listing_queries.whole, deny=404)
def new(programme: Programme) -> ResponseReturnValue:
    """A moment at which the school shows itself."""
    return _open_day(programme, None)


@bp.route("/<number:number>", methods=["GET", "POST"])
@allow(_may_show, load=_shown, deny=404)
def show(shown: Shown) -> ResponseReturnValue:
    """Change one."""
    return _open_day(*shown)


def _open_day(programme: Programme, day: OpenDay | None) -> ResponseReturnValue:
    form = OpenDayForm.of(day)
    if form.submitted():
        try:
            refuse_example(_me(), of=programme.institution)
            about = None if form.general.data else programme
            services.put_open_day(day, institution_id=programme.institution_id, programme=about, by=_me(), **form.chosen)
        except DomainError as error:
            session.rollback()
            form.reject(error)
        else:
            session.commit()
            flash(_("Saved."))
            return redirect(url_for("listings.show", slug=programme.slug, _anchor="open-days"), 303)
    view = {"programme": programme, "day": day, "form": form}
    return render_template("programmes/edit_open_day.html", **view), 422 if form.errors else 200


@bp.post("/<number:number>/remove")
@allow(_may_show, load=_shown, deny=404)
def remove(shown: Shown) -> ResponseReturnValue:
    """Take one away."""
    programme, day = shown
    if PressForm().submitted():
        try:
            refuse_example(_me(), of=programme.institution)
            services.remove_open_day(day, by=_me())
        except DomainError as error:
            session.rollback()
            flash(error.message, "warn")
        else:
            session.commit()
            flash(_("The open day is gone."))
    return redirect(url_for("listings.show", slug=programme.slug, _anchor="open-days"), 303)
