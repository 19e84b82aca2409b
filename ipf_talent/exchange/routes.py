"""Listings by the file: sending one, looking what it would do, applying it; and taking them out."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, Flask, Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.exc import OperationalError

from ipf_talent import clock, db, jobs
from ipf_talent.accounts.models import User
from ipf_talent.accounts.policy import is_platform_admin
from ipf_talent.accounts.roles import Role
from ipf_talent.db import session
from ipf_talent.errors import DomainError, NotFound
from ipf_talent.exchange import applying, ooapi_writing, policy, queries, services, telling, writing
from ipf_talent.exchange.columns import COLUMNS
from ipf_talent.exchange.forms import ApplyForm, PressForm, SendForm
from ipf_talent.exchange.kinds import FORMAT_LABELS, STANDING_LABELS, Deed, Format, Part, RunStatus
from ipf_talent.exchange.listings import Spoken
from ipf_talent.exchange.models import ImportRun
from ipf_talent.i18n import _, current_language, ngettext
from ipf_talent.organisations.models import Organisation
from ipf_talent.programmes.listing import ListingStatus
from ipf_talent.programmes.policy import lists_programmes
from ipf_talent.uploads import MOST_BYTES
from ipf_talent.web.access import allow, takes
from ipf_talent.web.forms import busy, choices
from ipf_talent.web.paging import paginate_list
from ipf_talent.web.saving import saved

bp = Blueprint("exchange", __name__, url_prefix="/listings")
WORDS = {"standings": STANDING_LABELS, "formats": FORMAT_LABELS}
ROWS_A_PAGE = 50
MIME = {
    Format.CSV: "text/csv",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.OOAPI_5: "application/json",
    Format.OOAPI_6: "application/json",
}
_GONE = frozenset({ListingStatus.ARCHIVED, ListingStatus.CANCELLED})


def _me() -> User:
    user: User = current_user._get_current_object()
    return user


def _app() -> Flask:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    return app


def _schools() -> Sequence[Organisation]:
    return queries.schools(_me().organisation_ids(Role.PROGRAMME_MANAGER))


@bp.route("/import", methods=["GET", "POST"])
@takes(4 * MOST_BYTES)
@allow(policy.exchanges_listings)
def index() -> ResponseReturnValue:
    """Send a file, and see what became of the ones before it; nothing of a listing changes here."""
    schools, form = _schools(), SendForm()
    form.school.choices = choices({str(one.id): one.name for one in schools})
    form.school.data = form.school.data or (str(schools[0].id) if schools else "")
    if schools and form.submitted():
        upload, me = form.file.data, _me()
        data, name = upload.read(), upload.filename or ""
        upload.close()
        session.commit()  # reading may take seconds, and nobody waits for it
        parsed = services.parse(data, name)
        made: list[ImportRun] = []
        sent = services.Sent(data, name, int(form.school.data), str(form.feed.data), str(form.once.data))
        if _can_write(form) and saved(form, lambda: made.append(services.take_in(parsed, sent, by=me, now=clock.now()))):
            return redirect(url_for(".show", slug=made[0].key), 303)
    numbers = [one.id for one in schools]
    view: dict[str, Any] = {"runs": queries.of_schools(numbers), "feeds": queries.feed_names(numbers), "schools": schools}
    view["held"] = queries.held() if is_platform_admin(_me()) else []
    view["most"] = services.MOST_ROWS
    return render_template("exchange/index.html", form=form, words=WORDS, **view), 422 if form.errors else 200


def _can_write(form: SendForm) -> bool:
    """Whether a transaction that writes could begin; else the form says that somebody else is writing something large."""
    try:
        db.writing()
    except OperationalError as error:
        session.rollback()
        if not db.is_taken(error):
            raise
        form.form_errors.append(busy())
        return False
    return True


@bp.get("/import/columns")
@allow(policy.exchanges_listings)
def columns() -> str:
    """What belongs in a file, column by column."""
    return render_template(
        "exchange/columns.html",
        columns=COLUMNS,
        language=current_language(),
        most=services.MOST_ROWS,
        Part=Part,
        lists=lists_programmes(_me()),
    )


@bp.get("/import/template.csv", defaults={"form": "csv"})
@bp.get("/import/template.xlsx", defaults={"form": "xlsx"})
@allow(policy.exchanges_listings)
def template(form: str) -> ResponseReturnValue:
    """A file to fill in."""
    return _file(writing.table([], Format(form), Spoken(current_language())), Format(form), "listings-template")


@bp.get("/import/<slug:slug>")
@allow(policy.may_see_import, load=queries.get, deny=404)
def show(run: ImportRun) -> ResponseReturnValue:
    """What a file would do or did, row by row."""
    return _show(run)


def _show(run: ImportRun, status: int = 200, form: ApplyForm | None = None) -> ResponseReturnValue:
    form = form or ApplyForm(formdata=None)
    form.shown.data = run.fingerprint
    only = request.args.get("only", "")
    only = only if only in {*Deed, telling.KEPT, telling.LIVE} else ""
    view = {"page": paginate_list(telling.rows(run, only), size=ROWS_A_PAGE), "only": only, "kept": telling.kept_number(run)}
    view |= {"live": telling.live_number(run), "deeds": telling.deeds(run)}
    view |= {"faults": telling.file_faults(run), "missing": telling.missing(run), "report": run.report}
    view |= {"same": queries.same_file(run) if run.status is RunStatus.READY else None, "progress": _progress(run)}
    view |= {"stuck": services.is_stuck(run, clock.now()), "press": PressForm(formdata=None)}
    view |= {"mine": policy.may_import(_me(), run), "second": policy.may_release(_me(), run)}
    return render_template("exchange/show.html", run=run, form=form, words=WORDS, **view), status


def _progress(run: ImportRun) -> int:
    """Rows done while it is being applied."""
    if run.status is not RunStatus.APPLYING:
        return 0
    return min(jobs.told(_app(), applying.progress_name(run.id)) or 0, run.rows)


@bp.get("/import/<slug:slug>/progress")
@allow(policy.may_see_import, load=queries.get, deny=404)
def progress(run: ImportRun) -> ResponseReturnValue:
    """How far it is, for a page that asks again; when it is done the page is loaded anew."""
    if run.status is not RunStatus.APPLYING:
        return Response(headers={"HX-Redirect": url_for(".show", slug=run.key)})
    return render_template("exchange/_progress.html", run=run, progress=_progress(run), stuck=services.is_stuck(run, clock.now()))


@bp.get("/import/<slug:slug>/faults.csv", defaults={"form": "csv"})
@bp.get("/import/<slug:slug>/faults.xlsx", defaults={"form": "xlsx"})
@allow(policy.may_see_import, load=lambda slug, form: queries.get(slug), deny=404)
def faults(run: ImportRun) -> ResponseReturnValue:
    """What is refused or kept, as a sheet to work through."""
    form = Format(request.path.rpartition(".")[2])
    return _file(telling.sheet(run, form), form, f"import-{run.key}")


@bp.post("/import/<slug:slug>/apply")
@allow(policy.may_import, load=queries.get, deny=404)
def apply(run: ImportRun) -> ResponseReturnValue:
    """Apply what was shown, all of it or nothing; a second press finds it done or under way."""
    form = ApplyForm()
    if not form.submitted():
        return _show(run, 422, form)
    if run.status is RunStatus.READY and form.shown.data != run.fingerprint:
        flash(_("The plan changed since you looked. Look at it again."), "warning")
        return redirect(url_for(".show", slug=run.key), 303)
    begun: list[bool] = []
    left_out = bool(form.without_refused.data)
    if not saved(form, lambda: begun.append(services.begin(run, by=_me(), without_refused=left_out, now=clock.now()))):
        return _show(queries.get(run.key), 422, form)
    if begun[0] and run.rows > services.LONG:
        jobs.tell(_app(), applying.progress_name(run.id), 0)
        jobs.soon(_app(), applying.apply_import, run.id)
    elif begun[0]:
        _say(applying.finish(run.id), run)
    return redirect(url_for(".show", slug=run.key), 303)


def _say(status: RunStatus, run: ImportRun) -> None:
    done = run.added + run.changed
    if status is RunStatus.APPLIED:
        flash(ngettext("Applied: %(num)d row changed something.", "Applied: %(num)d rows changed something.", done))
    elif status is RunStatus.READY and queries.get(run.key).broken_at:
        flash(_("Nothing was applied, and everything is as it was. You can apply the file again."), "warning")
    else:
        flash(_("Nothing was applied: the listings changed meanwhile. This is the plan as it is now."), "warning")


@bp.post("/import/<slug:slug>/release")
@allow(policy.may_release, load=queries.get, deny=404)
def release(run: ImportRun) -> ResponseReturnValue:
    """A second person says that so few rows are right."""
    return _press(run, lambda: services.release(run, by=_me()), _("Released. A programme manager of the school can apply it now."))


@bp.post("/import/<slug:slug>/discard")
@allow(policy.may_see_import, load=queries.get, deny=404)
def discard(run: ImportRun) -> ResponseReturnValue:
    """Forget a file that was not applied."""
    return _press(run, lambda: services.discard(run, by=_me()), _("The file is removed. Nothing was changed."))


def _press(run: ImportRun, deed: Callable[[], object], said: str) -> ResponseReturnValue:
    form, key = PressForm(), run.key
    if not form.submitted():
        raise DomainError(_("This request did not arrive well"))
    if saved(form, deed):
        flash(said)
    else:
        flash(form.form_errors[0], "warning")
    return redirect(url_for(".show", slug=key), 303)


@bp.get("/export")
@allow(lists_programmes)
def export() -> ResponseReturnValue:
    """The listings of a school as a file that can be imported again."""
    schools, asked = _schools(), request.args.get("format", "csv")
    school = next((one for one in schools if one.slug == request.args.get("school", schools[0].slug)), None)
    if school is None or asked not in set(Format):
        raise NotFound(_("There is no such file."))
    form = Format(asked)
    listed = queries.listed(queries.programmes_of(school.id))
    shown = [one for one in listed.values() if one.status not in _GONE]
    if form in (Format.CSV, Format.XLSX):
        return _file(writing.table(shown, form, queries.spoken(school.id, current_language())), form, f"listings-{school.slug}")
    version = 5 if form is Format.OOAPI_5 else 6
    owner = ooapi_writing.School(school.slug, school.name)
    whole = ooapi_writing.document(shown, owner, version=version, today=clock.today())
    data = json.dumps(whole, ensure_ascii=False, indent=1).encode()
    return _file(data, form, f"listings-{school.slug}-ooapi{version}")


def _file(data: bytes, form: Format, name: str) -> Response:
    ending = form.value if form in (Format.CSV, Format.XLSX) else "json"
    answer = Response(data, mimetype=MIME[form])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return answer
