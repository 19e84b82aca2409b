"""Listings for the programme managers of a school: the list, the pages of one, its steps, its yearly check, its history."""

import secrets
from typing import Any, NamedTuple

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.accounts.roles import Role
from ipf_talent.accounts.services import refuse_example
from ipf_talent.db import session
from ipf_talent.errors import DomainError, NotFound
from ipf_talent.i18n import _
from ipf_talent.programmes import editing, listing_pages, listing_queries, policy, proposing
from ipf_talent.programmes.listing import needs_check, too_old
from ipf_talent.programmes.listing_forms import (
    FORMS,
    ElectivesForm,
    ListingFilter,
    ListingForm,
    NewForm,
)
from ipf_talent.programmes.listing_tasks import LABELS, ListingTask, following
from ipf_talent.programmes.models import Programme
from ipf_talent.web.access import allow
from ipf_talent.web.forms import choices
from ipf_talent.web.paging import paginate

bp = Blueprint("listings", __name__, url_prefix="/listings")
WORDS = listing_pages.WORDS
_READ = {ListingTask.TEXT: proposing.DUTCH, ListingTask.SKILLS: proposing.TEXTS, ListingTask.TRANSLATION: proposing.ENGLISH}
"""The texts in which a page looks for skills: its own, so that the words it shows stand there too."""
_PREFIX = "skill-"


class Page(NamedTuple):
    """One page of one listing."""

    programme: Programme
    task: ListingTask


def _me() -> User:
    user: User = current_user._get_current_object()
    return user


def _page(slug: str, task: str) -> Page:
    if task not in set(ListingTask):
        raise NotFound(_("There is no such page."))
    return Page(listing_queries.whole(slug), ListingTask(task))


def _may_write(user: User, page: Page) -> bool:
    return policy.manages_listing(user, page.programme)


_may_write.__name__ = policy.manages_listing.__name__


@bp.get("")
@allow(policy.lists_programmes)
def index() -> str:
    """All programmes of one's own schools, with their state and what asks for a check."""
    filters, today = ListingFilter.read(), clock.today()
    own = _me().organisation_ids(Role.PROGRAMME_MANAGER)
    counts = listing_queries.counts(own, filters.asked, today)
    page = paginate(listing_queries.rows(own, filters.asked, today))
    view = {"filters": filters, "chosen": filters.chosen, "counts": counts, "page": page, "today": today}
    ages = {"needs_check": needs_check, "is_hidden": too_old}
    return render_template("programmes/edit_index.html", words=WORDS, **view, **ages)


@bp.route("/new", methods=["GET", "POST"])
@allow(policy.lists_programmes)
def new() -> ResponseReturnValue:
    """Begin a programme; the draft begins here."""
    form = NewForm()
    schools = {str(one.id): one for one in listing_queries.schools(_me().organisation_ids(Role.PROGRAMME_MANAGER))}
    form.institution.choices = choices({number: one.name for number, one in schools.items()})
    if not form.key.data:
        form.key.data = secrets.token_hex(16)
    if form.submitted():
        try:
            school = schools[str(form.institution.data)]
            refuse_example(_me(), of=school)
            values = {name: form.values[name] for name in ("title_nl", "type", "level")}
            made = editing.create_programme(values | {"institution_id": school.id}, _me(), key=str(form.key.data)[:32])
        except DomainError as error:
            session.rollback()
            form.reject(error)
        else:
            session.commit()
            return redirect(url_for(".task", slug=made.slug, task=ListingTask.TEXT), 303)
    return render_template("programmes/edit_new.html", form=form), 422 if form.errors else 200


@bp.get("/<slug:slug>")
@allow(policy.may_see_listing, load=listing_queries.whole, deny=404)
def show(programme: Programme) -> str:
    """The list of pages with how far each is, and what can be done."""
    return listing_pages.overview(programme, _me())


