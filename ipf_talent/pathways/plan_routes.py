"""The planner: a question, the routes side by side, one route in full, and the plans that someone keeps."""

from flask import Blueprint, Flask, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ipf_talent import clock
from ipf_talent.accounts import signals
from ipf_talent.accounts.models import User
from ipf_talent.db import session
from ipf_talent.errors import DomainError, NotFound
from ipf_talent.i18n import _, current_language
from ipf_talent.pathways import keeping, kept, plan_page, plan_services, planning, timetable
from ipf_talent.pathways.kept import Kept
from ipf_talent.pathways.plan_forms import NameForm, PlanFilter
from ipf_talent.pathways.plan_page import address_of, answered, days_of, opened, short_name, shown
from ipf_talent.pathways.plan_telling import ToldWay
from ipf_talent.pathways.planning import Answer, Region
from ipf_talent.profiles.current import card
from ipf_talent.web.access import public

bp = Blueprint("plans", __name__)


def init(app: Flask) -> None:
    """Let the plans of a guest move into the account that they sign in to."""
    signals.signed_in.connect(_move_in)


def _move_in(user: User) -> None:
    if keeping.move_in(user):
        flash(_("The plans that you made before are in your account now."))


@bp.get("/plan")
@public
def index() -> ResponseReturnValue:
    """The question; the routes that answer it; or one of them in full."""
    now = _region()
    form = _form(now)
    if not form.is_asked or not form.validate():
        page = render_template("pathways/plan.html", form=form, had=len(card().slugs), **shown(asked=form.is_asked))
        return page, 422 if form.errors else 200
    answer = planning.answer(form.question, card(), now)
    chosen = answer.way(request.args.get("way", ""))
    view = answered(answer, chosen, everything=bool(request.args.get("all")))
    gone = bool(request.args.get("way")) and chosen is None
    naming = NameForm(formdata=None, name=short_name(answer)) if chosen else None
    return render_template("pathways/plan.html", form=form, had=len(card().slugs), naming=naming, gone=gone, **view)


@bp.get("/plan/calendar")
@public
def calendar() -> ResponseReturnValue:
    """The days of one route as a file for any calendar."""
    answer, told = _chosen()
    address, name = address_of(answer.question, way=told.key), short_name(answer)
    text = timetable.calendar(days_of(told), name=name, language=current_language(), address=address, now=clock.now())
    headers = {"Content-Disposition": 'attachment; filename="plan.ics"'}
    return Response(text, mimetype="text/calendar", headers=headers)


@bp.post("/plan/keep")
@public
def save() -> ResponseReturnValue:
    """Keep a route; where there is no room, ask which plan may go, with the new one still at hand."""
    answer, told = _chosen()
    form, full = NameForm(), ""
    if form.submitted():
        new = Kept(plan_services.new_key(), str(form.name.data), answer.question, told.kept_legs, clock.today())
        try:
            keeping.add(new, instead_of=form.instead.data or None)
        except plan_services.Full as error:
            session.rollback()
            full = error.message
        except DomainError as error:
            session.rollback()
            form.reject(error)
        else:
            session.commit()
            flash(_("Your plan is kept."))
            return redirect(url_for("kept_plans.show", slug=new.key), 303)
    where = {**answer.question.address, "way": told.key}
    view = {"again": url_for(".save", **where), "back": url_for(".index", **where), "plans": keeping.plans()}
    return render_template("pathways/plan_full.html", form=form, full=full, **view), 422


@bp.get("/plan/kept")
@public
def saved() -> ResponseReturnValue:
    """All plans that one keeps, side by side, as they are today."""
    plans = keeping.plans()
    now = plan_page.region_of(plans) if plans else None
    return render_template("pathways/plan_saved.html", most=kept.MOST, **opened(plans, now, card()))


def _region() -> Region:
    return planning.region([request.args.get("occupation", "")], [request.args.get("vacancy", "")])


def _form(now: Region) -> PlanFilter:
    return PlanFilter.of(request.args, card(), now.today, planning.offer(now, request.args.get("vacancy", "")))


def _chosen() -> tuple[Answer, ToldWay]:
    """The answer and the route that an address names."""
    now = _region()
    form = _form(now)
    if not form.is_asked or not form.validate():
        raise NotFound(_("There is no such route."))
    answer = planning.answer(form.question, card(), now)
    told = answer.way(request.args.get("way", ""))
    if told is None:
        raise NotFound(_("There is no such route."))
    return answer, told
