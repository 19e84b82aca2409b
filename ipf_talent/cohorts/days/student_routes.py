"""A student at a matchmaking day: sign up, mark companies, one's own timetable, and what one says after a talk."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.cohorts.days import calendar as day_calendar
from ipf_talent.cohorts.days import outcomes, policy, queries, signing, telling
from ipf_talent.cohorts.days.forms import AnswersForm, ChoiceForm, StudentForm
from ipf_talent.cohorts.days.kinds import WITH_TIMETABLE, Mark
from ipf_talent.cohorts.days.models import DayStudent, MatchDay
from ipf_talent.cohorts.days.telling import WORDS
from ipf_talent.errors import DomainError, NotFound
from ipf_talent.i18n import _, current_language, ngettext
from ipf_talent.notifications import letters
from ipf_talent.profiles import queries as profiles
from ipf_talent.web.access import allow
from ipf_talent.web.saving import saved

bp = Blueprint("my_day", __name__)


def _me() -> User:
    user: User = current_user._get_current_object()
    return user


def _mine(day: MatchDay) -> DayStudent | None:
    row = queries.student_at(day.id, _me().id)
    return row if row is not None and row.withdrawn_at is None else None


@bp.route("/events/<slug:slug>/sign-up", methods=["GET", "POST"])
@allow(policy.may_take_part, load=queries.get, deny=404)
def sign_up(day: MatchDay) -> ResponseReturnValue:
    """Come to the day, or change what was said."""
    row = _mine(day)
    known = {"named": row.named, "fill_up": row.fill_up, "away": row.away, "adult": "no" if row.minor else "yes"} if row else {}
    form = StudentForm(data=known)
    form.offer(day.slots)
    if form.submitted() and saved(form, lambda: signing.sign_up_student(day, _me(), now=clock.now(), **form.said)):
        flash(_("You are on the list. Now mark the companies that you want to talk with."))
        return redirect(url_for(".interest", slug=day.slug), 303)
    page = render_template("cohorts/day_sign_up.html", day=day, form=form, profile=profiles.of(_me().id), row=row, words=WORDS)
    return page, 422 if form.errors else 200


@bp.route("/events/<slug:slug>/interest", methods=["GET", "POST"])
@allow(policy.may_take_part, load=queries.get, deny=404)
def interest(day: MatchDay) -> ResponseReturnValue:
    """Mark the companies that one wants to talk with."""
    row = _mine(day)
    if row is None:
        return redirect(url_for(".sign_up", slug=day.slug), 303)
    form, offers = ChoiceForm(), telling.offers(row, queries.companies(day.id))
    if form.submitted():
        said = {offer.row.id: request.form.get(f"mark-{offer.row.id}", "") for offer in offers if offer.fits}
        marks = {number: Mark(mark) for number, mark in said.items() if mark in set(Mark)}
        if saved(form, lambda: signing.mark(row, day, marks, by=_me(), now=clock.now())):
            flash(ngettext("Kept: you marked %(num)d company.", "Kept: you marked %(num)d companies.", len(marks)))
            return redirect(url_for(".show", slug=day.slug), 303)
    open_now = day.takes_sign_ups(clock.today())
    view = {"offers": offers, "few": telling.few(day, row, offers if row.wishes else None), "much": telling.how_many(day)}
    page = render_template("cohorts/day_interest.html", day=day, form=form, row=row, open_now=open_now, words=WORDS, **view)
    return page, 422 if form.errors else 200


@bp.get("/events/<slug:slug>/mine")
@allow(policy.may_take_part, load=queries.get, deny=404)
def show(day: MatchDay) -> ResponseReturnValue:
    """One's own day: what one marked, then the timetable, and what one says of each talk."""
    return _page(day)


def _page(day: MatchDay, status: int = 200, form: AnswersForm | None = None) -> ResponseReturnValue:
    row = queries.student_at(day.id, _me().id)
    if row is None:
        raise NotFound(_("You have not signed up for this day."))
    if row.withdrawn_at is not None:
        flash(_("You are not on the list of this day any more."), "info")
        return redirect(url_for("events.show", slug=day.slug), 303)
    timetable, now = day.status in WITH_TIMETABLE, clock.now()
    talks = queries.talks_of_student(row.id) if timetable else []
    view: dict[str, Any] = {"timetable": timetable, "hours": telling.hours(day, talks), "talks": talks}
    if not timetable:
        offers = telling.offers(row, queries.companies(day.id))
        view |= {"offers": [offer for offer in offers if offer.mark and offer.fits], "few": telling.few(day, row, offers)}
    view |= {"form": form or AnswersForm(formdata=None), "typed": form.typed(talks) if form else {}}
    view |= {"begun": telling.begun(day, talks, now), "now": now, "open_now": day.takes_sign_ups(clock.today())}
    return render_template("cohorts/day_mine.html", day=day, row=row, words=WORDS, tell=telling, **view), status


@bp.post("/events/<slug:slug>/mine/leave")
@allow(policy.may_take_part, load=queries.get, deny=404)
def leave(day: MatchDay) -> ResponseReturnValue:
    """Not come after all."""
    row = _mine(day)
    form = ChoiceForm()
    if row is not None and form.submitted() and saved(form, lambda: signing.leave_student(row, day, by=_me(), now=clock.now())):
        flash(_("You are off the list."))
        return redirect(url_for("events.show", slug=day.slug), 303)
    for message in form.form_errors:
        flash(message, "warning")
    return redirect(url_for("events.show", slug=day.slug), 303)


@bp.post("/events/<slug:slug>/mine/outcome")
@allow(policy.may_take_part, load=queries.get, deny=404)
def outcome(day: MatchDay) -> ResponseReturnValue:
    """Say what one thinks of one's talks, all at once."""
    form, row = AnswersForm(), _mine(day)
    talks = queries.speaking(queries.talks_of_student(row.id)) if row is not None else []
    said = form.typed(talks)
    kept: list[outcomes.Kept] = []

    def keep() -> None:
        if not said:
            raise DomainError(_("Say yes, maybe or no for one talk at least."))
        kept.append(outcomes.students_answers(talks, day, said, by=_me(), now=clock.now()))

    if not form.submitted() or not saved(form, keep):
        return _page(day, 422, form)
    for message, sort in telling.kept(kept[0], _("Kept. The company hears it only if both are interested.")):
        flash(message, sort)
    return redirect(url_for(".show", slug=day.slug, _anchor="after"), 303)


@bp.get("/events/<slug:slug>/mine/calendar")
@allow(policy.may_take_part, load=queries.get, deny=404)
def calendar(day: MatchDay) -> ResponseReturnValue:
    """One's own talks as a file for any calendar."""
    row = _mine(day)
    if row is None or day.status not in WITH_TIMETABLE:
        raise NotFound(_("There is no timetable yet."))
    slots = {slot.number: slot for slot in day.slots}
    entries = [
        day_calendar.Entry(
            f"day talk {talk.id}", slots[talk.round].begins, slots[talk.round].ends, talk.company.company.name,
            f"{day.venue}, {telling.where(day, talk)}",
        )
        for talk in queries.talks_of_student(row.id)
    ]  # fmt: skip
    address = letters.address_of("my_day.show", {"slug": day.slug})
    text = day_calendar.calendar(entries, name=day.title, language=current_language(), address=address, now=clock.now())
    return Response(text, mimetype="text/calendar", headers={"Content-Disposition": 'attachment; filename="talks.ics"'})
