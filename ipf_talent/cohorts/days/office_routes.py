"""The cluster office makes a matchmaking day: rounds, rooms, plan and publishing. It sees codes and counts."""

from collections.abc import Callable
from typing import Any, NamedTuple

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.cohorts.days import arranging, inviting, life, policy, printing, publishing, queries, services, signing, telling
from ipf_talent.cohorts.days.forms import ChoiceForm, DayForm, LockForm, RoomForm
from ipf_talent.cohorts.days.kinds import WITH_TIMETABLE, DayStatus
from ipf_talent.cohorts.days.life import DayDeed
from ipf_talent.cohorts.days.models import MatchDay
from ipf_talent.cohorts.days.telling import WORDS
from ipf_talent.db import session, writing_anew
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _, ngettext
from ipf_talent.web.access import allow
from ipf_talent.web.forms import Form
from ipf_talent.web.saving import saved

bp = Blueprint("office_day", __name__)


def _me() -> User:
    user: User = current_user._get_current_object()
    return user


@bp.get("/events/office")
@allow(policy.organises_days)
def index() -> str:
    """All days, drafts too."""
    today = clock.today()
    view = {"coming": queries.coming(today, drafts=True), "over": queries.over(today, drafts=True)}
    return render_template("cohorts/day_office.html", words=WORDS, **view)


@bp.route("/events/new", methods=["GET", "POST"])
@allow(policy.organises_days)
def new() -> ResponseReturnValue:
    """Make a day."""
    usual = {"rounds": 8, "talk_minutes": 15, "change_minutes": 5, "break_after": 4, "break_minutes": 20, "least": 3, "most": 6}
    form = DayForm(data=usual)
    if form.submitted():
        try:
            day = services.make(form.columns, key=str(form.once.data), by=_me(), now=clock.now())
            session.commit()
        except DomainError as error:
            session.rollback()
            form.reject(error)
        else:
            flash(_("The day is made. Add rooms, then open the sign-up."))
            return redirect(url_for(".show", slug=day.slug), 303)
    return render_template("cohorts/day_edit.html", form=form, day=None), 422 if form.errors else 200


@bp.route("/events/<slug:slug>/change", methods=["GET", "POST"])
@allow(policy.organises, load=queries.get)
def edit(day: MatchDay) -> ResponseReturnValue:
    """Change a day."""
    try:
        services.refuse_over(day, clock.now())
    except DomainError as error:
        flash(error.message, "warning")
        return redirect(url_for(".show", slug=day.slug), 303)
    form = DayForm(data=DayForm.shown(day))
    change = services.change
    if form.submitted() and saved(
        form, lambda: change(day, form.columns, version=form.version_sent(), by=_me(), now=clock.now())
    ):  # fmt: skip
        flash(_("The day is changed."))
        return redirect(url_for(".show", slug=day.slug), 303)
    form.renew(day)
    return render_template("cohorts/day_edit.html", form=form, day=day), form.status


@bp.get("/events/<slug:slug>/office")
@allow(policy.organises, load=queries.get)
def show(day: MatchDay) -> ResponseReturnValue:
    """One day as its organiser sees it: steps, rooms, companies, and the plan."""
    return _page(day)


def _page(day: MatchDay, status: int = 200, **forms: Any) -> ResponseReturnValue:
    found, now = arranging.asked(day), clock.now()
    begun = day.has_begun(now)
    companies, rooms = list(found.companies.values()), sum(room.tables for room in day.rooms)
    fixing = LockForm(formdata=None)
    fixing.offer(companies, day.slots)
    view: dict[str, Any] = {
        "press": ChoiceForm(formdata=None), "room": RoomForm(formdata=None), "fixing": fixing, "companies": companies,
        "students": len(found.students), "marks": sum(len(row.wishes) for row in found.students.values()), "talks": found.talks,
        "tables": rooms, "taken": sum(row.tables for row in companies), "locks": _locks(found), "slots": day.slots,
        "deeds": [deed for deed in life.deeds(day.status, begun=begun) if deed is not DayDeed.PUBLISH],
        "may_plan": arranging.may_plan(day, now), "plan": telling.proposal(day, found), "begun": begun,
    }  # fmt: skip
    view["told"] = inviting.told(day.id) if day.status is not DayStatus.DRAFT else ([], [])
    view["waiting"] = inviting.waiting(day) if day.takes_sign_ups(now.astimezone(clock.AMSTERDAM).date()) else None
    return render_template("cohorts/day_manage.html", day=day, words=WORDS, tell=telling, **{**view, **forms}), status


