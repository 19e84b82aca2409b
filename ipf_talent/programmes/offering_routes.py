"""The ways and places of a listing, the starts of each, and open days."""

from typing import NamedTuple

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.accounts.services import refuse_example
from ipf_talent.db import session
from ipf_talent.errors import DomainError, NotFound
from ipf_talent.i18n import _
from ipf_talent.programmes import editing, listing_queries, policy, services
from ipf_talent.programmes.levels import Mode
from ipf_talent.programmes.listing import TABLE, ListingStatus
from ipf_talent.programmes.listing_forms import PressForm
from ipf_talent.programmes.listing_pages import WORDS
from ipf_talent.programmes.models import Intake, Offering, Programme
from ipf_talent.programmes.offering_forms import IntakeForm, NewOfferingForm, OfferingForm
from ipf_talent.web.access import allow

bp = Blueprint("offerings", __name__, url_prefix="/listings/<slug:slug>")


class Start(NamedTuple):
    """One offering with one of its intakes; None for a new one."""

    offering: Offering
    intake: Intake | None


class Step(NamedTuple):
    """A deed on one offering."""

    offering: Offering
    deed: str


def _me() -> User:
    user: User = current_user._get_current_object()
    return user


def _start(slug: str, number: int, intake: int | None = None) -> Start:
    offering = listing_queries.offering(slug, number)
    found = next((one for one in offering.intakes if one.id == intake), None)
    if intake is not None and found is None:
        raise NotFound(_("There is no such start."))
    return Start(offering, found)


def _step(slug: str, number: int, deed: str) -> Step:
    if deed not in {line.name for line in TABLE}:
        raise NotFound(_("There is no such step."))
    return Step(listing_queries.offering(slug, number), deed)


def _may_start(user: User, start: Start) -> bool:
    return policy.manages_offering(user, start.offering)


def _may_step(user: User, step: Step) -> bool:
    return policy.may_move_offering(user, step.offering)


_may_start.__name__ = policy.manages_offering.__name__
_may_step.__name__ = policy.may_move_offering.__name__


@bp.route("/offerings/new", methods=["GET", "POST"])
@allow(policy.manages_listing, load=listing_queries.whole, deny=404)
def new(programme: Programme) -> ResponseReturnValue:
    """A way and place in which one can follow it; each pair is a listing of its own (R18)."""
    form, places = NewOfferingForm(), {str(one.id): one for one in listing_queries.places()}
    form.offer({number: place.name for number, place in places.items()}, programme.type)
    if form.submitted():
        place, mode = places.get(str(form.place.data or "")), Mode(form.mode.data)
        there = any((one.place, one.mode) == (place, mode) for one in programme.offerings)
        try:
            refuse_example(_me(), of=programme.institution)
            if there:
                raise DomainError(_("You have this way at this place already."), field="mode")
            made = editing.put_offering(programme, place, mode, {}, _me())
        except DomainError as error:
            session.rollback()
            form.reject(error)
        else:
            session.commit()
            return redirect(url_for(".show", slug=programme.slug, number=made.id), 303)
    return render_template("programmes/edit_offering_new.html", programme=programme, form=form), 422 if form.errors else 200


@bp.route("/offerings/<number:number>", methods=["GET", "POST"])
@allow(policy.manages_offering, load=listing_queries.offering, deny=404)
def show(offering: Offering) -> ResponseReturnValue:
    """One way and place: the week, the costs, the starts."""
    form = OfferingForm.of(offering)
    if form.submitted():
        try:
            refuse_example(_me(), of=offering.programme.institution)
            if form.seen != offering.version:
                raise editing.Changed
            editing.put_offering(offering.programme, offering.place, offering.mode, form.chosen, _me())
        except DomainError as error:
            session.rollback()
            return _offering_again(offering, form, error)
        session.commit()
        flash(_("Saved."))
        return redirect(url_for(".show", slug=offering.programme.slug, number=offering.id), 303)
    return _offering(offering, form), 422 if form.errors else 200


def _offering(offering: Offering, form: OfferingForm) -> str:
    steps = {line.name for line in services.steps(_me(), offering)}
    published = (offering.status, offering.programme.status) == (ListingStatus.PUBLISHED, ListingStatus.PUBLISHED)
    heard = {"seen": published, "followers": listing_queries.followers(offering.programme_id)}
    view = {"programme": offering.programme, "form": form, "steps": steps, "today": clock.today(), **heard}
    return render_template("programmes/edit_offering.html", offering=offering, words=WORDS, **view)


