"""Classes of a school, and class lists: send a file, look at what it would do row by row, apply all of it or nothing."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts.forms import PressForm
from ipf_talent.accounts.models import User
from ipf_talent.db import session
from ipf_talent.enrolments import arranging, importing, policy, queries, telling
from ipf_talent.enrolments.class_list_columns import COLUMN_LABELS, NEEDED, Column
from ipf_talent.enrolments.class_plan import AHEAD_LABELS, KIND_LABELS, Kind
from ipf_talent.enrolments.forms import ApplyForm, ClassForm, UploadForm
from ipf_talent.enrolments.importing import Moved
from ipf_talent.enrolments.kinds import STATUS_LABELS, EnrolmentStatus
from ipf_talent.enrolments.models import ClassList, SchoolClass
from ipf_talent.errors import DomainError, NotFound
from ipf_talent.i18n import _
from ipf_talent.tables import as_csv
from ipf_talent.uploads import MOST_BYTES
from ipf_talent.web.access import allow, takes
from ipf_talent.web.paging import paginate_list
from ipf_talent.web.saving import saved

bp = Blueprint("classes", __name__)
LARGEST_UPLOAD = MOST_BYTES + 100_000
"""Bytes of a request with a file: the file, and what the form has around it."""

LINES_A_PAGE = 100
EXAMPLE = {
    Column.NUMBER: "s1001", Column.NAME: "Jildou Voorbeeld", Column.EMAIL: "jildou@school.example", Column.PROGRAMME: "25344",
    Column.YEAR: "2", Column.CLASS: "MT4A", Column.COHORT: "2025-2026", Column.MINOR_UNTIL: "", Column.TRAVEL_KM: "25",
}  # fmt: skip
"""The row of the file that one can begin with."""


def _me() -> User:
    user: User = current_user._get_current_object()
    return user


@bp.get("/classes")
@allow(policy.coordinates)
def index() -> ResponseReturnValue:
    """The classes of one's own schools, with how many of their students came and were confirmed."""
    schools = policy.schools_of(_me())
    ids = [one.id for one in schools]
    view = {
        "rows": queries.classes_of(*ids),
        "numbers": queries.class_numbers(ids),
        "waiting": len(queries.to_confirm(ids)),
        "noted": len(queries.noted(ids)),
        "schools": schools,
    }
    return render_template("enrolments/classes.html", S=EnrolmentStatus, **view)


@bp.route("/classes/new", methods=["GET", "POST"])
@allow(policy.coordinates)
def new() -> ResponseReturnValue:
    """One more class."""
    school = telling.chosen_school(_me(), request.args.get("school", ""))
    form = _offering(ClassForm(starts_year=str(arranging.school_year(clock.today()))), school.id)
    if form.submitted():
        made: list[SchoolClass] = []
        if saved(form, lambda: made.append(arranging.add_class(school, form.columns, by=_me()))):
            flash(_("The class is kept."))
            return redirect(url_for(".show", number=made[0].id), 303)
    return render_template("enrolments/class_edit.html", form=form, one=None, school=school), form.status


@bp.get("/classes/<number:number>")
@allow(policy.may_coordinate, load=queries.school_class, deny=404)
def show(one: SchoolClass) -> ResponseReturnValue:
    """The students of a class."""
    view = {"students": queries.of_class(one.id), "statuses": STATUS_LABELS, "today": clock.today()}
    return render_template("enrolments/class.html", one=one, **view)


@bp.route("/classes/<number:number>/edit", methods=["GET", "POST"])
@allow(policy.may_coordinate, load=queries.school_class, deny=404)
def edit(one: SchoolClass) -> ResponseReturnValue:
    """Change a class; after a colleague did so meanwhile, beside what stands there now."""
    form = _offering(ClassForm(data=ClassForm.shown(one)), one.school_id)
    if form.submitted() and saved(form, lambda: arranging.change(one, form.columns, version=form.version_sent(), by=_me())):
        flash(_("The class is changed."))
        return redirect(url_for(".show", number=one.id), 303)
    form.renew(one)
    view = {"differing": telling.differing(form, ClassForm.shown(one)) if form.stale else []}
    return render_template("enrolments/class_edit.html", form=form, one=one, school=one.school, **view), form.status


@bp.post("/classes/<number:number>/remove")
@allow(policy.may_coordinate, load=queries.school_class, deny=404)
def remove(one: SchoolClass) -> ResponseReturnValue:
    """Take a class away in which nobody is."""
    form, number = PressForm(), one.id
    if not form.submitted():
        raise DomainError(_("This request did not arrive well"))
    if saved(form, lambda: arranging.remove(one, by=_me())):
        flash(_("The class is taken away."))
        return redirect(url_for(".index"), 303)
    flash(form.form_errors[0], "warning")
    return redirect(url_for(".show", number=number), 303)