class Fixed(NamedTuple):
    """A fixed talk in words, what it goes against, and the numbers by which one lets it go."""

    round: int
    code: str
    company: str
    number: int
    other: int
    against: str | None


def _locks(found: arranging.Asked) -> list[Fixed]:
    students = {row.id: row for row in found.students.values()}
    companies = {row.id: row for row in found.companies.values()}
    told = []
    for one in found.locks:
        student, company = students[one.day_student_id], companies[one.day_company_id]
        against = arranging.against(company, student)
        said = str(telling.AGAINST[against]) if against else None
        told.append(Fixed(one.round, student.code, company.company.name, student.id, company.id, said))
    return told


def _then(
    day: MatchDay, deed: Callable[[], object], said: str, form: Form | None = None, name: str = "", part: str = ""
) -> ResponseReturnValue:
    """Do it, and come back to the day; a refusal stands beside its field, or on top."""
    form = form if form is not None else ChoiceForm()
    if form.submitted() and saved(form, deed):
        flash(said)
        return redirect(url_for(".show", slug=day.slug, _anchor=part or None), 303)
    if name:
        return _page(queries.get(day.slug), 422, **{name: form})
    for message in form.form_errors:
        flash(message, "warning")
    return redirect(url_for(".show", slug=day.slug, _anchor=part or None), 303)


@bp.post("/events/<slug:slug>/act")
@allow(policy.organises, load=queries.get)
def act(day: MatchDay) -> ResponseReturnValue:
    """One of the steps of its life."""
    form = ChoiceForm()
    deed = str(form.deed.data or "")
    if deed not in set(DayDeed) - {DayDeed.PUBLISH}:
        raise DomainError(_("This is not possible now: the day has moved on. Look at the page again."))
    return _then(day, lambda: services.move(day, DayDeed(deed), by=_me(), now=clock.now()), _said_of(day, DayDeed(deed)), form)


def _said_of(day: MatchDay, deed: DayDeed) -> str:
    if deed is not DayDeed.CANCEL:
        return str(telling.DONE[deed])
    students, companies = len(queries.students(day.id)), len(queries.companies(day.id))
    return str(_("The day is cancelled. %(who)s hear it by mail.", who=telling.who(students, companies)))


@bp.post("/events/<slug:slug>/remove")
@allow(policy.organises, load=queries.get)
def remove(day: MatchDay) -> ResponseReturnValue:
    """Take a draft away."""
    form = ChoiceForm()
    if form.submitted() and saved(form, lambda: services.remove(day, by=_me())):
        flash(_("The draft is gone."))
        return redirect(url_for(".index"), 303)
    for message in form.form_errors:
        flash(message, "warning")
    return redirect(url_for(".show", slug=day.slug), 303)


@bp.post("/events/<slug:slug>/invite")
@allow(policy.organises, load=queries.get)
def invite(day: MatchDay) -> ResponseReturnValue:
    """Tell companies and schools of the day, each once."""
    said: list[str] = []

    def tell() -> None:
        reach = inviting.invite(day, by=_me(), now=clock.now())
        said.append(telling.reached(reach.companies, reach.schools))

    form = ChoiceForm()
    if form.submitted() and saved(form, tell):
        flash(_("%(who)s hear of the day by mail.", who=said[0]))
    for message in form.form_errors:
        flash(message, "warning")
    return redirect(url_for(".show", slug=day.slug, _anchor="companies"), 303)


@bp.get("/events/<slug:slug>/sheets")
@allow(policy.organises, load=queries.get)
def sheets(day: MatchDay) -> ResponseReturnValue:
    """Every timetable on a sheet of its own, to print: of each student, by code, and of each table."""
    if day.status not in WITH_TIMETABLE:
        flash(_("There is no timetable yet."), "warning")
        return redirect(url_for(".show", slug=day.slug), 303)
    return render_template("cohorts/day_sheets.html", day=day, tell=telling, words=WORDS, **printing.every_sheet(day))