def _offering_again(offering: Offering, form: OfferingForm, error: DomainError) -> ResponseReturnValue:
    """The page with what was typed; after another's change the next press puts it in place of theirs."""
    form.reject(error)
    now = listing_queries.offering(offering.programme.slug, offering.id)
    changed = isinstance(error, editing.Changed)
    if changed:
        form.version.data, form.version.raw_data = str(now.version), None
    return _offering(now, form), 409 if changed else 422


@bp.post("/offerings/<number:number>/do/<slug:deed>")
@allow(_may_step, load=_step, deny=404)
def do(step: Step) -> ResponseReturnValue:
    """A step of the life of one way and place."""
    offering, deed = step
    slug, number = offering.programme.slug, offering.id
    writes = policy.manages_offering(_me(), offering)
    if PressForm().submitted():
        try:
            services.move(
                offering, deed, by=_me(), today=clock.today(), now=clock.now(), reason=_("Look at this way and place again.")
            )
        except services.Incomplete as refusal:
            session.rollback()
            flash(" ".join(one.message for one in refusal.reasons), "warn")
        except DomainError as error:
            session.rollback()
            flash(error.message, "warn")
        else:
            session.commit()
            flash(_("Done."))
    return redirect(url_for(".show", slug=slug, number=number) if writes else url_for("listings.show", slug=slug), 303)


@bp.post("/offerings/<number:number>/remove")
@allow(policy.manages_offering, load=listing_queries.offering, deny=404)
def remove(offering: Offering) -> ResponseReturnValue:
    """Take a draft of a way and place away."""
    slug = offering.programme.slug
    if PressForm().submitted():
        try:
            services.remove(offering, by=_me())
        except DomainError as error:
            session.rollback()
            flash(error.message, "warn")
        else:
            session.commit()
            flash(_("It is gone."))
    return redirect(url_for("listings.show", slug=slug), 303)


@bp.route("/offerings/<number:number>/intakes/new", methods=["GET", "POST"])
@allow(_may_start, load=_start, deny=404)
def new_intake(start: Start) -> ResponseReturnValue:
    """A moment at which one can start."""
    return _intake(start)


@bp.route("/offerings/<number:number>/intakes/<number:intake>", methods=["GET", "POST"])
@allow(_may_start, load=_start, deny=404)
def intake(start: Start) -> ResponseReturnValue:
    """Change one."""
    return _intake(start)


def _intake(start: Start) -> ResponseReturnValue:
    (offering, intake), form = start, IntakeForm.of(start.intake)
    status = 422
    if form.submitted():
        try:
            refuse_example(_me(), of=offering.programme.institution)
            _save_intake(start, form)
        except DomainError as error:
            session.rollback()
            form.reject(error)
            start = _start(offering.programme.slug, offering.id, intake.id if intake else None)
            if isinstance(error, editing.Changed) and start.intake:
                form.version.data, form.version.raw_data, status = str(start.intake.version), None, 409
        else:
            session.commit()
            flash(_("Saved."))
            return redirect(url_for(".show", slug=offering.programme.slug, number=offering.id, _anchor="starts"), 303)
    view = {"offering": start.offering, "programme": start.offering.programme, "intake": start.intake, "form": form}
    return render_template("programmes/edit_intake.html", words=WORDS, **view), status if form.errors else 200


def _save_intake(start: Start, form: IntakeForm) -> None:
    if start.intake is not None and form.seen != start.intake.version:
        raise editing.Changed
    if start.intake is None and any(one.starts_on == form.starts_on.data for one in start.offering.intakes):
        raise DomainError(_("There is an intake on that day already."), field="starts_on")
    editing.put_intake(start.offering, form.chosen, _me(), intake=start.intake)


@bp.post("/offerings/<number:number>/intakes/<number:intake>/cancel")
@allow(_may_start, load=_start, deny=404)
def cancel_intake(start: Start) -> ResponseReturnValue:
    """Let it not take place; followers hear of it."""
    return _press_intake(start, cancel=True)


@bp.post("/offerings/<number:number>/intakes/<number:intake>/restore")
@allow(_may_start, load=_start, deny=404)
def restore_intake(start: Start) -> ResponseReturnValue:
    """Let it take place after all."""
    return _press_intake(start, cancel=False)


def _press_intake(start: Start, *, cancel: bool) -> ResponseReturnValue:
    offering, intake = start
    if PressForm().submitted() and intake is not None:
        try:
            if cancel:
                services.cancel_intake(intake, by=_me(), now=clock.now())
            else:
                services.restore_intake(intake, by=_me())
        except DomainError as error:
            session.rollback()
            flash(error.message, "warn")
        else:
            session.commit()
            flash(
                _("This start does not take place. Who follows the programme hears of it.")
                if cancel
                else _("It takes place again.")
            )
    return redirect(url_for(".show", slug=offering.programme.slug, number=offering.id, _anchor="starts"), 303)
