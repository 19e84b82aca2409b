"""A student's hours: a week on one page, the same as last week in one press, and saying that one is ill to everybody at once."""

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, format_decimal
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.db import session
from ipf_talent.errors import DomainError, Refusals
from ipf_talent.i18n import _
from ipf_talent.placements import policy
from ipf_talent.placements.guidance import hours, queries, week_hours, week_pages
from ipf_talent.placements.guidance.forms import PressForm
from ipf_talent.placements.guidance.hours import DayTyped
from ipf_talent.placements.guidance.kinds import HoursKind
from ipf_talent.placements.guidance.pages import WORDS
from ipf_talent.placements.guidance.week_pages import DayShown, WeekPage
from ipf_talent.placements.models import Placement
from ipf_talent.web.access import allow

bp = Blueprint("hours", __name__)


def init(app: Flask) -> None:
    """Hand templates and mails the words for minutes and for days of a week."""
    app.jinja_env.filters.update(in_hours=_in_hours, weekday=_weekday)


def _in_hours(minutes: int) -> str:
    return str(format_decimal(round(minutes / 60, 2)))


def _weekday(day: date) -> str:
    return str(format_date(day, "EEEE d MMMM"))


def _me() -> User:
    user: User = current_user._get_current_object()
    return user


def _monday(placement: Placement, today: date) -> date:
    """The week that is asked for; else this week, or the last one of a placement that is over."""
    asked = week_hours.monday_of(request.args.get("week", ""))
    return asked or week_hours.monday(max(placement.starts_on, min(today, placement.last_day)))


@bp.get("/my-placement/<slug:slug>/hours")
@allow(policy.is_own, load=queries.by_key, deny=404)
def week(placement: Placement) -> ResponseReturnValue:
    """The hours of one week, and how far all of them are."""
    today = clock.today()
    found = week_pages.week_page(placement, _monday(placement, today), today, copy="copy" in request.args)
    return _page(placement, found, PressForm(formdata=None))


def _page(placement: Placement, found: WeekPage, form: PressForm) -> ResponseReturnValue:
    status = 422 if form.errors or any(one.error for one in found.days) else 200
    return render_template("placements/hours.html", one=placement, page=found, form=form, words=WORDS), status


@bp.post("/my-placement/<slug:slug>/hours")
@allow(policy.is_own, load=queries.by_key, deny=404)
def enter(placement: Placement) -> ResponseReturnValue:
    """Keep the week, or keep it and send it to the company."""
    today, form = clock.today(), PressForm()
    monday = _monday(placement, today)
    days = week_pages.week_page(placement, monday, today).days
    typed = _typed(days)
    _say(days, form, *hours.refusals(placement, typed, today))
    if form.submitted() and not any(one.error for one in days):
        try:
            hours.enter_week(placement, typed, by=_me(), today=today)
            sent = form.deed.data == "send" and hours.submit_week(placement, monday, by=_me(), now=clock.now())
            session.commit()
        except DomainError as error:
            session.rollback()
            _say(days, form, *(error.found if isinstance(error, Refusals) else (error,)))
        else:
            flash(_("Your hours are with your company now.") if sent else _("Your hours are kept."))
            return redirect(url_for(".week", slug=placement.key, week=week_hours.week_name(monday)), 303)
    placement = queries.by_key(placement.key)
    return _page(placement, week_pages.week_page(placement, monday, today, typed=days), form)


def _typed(days: Sequence[DayShown]) -> list[DayTyped]:
    """What was typed for the days that can change; a fault is noted at its day."""
    found = []
    for shown in days:
        name = shown.day.isoformat()
        if not shown.can_change or f"hours-{name}" not in request.form:
            continue
        shown.typed = request.form[f"hours-{name}"].strip()[:10]
        chosen = request.form.get(f"kind-{name}", "")
        shown.kind = next((kind for kind in HoursKind if kind.value == chosen), HoursKind.WORK)
        try:
            found.append(DayTyped(shown.day, week_hours.read(shown.typed), shown.kind))
        except week_hours.Typed:
            shown.error = _("Type hours like 8, 7,5 or 7:30.")
    return found


def _say(days: Sequence[DayShown], form: PressForm, *errors: DomainError) -> None:
    """Each refusal stands at its day."""
    by_day = {shown.day.isoformat(): shown for shown in days}
    for error in errors:
        if shown := by_day.get(error.field or ""):
            shown.error = error.message
        else:
            form.reject(error)


@bp.post("/my-placement/<slug:slug>/hours/tell")
@allow(policy.is_own, load=queries.by_key, deny=404)
def tell(placement: Placement) -> ResponseReturnValue:
    """Say that one is ill or back, or ask the company again for a week that waits."""
    form = PressForm()
    monday = week_hours.monday_of(form.thing.data or "") or _monday(placement, clock.today())
    if form.submitted():
        try:
            said = _told(placement, form.deed.data or "", monday)
            session.commit()
        except DomainError as error:
            session.rollback()
            flash(error.message, "warning")
        else:
            flash(said)
    return redirect(url_for(".week", slug=placement.key, week=week_hours.week_name(monday)), 303)


def _told(placement: Placement, deed: str, monday: date) -> str:
    me, now = _me(), clock.now()
    if deed == "ill":
        fresh = hours.report_ill(placement, by=me, now=now)
        return str(_("Your company and your school know it now. Get well soon.") if fresh else _("They know it already."))
    if deed == "well":
        fresh = hours.report_well(placement, by=me, now=now)
        return str(_("Your company and your school know that you are back.") if fresh else _("They know it already."))
    if deed == "remind":
        sent = hours.remind(placement, monday, by=me, now=now)
        return str(_("Your company got a mail about this week.") if sent else _("They were asked today already, or nothing waits."))
    raise DomainError(_("This is not possible now. Look at the page again."))