@bp.route("/<slug:slug>/task/<slug:task>", methods=["GET", "POST"])
@allow(_may_write, load=_page, deny=404)
def task(page: Page) -> ResponseReturnValue:
    """One page, kept as it is; with `check` the text is only read for skills, not kept."""
    form = _form(page)
    if request.method == "POST" and "check" in request.form:
        return _read_again(page, form)
    if form.submitted():
        try:
            _save(page, form)
        except editing.Changed as changed:
            session.rollback()
            return _conflict(page, form, changed)
        except DomainError as error:
            session.rollback()
            form.reject(error)
        else:
            session.commit()
            return redirect(_next(page), 303)
    return _task(page, form)


def _form(page: Page) -> ListingForm:
    form = FORMS[page.task].of(page.programme)
    if isinstance(form, ElectivesForm):
        rows = listing_queries.electives_of(page.programme.institution_id)
        modules = {row.slug: row.title_nl for row in rows if row.slug != page.programme.slug}
        form.offer(modules, [row.slug for row in listing_queries.chosen_electives(page.programme.id)])
    return form


def _save(page: Page, form: ListingForm) -> None:
    programme, by = page.programme, _me()
    refuse_example(by, of=programme.institution)
    if form.seen != programme.version:
        raise editing.Changed
    if page.task is ListingTask.SKILLS:
        proposing.teach(programme, _skills_sent(form), by=by)
    else:
        editing.change_programme(programme, form.chosen, by)
    for deed, yes in (("teach", True), ("strike", False)):
        if slug := request.form.get(deed):
            proposing.teach(programme, {slug: yes}, by=by)


def _skills_sent(form: ListingForm) -> dict[str, bool]:
    """The skills of the page with what was chosen for each, and those that were typed."""
    sent = {name.removeprefix(_PREFIX): value for name, value in request.form.items() if name.startswith(_PREFIX)}
    wanted = {slug: value == "yes" for slug, value in sent.items() if value in ("yes", "no")}
    pieces = [piece.strip() for piece in str(form.values["words"] or "").split(",") if piece.strip()]
    return wanted | {proposing.found_as(piece): True for piece in pieces}


def _next(page: Page) -> str:
    if any(deed in request.form for deed in ("teach", "strike", "stay")):
        return url_for(".task", slug=page.programme.slug, task=page.task, _anchor="clinic")
    after = following(page.task)
    if "on" in request.form and after is not None:
        return url_for(".task", slug=page.programme.slug, task=after)
    return url_for(".show", slug=page.programme.slug)


def _typed(form: ListingForm) -> dict[str, str] | None:
    return {name: str(value or "") for name, value in form.chosen.items()} if form.is_submitted() else None


def _read_again(page: Page, form: ListingForm) -> ResponseReturnValue:
    """The skills of the text as it is typed; nothing is kept."""
    form.validate()
    if request.headers.get("HX-Request") == "true":
        seen = proposing.read(page.programme, _typed(form), _READ.get(page.task, proposing.TEXTS))
        return render_template("programmes/_edit_skills.html", seen=seen, task=page.task)
    return _task(page, form)


def _conflict(page: Page, form: ListingForm, changed: DomainError) -> ResponseReturnValue:
    """Somebody else was quicker: what was typed stays in the form, theirs stands beside it, and the next press decides."""
    now = listing_queries.whole(page.programme.slug)
    theirs = FORMS[page.task].read(now)
    form.version.data = str(now.version)
    form.version.raw_data = None
    form.form_errors.append(changed.message)
    differing = [(field, theirs[name]) for name, field in form._fields.items() if name in theirs and _differs(field, theirs[name])]
    return _task(Page(now, page.task), form, differing=differing, status=409)


def _differs(field: Any, theirs: Any) -> bool:
    return field.name not in ("version", "csrf_token") and str(field.data or "") != str(theirs or "")


def _task(page: Page, form: ListingForm, *, differing: list[tuple[Any, Any]] | None = None, status: int = 0) -> ResponseReturnValue:
    typed = _typed(form) if page.task is not ListingTask.SKILLS else None
    seen = proposing.read(page.programme, typed, _READ[page.task]) if page.task in _READ else None
    view = {"task": page.task, "labels": LABELS, "seen": seen, "differing": differing or [], "following": following(page.task)}
    html = render_template(f"programmes/edit_{page.task.value}.html", programme=page.programme, form=form, words=WORDS, **view)
    return html, status or (422 if form.errors else 200)
