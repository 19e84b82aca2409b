"""A company at a matchmaking day: sign up with what it looks for, the list of its tables, and what it says after a talk."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.accounts.roles import Role
from ipf_talent.cohorts.days import outcomes, policy, queries, signing, telling
from ipf_talent.cohorts.days.forms import ChoiceForm, CompanyDayForm, OutcomeForm
from ipf_talent.cohorts.days.kinds import WITH_TIMETABLE
from ipf_talent.cohorts.days.models import DayCompany, MatchDay
from ipf_talent.cohorts.days.telling import WORDS
from ipf_talent.db import session
from ipf_talent.errors import DomainError, NotFound
from ipf_talent.i18n import _, pick
from ipf_talent.organisations.models import Organisation
from ipf_talent.web.access import allow
from ipf_talent.web.saving import saved

bp = Blueprint("company_day", __name__)


def _me() -> User:
    user: User = current_user._get_current_object()
    return user


def _own() -> list[Organisation]:
    own = {one.organisation for one in _me().memberships if one.role is Role.COMPANY_MANAGER and one.organisation}
    return sorted(own, key=lambda one: (one.name.casefold(), one.id))


def _company() -> Organisation:
    """The company that one speaks for: the one named in the address, or the first of one's own."""
    own = _own()
    named = request.args.get("company", "")
    return next((one for one in own if one.slug == named), own[0])


def _row(day: MatchDay) -> DayCompany:
    row = queries.company_at(day.id, _company().id)
    if row is None or row.withdrawn_at is not None:
        raise NotFound(_("This company has not signed up for this day."))
    return row


@bp.route("/events/<slug:slug>/company", methods=["GET", "POST"])
@allow(policy.may_bring_company, load=queries.get, deny=404)
def sign_up(day: MatchDay) -> ResponseReturnValue:
    """Bring one's company, or change what it said."""
    company = _company()
    row = queries.company_at(day.id, company.id)
    there = row is not None and row.withdrawn_at is None
    form = CompanyDayForm(data=CompanyDayForm.shown(row) if row is not None else {"tables": 1})
    brought = {one.vacancy_id: one.vacancy for one in row.places} if row is not None else {}
    places = brought | {one.id: one for one in queries.places_of(company.id, clock.today())}
    form.offer({str(number): pick(one, "title") for number, one in sorted(places.items())}, day.slots)
    if form.submitted():
        deed = signing.sign_up_company
        more: dict[str, Any] = {"places": form.chosen_places, "version": form.version_sent(), "by": _me(), "now": clock.now()}
        if saved(form, lambda: deed(day, company, form.said, **more)):
            flash(_("%(company)s is on the list.", company=company.name))
            return redirect(url_for("events.show", slug=day.slug), 303)
    if row is not None:
        form.renew(row)
    view = {"row": row, "there": there, "own": _own(), "now": clock.now(), "open_now": day.takes_sign_ups(clock.today())}
    return render_template("cohorts/day_company.html", day=day, form=form, company=company, words=WORDS, **view), form.status


@bp.post("/events/<slug:slug>/company/leave")
@allow(policy.may_bring_company, load=queries.get, deny=404)
def leave(day: MatchDay) -> ResponseReturnValue:
    """Not come after all; who was to talk with the company hears it."""
    form, row = ChoiceForm(), _row(day)
    if form.submitted() and saved(form, lambda: signing.leave_company(row, day, by=_me(), now=clock.now())):
        flash(_("%(company)s is off the list. Whoever had a talk with you hears it.", company=row.company.name))
    for message in form.form_errors:
        flash(message, "warning")
    return redirect(url_for("events.show", slug=day.slug), 303)


@bp.get("/events/<slug:slug>/tables")
@allow(policy.may_bring_company, load=queries.get, deny=404)
def show(day: MatchDay) -> ResponseReturnValue:
    """The list of one's tables: by hour, with the code or the name of each student, and what one says after a talk."""
    return _page(day)


def _page(day: MatchDay, status: int = 200, form: OutcomeForm | None = None) -> ResponseReturnValue:
    row, timetable = _row(day), day.status in WITH_TIMETABLE
    talks = queries.talks_of_company(row.id) if timetable else []
    return render_template(
        "cohorts/day_tables.html", day=day, row=row, form=form or OutcomeForm(formdata=None), words=WORDS, tell=telling,
        now=clock.now(), me=_me(), own=_own(), timetable=timetable, hours=telling.hours(day, talks), talks=talks,
    ), status  # fmt: skip


@bp.post("/events/<slug:slug>/tables/outcome")
@allow(policy.may_bring_company, load=queries.get, deny=404)
def outcome(day: MatchDay) -> ResponseReturnValue:
    """Say what one thinks after a talk."""
    form, row = OutcomeForm(), _row(day)
    if form.submitted():
        try:
            talk = queries.talk(form.talk)
            if talk.day_company_id != row.id:
                raise NotFound(_("There is no such talk."))
            why = outcomes.company_says(
                talk, day, form.chosen, place=str(form.place.data or ""), by=_me(), now=clock.now()
            )  # fmt: skip
            session.commit()
        except DomainError as error:
            session.rollback()
            form.reject(error)
        else:
            if why:
                flash(_("Both of you are interested, but no response could be sent: %(why)s", why=why), "warning")
            elif talk.application_id:
                flash(_("The response is sent."))
            else:
                flash(_("Kept. The student hears it only if both are interested."))
            return redirect(url_for(".show", slug=day.slug, company=row.company.slug), 303)
    return _page(day, 422, form)
