"""A company at a matchmaking day: sign up with what it looks for, the list of its tables, and what it says after a talk."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.accounts.roles import Role
from ipf_talent.cohorts.days import outcomes, policy, queries, signing, telling
from ipf_talent.cohorts.days.forms import AnswersForm, ChoiceForm, CompanyDayForm
from ipf_talent.cohorts.days.kinds import WITH_TIMETABLE
from ipf_talent.cohorts.days.models import DayCompany, MatchDay
from ipf_talent.cohorts.days.telling import WORDS
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
    if row is None:
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


def _page(day: MatchDay, status: int = 200, form: AnswersForm | None = None) -> ResponseReturnValue:
    row, timetable = _row(day), day.status in WITH_TIMETABLE
    if row.withdrawn_at is not None:
        flash(_("%(company)s is not on the list of this day any more.", company=row.company.name), "info")
        return redirect(url_for("events.show", slug=day.slug), 303)
    talks, now = queries.talks_of_company(row.id) if timetable else [], clock.now()
    view: dict[str, Any] = {"timetable": timetable, "hours": telling.hours(day, talks), "begun": telling.begun(day, talks, now)}
    view |= {"form": form or AnswersForm(formdata=None), "typed": form.typed(talks) if form else {}}
    return render_template(
        "cohorts/day_tables.html", day=day, row=row, words=WORDS, tell=telling, me=_me(), own=_own(), **view
    ), status


@bp.post("/events/<slug:slug>/tables/outcome")
@allow(policy.may_bring_company, load=queries.get, deny=404)
def outcome(day: MatchDay) -> ResponseReturnValue:
    """Say what one thinks of one's talks, all at once."""
    form, row = AnswersForm(), _row(day)
    talks = queries.speaking(queries.talks_of_company(row.id)) if row.withdrawn_at is None else []
    said = form.typed(talks)
    kept: list[outcomes.Kept] = []

    def keep() -> None:
        if not said:
            raise DomainError(_("Say yes, maybe or no for one talk at least."))
        kept.append(outcomes.companys_answers(talks, day, said, by=_me(), now=clock.now()))

    if not form.submitted() or not saved(form, keep):
        return _page(day, 422, form)
    for message, sort in telling.kept(kept[0], _("Kept. A student hears it only if both are interested.")):
        flash(message, sort)
    return redirect(url_for(".show", slug=day.slug, company=row.company.slug, _anchor="after"), 303)