def _offering(form: ClassForm, school_id: int) -> ClassForm:
    people = {str(row.id): row.display_name for row in queries.supervisors_of(school_id)}
    form.offer(telling.programme_labels(school_id), people, telling.period_labels(school_id), clock.today())
    return form


@bp.route("/classes/import", methods=["GET", "POST"])
@takes(LARGEST_UPLOAD)
@allow(policy.coordinates)
def send() -> ResponseReturnValue:
    """Send a class list; nothing of a student changes yet."""
    school, form = telling.chosen_school(_me(), request.args.get("school", "")), UploadForm()
    form.offer(clock.today())
    if form.submitted():
        data, name = form.file.data.read(), form.file.data.filename or ""
        made: list[ClassList] = []
        year = int(form.starts_year.data)
        keep = importing.keep
        if saved(form, lambda: made.append(keep(school, data, name, starts_year=year, by=_me(), now=clock.now()))):
            return redirect(url_for(".look", slug=made[0].key), 303)
    view = {"columns": COLUMN_LABELS, "needed": NEEDED, "school": school, "schools": policy.schools_of(_me())}
    return render_template("enrolments/send.html", form=form, **view), 422 if form.errors else 200


@bp.get("/classes/import/template.csv")
@allow(policy.coordinates)
def template() -> ResponseReturnValue:
    """A file to begin with: the columns in the reader's language, and one row that shows what belongs there."""
    lines = (";".join(str(COLUMN_LABELS[column]) for column in Column), ";".join(EXAMPLE[column] for column in Column))
    answer = Response("\ufeff" + "\r\n".join(lines) + "\r\n", mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="class-list.csv"'
    return answer


@bp.get("/classes/import/<slug:slug>")
@allow(policy.may_coordinate, load=queries.class_list, deny=404)
def look(row: ClassList) -> ResponseReturnValue:
    """What a list would bring about, row by row; or what it did."""
    return _look(row)


def _look(row: ClassList, status: int = 200, form: ApplyForm | None = None) -> ResponseReturnValue:
    if row.applied_at is not None:
        counts = {kind: int(row.counts.get(kind.value, 0)) for kind in Kind}
        return render_template("enrolments/applied.html", row=row, counts=counts, kinds=KIND_LABELS)
    plan = importing.plan_of(row, clock.today())
    form = form or ApplyForm(formdata=None)
    form.shown.data = plan.print
    only = request.args.get("only", "")
    lines = [line for line in plan.lines if line.kind.value == only] if only in set(Kind) else list(plan.lines)
    view = {"page": paginate_list(lines, size=LINES_A_PAGE), "only": only, "kinds": AHEAD_LABELS, "columns": telling.COLUMNS}
    view |= {"programmes": telling.programme_titles(plan), "statuses": STATUS_LABELS, "Kind": Kind}
    return render_template("enrolments/look.html", row=row, plan=plan, form=form, **view), status


@bp.get("/classes/import/<slug:slug>/refused.csv")
@allow(policy.may_coordinate, load=queries.class_list, deny=404)
def refused(row: ClassList) -> ResponseReturnValue:
    """The rows that are not taken and why, as a sheet to mend them by."""
    if row.applied_at is not None:
        raise NotFound(_("The rows of this list are gone: it was applied."))
    lines = [line for line in importing.plan_of(row, clock.today()).lines if line.kind is Kind.REFUSED]
    header = [_("Row"), _("Student number"), _("Name"), _("What and why")]
    answer = Response(as_csv([header, *(telling.refused(line) for line in lines)]), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="class-list-refused.csv"'
    return answer


@bp.post("/classes/import/<slug:slug>/apply")
@allow(policy.may_coordinate, load=queries.class_list, deny=404)
def apply(row: ClassList) -> ResponseReturnValue:
    """Apply the list that was looked at, all of it or nothing; a second press finds it done."""
    form = ApplyForm()
    if not form.submitted():
        raise DomainError(_("This request did not arrive well"))
    try:
        importing.apply(row, shown=str(form.shown.data), by=_me(), now=clock.now())
        session.commit()
    except DomainError as error:
        session.rollback()
        form.reject(error)
        session.refresh(row)
        return _look(row, 409 if isinstance(error, Moved) else 422, form)
    return redirect(url_for(".look", slug=row.key), 303)