@bp.post("/events/<slug:slug>/rooms")
@allow(policy.organises, load=queries.get)
def rooms(day: MatchDay) -> ResponseReturnValue:
    """Add a room."""
    form = RoomForm()
    name, tables = form.name, form.tables
    deed = services.add_room
    add = lambda: deed(day, name=str(name.data), tables=int(tables.data or 0), by=_me())  # noqa: E731 said where it is used
    return _then(day, add, _("The room is added."), form, "room", "rooms")


@bp.post("/events/<slug:slug>/rooms/remove")
@allow(policy.organises, load=queries.get)
def remove_room(day: MatchDay) -> ResponseReturnValue:
    """Take a room away."""
    form = ChoiceForm()
    number = form.whole("number")
    return _then(day, lambda: services.remove_room(day, number, by=_me()), _("The room is taken away."), form, part="rooms")


@bp.post("/events/<slug:slug>/plan")
@allow(policy.organises, load=queries.get)
def plan(day: MatchDay) -> ResponseReturnValue:
    """Make the best plan; while it is made, nobody waits for the database."""
    me, question = _me(), arranging.asked(day).question
    session.commit()
    try:
        arranging.refuse_unless_plannable(day, me, clock.now())
        solved = arranging.solve(question)
        writing_anew()
        day = queries.get(day.slug)
        arranging.propose(day, question, solved, by=me, now=clock.now())
        session.commit()
    except DomainError as error:
        session.rollback()
        flash(error.message, "warning")
    else:
        flash(ngettext("The plan has %(num)d talk.", "The plan has %(num)d talks.", len(solved.plan.talks)))
    return redirect(url_for(".show", slug=day.slug, _anchor="plan"), 303)


@bp.post("/events/<slug:slug>/publish")
@allow(policy.organises, load=queries.get)
def publish(day: MatchDay) -> ResponseReturnValue:
    """Make the plan the timetable; whoever sees a change hears of it."""
    form = ChoiceForm()
    if form.submitted():
        try:
            told = publishing.publish(day, by=_me(), now=clock.now())
            session.commit()
        except DomainError as error:
            session.rollback()
            flash(error.message, "warning")
        else:
            said = ngettext(
                "The timetable is published; %(num)d student hears of it.",
                "The timetable is published; %(num)d students hear of it.", told.students,
            )  # fmt: skip
            flash(said)
    return redirect(url_for(".show", slug=day.slug, _anchor="plan"), 303)


@bp.post("/events/<slug:slug>/locks")
@allow(policy.organises, load=queries.get)
def lock(day: MatchDay) -> ResponseReturnValue:
    """Fix a talk."""
    form = LockForm()
    form.offer(queries.companies(day.id), day.slots)
    code, company, number = form.code, form.company, form.round

    def fix() -> None:
        found = arranging.lock(day, str(code.data), str(company.data), int(number.data or 0), by=_me(), now=clock.now())
        if found is not None:
            flash(telling.AGAINST[found], "warning")

    return _then(day, fix, _("The talk is fixed. Plan again to see what it does."), form, "fixing", "fixed")


@bp.post("/events/<slug:slug>/locks/remove")
@allow(policy.organises, load=queries.get)
def unlock(day: MatchDay) -> ResponseReturnValue:
    """Let a fixed talk go."""
    form = ChoiceForm()
    pair = form.whole("number"), form.whole("other")
    return _then(
        day, lambda: arranging.unlock(day, *pair, by=_me(), now=clock.now()), _("The talk is free again."), form, part="fixed"
    )


@bp.post("/events/<slug:slug>/companies/leave")
@allow(policy.organises, load=queries.get)
def company_leaves(day: MatchDay) -> ResponseReturnValue:
    """Take a company off the list that called to say it cannot come."""
    form = ChoiceForm()
    number = form.whole("number")
    row = next((one for one in queries.companies(day.id) if one.id == number), None)
    if row is None:
        raise DomainError(_("This company does not come."))
    said = _("%(company)s is off the list. Whoever had a talk with it hears it. Plan again.", company=row.company.name)
    return _then(day, lambda: signing.leave_company(row, day, by=_me(), now=clock.now()), said, form, part="plan")
